"""The smallest request, against servers on real sockets that heed only some of its parts."""

import json
import time
from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from helpers.servers import Answer, Listener, listening, response

from codegpt_doctor.findings.completions import answer_problem
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import trust_in
from codegpt_doctor.probes.inference import NEWER, OLDER, smallest_inference
from codegpt_doctor.settings.values import Settings, Value

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
WORD = {"choices": [{"index": 0, "delta": {"content": "la "}}]}
EVENT = b"data: " + json.dumps(WORD).encode() + b"\n\n"
FINE = {"choices": [{"message": {"content": "Hi"}}]}


def asked(server: Listener, limit: str) -> list[Exchange]:
    url = urlsplit(server.base_url)
    dialer = Dialer(url, lambda: (str(url.hostname),), trust_in(None), None, monotonic() + 10)
    settings = Settings("openai", Value(server.base_url, "test"))
    return smallest_inference(Client(dialer, settings, None), "m", limit)


def sent(request: bytes) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(request.partition(b"\r\n\r\n")[2])
    return data


def answering(choose: Callable[[dict[str, Any]], tuple[int, object]]) -> Answer:
    def answer(connection: Any, request: bytes, _: Listener) -> None:
        status, body = choose(sent(request))
        connection.sendall(response(status, json.dumps(body).encode()))

    return answer


class Talker:
    """Streams words until nobody reads them any more, unless it heeds the limit."""

    def __init__(self, *heeds: str) -> None:
        self.heeds = heeds
        self.words = 0

    def __call__(self, connection: Any, request: bytes, _: Listener) -> None:
        """Answer a request."""
        limits = [sent(request)[name] for name in self.heeds if name in sent(request)]
        connection.sendall(HEAD)
        for _word in range(min(limits, default=400)):
            connection.sendall(EVENT)
            self.words += 1
            time.sleep(0.02)


def test_a_server_that_heeds_no_limit_makes_at_most_16_tokens() -> None:
    talker = Talker()
    with listening(talker) as server:
        started = monotonic()
        (answer,) = asked(server, OLDER)
        assert monotonic() - started < 6
        time.sleep(0.3)
        assert talker.words <= 16
    assert answer_problem(answer) is None
    assert answer.body.count("la ") < 16


def test_a_whole_answer_is_not_asked_for_again() -> None:
    with listening(answering(lambda _: (200, FINE))) as server:
        (answer,) = asked(server, NEWER)
        assert len(server.requests) == 1
    assert answer_problem(answer) is None


def refusing(name: str, message: str) -> Answer:
    return answering(
        lambda body: (400, {"error": {"message": message}}) if body.get(name) else (200, FINE)
    )


def test_the_other_name_of_the_limit_is_tried_where_one_is_refused() -> None:
    message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    with listening(refusing(OLDER, message)) as server:
        attempts = asked(server, OLDER)
        assert [sorted(sent(one)) for one in server.requests] == [
            ["max_tokens", "messages", "model", "stream"],
            ["max_completion_tokens", "messages", "model", "stream"],
        ]
    assert [one.http_status for one in attempts] == [400, 200]


def test_an_answer_at_once_is_asked_for_where_streams_are_refused() -> None:
    with listening(refusing("stream", "stream is not supported")) as server:
        attempts = asked(server, OLDER)
        assert [sent(one)["stream"] for one in server.requests] == [True, False]
    assert answer_problem(attempts[-1]) is None


def test_a_stream_that_is_closed_to_the_organization_is_not_gone_around() -> None:
    message = "Your organization must be verified to stream this model."
    with listening(refusing("stream", message)) as server:
        assert len(asked(server, OLDER)) == 1


def test_an_answer_that_reached_its_limit_is_not_paid_for_twice() -> None:
    message = "Could not finish the message because max_tokens or model output limit was reached."
    with listening(refusing(OLDER, message)) as server:
        (answer,) = asked(server, OLDER)
    assert answer_problem(answer) is None


def test_a_gateway_that_gave_up_waiting_is_not_asked_twice() -> None:
    with listening(answering(lambda _: (504, {}))) as server:
        (answer,) = asked(server, OLDER)
        assert len(server.requests) == 1
    assert answer.http_status == 504
