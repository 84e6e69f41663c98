"""Answers that do not come to an end in time."""

import time
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import pytest
from helpers.command import data_of, run
from helpers.plans import SECRET
from helpers.servers import listening

pytestmark = pytest.mark.slow

START = b"HTTP/1.1 200 OK\r\n"
SLOWLY = "The answer began, and came so slowly that it had not ended when time was up."
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
    assert "It began to answer, and did not come to an end in time." in diagnosis["summary"]
