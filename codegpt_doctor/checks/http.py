"""Does an API answer at the base URL, in JSON?"""

from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.answers import (
    PATH_STAGES,
    finding_of,
    intermittent,
    is_model_list,
    said,
    stage_of,
)
from codegpt_doctor.findings.certificates import clock_warning, expects_encryption
from codegpt_doctor.findings.results import _problem, _told, api_answers, models_seen
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.model.report import Finding, Outcome, Status

SLOW_MS = 3000


def check_http(context: Context) -> Outcome:
    """Does an API answer at the base URL, in JSON?"""
    seen = models_seen(context)
    problem = _problem(context, seen, is_model_list)
    if problem and stage_of(problem) in PATH_STAGES and not api_answers(context):
        finding = finding_of(problem, seen, "http", context.settings)
        encrypted = expects_encryption(context) if seen.http_status in (0, 400) else None
        return Outcome(Status.FAIL, f"{seen.operation}: {said(seen)}", encrypted or finding)
    facts = {"status": seen.http_status, "duration_ms": seen.duration_ms, "headers": _told(seen)}
    warning = clock_warning(seen) or intermittent(seen, is_model_list) or _slow(seen)
    if warning:
        return Outcome(Status.WARN, warning.detail.rstrip("."), warning, observations=facts)
    return Outcome(Status.PASS, f"the API answers ({seen.duration_ms} ms)", observations=facts)


def _slow(seen: HttpObservation) -> Finding | None:
    if seen.duration_ms <= SLOW_MS:
        return None
    stages = {
        name: seen.facts.get(f"{name}_ms", 0) for name in ("dns", "proxy", "tcp", "tls", "http")
    }
    slowest = max(stages, key=lambda name: stages[name])
    took = f"{seen.operation} took {seen.duration_ms / 1000:.1f} s"
    return Finding("slow_response", detail=f"{took}, most of it at the stage {slowest}.")
