"""Answers that do not come to an end in time."""

import socket
import time
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import pytest
from helpers.command import data_of, run
from helpers.plans import SECRET
from helpers.servers import listening

from codegpt_doctor.net.failures import TunnelRefusedError
from codegpt_doctor.net.http_tunnel import ask_for_tunnel
from codegpt_doctor.net.tunnel import Proxy

pytestmark = pytest.mark.slow

START = b"HTTP/1.1 200 OK\r\n"
SLOWLY = "The response began, but came so slowly that it was incomplete when time ran out."
BEGAN = {
    "status": (b"HTTP", repeat(b"P")),
    "header": (START + b"X-A: ", repeat(b"a")),
    "body": (START + b"Content-Length: 99999\r\n\r\n", repeat(b" ")),
    "cut": (START + b"X-A: ", repeat(b"", 20)),
    "nothing": (b"", repeat(b"", 20)),
}


def bytewise(start: bytes, rest: Iterator[bytes]) -> Any:
    """An answer of which no end comes."""

    def answer(connection: Any, _request: bytes, listener: Any) -> None:
        for piece in chain([start], rest):
            connection.sendall(piece)
            if listener.closing.wait(0.2):
                return

    return answer


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", BEGAN)
def test_that_began_is_told_from_one_that_never_came(name: str) -> None:
    with listening(bytewise(*BEGAN[name])) as server:
        asked = ("--base-url", server.base_url, "--timeout", "3", "--json")
        started = time.monotonic()
        done = run("check", *asked, variables={"OPENAI_API_KEY": SECRET}, timeout=60)
    diagnosis = data_of(done)["diagnosis"]
    assert diagnosis["id"] == "request_timeout"
    assert (SLOWLY in diagnosis["summary"]) is (name != "nothing")
    assert diagnosis["remediation"]["steps"][0].startswith("Ask whoever") is (name != "nothing")
    assert time.monotonic() - started < 3 + 20


def test_of_a_proxy_is_told_too() -> None:
    with listening(bytewise(*BEGAN["header"])) as proxy:
        variables = {"OPENAI_API_KEY": SECRET, "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}"}
        done = run("check", "--timeout", "3", "--json", variables=variables, timeout=60)
    diagnosis = data_of(done)["diagnosis"]
    assert diagnosis["id"] == "proxy_unreachable"
    assert "It began to respond, but did not finish in time." in diagnosis["summary"]


def test_the_page_of_a_refusal_that_never_comes_is_hardly_waited_for() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as plain,
        listener.accept()[0] as proxy,
    ):
        proxy.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n")
        started = time.monotonic()
        with pytest.raises(TunnelRefusedError):
            ask_for_tunnel(Proxy("127.0.0.1", 1), plain, "api.test", 443, started + 60)
        assert time.monotonic() - started < 30
