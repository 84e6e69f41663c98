"""Is there a proxy on the way, and does it let us through?"""

from codegpt_doctor.classify import classify_text
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.results import models_seen, observed
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.net.dialer import Proxy
from codegpt_doctor.net.proxy import ChosenProxy


def check_proxy(context: Context) -> Outcome:
    """Is there a proxy, and does it let the connection through?"""
    if not context.background.started("proxy"):
        return Outcome(Status.PASS, "none, the connection is direct")
    chosen = context.background.result("proxy")
    proxy = f"{chosen.url.rpartition('@')[2]} from {chosen.source}"
    facts = {"proxy": chosen.url, "source": chosen.source}
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
    refused = "SOCKS5AuthError" in (seen.failure or "")
    otherwise = "proxy_authentication_required" if refused else "proxy_unreachable"
    finding = Finding(
        match.id if match and known and not refused else otherwise,
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
    if "SOCKS5AuthError" in failure:
        return False
    by_socks = "SOCKS5Error" in failure or "SOCKS4Error" in failure
    return by_socks or ("Tunnel connection failed" in failure and " 407" not in failure)


def _for_the_proxy(context: Context) -> str:
    target = context.dialer
    port = target.port if target else 443
    return f"Ask IT to let the proxy open HTTPS connections to {context.settings.host}:{port}."


def _no_address(chosen: ChosenProxy, fault: str, facts: dict[str, str]) -> Outcome:
    detail = f"{chosen.source} holds no address of a proxy: {fault}."
    step = f"Write {chosen.source} as http://host:port, or remove it."
    finding = Finding(
        "proxy_unreachable", (Evidence("proxy", detail),), detail=detail, steps=(step,)
    )
    return Outcome(Status.FAIL, detail.rstrip("."), finding, observations=facts)
