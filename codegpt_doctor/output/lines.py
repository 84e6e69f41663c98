"""Words in lines of a terminal, and the words that every text shares."""

import re
import textwrap
from collections.abc import Iterable, Iterator

WHO = {
    "you": "you",
    "account owner": "you, or whoever owns the organization",
    "IT": "you, or the IT department",
    "provider": "the provider; you can only wait or work around it",
}
RETRY = {
    "no": "Retrying will not help.",
    "later": "Retrying later can help.",
    "now": "Retrying now can help.",
}
MIN_WIDTH = 16
ANY = 999  # rows, where there is room for everything
_WORD = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*'|["'])+""")
_CONTINUED = {"windows": " `"}  # a line of a command that goes on below; elsewhere a backslash


def wrap_line(text: str, width: int, *, whole: bool = False) -> list[str]:
    """Words of one paragraph in lines; never empty.

    Only a word that is wider than a line, such as a long address, is broken within; not even that
    where words are to stay ``whole``.
    """
    wide = max(MIN_WIDTH, width)
    lines = textwrap.wrap(text, wide, break_on_hyphens=False, break_long_words=not whole)
    return lines or [""]


def at_most(text: str, width: int, rows: int) -> list[str]:
    """The lines of a text, the last one with "…" where it has more."""
    lines = wrap_line(text, width)
    if len(lines) <= rows:
        return lines
    last = text if rows == 1 else lines[rows - 1]
    if len(last) + 1 > width:
        last = last[: width - 1]
    return [*lines[: rows - 1], last.rstrip(" .,;:") + "…"]


def code_lines(line: str, width: int, system: str) -> list[str]:
    """A line of code; where it is too long, lines that can be copied and run all the same."""
    if len(line) <= width:
        return [line]
    more = _CONTINUED.get(system, " \\")
    lines = [""]
    for word in _WORD.findall(line):
        if lines[-1].strip() and len(f"{lines[-1]} {word}{more}") > width:
            lines.append(" ")
        lines[-1] += f" {word}" if lines[-1] else word
    whole = [*(one + more for one in lines[:-1]), lines[-1]]
    return [piece for one in whole for piece in _broken(one, width)]


def _broken(line: str, width: int) -> list[str]:
    """A line in pieces where it has a word for which there is no room."""
    return [line[at : at + width] for at in range(0, len(line), width)]


def labeled(label: str, text: str, width: int, rows: int, label_width: int) -> Iterator[str]:
    """A text beside its label; below it where there is no room for both."""
    if width - label_width < 2 * MIN_WIDTH:
        yield label
        yield from (f"  {line}" for line in at_most(text, width - 2, rows))
        return
    first, *rest = at_most(text, width - label_width, rows)
    yield f"{label:<{label_width}}{first}"
    yield from (" " * label_width + line for line in rest)


def indented(lines: Iterable[str], by: int = 2) -> Iterator[str]:
    """Lines with a margin."""
    return (f"{' ' * by}{line}".rstrip() for line in lines)


def duration(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest if not hours else 0, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
