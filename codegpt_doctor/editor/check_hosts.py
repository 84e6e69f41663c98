"""The hosts of CodeGPT itself: can they be reached along the path that requests take?"""

from collections.abc import Mapping, Sequence

from codegpt_doctor.editor.check_installation import skip_without_codegpt
from codegpt_doctor.editor.plan import EditorContext
from codegpt_doctor.engine.background import Task
from codegpt_doctor.findings.failures import entry_of
from codegpt_doctor.findings.measurements import reach_facts
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import Exchange, Failure, late
from codegpt_doctor.model.report import Facts, Finding, Outcome, Stage, Status

UNREACHABLE = "codegpt_service_unreachable"
TRUST = ("tls_untrusted_certificate", "tls_certificate_expired")
WHO = "proxy_authentication_required"
BY_SOCKS = ("SOCKS5Error", "SOCKS4Error")
LEFT_OUT = "other hosts are not contacted (--no-control)"


def check_hosts(context: EditorContext) -> Outcome:
    """Can CodeGPT's own hosts be reached?"""
    nothing = skip_without_codegpt(context)
    if nothing:
        return nothing
    if not context.control:
        return Outcome(Status.SKIP, LEFT_OUT, skipped_because=LEFT_OUT)
    seen = {host: _seen(host, task) for host, task in context.plan.hosts.items()}
    facts = {host: reach_facts(one) for host, one in seen.items()}
    bad = {host: one.failure for host, one in seen.items() if one.failure}
    if not bad:
        slowest = max(one.duration_ms for one in seen.values())
        said = f"{', '.join(seen)} reached ({slowest} ms)"
        return Outcome(Status.PASS, said, observations=facts)
    lines = [f"{one.operation}: {one.failure.text}" for one in seen.values() if one.failure]
    return _cut_off(bad, lines, list(seen), facts)


def _seen(host: str, task: Task[Exchange]) -> Exchange:
    """What came of a host; one that takes too long cannot be reached."""
    return task.result_or(Exchange(f"reach {host}", failure=late(Stage.TCP)))


def _cut_off(
    bad: Mapping[str, Failure], lines: Sequence[str], hosts: Sequence[str], facts: Facts
) -> Outcome:
    evidence = tuple(Evidence("codegpt_hosts", line) for line in lines)
    summary = "; ".join(lines)
    entry_id = _named(next(iter(bad.values())))
    if entry_id in TRUST:
        note = "The system's own trust store, which the editor uses, does not accept it either."
        finding = Finding(entry_id, evidence, Confidence.LIKELY, detail=note)
        return Outcome(Status.WARN, summary, finding, observations=facts)
    detail = f"{' and '.join(bad)} cannot be reached from here."
    finding = Finding(entry_id, evidence, detail=detail, steps=(_for_it(hosts),))
    status = Status.FAIL if hosts[0] in bad else Status.WARN
    return Outcome(status, summary, finding, observations=facts)


def _named(failure: Failure) -> str:
    """The error that a failure is: CodeGPT's own, unless the proxy or the trust is at fault."""
    entry_id = entry_of(failure)
    if failure.stage is Stage.TLS and entry_id in TRUST:
        return entry_id
    # a proxy that answers, and refuses to go there, is a rule about these hosts
    answered = failure.kind.isdigit() or failure.kind in BY_SOCKS
    if failure.stage is Stage.PROXY and entry_id and (entry_id == WHO or not answered):
        return entry_id
    return UNREACHABLE


def _for_it(hosts: Sequence[str]) -> str:
    named = ", ".join((*hosts, "storage.codegpt.co"))
    return (
        "Try another network, without a VPN. If it works there, send this to your IT department: "
        f'"Please allow HTTPS (TCP port 443) to {named}, and to the host of the AI provider, such '
        'as api.openai.com; and local connections to 127.0.0.1, TCP ports 54112 and 54113."'
    )
