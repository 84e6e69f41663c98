"""Is there a proxy on the way, and does it let us through?"""

from codegpt_doctor.classify import classify_text
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.results import models_seen, observed
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.net.dialer import Proxy
from codegpt_doctor.net.proxy import ChosenProxy, unused_proxy


def check_proxy(context: Context) -> Outcome:
    """Is there a proxy, and does it let the connection through?"""
    if not context.background.started("proxy"):
        unused = unused_proxy(context.settings)
        return Outcome(
            Status.PASS,
            f"none, the connection is direct{f' ({unused.words})' if unused else ''}",
            observations={"unused": unused.words} if unused else {},
        )
    chosen = context.background.result("proxy")
    proxy = f"{chosen.shown} from {chosen.source}"
    facts = {"proxy": chosen.shown, "source": chosen.source}
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
