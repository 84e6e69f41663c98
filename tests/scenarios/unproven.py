"""What looks as if all were well: answers without a word, proofs of nothing, other clients."""

import json
from typing import Any

from scenarios.keys import inferring
from scenarios.place import World
from scenarios.scenario import HEALTHY, INCONCLUSIVE, NOTHING_RUN, QUICK, Scenario, at, scenario
from scenarios.worlds import errors
from scenarios.worlds.api import (
    Api,
    Reply,
    Request,
    api,
    completion,
    failing,
    models,
    page,
    reply,
)
from scenarios.worlds.network import named
from scenarios.worlds.raw import raw, saying

EMPTY = "malformed_response"
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
FAR_6 = "2001:db8:f::7"
STUDIO = "http://127.0.0.1:1234/v1"
KEY_TOO = ("key", *NOTHING_RUN)
NO_MODEL_LOADED = reply(
    {"error": {"message": "No models loaded. Please load a model in the developer page."}}, 404
)


def events(*data: Any) -> Reply:
    """A stream of events."""
    body = "".join(f"data: {json.dumps(one)}\n\n" for one in data)
    return Reply(200, body.encode(), {"content-type": "text/event-stream"})


def chunk(text: str | None = None, reason: str | None = None) -> dict[str, Any]:
    """One event of a streamed answer."""
    delta = {"role": "assistant"} if text is None else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"object": "chat.completion.chunk", "choices": [choice]}


def choosing(text: str | None, reason: str) -> Reply:
    """An answer with one choice."""
    message = {"role": "assistant", "content": text}
    return reply({"choices": [{"message": message, "finish_reason": reason}]})


def limited(status: int) -> Reply:
    """Words that say that the limit of an answer was reached, at some status."""
    said = "Could not finish the message because max_tokens or model output limit was reached."
    return failing(status, said, "server_error")


def studio(chat: Reply | None = None, **more: Any) -> World:
    """A server on this computer that looks at no key and validates nothing."""
    said = Api(needs_key=False, names=("qwen3",), models=models("qwen3"), chat=chat, **more)
    return api(said, "127.0.0.1", "127.0.0.1", port=1234, shows=None)


def local(name: str, expected: str, world: World, *arguments: str, **more: Any) -> Scenario:
    """A server on this computer, of which nothing is asked that would cost money."""
    chosen = (*at(STUDIO), "--no-spend", *arguments)
    return scenario(name, expected, world, arguments=chosen, **more)


WITHOUT_WORDS = tuple(
    inferring(f"answer_{name}", expected, answer)
    for name, expected, answer in (
        ("with_no_choices", EMPTY, reply({"choices": []})),
        ("with_a_choice_of_null", EMPTY, reply({"choices": [None]})),
        ("with_an_empty_text", EMPTY, choosing("", "stop")),
        ("with_no_output", EMPTY, reply({"output": []})),
        ("that_failed", INCONCLUSIVE, reply({"output": [], "status": "failed"})),
        (
            "that_failed_in_a_response",
            INCONCLUSIVE,
            reply({"response": {"output": [], "status": "failed", "error": {"code": "x"}}}),
        ),
        ("with_errors", INCONCLUSIVE, reply({"choices": [], "errors": ["bad"]})),
        ("that_is_filtered", "content_policy_violation", choosing(None, "content_filter")),
        (
            "that_fails_in_its_second_event",
            "insufficient_quota",
            events(chunk(), json.loads(errors.NO_QUOTA.body)),
        ),
        ("that_is_an_empty_stream", EMPTY, events(chunk(), chunk("", "stop"))),
        ("cut_with_status_500", "server_error", limited(500)),
        ("cut_with_status_401", "invalid_authentication", limited(401)),
        ("cut_with_status_403", "forbidden_unspecified", limited(403)),
    )
)

WITH_WORDS = tuple(
    inferring(f"answer_{name}", HEALTHY, answer)
    for name, answer in (
        ("cut_at_its_limit", choosing("", "length")),
        ("in_events", events(chunk(), chunk("He"), chunk("llo"))),
        ("of_thoughts", reply({"choices": [{"message": {"reasoning_content": "Hm"}}]})),
    )
)


def refusing_streams(request: Request) -> Reply:
    """A server that only answers at once."""
    if request.data.get("stream"):
        return failing(400, "stream is not supported", "invalid_request_error")
    return completion()


UNPROVEN = (
    scenario(
        "no_spend_and_model_unknown",
        "model_not_found",
        api(),
        arguments=("--no-spend", "--model", "no-such-model"),
        untested=NOTHING_RUN,
    ),
    local("local_server_accepts_anything", HEALTHY, studio(completion()), untested=KEY_TOO),
    local("local_server_has_no_model_loaded", HEALTHY, studio(NO_MODEL_LOADED), untested=KEY_TOO),
    scenario(
        "local_server_loads_no_model",
        "model_not_loaded",
        studio(NO_MODEL_LOADED),
        arguments=at(STUDIO),
    ),
    local(
        "local_server_without_that_model",
        "model_not_found",
        studio(completion()),
        *("--model", "no-such-model"),
        untested=KEY_TOO,
    ),
    local(
        "local_server_with_no_model_at_all",
        "model_not_found",
        api(
            Api(needs_key=False, models=models(), chat=completion()),
            *("127.0.0.1", "127.0.0.1"),
            port=1234,
            shows=None,
        ),
        *("--model", "qwen3"),
        untested=KEY_TOO,
    ),
    local(
        "page_that_accepts_anything",
        "unexpected_html",
        studio(page("<html><title>Open WebUI</title></html>")),
        untested=NOTHING_RUN,
    ),
    scenario("answers_without_a_stream", HEALTHY, api(Api(chat=refusing_streams))),
    scenario(
        "client_waits_for_ipv6",
        "ipv6_broken",
        named("api.openai.com", FAR_6),
        api(),
        arguments=("--sdk",),
        timeout=QUICK,
        says="official client",
    ),
)

OTHERS = (
    scenario(
        "something_else_answers",
        "malformed_response",
        api(Api(everything=Reply(200, b"Hello, world!", {"content-type": "text/plain"}))),
        says="Hello, world!",
    ),
    scenario(
        "another_program_answers",
        EMPTY,
        api(Api(everything=reply({"redirect": "/login"})), "llm.corp.internal"),
        arguments=at("https://llm.corp.internal/v1"),
        says="Check that https://llm.corp.internal/v1 is the API's address",
    ),
    scenario("protocol_is_switched", EMPTY, raw(saying(SWITCHED))),
    scenario("protocol_is_switched_for_the_model", EMPTY, api(Api(chat=Reply(101)))),
)

SCENARIOS = (*OTHERS, *WITHOUT_WORDS, *WITH_WORDS, *UNPROVEN)
