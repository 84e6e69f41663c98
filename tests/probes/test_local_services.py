"""What services of this machine answer, over real sockets."""

import os
import socket
import time

import pytest
from helpers.servers import Listener, always, closed_port, listening

from codegpt_doctor.probes.local_services import (
    Endpoint,
    ask,
    ask_all,
    json_of,
    localhost,
    observe_local_models,
    observe_service,
)


def silent(_connection: socket.socket, _request: bytes, listener: Listener) -> None:
    listener.closing.wait(10)


def test_a_page_is_answered_with_its_headers() -> None:
    with listening(always(200, b"<html>", headers={"X-Powered-By": "Next.js"})) as server:
        answer = ask("127.0.0.1", server.port, "/some/path")
        (request,) = server.requests
    assert (answer.connected, answer.http_status, answer.body) == (True, 200, "<html>")
    assert answer.headers["x-powered-by"] == "Next.js"
    assert request.startswith(b"GET /some/path HTTP/1.1\r\n")
    assert f"Host: localhost:{server.port}".encode() in request


def test_a_refusal_is_no_connection() -> None:
    answer = ask("127.0.0.1", closed_port())
    assert (answer.connected, answer.http_status) == (False, 0)
    assert "refused" in answer.failure.lower() or "timed out" in answer.failure.lower()


@pytest.mark.slow
def test_one_that_says_nothing_is_connected_and_given_up() -> None:
    started = time.monotonic()
    with listening(silent) as server:
        answer = ask("127.0.0.1", server.port)
        taken = time.monotonic() - started
    assert (answer.connected, answer.http_status) == (True, 0)
    assert taken < 4


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH_9.6\r\n", b"\x00\xff\x00", b"HTTP/1.1 x\r\n\r\n", b""]
)
def test_one_that_speaks_no_http_has_no_status(said: bytes) -> None:
    with listening(lambda connection, _request, _listener: connection.sendall(said)) as server:
        answer = ask("127.0.0.1", server.port)
    assert (answer.connected, answer.http_status) == (True, 0)
    assert answer.failure


def test_a_body_without_end_is_read_to_a_limit() -> None:
    with listening(always(200, b"x" * 1_000_000)) as server:
        assert len(ask("127.0.0.1", server.port).body) == 256 * 1024


@pytest.mark.parametrize(
    ("body", "data"), [(b'{"models": []}', {"models": []}), (b"<html>", None), (b"", None)]
)
def test_a_body_may_be_json(body: bytes, data: object) -> None:
    with listening(always(200, body)) as server:
        assert json_of(ask("127.0.0.1", server.port)) == data


@pytest.mark.slow
def test_many_are_asked_at_once() -> None:
    with listening(silent) as first, listening(silent) as second:
        started = time.monotonic()
        given = ask_all([Endpoint(first.port), Endpoint(second.port)])
        taken = time.monotonic() - started
    assert set(given) == {(first.port, "/"), (second.port, "/")}
    assert [answer.address for answer in given[Endpoint(first.port)]] == ["127.0.0.1", "::1"]
    assert taken < 4


def test_the_service_is_seen_with_its_holder() -> None:
    with listening(always(200, b"")) as server:
        closed = closed_port()
        seen = observe_service((server.port, closed))
    assert [(one.port, one.pid) for one in seen.listeners] == [(server.port, os.getpid())]
    assert seen.answers[server.port][0].http_status == 200
    assert not seen.answers[closed][0].connected
    assert seen.localhost


def test_local_models_are_asked_by_name() -> None:
    with listening(always(200, b'{"models": [{"name": "llama3.2:latest"}]}')) as server:
        seen = observe_local_models({"Ollama": Endpoint(server.port, "/api/tags")})
    answers = seen.answers["Ollama"]
    assert json_of(answers[0]) == {"models": [{"name": "llama3.2:latest"}]}


def test_the_name_localhost_leads_to_this_machine() -> None:
    assert set(localhost()) <= {"127.0.0.1", "::1"}
    assert localhost()
