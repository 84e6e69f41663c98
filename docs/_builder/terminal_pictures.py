"""Pictures of a terminal, made from what the command really prints, as HTML.

Text stays text: it can be selected, searched, enlarged and read aloud.  Each picture holds the
output for a wide and for a narrow screen, of which the style sheet shows one.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from html import escape

WIDE = 76  # columns that fit beside the contents of a page
NARROW = 40  # columns; the style sheet makes them fit on a phone
STYLES = {"1": "strong", "2": "dim", "31": "fail", "32": "pass", "33": "warn"}

CAPTION = (
    "Printed while this site was built, against the simulator that comes with the command; the "
    "port, the times and the ids are examples."
)

_SGR = re.compile(r"\x1b\[(\d*)m")
_MARGIN = re.compile(r"[┃ ]*")
_PLACE = re.compile(r"^```terminal\n(.+)\n```$", re.MULTILINE)

Run = Callable[[str, int], str]
"""Runs a command line in so many columns and gives what it prints, color codes included."""


def with_pictures(markdown: str, run: Run) -> str:
    """The text with a picture in the place of each ``terminal`` block, which holds a command."""
    return _PLACE.sub(
        lambda place: picture(place[1], run(place[1], WIDE), folded(run(place[1], NARROW), NARROW)),
        markdown,
    )


def with_transcripts(markdown: str, run: Run) -> str:
    """The text with a plain ``console`` block in the place of each ``terminal`` block."""
    return _PLACE.sub(
        lambda place: f"```console\n$ {place[1]}\n{plain(run(place[1], WIDE))}```", markdown
    )


def picture(command: str, wide: str, narrow: str) -> str:
    """One figure: the command line and what it prints."""
    screens = "".join(
        f'<pre class="terminal-{name}" tabindex="0" role="group" '
        f'aria-label="Output of {escape(command)}">{_screen(command, output)}</pre>'
        for name, output in (("wide", wide), ("narrow", narrow))
    )
    caption = f"<figcaption>{CAPTION}</figcaption>" if "--simulate" in command else ""
    return f'<figure class="terminal" data-search-exclude>{screens}{caption}</figure>'


def folded(output: str, columns: int) -> str:
    """What was printed, with a word too long for a line broken before the rule on the left."""
    return "\n".join(
        "\n".join(_fold(line, columns)) if len(line) > columns and "\x1b" not in line else line
        for line in output.split("\n")
    )


def _fold(line: str, columns: int) -> Iterator[str]:
    start = _MARGIN.match(line)
    margin = start[0] if start else ""
    for piece in textwrap.wrap(line[len(margin) :], columns - len(margin), break_on_hyphens=False):
        yield margin + piece


def plain(output: str) -> str:
    """What was printed, without its colors."""
    return _SGR.sub("", output)


def _screen(command: str, output: str) -> str:
    prompt = f'<span class="t-dim">$</span> <span class="t-strong">{escape(command)}</span>'
    return f"{prompt}\n{html(output.strip())}"


def html(output: str) -> str:
    """What was printed as HTML; a style that means nothing here is dropped."""
    first, *rest = _SGR.split(output)
    return escape(first, quote=False) + "".join(
        _styled(code, words) for code, words in zip(rest[::2], rest[1::2], strict=True)
    )


def _styled(code: str, words: str) -> str:
    text = escape(words, quote=False)
    return f'<span class="t-{STYLES[code]}">{text}</span>' if code in STYLES and words else text
