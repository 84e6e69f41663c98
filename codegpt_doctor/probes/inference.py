"""The smallest request that a model answers, in the form that the server wants it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client
from codegpt_doctor.providers.completions import FirstWords

TOKENS = 16  # the least that every endpoint accepts, and enough for an answer
CHAT = "/chat/completions"
RESPONSES = "/responses"
NEWER, OLDER = "max_completion_tokens", "max_tokens"
NAMED_ONLY = re.compile("limit was reached|must be verified")
FORMAL = (400, 422)  # statuses that are about the request itself


@dataclass(frozen=True, slots=True)
class Inference:
    """Which model was asked, and the attempts at an answer: the last one counts."""

    model: str
    attempts: Sequence[Exchange]


def smallest_inference(client: Client, model: str, limit: str = NEWER) -> list[Exchange]:
    """Ask a model to answer "hi" in at most 16 tokens: the attempts, the last one counts.

    The answer is read as a stream and no further than its first words, so that a server that heeds
    no limit spends no more.  Where the server's refusal names another parameter or endpoint, that
    one is tried once; what was answered is never asked again.

    Args:
        client: sends the requests.
        model: is asked.
        limit: the name of the token limit that is tried first.
    """
    other = OLDER if limit == NEWER else NEWER
    attempts = [_ask(client, CHAT, _chat(model, limit))]
    stream = not _refuses(attempts[-1], "stream")
    if not stream:
        attempts.append(_ask(client, CHAT, _chat(model, limit), stream))
    if _refuses(attempts[-1], limit):
        attempts.append(_ask(client, CHAT, _chat(model, other), stream))
    if _wants_responses(attempts[-1]):
        attempts.append(_ask(client, RESPONSES, _response(model), stream))
    return attempts


def _ask(client: Client, path: str, body: dict[str, object], stream: bool = True) -> Exchange:
    return client.post(path, {**body, "stream": stream}, FirstWords())


def _refuses(answer: Exchange, parameter: str) -> bool:
    """Whether a request was refused for a parameter, and not with the advice to use it.

    Some refusals name one without refusing it: that its limit was reached, which is an answer, or
    that the organization may not use it before it is verified, as an editor would be told too.
    """
    said = answer.body.replace(f"Use '{parameter}'", "")
    named = re.search(rf"\b{parameter}\b", said) and not NAMED_ONLY.search(said)
    return answer.http_status in FORMAL and bool(named)


def _wants_responses(answer: Exchange) -> bool:
    return answer.http_status in (400, 404) and "v1/responses" in answer.body


def _chat(model: str, limit: str) -> dict[str, object]:
    return {"model": model, "messages": [{"role": "user", "content": "hi"}], limit: TOKENS}


def _response(model: str) -> dict[str, object]:
    return {"model": model, "input": "hi", "max_output_tokens": TOKENS, "store": False}


def invalid_request(client: Client) -> Exchange:
    """Send a request that cannot be run: a 400 proves the key and its scope and costs nothing."""
    return client.post(CHAT, {"speed": 1})
