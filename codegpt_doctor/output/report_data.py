"""The public contract: a report or an explanation as JSON-compatible data, scrubbed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from codegpt_doctor import catalogue
from codegpt_doctor._version import __version__
from codegpt_doctor.catalogue import DEFAULT_PROVIDER, Entry, placeholders, steps
from codegpt_doctor.model.explanation import SCHEMA_VERSION, Explanation, Match
from codegpt_doctor.output.markdown import plain
from codegpt_doctor.redact import scrub_data

if TYPE_CHECKING:  # what is told here is not needed to tell an explanation
    from codegpt_doctor.model.report import CheckResult, Diagnosis, Finding, Report, Target
    from codegpt_doctor.output.contract import (
        CheckData,
        DiagnosisData,
        ExplanationData,
        FindingData,
        LinkData,
        MatchData,
        QuoteData,
        RemediationData,
        ReportData,
        TargetData,
        ToolData,
    )

CODE = "    "  # what a line of code in a step begins with
T = TypeVar("T")
MAX_QUOTED = 500  # characters
TOOL: "ToolData" = {"name": "codegpt-doctor", "version": __version__}
SITE = "https://codegpt-doctor.github.io/codegpt-doctor"


def report_data(report: "Report") -> "ReportData":
    """A report as the JSON contract has it."""
    data: ReportData = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "started_at": report.started_at,
        "duration_ms": report.duration_ms,
        "target": target_data(report.target),
        "status": report.status,
        "diagnosis": diagnosis_data(report.diagnosis, report.target) if report.diagnosis else None,
        "checks": [check_data(check, report.target.provider) for check in report.checks],
        "untested": list(report.untested),
        "exit_code": int(report.exit_code),
    }
    cleaned: ReportData = shortened(scrub_data(data))
    return cleaned


def shortened(data: T) -> T:
    """The data with its quotations cut to a readable length; to be called when it is scrubbed."""
    if isinstance(data, dict):
        for name, value in data.items():
            too_long = name in ("quote", "summary") and len(value) > MAX_QUOTED
            data[name] = value[: MAX_QUOTED - 1] + "…" if too_long else shortened(value)
    elif isinstance(data, list):
        data[:] = map(shortened, data)
    return data


def target_data(target: "Target") -> "TargetData":
    """What was tested."""
    key = target.key
    return {
        "provider": target.provider,
        "provider_from": target.provider_from,
        "base_url": target.base_url,
        "model": target.model,
        "organization": target.organization,
        "project": target.project,
        "key": {"hint": key.hint, "kind": key.kind, "source": key.source} if key else None,
        "proxy": target.proxy,
    }


def check_data(check: "CheckResult", provider: str = DEFAULT_PROVIDER) -> "CheckData":
    """One check's result; its finding is told by id, evidence and detail."""
    return {
        "id": check.id,
        "title": check.title,
        "stage": check.stage,
        "status": check.status,
        "summary": check.summary,
        "finding": _finding(check.finding, provider) if check.finding else None,
        "skipped_because": check.skipped_because,
        "duration_ms": check.duration_ms,
        "measured_ms": check.measured_ms,
        "observations": dict(check.observations),
    }


def _finding(finding: "Finding", provider: str) -> "FindingData":
    return {
        "id": finding.id,
        "title": catalogue.get(finding.id, provider).title,
        "detail": finding.detail,
        "evidence": _quotes(finding),
        "docs_url": docs_url(finding.id),
    }


def _quotes(finding: "Finding") -> "list[QuoteData]":
    return [{"check": one.origin, "quote": one.quote} for one in finding.evidence]


def diagnosis_data(diagnosis: "Diagnosis", target: "Target") -> "DiagnosisData":
    """The one root cause, with its fix."""
    finding = diagnosis.finding
    console = _console(target)
    entry = catalogue.get(finding.id, console)
    elsewhere = entry.provider not in (None, console)  # an error that only somebody else has
    words = "" if finding.lead and finding.instead else entry.summary
    first = (*finding.steps, *([_behind(entry, target)] if elsewhere else []))
    return {
        "id": entry.id,
        "provider": target.provider,
        "title": entry.title,
        "summary": " ".join(filter(None, (finding.lead, words, finding.detail))),
        "stage": diagnosis.stage,
        "family": entry.family,
        "confidence": finding.confidence,
        "http_status": diagnosis.http_status,
        "code": diagnosis.code,
        "request_id": diagnosis.request_id,
        "retry_after_s": diagnosis.retry_after_s,
        "evidence": _quotes(finding),
        "remediation": _remediation_after(entry, target, first, finding.instead or elsewhere),
        "retry": entry.retry,
        "explains": list(diagnosis.explains),
        "also": list(diagnosis.also),
        "ruled_out": list(diagnosis.ruled_out),
        "docs_url": docs_url(entry.id),
        "links": [] if elsewhere else _links(entry),
    }


