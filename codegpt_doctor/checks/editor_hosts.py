"""The hosts of CodeGPT itself: can they be reached along the path that requests take?"""

from typing import Any

from codegpt_doctor.checks.editor import without_codegpt, workplace
from codegpt_doctor.checks.path import first_line, observed
from codegpt_doctor.classify import classify_text
from codegpt_doctor.explanation import Confidence, Evidence
from codegpt_doctor.model import Finding, Observation, Outcome, Status
from codegpt_doctor.runner import Context

UNREACHABLE = "codegpt_service_unreachable"


def check_hosts(context: Context) -> Outcome:
    """Can CodeGPT's own hosts be reached?"""
    nothing = without_codegpt(context)
    if nothing:
        return nothing
    place = workplace(context)
    seen = {host: observed(context, f"host {host}") for host, _ in place.hosts}
    facts = {host: {"duration_ms": one.duration_ms, **one.facts} for host, one in seen.items()}
    bad = {host: one for host, one in seen.items() if one.failure}
    if not bad:
        slowest = max(one.duration_ms for one in seen.values())
        said = f"{', '.join(seen)} reached ({slowest} ms)"
        return Outcome(Status.PASS, said, observations=facts)
    return _cut_off(bad, list(seen), facts)


def _cut_off(bad: dict[str, Observation], hosts: list[str], facts: dict[str, Any]) -> Outcome:
    lines = [f"{one.operation}: {first_line(one.failure or '')}" for one in bad.values()]
    match = classify_text(next(iter(bad.values())).failure or "")
    evidence = tuple(Evidence("codegpt_hosts", line) for line in lines)
    summary = "; ".join(lines)
    if match and match.id in ("tls_untrusted_certificate", "tls_certificate_expired"):
        note = "The editor may trust this certificate through the system's own store."
        finding = Finding(match.id, evidence, Confidence.LIKELY, detail=note)
        return Outcome(Status.WARN, summary, finding, observations=facts)
    entry_id = match.id if match and _is_the_proxy(match.id, bad) else UNREACHABLE
    detail = f"{' and '.join(bad)} cannot be reached from here."
    finding = Finding(entry_id, evidence, detail=detail, steps=(_for_it(hosts),))
    status = Status.FAIL if hosts[0] in bad else Status.WARN
    return Outcome(status, summary, finding, observations=facts)


def _is_the_proxy(entry_id: str, bad: dict[str, Observation]) -> bool:
    """Whether the proxy itself is at fault, and does not only refuse to go to these hosts."""
    refuses = all("Tunnel connection failed" in (one.failure or "") for one in bad.values())
    if entry_id == "proxy_unreachable":
        return not refuses
    return entry_id == "proxy_authentication_required"


def _for_it(hosts: list[str]) -> str:
    named = ", ".join((*hosts, "storage.codegpt.co"))
    return (
        'Try another network, without VPN. If it works there, send this to your IT: "Please '
        f"allow HTTPS (TCP port 443) to {named}, and to the host of the AI provider, such as "
        'api.openai.com; and local connections to 127.0.0.1, TCP ports 54112 and 54113."'
    )
