"""The public contract: a report or an explanation as JSON-compatible data, scrubbed."""

import re
from collections.abc import Mapping
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

THE_WAY_OUT = re.compile(r"\b(?:VPN|hotspot|hotel|IT department)\b|if your company uses one")
FOR_MODEL = re.compile(r"\{\{command\}\}(?=[^\n`]{0,200} --model )")
NO_CODE = (steps.Block("sh", (), ""),)  # in the place of the code of a step that has none
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


def diagnosis_data(diagnosis: "Diagnosis", target: "Target | None" = None) -> "DiagnosisData":
    """The one root cause, with its fix."""
    finding = diagnosis.finding
    console = _console(target)
    entry = catalogue.get(finding.id, console)
    elsewhere = entry.provider not in (None, console)  # an error that only somebody else has
    words = "" if finding.lead and finding.instead else entry.summary
    first = (*finding.steps, *([_behind(entry, target)] if elsewhere and target else []))
    return {
        "id": entry.id,
        "provider": target.provider if target else DEFAULT_PROVIDER,
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
        "remediation": remediation(entry, first, target, finding.instead or elsewhere),
        "retry": entry.retry,
        "explains": list(diagnosis.explains),
        "also": list(diagnosis.also),
        "ruled_out": list(diagnosis.ruled_out),
        "docs_url": docs_url(entry.id),
        "links": [] if elsewhere else _links(entry),
    }


def _links(entry: Entry) -> "list[LinkData]":
    return [{"title": title, "url": url} for title, url in entry.links]


def _console(target: "Target | None") -> str:
    """Whose words and pages are shown."""
    return (target.console or target.provider) if target else DEFAULT_PROVIDER


def _behind(entry: Entry, target: "Target") -> str:
    """The step where a server hands on what only another provider says."""
    from codegpt_doctor.providers.selection import host_and_port

    name = catalogue.providers()[entry.provider or DEFAULT_PROVIDER]["name"]
    host = host_and_port(target.base_url)[0] or "the server"
    return f"Ask whoever runs {host}: it passes on what {name} says about its account there."


def remediation(
    entry: Entry,
    first: tuple[str, ...] = (),
    target: "Target | None" = None,
    instead: bool = False,
    provider: str | None = None,
    program: str | None = None,
) -> "RemediationData":
    """What to do on this system: ``first`` before the entry's steps, or ``instead`` of them.

    ``provider`` is the one whose pages the steps lead to where there was no run, and ``program``
    the one in which the error was met, where that is known.
    """
    fix = catalogue.sections(entry.id, entry.provider)["Fix"]
    if target:
        first = tuple(step.replace("{{command}}", target.commands.again) for step in first)
        fix = FOR_MODEL.sub(target.commands.for_model.replace("\\", r"\\"), fix)
    values = _values(target, provider or entry.provider)
    if target:
        from codegpt_doctor.catalogue.pageless import ask_instead  # only a run has such steps

        fix = ask_instead(fix, values, values["host"])
    fix = placeholders.fill(fix, values)
    system = steps.this_system()
    found = () if instead else steps.in_program(steps.parse(fix, system), program)
    if target:
        needless = (_is_run_again, _exempts_from_no_proxy, _is_about_the_way_out)
        found = tuple(s for s in found if not any(is_so(s, target) for is_so in needless)) or found
    return {
        "steps": [*first, *map(_step_text, found)],
        "commands": [*_commands(first), *steps.commands(found, system)],
        "who": entry.who,
    }


def _is_run_again(step: steps.Step, target: "Target") -> bool:
    """Whether a step is just the command that was run, which is no help below its own output."""
    return [block.code.strip() for block in step.blocks] == [target.commands.again]


def _exempts_from_no_proxy(step: steps.Step, target: "Target") -> bool:
    """Whether a step keeps a proxy from this computer, where the run met none."""
    return target.proxy is None and all("NO_PROXY" in one.code for one in step.blocks or NO_CODE)


def _is_about_the_way_out(step: steps.Step, target: "Target") -> bool:
    """Whether a step is about the network, where the server is on this computer itself."""
    from codegpt_doctor.providers.selection import host_and_port
    from codegpt_doctor.settings.url import is_loopback

    direct = target.proxy is None and is_loopback(host_and_port(target.base_url)[0])
    return direct and THE_WAY_OUT.search(step.line) is not None


def _values(target: "Target | None", provider: str | None) -> dict[str, str]:
    """What the steps say of a run, or of the provider where there was none."""
    data = catalogue.providers().get(_console(target) if target else provider or "", {})
    if target is None:
        return placeholders.site_values(data)
    from codegpt_doctor.providers.selection import host_and_port

    values = placeholders.run_values(
        data,
        host=host_and_port(target.base_url)[0],
        base_url=target.base_url,
        model=target.model,
        organization=target.organization,
        command=target.commands.again,
    )
    variable = target.commands.key_variable
    return {**values, "key_variable": variable} if variable else values


def _commands(texts: tuple[str, ...]) -> list[str]:
    """The lines of steps that are code."""
    lines = (line for text in texts for line in text.split("\n")[1:])
    return [line.strip() for line in lines if line.startswith(CODE)]


def _step_text(step: steps.Step) -> str:
    """The line, the detail below it, then the code, indented by four."""
    code = [f"    {line}".rstrip() for block in step.blocks for line in block.code.splitlines()]
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
        "remediation": remediation(entry, provider=match.provider, program=match.program),
        "retry": entry.retry,
        "docs_url": docs_url(entry.id),
        "links": _links(entry),
    }


def docs_url(entry_id: str) -> str:
    """The page of an entry on the site."""
    return f"{SITE}/errors/{entry_id}/"
