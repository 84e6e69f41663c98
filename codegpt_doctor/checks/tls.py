"""Is the certificate trusted?"""

from codegpt_doctor.checks.control import with_control
from codegpt_doctor.checks.plan import PathContext, Plan
from codegpt_doctor.checks.results import first_answer
from codegpt_doctor.checks.settings import no_proxy_step
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.findings.certificates import (
    judge_bundle,
    judge_certificate,
    look_closer,
    trusted_by_system,
)
from codegpt_doctor.findings.measurements import reach_facts
from codegpt_doctor.findings.trust import (
    EDITOR,
    SDK,
    accepting_programs,
    refused_elsewhere,
)
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Outcome, Stage, Status

CUT = ("connection_reset", "request_timeout")
BROKEN_OFF = ("connection_reset", "tls_protocol_error")


def check_tls(context: PathContext) -> Outcome:
    """Is the connection encrypted, with a certificate that is trusted?"""
    seen, plan = first_answer(context.plan)[0], context.plan
    unusable = unusable_bundle(context)
    if unusable and _encrypts(plan):
        return unusable
    if seen.failure and seen.failure.stage is Stage.TLS:
        look = look_closer(plan.dialer, seen.failure, context.settings, context.background)
        outcome = _behind_proxy(context, judge_certificate(seen.failure, look, context.settings))
        cut = outcome.finding and outcome.finding.id in CUT
        return with_control(context, outcome) if cut and not plan.proxy else outcome
    if seen.certificate is None:
        reason = "the connection did not get that far" if _encrypts(plan) else "the URL is http://"
        said = "not tried" if _encrypts(plan) else "no encryption to test"
        return Outcome(Status.SKIP, said, skipped_because=reason)
    bundle = context.settings.ca_bundle
    trust = f", trusted by {bundle.source}" if bundle else ""
    shown = seen.certificate
    said = f"{shown.protocol}, issued by {shown.issuer}{trust} ({seen.timings.tls} ms)"
    elsewhere = _elsewhere(context, said, seen)
    if elsewhere:
        return elsewhere
    if plan.dialer and plan.dialer.fell_back:
        return trusted_by_system(said, seen, shown)
    return Outcome(Status.PASS, said, observations=reach_facts(seen))


def _behind_proxy(context: PathContext, outcome: Outcome) -> Outcome:
    """Add to a handshake that broke off behind a proxy that it is not seen whose doing it was."""
    proxy, finding = context.plan.proxy, outcome.finding
    if proxy is None or finding is None or finding.id not in BROKEN_OFF or finding.instead:
        return outcome
    host = context.settings.host
    detail = (
        f"The proxy {proxy.shown} from {proxy.source} opened the tunnel, but no TLS came through."
    )
    here = context.settings.url.is_loopback
    step = f"Ask IT to let the proxy pass encrypted connections to {host} through unchanged."
    steps = (no_proxy_step(context.settings) if here else step, *finding.steps)
    told = finding._replace(detail=f"{finding.detail} {detail}".strip(), steps=steps)
    return outcome._replace(finding=told)


def _elsewhere(context: PathContext, said: str, seen: Exchange) -> Outcome | None:
    """What other programs would say of a certificate that this run accepts, where they may differ.

    They may where a variable names a store; without one all ask stores of the public authorities.
    """
    environment, asked = context.settings.environment, context.plan.accepting
    if asked is None:
        return None
    try:
        programs = accepting_programs(asked.result(), environment)
    except UnfinishedError:
        return None
    finding = refused_elsewhere(programs, environment, said)
    facts = {**reach_facts(seen), "accepted_by": programs}
    if finding is None:
        return Outcome(Status.PASS, said, observations=facts)
    grave = not programs[SDK] or (not programs[EDITOR] and context.has_editor())
    status = Status.FAIL if grave else Status.WARN
    return Outcome(status, f"{said}; {finding.detail}", finding, observations=facts)


def _encrypts(plan: Plan) -> bool:
    return plan.dialer is not None and plan.dialer.url.scheme == "https"


def unusable_bundle(context: PathContext) -> Outcome | None:
    """A failure when the CA bundle that a variable names cannot be used; None when it can."""
    bundle, trust = context.settings.ca_bundle, context.plan.trust
    if bundle is None or trust is None:
        return None
    try:
        trust.result()
    except UnfinishedError:
        return None
    except OSError as error:
        return judge_bundle(bundle, error)
    return None
