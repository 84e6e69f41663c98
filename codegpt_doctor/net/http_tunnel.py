"""Through a proxy of HTTP to the target."""

import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

from codegpt_doctor.model.observation import ProxyAnswer
from codegpt_doctor.net.failures import TunnelRefusedError
from codegpt_doctor.net.interim import FinalResponse
from codegpt_doctor.net.tunnel import Proxy

MAX_PAGE = 16 * 1024  # bytes of the page of a proxy that refuses
PAGE_PATIENCE = 0.5  # seconds in which that page comes, if it comes


def ask_for_tunnel(proxy: Proxy, plain: socket.socket, host: str, port: int, until: float) -> None:
    """Have a proxy pass on all that follows (RFC 9110, section 9.3.6).

    Args:
        proxy: is asked.
        plain: the connection to it.
        host: of the target.
        port: of the target.
        until: the time of ``time.monotonic`` until which its answer is waited for.

    Raises:
        TunnelRefusedError: it does not.
        OSError: it cannot be understood, or does not answer.
    """
    try:
        _ask(proxy, plain, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", until)
    except HTTPException as error:
        raise ConnectionError(str(error)) from error


def _ask(proxy: Proxy, plain: socket.socket, target: str, until: float) -> None:
    connection = HTTPConnection(proxy.host, proxy.port)
    connection.sock = plain
    connection.request("CONNECT", target, headers={"Host": target, **proxy.headers})
    # a response of its own: that of the connection would close the socket of HTTP/1.0
    response = FinalResponse(plain, method="CONNECT", until=until)
    response.begin()
    if 200 <= response.status < 300:
        response.close()
        return
    schemes = response.headers.get_all("proxy-authenticate") or []
    names = tuple(one.split()[0] for line in schemes for one in line.split(",") if one.split())
    names = tuple(name for name in names if "=" not in name)
    answer = ProxyAnswer(names, _page_of(response))
    response.close()
    raise TunnelRefusedError(response.status, response.reason, answer)


def _page_of(response: FinalResponse) -> str:
    """The beginning of the page with which a proxy refuses, as far as it comes with the refusal."""
    response.wait_at_most(PAGE_PATIENCE)
    with suppress(OSError, HTTPException, ValueError):
        return response.read1(MAX_PAGE).decode("utf-8", "replace")
    return ""
