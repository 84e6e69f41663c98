"""A response that came through a proxy which passes requests on, and may be the proxy's own."""

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding
from codegpt_doctor.net.proxy import ChosenProxy, proxy_for, with_exceptions
from codegpt_doctor.settings.values import Settings

ASKS_WHO = 407
OWN_STATUSES = (403, ASKS_WHO, 502, 503, 504)  # what proxies say of hosts they do not reach


def with_forwarder(finding: Finding, seen: Exchange, settings: Settings) -> Finding:
    """The finding with the proxy that an unencrypted request went through, and what to set there.

    Of an encrypted request the proxy sees nothing, so that no answer is its own.
    """
    forwarded = settings.url.scheme == "http" and seen.timings.proxy is not None
    chosen = proxy_for(settings) if forwarded and seen.http_status in OWN_STATUSES else None
    if chosen is None or chosen.url.lower().startswith("socks"):
        return finding
    proxy = f"the proxy {chosen.shown} from {chosen.source}"
    if seen.http_status == ASKS_WHO:
        asked_for = seen.headers.get("proxy-authenticate", "").partition(" ")[0].lower()
        steps = credentials(chosen, (asked_for,) if asked_for else ())
        detail = f"The response is that of {proxy}. {finding.detail}".strip()
        return finding._replace(detail=detail, steps=steps or finding.steps)
    detail = f"The request went through {proxy}, which may have sent this response itself."
    steps = (*_without_proxy(settings), *finding.steps)
    return finding._replace(detail=f"{detail} {finding.detail}".strip(), steps=steps)


def _without_proxy(settings: Settings) -> tuple[str, ...]:
    """The step that keeps a proxy away from a server of one's own network; of others, none."""
    if not settings.url.is_private or settings.proxy:
        return ()
    line = with_exceptions(settings, settings.host)
    return (f"Set {line} if {settings.host} needs no proxy: it is on your own network.",)


def credentials(chosen: ChosenProxy, schemes: tuple[str, ...]) -> tuple[str, ...]:
    """How a proxy is told who asks, where a variable can do that: only with a password."""
    if "@" in chosen.url:
        return (f"Correct the user name and password in {chosen.source}.",)
    if " " in chosen.source or (schemes and "basic" not in {one.lower() for one in schemes}):
        return ()
    place = chosen.shown.partition("://")[2] or chosen.shown
    return (
        f"Write your name, a colon, your password and an @ before {place} in {chosen.source}.\n"
        "Write special characters in the password as percent codes, such as %40 for @.",
    )
