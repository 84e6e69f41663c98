"""The smallest request that a model answers, in the form that the server wants it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client
from codegpt_doctor.providers.dialects.google import GENERATE, STREAM
from codegpt_doctor.providers.dialects.openai import CHAT, ResponsesDialect
from codegpt_doctor.providers.dialects.stream import FirstWords
from codegpt_doctor.providers.dialects.wire import Request

TOKENS = 16  # the least that every endpoint accepts, and enough for an answer
RESPONSES = "/responses"
NEWER, OLDER = "max_completion_tokens", "max_tokens"
OTHER = {NEWER: OLDER, OLDER: NEWER}
NAMED_ONLY = re.compile("limit was reached|must be verified")
FORMAL = (400, 422)  # statuses that are about the request itself


class Inference(NamedTuple):
    """Which model was asked, and the attempts at an answer: the last one counts."""

    model: str
    attempts: Sequence[Exchange]


def smallest_inference(client: Client, model: str, limit: str | None = None) -> list[Exchange]:
    """Ask a model to answer "hi" in as few tokens as it takes: the attempts, the last one counts.

    The answer is read as a stream and no further than its first words, so that a server that heeds
    no limit spends no more.  Where the server's refusal names another parameter or endpoint, that
    one is tried once; what was answered is never asked again.

    Args:
        client: sends the requests, in the format of its provider.
        model: is asked.
        limit: the name of the token limit that is tried first, that of the provider if not given.
    """
    asked = _named(_request(client, model), limit)
    attempts = [_ask(client, asked)]
    if _refuses(attempts[-1], "stream") and _has(asked, "stream"):
        asked = _with(asked, {"stream": False})
        attempts.append(_ask(client, asked))
    if STREAM in asked.path and _has_no_stream(attempts[-1]):
        path = asked.path.replace(STREAM, GENERATE)
        asked = asked._replace(path=path, params={})
        attempts.append(_ask(client, asked))
    used = next((name for name in OTHER if _has(asked, name)), None)
    if used and _refuses(attempts[-1], used):
        attempts.append(_ask(client, _named(asked, OTHER[used])))
    if asked.path.endswith(CHAT) and _wants_responses(attempts[-1]):
        attempts.append(_ask(client, _response(asked, model)))
    return attempts


def _request(client: Client, model: str) -> Request:
    return client.dialect.inference_request(client.provider, client.base_url, model, stream=True)


def _ask(client: Client, asked: Request) -> Exchange:
    return client.ask(asked, FirstWords(client.dialect))


def _has(asked: Request, parameter: str) -> bool:
    return parameter in (asked.body or {})


def _with(asked: Request, parameters: Mapping[str, object]) -> Request:
    return asked._replace(body={**(asked.body or {}), **parameters})


def _named(asked: Request, limit: str | None) -> Request:
    """A request with its token limit under another name, where it has one that goes by two."""
    renamed = {OTHER[limit]: limit} if limit else {}
    body = asked.body or {}
    return asked._replace(body={renamed.get(name, name): value for name, value in body.items()})


def _refuses(answer: Exchange, parameter: str) -> bool:
    """Whether a request was refused for a parameter, and not with the advice to use it.

    Some refusals name one without refusing it: that its limit was reached, which is an answer, or
    that the organization may not use it before it is verified, as an editor would be told too.
    """
    said = answer.body.replace(f"Use '{parameter}'", "")
    named = re.search(rf"\b{parameter}\b", said) and not NAMED_ONLY.search(said)
    return answer.http_status in FORMAL and bool(named)


def _has_no_stream(answer: Exchange) -> bool:
    """Whether a gateway has no endpoint for streams; a model that is unknown is named."""
    return answer.http_status in (404, 405) and "models/" not in answer.body


def _wants_responses(answer: Exchange) -> bool:
    return answer.http_status in (400, 404) and "v1/responses" in answer.body


def _response(asked: Request, model: str) -> Request:
    """A request for the same to the endpoint that some models of OpenAI's answer at alone."""
    stream = (asked.body or {}).get("stream", False)
    body = ResponsesDialect().body(model, {"max_output_tokens": TOKENS}, stream=bool(stream))
    path = asked.path.removesuffix(CHAT) + RESPONSES
    return asked._replace(path=path, body={**body, "stream": stream})


def invalid_request(client: Client, model: str) -> Exchange:
    """Send a request that cannot be run: a 400 proves the key and its scope and costs nothing."""
    return client.ask(_request(client, model)._replace(body={"speed": 1}))
