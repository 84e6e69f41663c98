"""Is the certificate trusted?"""

from codegpt_doctor.checks.control import with_control
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.certificates import (
    judge_bundle,
    judge_certificate,
    trusted_by_system,
)
from codegpt_doctor.findings.results import models_seen
from codegpt_doctor.model.report import Outcome, Status


def check_tls(context: Context) -> Outcome:
    """Is the connection encrypted, with a certificate that is trusted?"""
    seen = models_seen(context)
    unusable = judge_bundle(context)
    if unusable:
        return unusable
    if seen.facts.get("failed_at") == "tls":
        outcome = judge_certificate(context, seen)
        cut = outcome.finding and outcome.finding.id in ("connection_reset", "request_timeout")
        proxied = context.background.started("proxy")
        return with_control(context, outcome) if cut and not proxied else outcome
    if "tls_ms" not in seen.facts:
        encrypted = context.dialer is not None and context.dialer.url.scheme == "https"
        reason = "the connection did not get that far" if encrypted else "the URL is http://"
        return Outcome(Status.SKIP, "no encryption to test", skipped_because=reason)
    bundle = context.settings.ca_bundle
    trust = f", trusted by {bundle.source}" if bundle else ""
    facts = {name: value for name, value in seen.facts.items() if name != "first"}
    said = f"{facts['protocol']}, issued by {facts['issuer']}{trust} ({facts['tls_ms']} ms)"
    if context.dialer and context.dialer.fell_back:
        return trusted_by_system(said, facts)
    return Outcome(Status.PASS, said, observations=facts)