def _links(entry: Entry) -> "list[LinkData]":
    return [{"title": title, "url": url} for title, url in entry.links]


def _console(target: "Target") -> str:
    """Whose words and pages are shown."""
    return target.console or target.provider


def _behind(entry: Entry, target: "Target") -> str:
    """The step where a server hands on what only another provider says."""
    from codegpt_doctor.providers.selection import host_and_port

    name = catalogue.providers()[entry.provider or DEFAULT_PROVIDER]["name"]
    host = host_and_port(target.base_url)[0] or "the server"
    return f"Ask whoever runs {host}: it passes on what {name} says about its account there."


def _remediation_after(
    entry: Entry, target: "Target", first: tuple[str, ...] = (), instead: bool = False
) -> "RemediationData":
    """What to do after a run: ``first`` before the entry's steps, or ``instead`` of them."""
    from codegpt_doctor.output.run_steps import steps_after  # no explanation needs what it takes

    first = tuple(step.replace("{{command}}", target.commands.again) for step in first)
    return _remediation(entry, () if instead else steps_after(_fix(entry), target), first)


def _remediation_of(entry: Entry, provider: str | None, program: str | None) -> "RemediationData":
    """What to do without a run.

    ``provider`` is the one whose pages the steps lead to, and ``program`` the one in which the
    error was met, where that is known.
    """
    data = catalogue.providers().get(provider or entry.provider or "", {})
    fix = placeholders.fill(_fix(entry), placeholders.site_values(data))
    found = steps.in_program(steps.parse(fix, steps.this_system()), program)
    return _remediation(entry, found)


def _remediation(
    entry: Entry, found: Sequence[steps.Step], first: tuple[str, ...] = ()
) -> "RemediationData":
    return {
        "steps": [*first, *map(_step_text, found)],
        "commands": [*_commands(first), *steps.commands(found, steps.this_system())],
        "who": entry.who,
    }


def _fix(entry: Entry) -> str:
    return catalogue.sections(entry.id, entry.provider)["Fix"]


def _commands(texts: tuple[str, ...]) -> list[str]:
    """The lines of steps that are code."""
    lines = (line for text in texts for line in text.split("\n")[1:])
    return [line.strip() for line in lines if line.startswith(CODE)]


def _step_text(step: steps.Step) -> str:
    """The line, the detail below it, then the code, indented by four."""
    code = [f"{CODE}{line}".rstrip() for block in step.blocks for line in block.code.splitlines()]
    return "\n".join([*filter(None, (plain(step.line), plain(step.detail))), *code])


def explanation_data(
    explanation: Explanation, events: list[Mapping[str, object]] | None = None
) -> "ExplanationData":
    """An explanation as the JSON contract has it; ``events`` is what was read, where asked for."""
    match = explanation.match
    data: ExplanationData = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "match": match_data(match) if match else None,
        "also": list(explanation.also),
        "nearest": list(explanation.nearest),
    }
    if events is not None:
        data["events"] = events
    scrubbed: ExplanationData = scrub_data(data)
    return scrubbed


def match_data(match: Match) -> "MatchData":
    """The error that a text is."""
    entry = catalogue.get(match.id, match.provider)
    return {
        "id": entry.id,
        "provider": match.provider,
        "title": entry.title,
        "summary": f"{match.lead} {entry.summary}".strip(),
        "family": entry.family,
        "confidence": match.confidence,
        "http_status": match.http_status,
        "code": match.code,
        "request_id": match.request_id,
        "retry_after_s": match.retry_after_s,
        "evidence": [{"signal": one.origin, "quote": one.quote} for one in match.evidence],
        "remediation": _remediation_of(entry, match.provider, match.program),
        "retry": entry.retry,
        "docs_url": docs_url(entry.id),
        "links": _links(entry),
    }


def docs_url(entry_id: str) -> str:
    """The page of an entry on the site."""
    return f"{SITE}/errors/{entry_id}/"
