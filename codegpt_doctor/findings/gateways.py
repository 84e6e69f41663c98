"""What stands before an API: the words and steps that an answer of its own calls for."""

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding
from codegpt_doctor.net.failures import SLOW_ANSWER, SOCKS_REPLY
from codegpt_doctor.providers.keys import provider_of

PASSWORD_SCHEMES = ("basic", "digest", "ntlm", "negotiate")
SILENT = "request_timeout"
PROXIES = ("squid", "mitmproxy", "tinyproxy", "privoxy")


def with_gateway(finding: Finding, seen: Exchange, host: str) -> Finding:
    """The finding with what is known of the gateway that gave an answer, or that stands there."""
    asked_for = seen.headers.get("www-authenticate", "").strip()
    scheme = asked_for.partition(" ")[0]
    if seen.http_status == 401 and scheme.lower() in PASSWORD_SCHEMES:
        return _wants_password(finding, asked_for[:200], host)
    if seen.failure and seen.failure.kind == SOCKS_REPLY:
        said = "The port speaks SOCKS, the protocol of a proxy: no API listens there."
        step = "Use the port of the API in the base URL, and name the proxy in ALL_PROXY if needed."
        return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=(step,))
    if seen.failure and seen.failure.kind == "BadStatusLine" and not seen.http_status:
        said = "What answers there speaks no HTTP: no API listens on that port."
        step = "Use the host and the port of the API in the base URL."
        return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=(step,))
    if finding.id == SILENT and _has_begun(seen):
        return _stalls(finding, host)
    program = _proxy_in(seen)
    if program and seen.http_status >= 400:
        said = f"The answer comes from a proxy ({program}) and not from an API."
        return finding._replace(detail=f"{said} {finding.detail}".strip())
    return finding


def _has_begun(seen: Exchange) -> bool:
    """Whether an answer whose end did not come had at least a beginning."""
    began = seen.failure is not None and seen.failure.kind == SLOW_ANSWER
    return began or (seen.failure is not None and bool(seen.http_status))


def _stalls(finding: Finding, host: str) -> Finding:
    """A server, or what stands before it, that begins to answer and does not come to an end."""
    said = "The answer began, and came so slowly that it had not ended when time was up."
    ask = () if provider_of(host) else (f"Ask whoever runs {host} why its answers stall.",)
    return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=ask)


def _wants_password(finding: Finding, asked_for: str, host: str) -> Finding:
    """A server that takes a name and a password in the header where the key stands."""
    said = (
        f"A gateway asks for a user name and a password of its own ({asked_for}), in the header "
        "where the key is sent. The API was not reached, and the key was not judged."
    )
    step = f"Ask whoever runs {host} for an address that takes the key without that password."
    return finding._replace(lead=said, detail="", steps=(step,), instead=True)


def _proxy_in(seen: Exchange) -> str:
    """The name of a proxy that says of itself that it gave the answer."""
    if "x-squid-error" in seen.headers:
        return "squid"
    said = seen.headers.get("server", "").lower()  # Via names those that only passed it on too
    return next((name for name in PROXIES if name in said), "")
