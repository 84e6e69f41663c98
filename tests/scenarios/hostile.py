"""Servers that mean harm: time, memory and what is shown stay bounded, and the cause is right."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.answers import OTHER_HOST, leading
from scenarios.keys import refused
from scenarios.place import SECRET, Place
from scenarios.scenario import HEALTHY, QUICK, scenario
from scenarios.worlds.api import OPENAI, Api, Reply, api, completion, failing, models, reply
from scenarios.worlds.raw import (
    JSON_HEAD,
    bomb,
    dripping,
    endless,
    raw,
    saying,
    with_length,
)

PIECE = b"x" * 65536
LENGTH = b"Content-Length: 1073741824\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"10000\r\n" + PIECE + b"\r\n"
REFUSAL = JSON_HEAD.replace(b"200 OK", b"401 No")

ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b[31mred\x9b32m\x08\x00"
TITLE = "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07"
INVALID = (
    "Incorrect API key provided: {}. You can find your API key at https://platform.openai.com."
)

MALFORMED = "malformed_response"
TOO_LARGE = "response_too_large"
INVALID_KEY = "invalid_api_key"


def refusing(message: str, **headers: str) -> Reply:
    """The refusal of a key, with words and headers of one's own."""
    return failing(401, message, "invalid_request_error", "invalid_api_key", **headers)


def json_of(body: bytes, status: int = 200) -> Reply:
    """A body that says of itself that it is JSON."""
    return Reply(status, body, {"content-type": "application/json"})


@contextmanager
def bombing(place: Place) -> Iterator[None]:
    """A server whose answer is small on the wire and large when unpacked."""
    with raw(saying(bomb()))(place):
        yield


REFUSED_IN_ESCAPES = with_length(
    json.dumps({"error": {"message": "no", "type": "x", "code": "invalid_api_key"}}).encode(),
    "401 No",
    f"X-Request-Id: {ESCAPES}",
    f"Server: {TITLE}",
)
PAGE_WITH_KEY = f"<html><p>Authorization: Bearer {SECRET}</p></html>".encode()
NONSENSE = {"error": {"message": ["a", {"b": 1}], "type": 7, "code": {"x": []}}}
NO_MODELS = {"data": [None, 7, "x", {"id": None}, {"id": {"a": 1}}, {"no": 1}]}
THOUSANDS = (*(f"model-{number}" for number in range(10_000)), "gpt-5.4-mini")

SIZE = (
    scenario("body_of_a_gigabyte", TOO_LARGE, raw(endless(JSON_HEAD + LENGTH, PIECE))),
    scenario("body_without_end", TOO_LARGE, raw(endless(JSON_HEAD + CHUNKED, CHUNK))),
    scenario(
        "refusal_of_a_gigabyte",
        "invalid_authentication",
        raw(endless(REFUSAL + LENGTH, PIECE)),
        also_right=TOO_LARGE,
    ),
    scenario("gzip_bomb", TOO_LARGE, bombing),
    scenario(
        "headers_without_end",
        MALFORMED,
        raw(endless(JSON_HEAD, b"X-A: again\r\n" * 99)),
        also_right=TOO_LARGE,
    ),
    scenario(
        "header_without_end",
        TOO_LARGE,
        raw(endless(JSON_HEAD + b"X-Long: ", PIECE)),
        also_right=MALFORMED,
    ),
    scenario(
        "status_without_end", TOO_LARGE, raw(endless(b"HTTP/1.1 200 ", PIECE)), also_right=MALFORMED
    ),
    scenario("models_by_the_thousand", HEALTHY, api(Api(models=models(*THOUSANDS)))),
)

TIME = (
    scenario("body_drips", "request_timeout", raw(dripping(JSON_HEAD + LENGTH)), timeout=QUICK),
    scenario(
        "headers_drip",
        "request_timeout",
        raw(dripping(JSON_HEAD + b"X-Long: ", b"x")),
        timeout=QUICK,
    ),
)

ELSEWHERE = (
    scenario(
        "redirect_with_the_key",
        "unexpected_redirect",
        api(leading(307, f"https://collector.example/v1?key={SECRET}")),
        api(None, "collector.example", OTHER_HOST, called="other"),
        nothing_for="other",
    ),
    scenario(
        "redirect_to_plain_http",
        "unexpected_redirect",
        api(leading(308, f"http://{OPENAI}/v1/models")),
        api(None, OPENAI, port=80, shows=None, called="other"),
        nothing_for="other",
    ),
    scenario("redirect_within_the_host", "unexpected_redirect", api(leading(301, "/v1/models/"))),
)

SHOWN = (
    refused("escapes_in_the_message", INVALID_KEY, refusing(INVALID.format(ESCAPES + TITLE))),
    scenario("escapes_in_headers", INVALID_KEY, raw(saying(REFUSED_IN_ESCAPES))),
    scenario(
        "escapes_in_models",
        HEALTHY,
        api(Api(models=models(f"gpt-5.4-mini{ESCAPES}", TITLE), chat=completion())),
    ),
    refused("key_echoed", INVALID_KEY, refusing(INVALID.format(SECRET))),
    refused(
        "key_echoed_in_halves",
        INVALID_KEY,
        refusing(INVALID.format(f"{SECRET[:30]}\n{SECRET[30:]}")),
    ),
    refused(
        "key_echoed_in_headers",
        INVALID_KEY,
        refusing("no", x_request_id=SECRET, openai_organization=SECRET),
    ),
    refused(
        "key_echoed_in_a_page",
        "unexpected_html",
        Reply(200, PAGE_WITH_KEY, {"content-type": "text/html"}),
    ),
    *(
        refused(f"key_echoed_in_part_{at}", INVALID_KEY, refusing(INVALID.format(part)))
        for at, part in enumerate((SECRET[:20], SECRET[9:60], SECRET[20:40], SECRET[-20:]))
    ),
    scenario("key_as_a_model", HEALTHY, api(Api(models=models("gpt-5.4-mini", SECRET)))),
)

SHAPE = (
    scenario("no_http_at_all", MALFORMED, raw(saying(b"\x00\x01\x02garbage\r\n\r\n"))),
    refused(
        "not_utf8", MALFORMED, json_of(b'{"object": "list", "data": [{"id": "\xff\xfe\xc3\x28')
    ),
    scenario(
        "names_not_utf8",
        HEALTHY,
        api(Api(models=json_of(b'{"data": [{"id": "\xff"}, {"id": "gpt-5.4-mini"}]}'))),
    ),
    refused("deep_json", MALFORMED, json_of(b"[" * 200_000 + b"]" * 200_000)),
    refused("deep_refusal", "invalid_authentication", json_of(b'{"error":' * 100_000, 401)),
    refused("types_of_nonsense", "invalid_authentication", reply(NONSENSE, 401)),
    scenario("models_of_nonsense", HEALTHY, api(Api(models=reply(NO_MODELS)))),
)

SCENARIOS = (*SIZE, *TIME, *ELSEWHERE, *SHOWN, *SHAPE)
