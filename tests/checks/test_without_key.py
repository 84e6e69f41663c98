"""A server of one's own without a key: only the server can say whether it wants one."""

import shlex
import socket

import pytest
from helpers.command import data_of, run
from helpers.servers import Listener, always, listening, response

pytestmark = pytest.mark.slow
MODELS = b'{"object": "list", "data": [{"id": "small", "object": "model"}]}'
CHOICE = b'{"choices": [{"message": {"role": "assistant", "content": "Hi"}, "index": 0}]}'
NAMED = ("check", "--json", "--provider", "custom", "--base-url")


def open_to_all(connection: socket.socket, request: bytes, _listener: Listener) -> None:
    """An API that asks nobody for a key."""
    connection.sendall(response(200, MODELS if request.startswith(b"GET") else CHOICE))


def test_one_that_wants_none_is_healthy_and_was_sent_none() -> None:
    with listening(open_to_all) as server:
        data = data_of(run(*NAMED, server.base_url))
    assert (data["status"], data["exit_code"]) == ("healthy", 0)
    assert len(server.requests) > 1
    assert not any(b"authorization" in one.lower() for one in server.requests)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "body", [b"", b'{"detail": "Not authenticated"}', b'{"error": {"code": "invalid_api_key"}}']
)
def test_one_that_wants_one_says_so(body: bytes) -> None:
    with listening(always(401, body)) as server:
        data = data_of(run(*NAMED, server.base_url))
    assert data["diagnosis"]["id"] == "missing_api_key"
    assert data["exit_code"] == 1


def test_of_an_address_that_was_found_the_step_tells_how_to_do_without() -> None:
    with listening(open_to_all) as server:
        variables = {"OPENAI_BASE_URL": server.base_url}
        data = data_of(run("check", "--json", variables=variables))
        assert data["diagnosis"]["id"] == "missing_api_key"
        steps = data["diagnosis"]["remediation"]["steps"]
        (step,) = (one for one in steps if "needs no key" in one)
        again = shlex.split(step.splitlines()[-1])[1:]
        assert data_of(run(*again, "--json", variables=variables))["status"] == "healthy"


def test_one_with_a_password_before_it_is_not_told_that_a_key_is_missing() -> None:
    with listening(always(401, b"", headers={"WWW-Authenticate": "Basic"})) as server:
        data = data_of(run(*NAMED, server.base_url))
    assert data["diagnosis"]["id"] == "invalid_authentication"
