"""What a person reads of a run: the checks in few lines, the cause and its fix, one last line.

Made from the data of the JSON contract.  Color and symbols only repeat what the words say.
"""

from collections.abc import Iterator, Mapping

from codegpt_doctor.output.cause_text import cause_lines, named_cause, result_lines
from codegpt_doctor.output.check_text import folded_checks, header
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.lines import ANY, at_most, indented, labeled, wrap_line
from codegpt_doctor.output.style import Style

UNTESTED = {
    "key": "the key",
    "model": "whether the model is available",
    "inference": "whether the model answers",
    "credit": "credit",
    "limits": "rate limits",
    "billing": "billing",
    "status": "the provider's status page",
    "editor": "the editor",
}
TOLD_WHEN_HEALTHY = ("inference", "limits", "billing")
LABEL = 13
NEXT = (
    "Run it again with --verbose, then with --sdk, and compare. If the result stays the same, "
    "report it with the output of --json, which contains no key."
)


def report_text(report: ReportData, style: Style, title: str = "") -> str:
    """A whole run within one screen; the last line names the cause.

    ``title`` is the first line where it is not what was tested and with which key.
    """
    healthy = report["status"] == "healthy"
    lines = (title or header(report["target"], style)).split("\n")
    lines += folded_checks(report["checks"], style, healthy)
    last = _last_line(report, style).split("\n")
    rows = style.rows - len(lines) - len(last) - 2  # and two empty lines
    return "\n".join([*lines, "", *_result(report, style, rows), "", *last])


def verbose_text(report: ReportData, style: Style) -> str:
    """All that is known of a run, below the lines of its checks."""
    lines = [*_observations(report, style), "", *_result(report, style, ANY, detailed=True)]
    return "\n".join(["", *lines, "", _last_line(report, style)])


def _result(
    report: ReportData, style: Style, rows: int, *, detailed: bool = False
) -> Iterator[str]:
    if report["diagnosis"]:
        yield from cause_lines(report["diagnosis"], style, rows, detailed=detailed)
    elif report["status"] == "inconclusive":
        yield from _inconclusive(report, style, rows)
    else:
        yield from _healthy(report, style)


def _inconclusive(report: ReportData, style: Style, rows: int) -> Iterator[str]:
    yield style.strong("No cause was found")
    failed = [check for check in report["checks"] if check["status"] in ("fail", "error")]
    for check in failed[:1]:
        said = f"{check['title']}: {check['summary']}"
        yield from indented(at_most(said, style.width - 2, max(rows - 5, 3)))
        if check["stage"] == "settings":  # it says itself what to do, and nothing was asked
            return
    yield ""
    yield from indented([*labeled("Next", NEXT, style.width - 2, ANY, LABEL)])


def _healthy(report: ReportData, style: Style) -> Iterator[str]:
    """What was seen to work, with which key, and what nobody but the person can compare."""
    checks = {check["id"]: check for check in report["checks"]}
    facts = [
        (checks[name]["title"], checks[name]["summary"])
        for name in TOLD_WHEN_HEALTHY
        if name in checks and checks[name]["status"] == "pass"
    ]
    facts += _about_the_key(report)
    found = [check["finding"]["id"] for check in report["checks"] if check["finding"]]
    facts += [("More", f"codegpt-doctor explain {entry_id}") for entry_id in dict.fromkeys(found)]
    for label, text in facts:
        yield from indented([*labeled(label, text, style.width - 2, ANY, LABEL)])


def _about_the_key(report: ReportData) -> Iterator[tuple[str, str]]:
    key = report["target"]["key"]
    if key is None:
        return
    last = key["hint"].rpartition("…")[2]
    end = f"ends in {last} and " if last else ""
    yield "Key", f"The tested key {end}is from {key['source']}."
    yield (
        "In CodeGPT",
        "CodeGPT keeps its own copy: compare the last characters of the key there. A model from "
        "its Top Models list never uses your key.",
    )


def _last_line(report: ReportData, style: Style) -> str:
    """The sum of a run, with the name of the cause: the line that is sure to be seen."""
    return "\n".join(result_lines(*sum_of(report), style))


def sum_of(report: ReportData) -> tuple[str, str]:
    """How a run ended, as a status and in one sentence that names the cause."""
    took = f"{report['duration_ms'] / 1000:.1f} s"
    if report["diagnosis"]:
        return "fail", named_cause(report["diagnosis"], report["duration_ms"])
    if report["status"] == "inconclusive":
        return "warn", f"No cause was found in {took}; nothing was shown to work"
    return "pass", _well(report, took)


def _well(report: ReportData, took: str) -> str:
    tried = sum(check["status"] != "skip" for check in report["checks"])
    warnings = sum(check["status"] == "warn" for check in report["checks"])
    untested = [UNTESTED[name] for name in report["untested"]]
    said = "All that was tested works" if untested else "All is well"
    said += f": {tried} checks in {took}"
    if warnings:
        said += f", {warnings} warning{'s' if warnings > 1 else ''}"
    return f"{said}; not tested: {', '.join(untested)}" if untested else said


def _observations(report: ReportData, style: Style) -> Iterator[str]:
    for check in report["checks"]:
        if not check["observations"]:
            continue
        yield style.dim(f"  {check['title']}")
        for name, value in check["observations"].items():
            yield from indented(wrap_line(f"{name}: {spelled(value)}", style.width - 4), 4)


def _is_repeated(name: str, facts: Mapping[str, object]) -> bool:
    """Whether a fact is the number of one that is there in words."""
    return any(name.removesuffix(end) in facts for end in ("_number", "_s") if name.endswith(end))


def spelled(value: object) -> str:
    """A value of JSON as people write it."""
    if isinstance(value, dict):
        told = {name: one for name, one in value.items() if not _is_repeated(name, value)}
        return ", ".join(f"{name} {spelled(one)}" for name, one in told.items() if one is not None)
    if isinstance(value, list | tuple):
        return ", ".join(map(spelled, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "unknown" if value is None else str(value)
