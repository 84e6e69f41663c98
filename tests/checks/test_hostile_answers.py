"""A server that answers with what a pattern would be slow on: the run ends in its time."""

import json
import resource
import socket

import pytest
from helpers.command import run
from helpers.servers import Listener, listening, response

from codegpt_doctor.simulator import KEY

pytestmark = pytest.mark.slow

MAX_SECONDS = 4  # of the processor, start-up included; slow patterns took 7 to 60 and more
BRACKETS = "x\na - " + "[" * 400_000
JWT = "eyJ-" * 75_000
SIMILAR = [f"gpt-4o-mini-2024-07-18-preview-{number}" for number in range(20_000)]


def refusal(status: int) -> bytes:
    return response(status, json.dumps({"error": {"message": BRACKETS}}).encode())


def listed(*ids: str) -> bytes:
    return response(200, json.dumps({"data": [{"id": one} for one in ids]}).encode())


GOOD = listed("gpt-4o-mini")
NAMES = ("server", "via", "location", "openai-organization", "openai-project", "www-authenticate")
EVERY = dict.fromkeys((*NAMES, "x-request-id", "retry-after", "openai-version"), JWT[:60_000])
CASES: dict[str, tuple[bytes, bytes]] = {  # what GET and POST are answered
    "an error in a good answer": (GOOD, refusal(200)),
    "a refusal": (GOOD, refusal(401)),
    "the id of a request": (GOOD, response(429, b"{}", headers={"x-request-id": JWT[:60_000]})),
    "every header": (response(200, b"{}", headers=EVERY), response(401, b"{}", headers=EVERY)),
    "a code": (GOOD, response(429, json.dumps({"error": {"code": JWT}}).encode())),
    "the id of a model": (listed(JWT), refusal(404)),
    "similar ids of models": (listed(*SIMILAR), refusal(404)),
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("case", CASES)
def test_a_run_ends_in_its_time(case: str) -> None:
    models, answer = CASES[case]

    def serve(connection: socket.socket, request: bytes, listener: Listener) -> None:
        connection.sendall(answer if request.startswith(b"POST") else models)

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with listening(serve) as server:
        arguments = ("check", "--timeout", "8", "--base-url", server.base_url)
        model = ("--model", "gpt-4o-mini-2024-07-18-previews") if "similar" in case else ()
        result = run(*arguments, *model, variables={"OPENAI_API_KEY": KEY})
    took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert result.returncode in (1, 3), result.stderr
    assert took < MAX_SECONDS
