"""Errors in every form that the facts document, as the providers print them; keys are masked."""

import json
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from codegpt_doctor.providers.dialects.errors import read_error
from codegpt_doctor.providers.dialects.wire import ApiError


class Case(NamedTuple):
    """A response, and what it tells."""

    status: int
    body: object
    expected: ApiError | None
    headers: Mapping[str, str] = {}


GOOGLE_KEY = {
    "error": {
        "code": 400,
        "message": "API key not valid. Please pass a valid API key.",
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
        ],
    }
}
GOOGLE_QUOTA = {
    "error": {
        "code": 429,
        "message": "You exceeded your current quota. Please retry in 58.8s.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": []},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "58s"},
        ],
    }
}
TITLE = "401 Authorization Required"
HTML = f"<html>\r\n<head><title>{TITLE}</title></head>\r\n<body>openresty</body></html>"
UPSTREAM = {"error": {"message": "The model is overloaded.", "code": 503, "status": "UNAVAILABLE"}}

CASES = {
    "wrapped: OpenAI, Groq": Case(
        401,
        {"error": {"message": "Invalid API Key", "type": "x", "code": "invalid_api_key"}},
        ApiError("Invalid API Key", "x", "invalid_api_key", 401),
    ),
    "wrapped, no code: Anthropic": Case(
        401,
        {
            "type": "error",
            "error": {"type": "authentication_error", "message": "invalid x-api-key"},
        },
        ApiError("invalid x-api-key", "authentication_error", "", 401),
    ),
    "wrapped, with a number: OpenRouter": Case(
        402,
        {"error": {"code": 402, "message": "This request requires more credits"}},
        ApiError("This request requires more credits", "", "402", 402),
    ),
    "unwrapped: Mistral": Case(
        400,
        {
            "object": "error",
            "message": "Invalid model: x",
            "type": "invalid_model",
            "param": None,
            "code": "1500",
        },
        ApiError("Invalid model: x", "invalid_model", "1500", 400),
    ),
    "unwrapped: Cerebras": Case(
        401,
        {
            "message": "Wrong API Key",
            "type": "invalid_request_error",
            "param": "api_key",
            "code": "wrong_api_key",
        },
        ApiError("Wrong API Key", "invalid_request_error", "wrong_api_key", 401),
    ),
    "unwrapped, message alone: Cohere": Case(
        401,
        {"id": "0", "message": "invalid api token"},
        ApiError("invalid api token", "", "", 401),
    ),
    "array: Google": Case(
        400,
        [GOOGLE_KEY],
        ApiError(
            "API key not valid. Please pass a valid API key.",
            "INVALID_ARGUMENT",
            "API_KEY_INVALID",
            400,
        ),
    ),
    "details with a delay: Google": Case(
        429,
        GOOGLE_QUOTA,
        ApiError(
            "You exceeded your current quota. Please retry in 58.8s.",
            "RESOURCE_EXHAUSTED",
            "429",
            429,
            58.0,
        ),
    ),
    "text: Hugging Face": Case(
        401,
        {"error": "Invalid credentials in Authorization header"},
        ApiError("Invalid credentials in Authorization header", "", "", 401),
    ),
    "text with a code: xAI": Case(
        403,
        {"code": "The caller does not have permission", "error": "Your team has used all credits"},
        ApiError("Your team has used all credits", "", "The caller does not have permission", 403),
    ),
    "text, and where to sign in: Ollama": Case(
        401,
        {"error": "unauthorized", "signin_url": "https://ollama.com/connect"},
        ApiError("unauthorized", "", "", 401),
    ),
    "detail: Mistral": Case(401, {"detail": "Unauthorized"}, ApiError("Unauthorized", "", "", 401)),
    "detail as a list: FastAPI": Case(
        422,
        {
            "detail": [
                {
                    "type": "extra_forbidden",
                    "loc": ["body", "max_completion_tokens"],
                    "msg": "Extra inputs are not permitted",
                    "input": 16,
                }
            ]
        },
        ApiError(
            "max_completion_tokens: Extra inputs are not permitted", "extra_forbidden", "", 422
        ),
    ),
    "problem of RFC 7807: NVIDIA": Case(
        403,
        {
            "type": "about:blank",
            "status": 403,
            "title": "Forbidden",
            "detail": "Authorization failed",
        },
        ApiError("Authorization failed", "Forbidden", "", 403),
    ),
    "Message: AWS": Case(
        403,
        {"Message": "Authentication failed: Please make sure your API Key is valid."},
        ApiError(
            "Authentication failed: Please make sure your API Key is valid.",
            "AccessDeniedException",
            "",
            403,
        ),
        {"x-amzn-ErrorType": "AccessDeniedException:http://internal.amazon.com/coral/"},
    ),
    "message and a type in the body: AWS": Case(
        429,
        {"__type": "com.amazon#ThrottlingException", "message": "Too many tokens"},
        ApiError("Too many tokens", "ThrottlingException", "", 429),
    ),
    "JSON within the text of another error": Case(
        502,
        {"error": {"message": json.dumps(UPSTREAM), "type": "upstream_error"}},
        ApiError("The model is overloaded.", "UNAVAILABLE", "503", 502),
    ),
    "JSON within the metadata: OpenRouter": Case(
        200,
        {
            "error": {
                "code": 429,
                "message": "Provider returned error",
                "metadata": {"raw": json.dumps({"error": {"message": "slow", "type": "rate"}})},
            }
        },
        ApiError("slow", "rate", "429", 200),
    ),
    "a page: Perplexity": Case(401, HTML, ApiError(TITLE, "", "", 401)),
    "a page that seemed good": Case(200, HTML, ApiError(TITLE, "", "", 401)),
    "plain text: Docker": Case(404, "model not found\n", ApiError("model not found", "", "", 404)),
    "nothing at all": Case(503, "", ApiError("", "", "", 503)),
    "a form that nobody knows": Case(500, {"oops": 1}, ApiError("", "", "", 500)),
    "within a good response: OpenRouter": Case(
        200,
        {"error": {"code": 502, "message": "Provider disconnected"}},
        ApiError("Provider disconnected", "", "502", 502),
    ),
    "within a good response: LM Studio": Case(
        200,
        {"error": "Unexpected endpoint or method. (GET /models)"},
        ApiError("Unexpected endpoint or method. (GET /models)", "", "", 200),
    ),
    "within a stream: Anthropic": Case(
        200,
        'event: message_start\ndata: {"type": "message_start", "message": {}}\n\n'
        'event: error\ndata: {"type": "error", "error": '
        '{"type": "overloaded_error", "message": "Overloaded"}}\n\n',
        ApiError("Overloaded", "overloaded_error", "", 200),
    ),
    "within a stream: responses": Case(
        200,
        'data: {"type": "response.created", "response": {"error": null}}\n\n'
        'data: {"type": "response.failed", "response": {"error": '
        '{"code": "rate_limit_exceeded", "message": "Too fast"}}}\n\n',
        ApiError("Too fast", "", "rate_limit_exceeded", 200),
    ),
    "an answer": Case(200, {"choices": [{"message": {"content": "hi"}}], "error": None}, None),
    "a list": Case(200, {"object": "list", "data": []}, None),
    "a page that is good": Case(200, "<html><title>Welcome</title></html>", None),
    "text that is good": Case(200, "Ollama is running", None),
}


@pytest.mark.parametrize("name", CASES)
def test_an_error_is_read_in_its_form(name: str) -> None:
    case = CASES[name]
    body = case.body if isinstance(case.body, str) else json.dumps(case.body)
    assert read_error(case.status, case.headers, body) == case.expected


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "7", "retry-after-ms": "6500"}, 6.5),
        (
            {
                "date": "Sat, 28 Nov 2026 06:00:00 GMT",
                "retry-after": "Sat, 28 Nov 2026 06:01:30 GMT",
            },
            90.0,
        ),
        ({"retry-after": "Sat, 28 Nov 2026 06:01:30 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_told_by_headers(headers: dict[str, str], seconds: float | None) -> None:
    error = read_error(429, headers, '{"error": "slow down"}')
    assert error
    assert error.retry_after == seconds


def test_errors_within_errors_end_somewhere() -> None:
    body = "deep"
    for _ in range(12):
        body = json.dumps({"error": {"message": body}})
    assert read_error(500, {}, body)


def test_a_deep_array_is_no_trap() -> None:
    assert read_error(500, {}, "[" * 100_000)
