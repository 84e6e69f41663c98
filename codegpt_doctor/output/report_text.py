"""What a person reads in a terminal: from the data of the JSON contract, wrapped and styled.

Color and symbols only repeat what the words say.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER, FAMILIES, Entry
from codegpt_doctor.output.markdown import wrap
from codegpt_doctor.output.platforms import own_blocks
from codegpt_doctor.output.report_data import docs_url
from codegpt_doctor.output.style import Style

TITLE_WIDTH = 16
NARROW = 60  # columns; below, the words of a check go under its title
WORDS = {"pass": "ok", "warn": "warn", "fail": "FAIL", "skip": "skip", "error": "error"}
WHO = {
    "you": "you",
    "account owner": "you, or whoever owns the organization",
    "IT": "you, or the IT department",
    "provider": "the provider; you can only wait or work around it",
}
UNTESTED = {
    "key": "the key",
    "model": "whether the model is there",
    "inference": "whether the model answers",
    "credit": "credit",
}
RETRY = {
    "no": "Retrying will not help.",
    "later": "Retrying later can help.",
    "now": "Retrying now can help.",
}


def header(target: Mapping[str, Any], style: Style) -> str:
    """The first line: what is being tested."""
    name = catalogue.providers()[target["provider"]]["name"]
    parts = [part for part in (name, target["base_url"], target["model"]) if part]
    return style.strong(style.symbols.dot.join(parts))


def check_line(check: Mapping[str, Any], style: Style) -> str:
    """One line for one check, continued below when it is long."""
    status = check["status"]
    mark = style.status(status, f"{style.symbols.marks[status]} {WORDS[status]:<5}")
    reason = check["skipped_because"] if status == "skip" else None
    summary = f"because of {reason}" if check["summary"] == "not tried" else check["summary"]
    if style.width < NARROW:
        lines = [f"    {line}" for line in wrap_line(summary, style.width - 4)]
        return "\n".join([f"  {mark} {check['title']}", *lines])
    indent = " " * (TITLE_WIDTH + 11)
    first, *rest = wrap_line(summary, style.width - len(indent))
    lines = [f"  {mark} {check['title']:<{TITLE_WIDTH}} {first}", *(indent + line for line in rest)]
    return "\n".join(lines)


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


def wrap_line(text: str, width: int) -> list[str]:
    """Words of one paragraph in lines; never empty."""
    import textwrap

    lines = textwrap.wrap(text, max(16, width), break_on_hyphens=False, break_long_words=False)
    return lines or [""]


def report_text(report: Mapping[str, Any], style: Style, verbose: bool = False) -> str:
    """Everything below the lines of the checks: the diagnosis, then one line of sum."""
    lines: list[str] = []
    if verbose:
        lines += _details(report, style)
    if report["diagnosis"]:
        lines += ["", *diagnosis_lines(report["diagnosis"], style, _wait(report), verbose)]
    elif report["status"] == "inconclusive":
        lines += ["", *_ruled(_inconclusive(report, style), style)]
    else:
        lines += _warned(report, style)
    lines += ["", _sum(report, style)]
    return "\n".join(lines)


def diagnosis_lines(
    diagnosis: Mapping[str, Any], style: Style, wait: float | None = None, verbose: bool = False
) -> Iterator[str]:
    """The block of a diagnosis: cause, fix and evidence; ``wait`` are seconds until a retry."""
    return _ruled(_diagnosis(diagnosis, style, wait, verbose), style)


def _wait(report: Mapping[str, Any]) -> float | None:
    """How long the refusal itself says to wait."""
    found = report["diagnosis"]["id"]
    told = (
        check["observations"].get("retry_after_s")
        for check in report["checks"]
        if check["finding"] and check["finding"]["id"] == found
    )
    return next((seconds for seconds in told if seconds), None)


def _ruled(lines: Iterator[str], style: Style) -> Iterator[str]:
    """The left rule marks where the diagnosis begins and ends, also where half of it is pasted."""
    for line in lines:
        yield f"{style.symbols.rule} {line}".rstrip()


def _diagnosis(
    diagnosis: Mapping[str, Any], style: Style, wait: float | None, verbose: bool
) -> Iterator[str]:
    width = style.width - 4
    yield from map(style.strong, wrap_line(diagnosis["title"], width))
    yield style.dim(diagnosis["id"])
    yield ""
    yield from wrap_line(diagnosis["summary"], width)
    yield ""
    who, *rest = wrap_line(f"({WHO[diagnosis['remediation']['who']]})", width - 5)
    yield f"{style.strong('Fix')}  {who}"
    yield from (f"     {line}" for line in rest)
    for number, step in enumerate(diagnosis["remediation"]["steps"], 1):
        first, *rest = _step_lines(step if verbose else _without_detail(step), width - 5)
        yield f"  {number}. {first}"
        yield from (f"     {line}" for line in rest)
    yield ""
    for one in diagnosis["evidence"]:
        yield from _labelled("Seen", one["quote"], width)
    if diagnosis["ruled_out"]:
        yield from _labelled("Fine", ", ".join(diagnosis["ruled_out"]), width)
    if diagnosis["also"]:
        yield from _labelled("Also", ", ".join(diagnosis["also"]), width)
    retry = RETRY[diagnosis["retry"]]
    if diagnosis["retry"] == "later" and wait:
        retry = f"Retrying in {duration(wait)} can help."
    yield from _labelled("Retry", retry, width)
    yield from _labelled("More", f"codegpt-doctor explain {diagnosis['id']}", width)


def _without_detail(step: str) -> str:
    """What to do and its code, without the paragraph between them."""
    line, *rest = step.split("\n")
    return "\n".join([line, *(one for one in rest if one.startswith("    "))])


def _step_lines(step: str, width: int) -> Iterator[str]:
    """The prose of a step wrapped; its code, which is indented, to be copied as it stands."""
    for line in step.split("\n"):
        if line.startswith("    "):
            yield line[2:]
        else:
            yield from wrap_line(line, width)


def _labelled(label: str, text: str, width: int) -> Iterator[str]:
    first, *rest = wrap_line(text, width - 7)
    yield f"{label:<6} {first}"
    yield from (f"       {line}" for line in rest)


def _inconclusive(report: Mapping[str, Any], style: Style) -> Iterator[str]:
    yield style.strong("No cause could be named")
    yield ""
    failed = [check for check in report["checks"] if check["status"] in ("fail", "error")]
    for check in failed[:1]:
        yield from wrap_line(f"{check['title']}: {check['summary']}", style.width - 4)
        if check["stage"] == "settings":  # it says itself what to do, and nothing was asked
            return
        yield ""
    yield from wrap_line(
        "Next: run it again with --verbose, then with --sdk, and compare. If the answer stays the "
        "same, report it with the output of --json, which holds no key.",
        style.width - 4,
    )


def _warned(report: Mapping[str, Any], style: Style) -> list[str]:
    """Where to read about the warnings of a run that is well otherwise."""
    found = [check["finding"]["id"] for check in report["checks"] if check["finding"]]
    said = [f"codegpt-doctor explain {entry_id}" for entry_id in dict.fromkeys(found)]
    lines = [line for one in said for line in _labelled("More", one, style.width)]
    return ["", *lines] if lines else []


def _details(report: Mapping[str, Any], style: Style) -> list[str]:
    lines = [""]
    for check in report["checks"]:
        lines.append(style.dim(f"  {check['id']} ({check['duration_ms']} ms)"))
        for name, value in check["observations"].items():
            lines += [f"    {line}" for line in wrap_line(f"{name}: {value}", style.width - 4)]
    return lines


def _sum(report: Mapping[str, Any], style: Style) -> str:
    checks = report["checks"]
    count = {word: sum(check["status"] == word for check in checks) for word in WORDS}
    tried = len(checks) - count["skip"]
    parts = [f"{tried} checks in {report['duration_ms'] / 1000:.1f} s"]
    result = {"healthy": "all is well", "problem": "1 root cause", "inconclusive": "no cause named"}
    left_out = ", ".join(UNTESTED[one] for one in report["untested"])
    if left_out and report["status"] == "healthy":
        parts.append(f"all that was tested is well; not tested: {left_out}")
    else:
        parts.append(result[report["status"]])
    if count["warn"]:
        parts.append(f"{count['warn']} warning{'s' if count['warn'] > 1 else ''}")
    if count["skip"]:
        parts.append(f"{count['skip']} skipped")
    status = {"healthy": "pass", "problem": "fail"}.get(report["status"], "warn")
    lines = wrap_line(", ".join(parts), style.width)
    return "\n".join(style.status(status, line) for line in lines)


def entry_text(entry: Entry, style: Style, provider: str | None = DEFAULT_PROVIDER) -> str:
    """The explanation of one entry: title, meaning, causes, fix, link.

    ``provider`` is the one whose pages the steps lead to, None where nothing tells whose it is.
    """
    found = catalogue.prose(entry.id, provider)
    found["Fix"] = own_blocks(found["Fix"])
    title = "\n".join(map(style.strong, wrap_line(entry.title, style.width)))
    kind = "\n".join(
        map(style.dim, wrap_line(f"{entry.id} ({FAMILIES[entry.family]})", style.width))
    )
    parts = [f"{title}\n{kind}", wrap(entry.summary, style.width)]
    for heading in ("What it means", "Causes", "Fix", "Verify the fix", "Similar errors"):
        said = f"{heading} (by {WHO[entry.who]})" if heading == "Fix" else heading
        head = "\n".join(map(style.strong, wrap_line(said, style.width)))
        parts.append(f"{head}\n{wrap(found[heading], style.width).rstrip()}")
    parts.append(f"{RETRY[entry.retry]}\nMore: {docs_url(entry.id)}")
    return "\n\n".join(part.strip("\n") for part in parts)
