"""Does a connection come about?"""

from dataclasses import replace

from codegpt_doctor.checks.control import with_control
from codegpt_doctor.checks.dns import BY_PROXY
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.results import failed, models_seen, observed
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.settings.url import is_private, is_this_computer

NOT_LET_OUT = "This computer itself lets nothing out to there: a route or firewall rule forbids it."
REFUSED_HERE = {"EACCES", "EPERM", "EINVAL"}  # said by this system itself; nothing was sent


def check_tcp(context: Context) -> Outcome:
    """Does the host accept connections, over IPv4 and over IPv6?"""
    if context.background.started("proxy"):
        return Outcome(Status.SKIP, "the proxy connects", skipped_because=BY_PROXY)
    seen = observed(context, "tcp")
    if seen.failure:
        return _not_connected(context, seen)
    broken = seen.facts.get("IPv6", {}).get("failure")
    if broken:
        said = f"IPv4 works, IPv6 does not: {first_line(broken)}"
        finding = Finding(
            "ipv6_broken", (Evidence("tcp", first_line(broken)),), detail=_local(context)
        )
        return Outcome(Status.WARN, said, finding, observations=seen.facts)
    return Outcome(
        Status.PASS, f"{seen.operation} ({seen.duration_ms} ms)", observations=seen.facts
    )


def _not_connected(context: Context, seen: Observation) -> Outcome:
    if "tls_ms" in models_seen(context).facts:
        line = first_line(seen.failure or "")
        detail = f"Intermittent: {seen.operation} gave {line}; the requests came through."
        otherwise = failed(seen, "connection_error", "tcp", detail)
        return replace(otherwise, status=Status.WARN, summary=detail.rstrip("."))
    if _is_forbidden_here(seen):
        return with_control(context, failed(seen, "network_unreachable", "tcp", NOT_LET_OUT))
    home = _sent_home(context)
    outcome = failed(seen, "connection_error", "tcp", home)
    return outcome if home else with_control(context, outcome)


def _is_forbidden_here(seen: Observation) -> bool:
    failures = [one["failure"] or "" for one in seen.facts.values()]
    return bool(failures) and all(REFUSED_HERE & set(one.split()) for one in failures)


def _sent_home(context: Context) -> str:
    """What is odd about a public name whose addresses are all of this computer."""
    host, addresses = context.settings.host, context.background.result("dns").facts["addresses"]
    if is_private(host) or not all(map(is_this_computer, addresses)):
        return ""
    said = f"{host} leads to {addresses[0]}, which is this computer"
    return f"{said}: the file hosts or a filter of names sends it there."


def _local(context: Context) -> str:
    if context.settings.host != "localhost":
        return ""
    return "localhost stands for ::1 too, where nothing listens: write 127.0.0.1 in the base URL."
