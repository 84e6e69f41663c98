"""The public contract: a report or an explanation as JSON-compatible data, scrubbed."""

import re
from typing import TYPE_CHECKING, Any

from codegpt_doctor import catalogue
from codegpt_doctor._version import __version__
from codegpt_doctor.catalogue import DEFAULT_PROVIDER, Entry, placeholders, steps
from codegpt_doctor.model.explanation import SCHEMA_VERSION, Explanation
from codegpt_doctor.output.markdown import plain
from codegpt_doctor.redact import scrub_data

if TYPE_CHECKING:  # what is told here is not needed to tell an explanation
    from codegpt_doctor.model.report import CheckResult, Diagnosis, Report, Target

FOR_MODEL = re.compile(r"\{\{command\}\}(?=[^\n`]{0,200} --model )")
CODE = "    "  # what a line of code in a step begins with
MAX_QUOTED = 500  # characters
TOOL = {"name": "codegpt-doctor", "version": __version__}
SITE = "https://codegpt-doctor.github.io/codegpt-doctor"


def report_data(report: "Report") -> dict[str, Any]:
    """A report as the JSON contract has it."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "started_at": report.started_at,
        "duration_ms": report.duration_ms,
        "target": _target(report.target),
        "status": report.status,
        "diagnosis": diagnosis_data(report.diagnosis, report.target) if report.diagnosis else None,
        "checks": [check_data(check, report.target.provider) for check in report.checks],
        "untested": list(report.untested),
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
        "provider_from": target.provider_from,
        "base_url": target.base_url,
        "model": target.model,
        "organization": target.organization,
        "project": target.project,
        "key": {"hint": key.hint, "kind": key.kind, "source": key.source} if key else None,
        "proxy": target.proxy,
    }


def check_data(check: "CheckResult", provider: str = DEFAULT_PROVIDER) -> dict[str, Any]:
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
            "title": catalogue.get(finding.id, provider).title,
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


def diagnosis_data(diagnosis: "Diagnosis", target: "Target | None" = None) -> dict[str, Any]:
    """The one root cause, with its fix."""
    finding = diagnosis.finding
    console = _console(target)
    entry = catalogue.get(finding.id, console)
    elsewhere = entry.provider not in (None, console)  # an error that only somebody else has
    first = (*finding.steps, *([_behind(entry, target)] if elsewhere and target else []))
    return {
        "id": entry.id,
        "title": entry.title,
        "summary": f"{entry.summary} {finding.detail}".strip(),
        "stage": diagnosis.stage,
        "confidence": finding.confidence,
        "evidence": [{"check": one.origin, "quote": one.quote} for one in finding.evidence],
        "remediation": remediation(entry, first, target, finding.instead or elsewhere),
        "retry": entry.retry,
        "explains": list(diagnosis.explains),
        "also": list(diagnosis.also),
        "ruled_out": list(diagnosis.ruled_out),
        "docs_url": docs_url(entry.id),
        "links": [] if elsewhere else [{"title": title, "url": url} for title, url in entry.links],
    }


def _console(target: "Target | None") -> str:
    """Whose words and pages are shown."""
    return (target.console or target.provider) if target else DEFAULT_PROVIDER


def _behind(entry: Entry, target: "Target") -> str:
    """The step where a server hands on what only another provider says."""
    from urllib.parse import urlsplit

    name = catalogue.providers()[entry.provider or DEFAULT_PROVIDER]["name"]
    host = urlsplit(target.base_url).hostname or "the server"
    return f"Ask whoever runs {host}: it hands on what {name} says of its account there."


def remediation(
    entry: Entry,
    first: tuple[str, ...] = (),
    target: "Target | None" = None,
    instead: bool = False,
) -> dict[str, Any]:
    """What to do here: ``first`` comes before the steps of the entry, or ``instead`` of them."""
    fix = catalogue.sections(entry.id, entry.provider)["Fix"]
    if target:
        fix = FOR_MODEL.sub(target.commands.for_model.replace("\\", r"\\"), fix)
    fix = placeholders.fill(fix, _values(target))
    system = steps.this_system()
    found = () if instead else steps.parse(fix, system)
    if target:
        found = tuple(step for step in found if not _is_run_again(step, target)) or found
    return {
        "steps": [*first, *map(_step_text, found)],
        "commands": [*_commands(first), *steps.commands(found, system)],
        "who": entry.who,
    }


def _is_run_again(step: steps.Step, target: "Target") -> bool:
    """Whether a step is just the command that was run, which is no help below its own output."""
    return [block.code.strip() for block in step.blocks] == [target.commands.again]


def _values(target: "Target | None") -> dict[str, str]:
    """What the steps say of a run, or of the provider where there was none."""
    data = catalogue.providers().get(_console(target), {})
    if target is None:
        return placeholders.site_values(data)
    from urllib.parse import urlsplit

    values = placeholders.run_values(
        data,
        host=urlsplit(target.base_url).hostname or "",
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


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """An explanation as the JSON contract has it."""
    match = explanation.match
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "match": None,
        "also": list(explanation.also),
    }
    if match:
        entry = catalogue.get(match.id, DEFAULT_PROVIDER)
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
