"""The path to the host: name, proxy, port, certificate."""

from codegpt_doctor.classify import classify_text
from codegpt_doctor.explanation import Evidence
from codegpt_doctor.model import Finding, Observation, Outcome, Status
from codegpt_doctor.runner import Context, UnfinishedError

BY_PROXY = "the proxy does this"


def check_dns(context: Context) -> Outcome:
    """Does the name of the host resolve?"""
    if context.background.started("proxy"):
        return Outcome(Status.SKIP, "the proxy resolves the name", skipped_because=BY_PROXY)
    seen = observed(context, "dns")
    if seen.failure:
        return failed(seen, "dns_failure", "dns")
    addresses = seen.facts["addresses"]
    if addresses == [context.settings.host]:
        return Outcome(
            Status.PASS, f"{addresses[0]} is an address, no name", observations=seen.facts
        )
    more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
    said = f"{context.settings.host} is {addresses[0]}{more} ({seen.duration_ms} ms)"
    return Outcome(Status.PASS, said, observations=seen.facts)


def check_proxy(context: Context) -> Outcome:
    """Is there a proxy, and does it accept connections?"""
    if not context.background.started("proxy"):
        return Outcome(Status.PASS, "none, the connection is direct")
    seen = observed(context, "proxy")
    if seen.failure:
        return failed(seen, "proxy_unreachable", "proxy", sure="proxy_unreachable")
    return Outcome(
        Status.PASS,
        f"{seen.facts['proxy']} answers ({seen.duration_ms} ms)",
        observations=seen.facts,
    )


def check_tcp(context: Context) -> Outcome:
    """Does the host accept connections, over IPv4 and over IPv6?"""
    if context.background.started("proxy"):
        return Outcome(Status.SKIP, "the proxy connects", skipped_because=BY_PROXY)
    seen = observed(context, "tcp")
    if seen.failure:
        return failed(seen, "connection_error", "tcp")
    broken = seen.facts.get("IPv6", {}).get("failure")
    if broken:
        return Outcome(
            Status.WARN,
            "IPv4 works, IPv6 does not",
            Finding("ipv6_broken", (Evidence("tcp", first_line(broken)),)),
            observations=seen.facts,
        )
    return Outcome(
        Status.PASS, f"{seen.operation} ({seen.duration_ms} ms)", observations=seen.facts
    )


def check_tls(context: Context) -> Outcome:
    """Is the connection encrypted, with a certificate that is trusted?"""
    if context.background.started("proxy"):
        return Outcome(Status.SKIP, "inside the proxy's tunnel", skipped_because=BY_PROXY)
    if not context.background.started("tls"):
        return Outcome(Status.SKIP, "not encrypted: http://", skipped_because="the URL is http://")
    seen = observed(context, "tls")
    bundle = context.settings.ca_bundle
    trust = f", trusted by {bundle.source}" if bundle else ""
    if seen.failure:
        return failed(seen, "tls_protocol_error", "tls", f"Trust store: {_trust(context)}.")
    said = (
        f"{seen.facts['protocol']}, issued by {seen.facts['issuer']}{trust} ({seen.duration_ms} ms)"
    )
    return Outcome(Status.PASS, said, observations=seen.facts)


def _trust(context: Context) -> str:
    bundle = context.settings.ca_bundle
    return f"{bundle.value}, from {bundle.source}" if bundle else "certifi's, no variable is set"


def observed(context: Context, name: str) -> Observation:
    """The observation of a probe; one that did not end in time is a time-out."""
    try:
        seen: Observation = context.background.result(name)
    except UnfinishedError:
        return Observation(name, failure=f"{name}: Request timed out.")
    return seen


def failed(
    seen: Observation, otherwise: str, origin: str, detail: str = "", sure: str | None = None
) -> Outcome:
    """The outcome of a probe that failed: the documented error, or else the one of the stage."""
    failure = seen.failure or ""
    match = classify_text(failure)
    entry_id = sure or (match.id if match else otherwise)
    line = first_line(failure)
    finding = Finding(entry_id, (Evidence(origin, f"{seen.operation}: {line}"),), detail=detail)
    return Outcome(Status.FAIL, f"{seen.operation}: {line}", finding, observations=seen.facts)


def first_line(failure: str) -> str:
    """The most telling line of a failure: the message of the first exception, without its class."""
    line = failure.splitlines()[0]
    return line.partition(": ")[2] or line
