"""The hosts of CodeGPT itself: can they be reached along the path that requests take?"""

from typing import Any

from codegpt_doctor.classify import classify_text
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.editor.check_installation import skip_without_codegpt, workplace
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.results import observed
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.model.report import Finding, Outcome, Status

UNREACHABLE = "codegpt_service_unreachable"
TRUST = ("tls_untrusted_certificate", "tls_certificate_expired")
LEFT_OUT = "no other host is to be asked (--no-control)"


def check_hosts(context: Context) -> Outcome:
    """Can CodeGPT's own hosts be reached?"""
    nothing = skip_without_codegpt(context)
    if nothing:
        return nothing
    if not context.control:
        return Outcome(Status.SKIP, LEFT_OUT, skipped_because=LEFT_OUT)
    seen = {host: observed(context, f"host {host}") for host, _ in workplace(context).hosts}
    facts = {host: dict(one.facts) for host, one in seen.items()}
    bad = {host: one for host, one in seen.items() if one.failure}
    if not bad:
        slowest = max(one.duration_ms for one in seen.values())
        said = f"{', '.join(seen)} reached ({slowest} ms)"
        return Outcome(Status.PASS, said, observations=facts)
    return _cut_off(bad, list(seen), facts)


def _cut_off(bad: dict[str, Observation], hosts: list[str], facts: dict[str, Any]) -> Outcome:
    lines = [f"{one.operation}: {first_line(one.failure or '')}" for one in bad.values()]
    evidence = tuple(Evidence("codegpt_hosts", line) for line in lines)
    summary = "; ".join(lines)
    entry_id = _named(next(iter(bad.values())))
    if entry_id in TRUST:
        note = "The system's own trust store, which the editor asks, does not accept it either."
        finding = Finding(entry_id, evidence, Confidence.LIKELY, detail=note)
        return Outcome(Status.WARN, summary, finding, observations=facts)
    detail = f"{' and '.join(bad)} cannot be reached from here."
    finding = Finding(entry_id, evidence, detail=detail, steps=(_for_it(hosts),))
    status = Status.FAIL if hosts[0] in bad else Status.WARN
    return Outcome(status, summary, finding, observations=facts)


def _named(seen: Observation) -> str:
    """The error that a failure is: CodeGPT's own, unless the proxy or the trust is at fault."""
    failure = seen.failure or ""
    stage = seen.facts.get("failed_at")
    match = classify_text(f"ProxyError: {failure}" if stage == "proxy" else failure)
    if stage == "tls" and match and match.id in TRUST:
        return match.id
    if stage == "proxy" and match and match.id == "proxy_authentication_required":
        return match.id
    # a proxy that answers, and refuses to go there, is a rule about these hosts
    if stage == "proxy" and "Tunnel connection failed" not in failure:
        return "proxy_unreachable"
    return UNREACHABLE


def _for_it(hosts: list[str]) -> str:
    named = ", ".join((*hosts, "storage.codegpt.co"))
    return (
        'Try another network, without VPN. If it works there, send this to your IT: "Please '
        f"allow HTTPS (TCP port 443) to {named}, and to the host of the AI provider, such as "
        'api.openai.com; and local connections to 127.0.0.1, TCP ports 54112 and 54113."'
    )
