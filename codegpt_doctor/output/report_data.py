"""The public contract: a report or an explanation as JSON-compatible data, scrubbed."""

from typing import TYPE_CHECKING, Any

from codegpt_doctor import catalogue
from codegpt_doctor._version import __version__
from codegpt_doctor.catalogue.entry import Entry, fix_commands, fix_steps, sections
from codegpt_doctor.model.explanation import SCHEMA_VERSION, Explanation
from codegpt_doctor.output.markdown import plain_step
from codegpt_doctor.output.platforms import own_system_first
from codegpt_doctor.redact import scrub_data

if TYPE_CHECKING:  # what is told here is not needed to tell an explanation
    from codegpt_doctor.model.report import CheckResult, Diagnosis, Report, Target

MAX_QUOTED = 500  # characters
SITE = "https://codegpt-doctor.github.io/codegpt-doctor"


def report_data(report: "Report") -> dict[str, Any]:
    """A report as the JSON contract has it."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "codegpt-doctor", "version": __version__},
        "started_at": report.started_at,
        "duration_ms": report.duration_ms,
        "target": _target(report.target),
        "status": report.status,
        "diagnosis": diagnosis_data(report.diagnosis) if report.diagnosis else None,
        "checks": [check_data(check) for check in report.checks],
        "exit_code": int(report.exit_code),
    }
    scrubbed: dict[str, Any] = shortened(scrub_data(data))
    return scrubbed


def shortened(data: Any, key: str = "") -> Any:
    """The data with its quotations cut to a readable length; to be called when it is scrubbed."""
    if isinstance(data, dict):
        return {name: shortened(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [shortened(value) for value in data]
    if key in ("quote", "summary") and len(data) > MAX_QUOTED:
        return data[: MAX_QUOTED - 1] + "…"
    return data


def _target(target: "Target") -> dict[str, Any]:
    key = target.key
    return {
        "provider": target.provider,
        "base_url": target.base_url,
        "model": target.model,
        "organization": target.organization,
        "project": target.project,
        "key": {"hint": key.hint, "kind": key.kind, "source": key.source} if key else None,
        "proxy": target.proxy,
    }


def check_data(check: "CheckResult") -> dict[str, Any]:
    """One check's result; its finding is told by id, evidence and detail."""
    finding = check.finding
    return {
        "id": check.id,
        "title": check.title,
        "stage": check.stage,
        "status": check.status,
        "summary": check.summary,
        "finding": {
            "id": finding.id,
            "title": catalogue.get(finding.id).title,
            "detail": finding.detail,
            "evidence": [{"check": one.origin, "quote": one.quote} for one in finding.evidence],
            "docs_url": docs_url(finding.id),
        }
        if finding
        else None,
        "skipped_because": check.skipped_because,
        "duration_ms": check.duration_ms,
        "observations": dict(check.observations),
    }


def diagnosis_data(diagnosis: "Diagnosis") -> dict[str, Any]:
    """The one root cause, with its fix."""
    finding = diagnosis.finding
    entry = catalogue.get(finding.id)
    return {
        "id": entry.id,
        "title": entry.title,
        "summary": f"{entry.summary} {finding.detail}".strip(),
        "stage": diagnosis.stage,
        "confidence": finding.confidence,
        "evidence": [{"check": one.origin, "quote": one.quote} for one in finding.evidence],
        "remediation": remediation(entry, finding.steps),
        "retry": entry.retry,
        "explains": list(diagnosis.explains),
        "also": list(diagnosis.also),
        "ruled_out": list(diagnosis.ruled_out),
        "docs_url": docs_url(entry.id),
        "links": [{"title": title, "url": url} for title, url in entry.links],
    }


def remediation(entry: Entry, first: tuple[str, ...] = ()) -> dict[str, Any]:
    """What to do: ``first`` goes before the steps of the entry."""
    fix = sections(catalogue.body(entry.id))["Fix"]
    return {
        "steps": [*first, *(own_system_first(plain_step(step)) for step in fix_steps(fix))],
        "commands": list(fix_commands(fix)),
        "who": entry.who,
    }


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """An explanation as the JSON contract has it."""
    match = explanation.match
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "match": None,
        "also": list(explanation.also),
    }
    if match:
        entry = catalogue.get(match.id)
        data["match"] = {
            "id": entry.id,
            "title": entry.title,
            "summary": entry.summary,
            "family": entry.family,
            "confidence": match.confidence,
            "evidence": [{"signal": one.origin, "quote": one.quote} for one in match.evidence],
            "remediation": remediation(entry),
            "retry": entry.retry,
            "docs_url": docs_url(entry.id),
            "links": [{"title": title, "url": url} for title, url in entry.links],
        }
    scrubbed: dict[str, Any] = scrub_data(data)
    return scrubbed


def docs_url(entry_id: str) -> str:
    """The page of an entry on the site."""
    return f"{SITE}/errors/{entry_id}/"
