"""The checks of a run on the screen: what is fine in one line, the rest a line each."""

from collections.abc import Iterator, Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.output.compact import for_reading, without_operation
from codegpt_doctor.output.contract import CheckData, TargetData
from codegpt_doctor.output.lines import at_most, wrap_line
from codegpt_doctor.output.style import Style

TITLE_WIDTH = 16
NARROW = 60  # columns; below, the words of a check go under its title
WORDS = {"pass": "ok", "warn": "warn", "fail": "FAIL", "skip": "skip", "error": "error"}
MARGIN = 4
MAX_WARNING = 3  # rows
EDITOR = "editor"


def header(target: TargetData, style: Style) -> str:
    """The first line: what is being tested, and with which key."""
    name = catalogue.providers().get(target["provider"], {}).get("name", target["provider"])
    key = target["key"]
    shown = f"{key['hint']} ({key['source']})" if key else "no key"
    parts = [part for part in (name, target["base_url"], target["model"], shown) if part]
    lines = [""]
    for part in parts:
        room = style.width if len(lines) == 1 else style.width - 2
        longer = lines[-1] + style.symbols.dot + part if lines[-1] else part
        if len(longer) <= room:
            lines[-1] = longer
        else:
            lines += wrap_line(part, style.width - 2)
    return "\n".join(map(style.strong, [lines[0], *(f"  {line}" for line in lines[1:])]))


def check_line(check: CheckData, style: Style) -> str:
    """One line for one check with all of its words, continued below when it is long."""
    status = check["status"]
    mark = style.status(status, f"{style.symbols.marks[status]} {WORDS[status]:<5}")
    reason = check["skipped_because"] if status == "skip" else None
    summary = f"because of {reason}" if check["summary"] == "not tried" else check["summary"]
    if style.width < NARROW:
        lines = [f"    {line}" for line in wrap_line(summary, style.width - MARGIN)]
        return "\n".join([f"  {mark} {check['title']}", *lines])
    indent = " " * (TITLE_WIDTH + 11)
    first, *rest = wrap_line(summary, style.width - len(indent))
    lines = [f"  {mark} {check['title']:<{TITLE_WIDTH}} {first}", *(indent + line for line in rest)]
    return "\n".join(lines)


def folded_checks(checks: Sequence[CheckData], style: Style, healthy: bool) -> Iterator[str]:
    """The checks in few lines: the fine ones together, then a line for each that is not.

    What was skipped is named where all is well, since it was not seen to work; elsewhere the root
    cause says why.
    """
    yield from _together([one for one in checks if one["status"] == "pass"], "pass", style)
    for number, check in enumerate(checks):
        if check["status"] in ("warn", "fail", "error"):
            rows = MAX_WARNING if healthy else 1
            yield from _alone(check, checks[:number], style, rows)
    if healthy:
        skipped = [one for one in checks if one["status"] == "skip"]
        yield from _together(skipped, "skip", style, "skipped: ")


def _together(
    checks: Sequence[CheckData], status: str, style: Style, said: str = ""
) -> Iterator[str]:
    names = [_name(check) for check in checks if check["stage"] != EDITOR]
    editor = [_name(check) for check in checks if check["stage"] == EDITOR]
    groups = [", ".join(names), f"in the editor: {', '.join(editor)}" if editor else ""]
    for group in filter(None, groups):
        first, *rest = wrap_line(said + group, style.width - MARGIN)
        yield f"  {style.status(status, style.symbols.marks[status])} {first}"
        yield from (" " * MARGIN + line for line in rest)


def _name(check: CheckData) -> str:
    """The title of a check within a sentence."""
    title = check["title"]
    return title if title[:2].isupper() or title.startswith(("CodeGPT", "Node")) else title.lower()


def _alone(check: CheckData, before: Sequence[CheckData], style: Style, rows: int) -> Iterator[str]:
    status = check["status"]
    mark = style.status(status, style.symbols.marks[status])
    title = check["title"]
    said = brief(check, before, style) if rows == 1 else for_reading(check, before)["summary"]
    indent = " " * MARGIN
    if style.width < NARROW:
        yield f"  {mark} {title}"
        lines = at_most(said, style.width - MARGIN, rows)
        yield from (indent + line for line in lines)
        return
    indent += " " * (max(TITLE_WIDTH, len(title)) + 1)
    first, *rest = at_most(said, style.width - len(indent), rows)
    yield f"  {mark} {title:<{TITLE_WIDTH}} {first}"
    yield from (indent + line for line in rest)


def brief(check: CheckData, before: Sequence[CheckData], style: Style) -> str:
    """What a check found, without the words of the API, which are told below.

    The first refusal has the id of the request, for whoever asks the provider about it.
    """
    read = for_reading(check, before)["summary"]
    first = not any(other["status"] == "fail" for other in before)
    said = check["summary"] if first and check["status"] == "fail" else read
    return without_operation(said.partition(': "')[0]).replace(", req", f"{style.symbols.dot}req")
