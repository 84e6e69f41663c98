"""Several models in one run, a failure that passes, and runs that are repeated until healthy."""

import json
import socket

import pytest
from helpers.command import data_of, run
from helpers.servers import Listener, listening, response

from codegpt_doctor import catalogue
from codegpt_doctor.simulator import KEY, healthy

pytestmark = pytest.mark.slow
VARIABLES = {"OPENAI_API_KEY": KEY}


def answered(request: bytes) -> bytes:
    """What a healthy provider answers to a request as it was sent."""
    head, _, body = request.partition(b"\r\n\r\n")
    method, path = head.split(b" ")[:2]
    sent = body if method == b"POST" else None
    status, said = healthy.answer(path.decode().removeprefix("/v1"), sent, f"Bearer {KEY}")
    return response(status, json.dumps(said).encode())


class Failing:
    """Answers inferences with the example of an entry until one attempt, then as healthy."""

    def __init__(self, attempt: int, example: str) -> None:
        self.attempt = attempt
        self.example = catalogue.get(example, "openai").example
        self.seen = 0

    def __call__(self, connection: socket.socket, request: bytes, listener: Listener) -> None:
        self.seen += request.startswith(b"POST")
        if request.startswith(b"POST") and self.seen < self.attempt:
            answer = response(self.example["status"], self.example["body"].encode())
        else:
            answer = answered(request)
        connection.sendall(answer)


def test_a_failure_that_passes_is_a_warning_with_both_outcomes() -> None:
    with listening(Failing(2, "server_error")) as server:
        result = run("check", "--json", "--base-url", server.base_url, variables=VARIABLES)
    data = data_of(result)
    inference = next(check for check in data["checks"] if check["id"] == "inference")
    assert (result.returncode, data["status"], inference["status"]) == (0, "healthy", "warn")
    assert inference["finding"]["id"] == "server_error"
    assert "500" in inference["finding"]["detail"]


def test_a_limit_is_not_asked_twice() -> None:
    with listening(Failing(9, "rate_limit_requests")) as server:
        result = run("check", "--json", "--base-url", server.base_url, variables=VARIABLES)
        posts = [request for request in server.requests if request.startswith(b"POST")]
    assert data_of(result)["diagnosis"]["id"] == "rate_limit_requests"
    assert len(posts) == 1


def test_watching_ends_when_the_credit_has_arrived() -> None:
    with listening(Failing(2, "credit_balance_exhausted")) as server:
        result = run("check", "--watch", "--base-url", server.base_url, variables=VARIABLES)
    assert result.returncode == 0
    assert b"changed: credit_balance_exhausted -> healthy" in result.stderr
    assert b"All is well" in result.stdout


def test_watching_in_json_prints_the_last_run_alone() -> None:
    with listening(Failing(2, "credit_balance_exhausted")) as server:
        arguments = ("check", "--watch", "--json", "--base-url", server.base_url)
        result = run(*arguments, variables=VARIABLES)
    assert data_of(result)["status"] == "healthy"


def test_of_several_models_the_one_that_fails_is_named() -> None:
    models = ("--model", "gpt-4o", "--model", "gpt-9", "--model", "gpt-5-mini")
    result = run("check", "--simulate", "healthy", "--json", *models)
    diagnosis = data_of(result)["diagnosis"]
    assert (result.returncode, diagnosis["id"]) == (1, "model_not_found")
    assert "The problem is with gpt-9. Working: gpt-4o, gpt-5-mini." in diagnosis["summary"]


def test_several_models_that_work_are_healthy() -> None:
    models = ("--model", "gpt-4o", "--model", "gpt-4o", "--model", "gpt-5-mini")
    result = run("check", "--simulate", "healthy", "--json", *models)
    data = data_of(result)
    assert (result.returncode, data["target"]["model"]) == (0, "gpt-4o")
    inference = next(check for check in data["checks"] if check["id"] == "inference")
    assert set(inference["observations"]) == {"gpt-4o", "gpt-5-mini"}
