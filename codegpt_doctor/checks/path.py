"""The path to the host: proxy, name, port, certificate."""

from dataclasses import replace

from codegpt_doctor.checks.configuration import is_private, is_this_computer
from codegpt_doctor.checks.control import with_control
from codegpt_doctor.checks.tls import judge_bundle, judge_certificate, trusted_by_system
from codegpt_doctor.classify import classify_text
from codegpt_doctor.explanation import Confidence, Evidence
from codegpt_doctor.model import Finding, HttpObservation, Observation, Outcome, Status
from codegpt_doctor.probes.connection import Proxy
from codegpt_doctor.probes.proxies import ChosenProxy
from codegpt_doctor.runner import Context, UnfinishedError

BY_PROXY = "the proxy does this"
SILENT = "The resolver did not answer in time."
NOT_LET_OUT = "This computer itself lets nothing out to there: a route or firewall rule forbids it."
REFUSED_HERE = {"EACCES", "EPERM", "EINVAL"}  # said by this system itself; nothing was sent


def check_proxy(context: Context) -> Outcome:
    """Is there a proxy, and does it let the connection through?"""
    if not context.background.started("proxy"):
        return Outcome(Status.PASS, "none, the connection is direct")
    chosen = context.background.result("proxy")
    proxy = f"{chosen.url.rpartition('@')[2]} from {chosen.source}"
    facts = {"proxy": chosen.url, "source": chosen.source}
    if chosen.url.lower().startswith("socks"):
        return _socks(proxy, facts)
    try:
        Proxy.from_url(chosen.url)
    except ValueError as error:
        return _no_address(chosen, str(error), facts)
    seen = observed(context, "tcp")
    if not seen.failure:
        seen = models_seen(context)
        if seen.facts.get("failed_at") != "proxy":
            return Outcome(Status.PASS, f"{proxy} lets the connection through", observations=facts)
    match = classify_text(f"ProxyError: {seen.failure}")
    known = match and match.id.startswith("proxy_")
    line = first_line(seen.failure or "")
    finding = Finding(
        match.id if match and known else "proxy_unreachable",
        (Evidence("proxy", f"{proxy}: {line}"),),
        detail=f"The proxy is {proxy}. {_proxy_said(context, seen, chosen)}".strip(),
        steps=(_for_the_proxy(context),) if _is_forbidden(seen) else (),
    )
    return Outcome(Status.FAIL, f"{proxy}: {line}", finding, observations=facts)


def _proxy_said(context: Context, seen: Observation, chosen: ChosenProxy) -> str:
    """What the failure of a proxy means, where it is known; 407 has a page of its own."""
    failure = seen.failure or ""
    if "WRONG_VERSION_NUMBER" in failure:
        return (
            f"It does not speak TLS itself: write http:// instead of https:// in {chosen.source}."
        )
    if _is_forbidden(seen):
        return f"It answers, but gives no way to {context.settings.host}: ask whoever runs it."
    return ""


def _is_forbidden(seen: Observation) -> bool:
    """Whether a proxy answered that it opens no way to the host; 407 only asks who it is for."""
    failure = seen.failure or ""
    return "Tunnel connection failed" in failure and " 407" not in failure


def _for_the_proxy(context: Context) -> str:
    target = context.dialer
    port = target.port if target else 443
    return f"Ask IT to let the proxy open HTTPS connections to {context.settings.host}:{port}."


def _socks(proxy: str, facts: dict[str, str]) -> Outcome:
    detail = (
        f"{proxy} is a SOCKS proxy, which this command and the official SDK cannot use as it is."
    )
    step = "Set HTTPS_PROXY to an HTTP proxy, or start the program through a SOCKS wrapper."
    finding = Finding(
        "proxy_unreachable", (Evidence("proxy", detail),), detail=detail, steps=(step,)
    )
    return Outcome(Status.FAIL, detail, finding, observations=facts)


def _no_address(chosen: ChosenProxy, fault: str, facts: dict[str, str]) -> Outcome:
    detail = f"{chosen.source} holds no address of a proxy: {fault}."
    step = f"Write {chosen.source} as http://host:port, or remove it."
    finding = Finding(
        "proxy_unreachable", (Evidence("proxy", detail),), detail=detail, steps=(step,)
    )
    return Outcome(Status.FAIL, detail.rstrip("."), finding, observations=facts)


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


def models_seen(context: Context) -> HttpObservation:
    """What GET /models gave; one that never ended has no status."""
    seen = observed(context, "models")
    if isinstance(seen, HttpObservation):
        return seen
    return HttpObservation("GET /models", seen.duration_ms, seen.failure)


def observed(context: Context, name: str) -> Observation:
    """The observation of a probe; one that did not end in time is a time-out."""
    try:
        seen: Observation = context.background.result(name)
    except UnfinishedError:
        return Observation(name, failure="Request timed out.")
    return seen


def failed(seen: Observation, otherwise: str, origin: str, detail: str = "") -> Outcome:
    """The outcome of a probe that failed: the documented error, or else the one of the stage."""
    failure = seen.failure or ""
    match = classify_text(failure)
    line = first_line(failure)
    finding = Finding(
        match.id if match else otherwise,
        (Evidence(origin, f"{seen.operation}: {line}"),),
        detail=detail,
    )
    return Outcome(Status.FAIL, f"{seen.operation}: {line}", finding, observations=seen.facts)


def first_line(failure: str) -> str:
    """The most telling line of a failure: the message of the first exception, or else its class."""
    line = failure.splitlines()[0].strip() if failure else ""
    name, colon, message = line.partition(":")
    if not colon or " " in name:
        return line
    return message.strip() or name.rpartition(".")[2]
