"""The smallest request that a model answers, in the form that the server wants it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client

TOKENS = 16  # the least that every endpoint accepts, and enough for an answer
CHAT = "/chat/completions"
RESPONSES = "/responses"


@dataclass(frozen=True, slots=True)
class Inference:
    """Which model was asked, and the attempts at an answer: the last one counts."""

    model: str
    attempts: Sequence[Exchange]


def smallest_inference(client: Client, model: str) -> list[Exchange]:
    """Ask a model to answer "hi" in at most 16 tokens: the attempts, the last one counts.

    Where the server's refusal names another parameter or endpoint, that one is tried once.
    """
    attempts = [client.post(CHAT, _chat(model, "max_completion_tokens"))]
    for wanted, send in _fallbacks(client, model):
        if wanted(attempts[-1]):
            attempts.append(send())
    return attempts


def _fallbacks(
    client: Client, model: str
) -> list[tuple[Callable[[Exchange], bool], Callable[[], Exchange]]]:
    return [
        (_refuses_new_parameter, lambda: client.post(CHAT, _chat(model, "max_tokens"))),
        (_wants_responses, lambda: client.post(RESPONSES, _response(model))),
    ]


def _refuses_new_parameter(answer: Exchange) -> bool:
    return answer.http_status in (400, 422) and "max_completion_tokens" in answer.body.replace(
        "Use 'max_completion_tokens'", ""
    )


def _wants_responses(answer: Exchange) -> bool:
    return answer.http_status in (400, 404) and "v1/responses" in answer.body


def _chat(model: str, parameter: str) -> dict[str, object]:
    return {"model": model, "messages": [{"role": "user", "content": "hi"}], parameter: TOKENS}


def _response(model: str) -> dict[str, object]:
    return {"model": model, "input": "hi", "max_output_tokens": TOKENS, "store": False}


def invalid_request(client: Client) -> Exchange:
    """Send a request that cannot be run: a 400 proves the key and its scope and costs nothing."""
    return client.post(CHAT, {"speed": 1})
