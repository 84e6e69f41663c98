"""What stands before an API: the words and steps that an answer of its own calls for."""

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding
from codegpt_doctor.net.failures import HTTP2_FRAME, SLOW_ANSWER, SOCKS_REPLY
from codegpt_doctor.providers.keys import provider_of

PASSWORD_SCHEMES = ("basic", "digest", "ntlm", "negotiate")
SILENT = "request_timeout"
PROXY_STATUS = 407  # which only a proxy gives
PROXIES = ("squid", "mitmproxy", "tinyproxy", "privoxy")


def with_gateway(finding: Finding, seen: Exchange, host: str) -> Finding:
    """The finding with what is known of the gateway that gave an answer, or that stands there."""
    asked_for = seen.headers.get("www-authenticate", "").strip()
    scheme = asked_for.partition(" ")[0]
    if seen.http_status == 401 and scheme.lower() in PASSWORD_SCHEMES:
        return _wants_password(finding, asked_for[:200], host)
    if seen.failure and seen.failure.kind == SOCKS_REPLY:
        said = "The port speaks SOCKS, a proxy protocol: no API listens there."
        step = "Use the API's port in the base URL, and set ALL_PROXY to the proxy if needed."
        return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=(step,))
    if seen.failure and seen.failure.kind == HTTP2_FRAME:
        said = "The server speaks only HTTP/2, as for gRPC; this command and editors use HTTP/1.1."
        step = f"Ask whoever runs {host} for an address that accepts HTTP/1.1."
        return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=(step,))
    if seen.failure and seen.failure.kind == "BadStatusLine" and not seen.http_status:
        said = "The program on that port does not speak HTTP: no API listens there."
        step = "Use the host and the port of the API in the base URL."
        return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=(step,))
    if finding.id == SILENT and _has_begun(seen):
        return _stalls(finding, host)
    program = _proxy_in(seen)
    if program and seen.http_status >= 400:
        said = f"The response comes from a proxy ({program}), not from an API."
        finding = finding._replace(detail=f"{said} {finding.detail}".strip())
    answers = program or seen.http_status == PROXY_STATUS
    if answers and seen.http_status >= 400 and seen.timings.proxy is None and not provider_of(host):
        step = f"Put the API's address into the base URL: {host} seems to be a proxy."
        return finding._replace(steps=(step,))
    return finding


def _has_begun(seen: Exchange) -> bool:
    """Whether an answer whose end did not come had at least a beginning."""
    began = seen.failure is not None and seen.failure.kind == SLOW_ANSWER
    return began or (seen.failure is not None and bool(seen.http_status))


def _stalls(finding: Finding, host: str) -> Finding:
    """A server, or what stands before it, that begins to answer and does not come to an end."""
    said = "The response began, but came so slowly that it was incomplete when time ran out."
    ask = () if provider_of(host) else (f"Ask whoever runs {host} why its responses stall.",)
    return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=ask)


def _wants_password(finding: Finding, asked_for: str, host: str) -> Finding:
    """A server that takes a name and a password in the header where the key stands."""
    said = (
        f"A gateway requires its own user name and password ({asked_for}), in the header that "
        "carries the key. The request did not reach the API, so the key was not tested."
    )
    step = f"Ask whoever runs {host} for an address that accepts the key without that password."
    return finding._replace(lead=said, detail="", steps=(step,), instead=True)


def _proxy_in(seen: Exchange) -> str:
    """The name of a proxy that says of itself that it gave the answer."""
    if "x-squid-error" in seen.headers:
        return "squid"
    said = seen.headers.get("server", "").lower()  # Via names those that only passed it on too
    return next((name for name in PROXIES if name in said), "")
