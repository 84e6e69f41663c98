"""Does the name of the target resolve?"""

from codegpt_doctor.checks.control import with_control
from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.findings.measurements import failed, resolution_facts
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import TIMED_OUT, Failure, Resolution, late
from codegpt_doctor.model.report import Finding, Outcome, Stage, Status

BY_PROXY = "the proxy does this"
SILENT = "The resolver did not respond in time."
NO_ANSWER = (TIMED_OUT, "EAI_AGAIN", "EAI_FAIL")
NO_SUCH_NAME = ("EAI_NONAME", "EAI_NODATA")


def check_dns(context: PathContext) -> Outcome:
    """Does the name of the host resolve?"""
    if context.plan.dns is None:
        return Outcome(Status.SKIP, "the proxy resolves the name", skipped_because=BY_PROXY)
    silent = Resolution(f"resolve {context.settings.host}", failure=late(Stage.DNS, SILENT))
    seen = context.plan.dns.result_or(silent)
    if seen.failure:
        return with_control(
            context, failed(seen, seen.failure, "dns", _resolver_said(seen.failure))
        )
    facts = resolution_facts(seen)
    first = seen.addresses[0]
    if seen.addresses == (context.settings.host,):
        return Outcome(Status.PASS, f"{first} is an address", observations=facts)
    more = f" and {len(seen.addresses) - 1} more" if len(seen.addresses) > 1 else ""
    said = f"{context.settings.host} is {first}{more} ({seen.duration_ms} ms)"
    before = seen.first_attempt.failure if seen.first_attempt else None
    if before:
        detail = (
            f"Intermittent: the resolver first said {before.text}, and an immediate retry worked."
        )
        finding = Finding(
            "dns_failure", (Evidence("dns", detail),), Confidence.LIKELY, detail=detail
        )
        return Outcome(Status.WARN, f"{said}; {detail}", finding, observations=facts)
    return Outcome(Status.PASS, said, observations=facts, measured_ms=seen.duration_ms)


def _resolver_said(failure: Failure) -> str:
    """What the resolver's answer means."""
    if failure.kind in NO_ANSWER:
        return "The resolver failed or did not respond, so the name may still exist."
    if failure.kind in NO_SUCH_NAME:
        return "The resolver reports that the name does not exist."
    return ""
