"""The cause and its fix on one screen: what it is, what to do, who said so, where there is more.

Where not all of it fits, the later steps are left out; then, on a narrow screen, who said so.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import steps
from codegpt_doctor.output.lines import (
    ANY,
    RETRY,
    WHO,
    at_most,
    code_lines,
    duration,
    indented,
    labeled,
    wrap_line,
)
from codegpt_doctor.output.report_data import CODE
from codegpt_doctor.output.style import Style

if TYPE_CHECKING:
    from codegpt_doctor.output.contract import DiagnosisData, ErrorData, RemediationData

MAX_SUMMARY = 4  # rows
MAX_SAID = 2
MAX_CODE = 6  # lines of code in a step that has to fit; the page has them all
MIN_STEPS = 3  # rows that the first step gets in any case
LABEL = 13  # columns of what stands before the words of the provider
_PAGE = re.compile(r" \((https?://[^\s)]+)\)")


def cause_lines(
    diagnosis: "DiagnosisData",
    style: Style,
    rows: int = ANY,
    *,
    detailed: bool = False,
    wait: float | None = None,
) -> Iterator[str]:
    """The cause, what to do about it, and the words in which it was told.

    Args:
        diagnosis: the root cause of a run.
        style: the means of the output.
        rows: how many there are for it.
        detailed: whether all that is known of it is shown, the paragraphs below the steps too.
        wait: seconds until a retry can help, where they are known.
    """
    wait = wait or diagnosis["retry_after_s"]
    below = [*_also(diagnosis, style), *_retry(wait, diagnosis["retry"], style, detailed)]
    quotes = [*(_evidence(diagnosis, style) if detailed else _said_lines(diagnosis, style))]
    option = whose(diagnosis)
    return error_lines(diagnosis, style, rows, quotes, below, detailed=detailed, option=option)


def named_cause(diagnosis: "DiagnosisData", duration_ms: int) -> str:
    """The cause of a run in the words of its last line."""
    return f"1 root cause in {duration_ms / 1000:.1f} s: {diagnosis['title']}"


def result_lines(status: str, said: str, style: Style) -> list[str]:
    """How a run ended, in the color of a status."""
    first, *rest = wrap_line(said, style.width - 2)
    lines = [f"{style.symbols.marks[status]} {first}", *indented(rest)]
    return [style.status(status, line) for line in lines]


def whose(error: "ErrorData") -> str:
    """The option with which ``explain`` tells an error in the words of its provider."""
    if error["provider"] in (None, catalogue.DEFAULT_PROVIDER):
        return ""
    return f"--provider {error['provider']}"


def error_lines(
    error: "ErrorData",
    style: Style,
    rows: int = ANY,
    quotes: Sequence[str] = (),
    below: Sequence[str] = (),
    *,
    detailed: bool = False,
    option: str = "",
) -> Iterator[str]:
    """An error and its fix, then ``quotes``, what else stands ``below``, and where there is more.

    ``option`` is what ``explain`` needs beside the id to show it.
    """
    head = _head(error, style, rows)
    said = f"{error['id']} {option}".strip()
    more = _more(said, 1, style.width - 2)
    fixed = len(head) + len(quotes) + len(below) + len(more) + 1  # and an empty line
    room = rows if rows == ANY else max(rows - fixed, MIN_STEPS)
    shown, left = _fitting_steps(error["remediation"], style, room, detailed=detailed)
    if fixed + len(shown) > rows:
        quotes = ()
    yield from (*head, *shown, "", *quotes, *below)
    yield from indented(_more(said, left, style.width - 2))


def _more(said: str, left: int, width: int) -> list[str]:
    """The command that shows the rest, which can be copied however narrow the terminal is."""
    command = f"codegpt-doctor explain {said}"
    steps_left = f"({left} more step{'s' if left > 1 else ''})" if left else ""
    line = f"{'More':<{LABEL}}{command}  {steps_left}".rstrip()
    if len(line) <= width:
        return [line]
    below = code_lines(command, width - 2, steps.this_system())
    return [f"More {steps_left}".rstrip(), *indented(below)]


def _head(error: "ErrorData", style: Style, rows: int) -> list[str]:
    width = style.width
    title = wrap_line(f"{style.symbols.marks['fail']} {error['title']}", width)
    summary = at_most(error["summary"], width - 2, ANY if rows == ANY else MAX_SUMMARY)
    who = wrap_line(f"Fix ({WHO[error['remediation']['who']]})", width - 2)
    return [
        *(style.status("fail", line) for line in title),
        *indented(summary),
        "",
        *map(style.strong, indented(who)),
    ]


def _fitting_steps(
    remediation: "RemediationData", style: Style, rows: int = ANY, *, detailed: bool = False
) -> tuple[list[str], int]:
    """The steps that fit in so many rows, at least the first; and how many are left out."""
    shown: list[str] = []
    for number, step in enumerate(remediation["steps"]):
        lines = [*_step(step, style, ANY if rows == ANY else MAX_CODE, detailed)]
        if number and len(shown) + len(lines) > rows:
            return shown, len(remediation["steps"]) - number
        shown += [f"  {number + 1}. {lines[0]}", *indented(lines[1:], 5)]
    return shown, 0


def _step(step: str, style: Style, max_code: int, detailed: bool) -> Iterator[str]:
    """A step: its line, the pages that it names, the code to copy."""
    line, *rest = step.split("\n")
    width = style.width - 5
    yield from wrap_line(_PAGE.sub("", line), width)
    for page in dict.fromkeys(_PAGE.findall(line)):
        yield from wrap_line(page, width)
    for text in rest if detailed else ():
        yield from wrap_line(text, width) if not text.startswith(CODE) else ()
    code = [one.removeprefix(CODE) for one in rest if one.startswith(CODE)]
    system = steps.this_system()
    lines = [cut for one in code for cut in code_lines(one, width - 2, system)]
    if len(lines) > max_code:
        lines = [*lines[: max_code - 1], "…"]
    yield from indented(lines)


def _said_lines(diagnosis: "DiagnosisData", style: Style) -> Iterator[str]:
    """The provider's own sentence; where it said nothing, what was seen."""
    for one in diagnosis["evidence"][:1]:
        quote = _said_in(one["quote"])
        name = catalogue.providers().get(diagnosis["provider"] or "", {}).get("name")
        known = name and diagnosis["provider"] != "custom" and diagnosis["code"]
        who = name if known else "The server"  # without a code it may be anybody's page
        label, text = (f"{who} said", f'"{quote}"') if quote else ("Seen", one["quote"])
        wide = max(LABEL, len(label) + 2)
        lines = [*labeled(label, text, style.width - 3, MAX_SAID, wide)]
        lines[-1] += '"' if quote and lines[-1].endswith("…") else ""
        yield from indented(lines)


def _said_in(quote: str) -> str:
    """The sentence of the API within a quotation of its whole answer; empty where it has none."""
    said = quote.partition(': "')[2]
    return said.removesuffix('"')


def _evidence(diagnosis: "DiagnosisData", style: Style) -> Iterator[str]:
    for one in diagnosis["evidence"]:
        yield from indented([*labeled("Seen", one["quote"], style.width - 2, ANY, LABEL)])
    if diagnosis["ruled_out"]:
        fine = ", ".join(diagnosis["ruled_out"])
        yield from indented([*labeled("Fine", fine, style.width - 2, ANY, LABEL)])


def _also(diagnosis: "DiagnosisData", style: Style) -> Iterator[str]:
    if diagnosis["also"]:
        text = ", ".join(diagnosis["also"])
        yield from indented([*labeled("Also", text, style.width - 2, 1, LABEL)])


def _retry(wait: float | None, retry: str, style: Style, detailed: bool) -> Iterator[str]:
    """Whether a retry can help; in short only where it is known when."""
    if wait and retry == "later":
        text = f"Retrying in {duration(wait)} can help."
    elif detailed:
        text = RETRY[retry]
    else:
        return
    yield from indented([*labeled("Retry", text, style.width - 2, 2, LABEL)])
