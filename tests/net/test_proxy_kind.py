"""What a proxy speaks is found out by speaking to it, with no key."""

import socket
from time import monotonic
from urllib.parse import urlsplit

import pytest
from helpers.servers import Listener, always, closed_port, listening
from helpers.socks import socks_proxy

from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.proxy_kind import scheme_of_proxy
from codegpt_doctor.net.trust import trust_in
from codegpt_doctor.net.tunnel import Proxy


def spoken(port: int, scheme: str = "http") -> str | None:
    proxy = Proxy("127.0.0.1", port, scheme)
    url = urlsplit("https://llm.example.net/v1")
    return scheme_of_proxy(
        Dialer(url, lambda: ("127.0.0.1",), trust_in(None), proxy, monotonic() + 5)
    )


@pytest.mark.parametrize(("user", "scheme"), [("", "http"), ("mara", "https")])
def test_socks_is_heard_whatever_it_wants_to_know(user: str, scheme: str) -> None:
    with socks_proxy(user=user, password="x") as proxy:
        assert spoken(proxy.port, scheme) == "socks5h"


@pytest.mark.parametrize("status", [200, 403, 407, 503])
def test_http_is_heard_whatever_it_answers(status: int) -> None:
    with listening(always(status, b"")) as proxy:
        assert spoken(proxy.port, "socks5h") == "http"
    assert [one for one in proxy.requests if b"uthorization" in one] == []


def test_nothing_is_made_of_what_speaks_neither() -> None:
    def banner(connection: socket.socket, _: bytes, __: Listener) -> None:
        connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

    with listening(banner) as server:
        assert spoken(server.port) is None
    assert spoken(closed_port()) is None


@pytest.mark.slow
def test_silence_is_not_waited_for_for_long() -> None:
    started = monotonic()
    with socket.create_server(("127.0.0.1", 0)) as server:  # nobody accepts what is asked there
        assert spoken(server.getsockname()[1]) is None
    assert monotonic() - started < 5
