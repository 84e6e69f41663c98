"""Does an API answer at the base URL, in JSON?"""

from functools import partial

from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import api_answers, first_answer, problem_in
from codegpt_doctor.findings.answers import (
    PATH_STAGES,
    finding_of,
    intermittent,
    stage_of,
)
from codegpt_doctor.findings.certificates import clock_warning, expects_encryption
from codegpt_doctor.findings.measurements import told_headers
from codegpt_doctor.findings.words import said
from codegpt_doctor.model.explanation import Confidence, Evidence, Match
from codegpt_doctor.model.observation import Exchange, Failure, Resolution
from codegpt_doctor.model.report import Finding, Outcome, Stage, Status
from codegpt_doctor.net.handshake import asks_for_certificate

SLOW_MS = 3000
SILENT = "request_timeout"
# after a handshake that had succeeded: servers with TLS 1.2 ask for a certificate in a second one
REFUSED_AGAIN = "ALERT_HANDSHAKE_FAILURE"
HANGING_UP = ("ECONNRESET", "EPIPE", "RemoteDisconnected")


def check_http(context: PathContext) -> Outcome:
    """Does an API answer at the base URL, in JSON?"""
    seen, judge = first_answer(context.plan)
    problem = problem_in(context, seen, judge)
    answered = bool(seen.http_status)
    if problem and not (answered and stage_of(problem) not in PATH_STAGES):
        if not api_answers(context):
            return _unanswered(context, seen, problem)
        if not answered:
            return _only_the_model(context, seen, problem)
    facts = {
        "status": seen.http_status,
        "duration_ms": seen.duration_ms,
        "headers": told_headers(seen),
    }
    warning = clock_warning(seen) or intermittent(seen, judge) or _slow(context, seen)
    if warning:
        return Outcome(Status.WARN, warning.detail.rstrip("."), warning, observations=facts)
    said_so = f"the API responds ({seen.duration_ms} ms)"
    return Outcome(Status.PASS, said_so, observations=facts, measured_ms=seen.duration_ms)


def _unanswered(context: PathContext, seen: Exchange, problem: Match) -> Outcome:
    finding = finding_of(problem, seen, "http", context.settings)
    encrypted = (
        expects_encryption(context.plan.dialer, context.settings, context.background)
        if seen.http_status in (0, 400)
        else None
    )
    instead = encrypted or _without_certificate(context, seen)
    return Outcome(Status.FAIL, f"{seen.operation}: {said(seen)}", instead or finding)


def _without_certificate(context: PathContext, seen: Exchange) -> Finding | None:
    """A finding where a server asked for a certificate of the client, and then hung up."""
    failure = seen.failure
    if failure is None or seen.http_status:
        return None
    again = failure.kind.endswith(REFUSED_AGAIN) and seen.certificate is not None
    if not again and not _asks_for_certificate(context, failure):
        return None
    detail = "The server requires a client certificate, and ended the connection without one."
    evidence = (Evidence("http", f"{seen.operation}: {said(seen)}"),)
    return Finding(
        "client_certificate_required", evidence, Confidence.LIKELY, detail, stage=Stage.TLS
    )


def _asks_for_certificate(context: PathContext, failure: Failure) -> bool:
    """Whether a server that hung up had asked for a certificate of the client."""
    dialer = context.plan.dialer
    hung_up = failure.kind in HANGING_UP or failure.kind.startswith("ssl.")
    if dialer is None or dialer.url.scheme != "https" or not hung_up:
        return False
    return context.background.start(partial(asks_for_certificate, dialer)).result_or(False)


def _only_the_model(context: PathContext, seen: Exchange, problem: Match) -> Outcome:
    """The list of models did not come, and the model answers: nothing that keeps it from work."""
    if problem.id == SILENT:
        detail = f"{seen.operation} got no response in time; the other request worked."
    else:
        detail = f"Intermittent: {seen.operation} gave {said(seen)}"
        detail += "; the other request worked."
    finding = finding_of(problem, seen, "http", context.settings, detail)
    return Outcome(Status.WARN, detail.rstrip("."), finding)


def _slow(context: PathContext, seen: Exchange) -> Finding | None:
    if seen.duration_ms <= SLOW_MS:
        return None
    times, named = seen.timings, context.plan.dns
    looked_up = named.result_or(Resolution("")).duration_ms if named else 0
    stages = {
        "dns": max(times.dns or 0, looked_up),  # a second connection has the addresses already
        "proxy": times.proxy,
        "tcp": times.tcp,
        "tls": times.tls,
        "http": times.http,
    }
    slowest = max(stages, key=lambda name: stages[name] or 0)
    took = f"{seen.operation} took {seen.duration_ms / 1000:.1f} s"
    most = 2 * (stages[slowest] or 0) > seen.duration_ms
    where = f", most of it in the {slowest} stage" if most else ""
    return Finding("slow_response", detail=f"{took}{where}.")
