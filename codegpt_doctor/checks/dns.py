"""Does the name of the target resolve?"""

from codegpt_doctor.checks.control import with_control
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.results import failed
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.model.report import Finding, Outcome, Status

BY_PROXY = "the proxy does this"
SILENT = "The resolver did not answer in time."


def check_dns(context: Context) -> Outcome:
    """Does the name of the host resolve?"""
    if context.background.started("proxy"):
        return Outcome(Status.SKIP, "the proxy resolves the name", skipped_because=BY_PROXY)
    seen = _resolved(context)
    if seen.failure:
        return with_control(context, failed(seen, "dns_failure", "dns", _resolver_said(seen)))
    addresses = seen.facts["addresses"]
    if addresses == [context.settings.host]:
        return Outcome(Status.PASS, f"{addresses[0]} is an address", observations=seen.facts)
    more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
    said = f"{context.settings.host} is {addresses[0]}{more} ({seen.duration_ms} ms)"
    facts = {name: value for name, value in seen.facts.items() if name != "first"}
    if "first" in seen.facts:
        line = first_line(seen.facts["first"].failure)
        detail = f"Intermittent: the resolver first said {line}; at once again it worked."
        finding = Finding(
            "dns_failure", (Evidence("dns", detail),), Confidence.LIKELY, detail=detail
        )
        return Outcome(Status.WARN, f"{said}; {detail}", finding, observations=facts)
    return Outcome(Status.PASS, said, observations=facts)


def _resolved(context: Context) -> Observation:
    """The observation of the resolver; also one that is still silent at the deadline has failed."""
    try:
        seen: Observation = context.background.result("dns")
    except UnfinishedError:
        return Observation(f"resolve {context.settings.host}", failure=SILENT)
    return seen


def _resolver_said(seen: Observation) -> str:
    """What the resolver's answer means; the words are those of getaddrinfo on every system."""
    said = (seen.failure or "").lower()
    if seen.failure == SILENT or "temporary failure" in said or "try again" in said:
        return "The resolver did not answer, or failed: the name may well exist."
    if "not known" in said or "no such host" in said or "nodename nor servname" in said:
        return "The resolver says that no such name exists."
    return ""
