"""Requests, lists and answers of every wire format, at the addresses that people enter."""

import json
from datetime import date

import pytest

from codegpt_doctor.providers.dialects import DIALECTS, dialect_at
from codegpt_doctor.providers.dialects.azure import deployment_in
from codegpt_doctor.providers.dialects.wire import Answer, Model, Request
from codegpt_doctor.providers.provider import Provider, all_providers, load

AZURE = "https://mine.openai.azure.com"
DEPLOYMENT = f"{AZURE}/openai/deployments/small"
BEDROCK = "https://bedrock-runtime.eu-west-1.amazonaws.com"
GOOGLE = "https://generativelanguage.googleapis.com"
LOCAL = "http://127.0.0.1:11434"


def asked(provider: str, base_url: str, **changes: bool) -> tuple[Request | None, Request]:
    """What a provider is asked at an address: for its list, and for an answer."""
    known = load(provider)
    dialect = dialect_at(known, base_url)
    return (
        dialect.list_request(known, base_url),
        dialect.inference_request(known, base_url, "small:1", **changes),
    )


@pytest.mark.parametrize(
    ("provider", "base_url", "listed", "inferred"),
    [
        ("openai", "https://api.openai.com/v1", "/v1/models", "/v1/chat/completions"),
        ("openai", "https://api.openai.com/v1/", "/v1/models", "/v1/chat/completions"),
        ("openai", "https://api.openai.com", "/models", "/chat/completions"),
        ("groq", "https://api.groq.com/openai/v1", "/openai/v1/models", None),
        ("deepseek", "https://api.deepseek.com", "/models", "/chat/completions"),
        ("deepseek", "https://api.deepseek.com/v1", "/v1/models", "/v1/chat/completions"),
        ("custom", "https://llm.example/v1", "/v1/models", "/v1/chat/completions"),
        ("custom", "https://llm.example/v1/models", "/v1/models/models", None),
        ("anthropic", "https://api.anthropic.com", "/v1/models", "/v1/messages"),
        ("anthropic", "https://api.anthropic.com/v1", "/v1/models", "/v1/messages"),
        ("anthropic", "https://llm.example/anthropic", None, "/anthropic/v1/messages"),
        ("google", GOOGLE, "/v1beta/models", "/v1beta/models/small%3A1:generateContent"),
        ("google", f"{GOOGLE}/v1beta", "/v1beta/models", None),
        ("google", f"{GOOGLE}/v1", "/v1/models", "/v1/models/small%3A1:generateContent"),
        ("google", f"{GOOGLE}/v1beta/openai", "/v1beta/openai/models", None),
        ("google", f"{GOOGLE}/v1beta/openai/", None, "/v1beta/openai/chat/completions"),
        ("cohere", "https://api.cohere.com", "/v1/models", "/v2/chat"),
        ("cohere", "https://api.cohere.com/v2", "/v1/models", "/v2/chat"),
        (
            "cohere",
            "https://api.cohere.ai/compatibility/v1",
            "/compatibility/v1/models",
            "/compatibility/v1/chat/completions",
        ),
        ("bedrock", BEDROCK, None, "/model/small%3A1/converse"),
        ("bedrock", f"{BEDROCK}/openai/v1", "/openai/v1/models", "/openai/v1/chat/completions"),
        ("azure", AZURE, "/openai/v1/models", "/openai/v1/chat/completions"),
        ("azure", f"{AZURE}/openai/v1", "/openai/v1/models", "/openai/v1/chat/completions"),
        ("azure", f"{AZURE}/openai/", "/openai/v1/models", None),
        (
            "azure",
            f"{DEPLOYMENT}/chat/completions?api-version=2024-06-01",
            "/openai/models",
            "/openai/deployments/small/chat/completions",
        ),
        ("azure", DEPLOYMENT, None, "/openai/deployments/small/chat/completions"),
        ("ollama", LOCAL, "/api/tags", "/api/chat"),
        ("ollama", f"{LOCAL}/v1", "/v1/models", "/v1/chat/completions"),
    ],
)
def test_an_address_is_taken_as_it_is_entered(
    provider: str, base_url: str, listed: str | None, inferred: str | None
) -> None:
    for_list, for_answer = asked(provider, base_url)
    if listed:
        assert for_list
        assert (for_list.method, for_list.path) == ("GET", listed)
    if inferred:
        assert (for_answer.method, for_answer.path) == ("POST", inferred)


def test_a_version_is_added_only_where_the_provider_does_without() -> None:
    local = load("custom")._replace(
        dialect="openai",
        base_url=f"{LOCAL}/v1",
        version_path="/v1",
    )
    for base_url in (LOCAL, f"{LOCAL}/v1", f"{LOCAL}/"):
        request = DIALECTS["openai"].list_request(local, base_url)
        assert request
        assert request.path == "/v1/models"


def test_the_query_of_an_address_goes_along() -> None:
    for_list, for_answer = asked("azure", f"{DEPLOYMENT}/chat/completions?api-version=2024-06-01")
    assert for_list
    assert for_list.params == for_answer.params == {"api-version": "2024-06-01"}
    _, without = asked("azure", DEPLOYMENT)
    assert without.params == {"api-version": "2024-10-21"}
    _, new = asked("azure", AZURE)
    assert new.params == {}


def test_an_address_of_azure_may_name_the_deployment() -> None:
    assert deployment_in(f"{DEPLOYMENT}/chat/completions?api-version=2024-06-01") == "small"
    assert deployment_in(f"{AZURE}/openai/v1") == ""


HI = [{"role": "user", "content": "hi"}]


@pytest.mark.parametrize(
    ("provider", "base_url", "body"),
    [
        ("openai", "", {"model": "small:1", "messages": HI, "max_completion_tokens": 16}),
        ("anthropic", "", {"model": "small:1", "messages": HI, "max_tokens": 1}),
        (
            "google",
            "",
            {
                "contents": [{"role": "user", "parts": [{"text": "hi"}]}],
                "generationConfig": {"maxOutputTokens": 16},
            },
        ),
        ("cohere", "", {"model": "small:1", "messages": HI, "max_tokens": 16}),
        (
            "bedrock",
            "",
            {
                "messages": [{"role": "user", "content": [{"text": "hi"}]}],
                "inferenceConfig": {"maxTokens": 16},
            },
        ),
        ("azure", AZURE, {"model": "small:1", "messages": HI, "max_completion_tokens": 16}),
        (
            "ollama",
            LOCAL,
            {"model": "small:1", "messages": HI, "stream": False, "options": {"num_predict": 16}},
        ),
        (
            "perplexity",
            "",
            {"model": "small:1", "input": "hi", "max_output_tokens": 16, "store": False},
        ),
    ],
)
def test_the_smallest_request(provider: str, base_url: str, body: object) -> None:
    known = load(provider)
    tokens = known.inference._replace(max_tokens=1 if provider == "anthropic" else 16)
    known = known._replace(inference=tokens)
    address = base_url or known.base_url
    request = dialect_at(known, address).inference_request(known, address, "small:1")
    assert request.body == body
    limited = dialect_at(known, address).inference_request(known, address, "m", limit=3)
    assert "3" in json.dumps(limited.body)


@pytest.mark.parametrize("provider", all_providers(), ids=lambda one: one.id)
def test_every_provider_can_be_asked_for_a_stream(provider: Provider) -> None:
    address = provider.base_url or AZURE
    dialect = dialect_at(provider, address)
    plain = dialect.inference_request(provider, address, "m")
    stream = dialect.inference_request(provider, address, "m", stream=True)
    assert plain != stream or provider.dialect == "bedrock"
    assert json.loads(json.dumps(stream.body)) == stream.body


def test_google_streams_at_a_path_of_its_own() -> None:
    _, request = asked("google", GOOGLE, stream=True)
    assert request.path.endswith(":streamGenerateContent")
    assert request.params == {"alt": "sse"}


class TestKeys:
    @pytest.mark.parametrize(
        ("provider", "base_url", "headers"),
        [
            ("openai", "https://api.openai.com/v1", {"Authorization": "Bearer k"}),
            (
                "anthropic",
                "https://api.anthropic.com",
                {"x-api-key": "k", "anthropic-version": "2023-06-01"},
            ),
            ("google", GOOGLE, {"x-goog-api-key": "k"}),
            ("google", f"{GOOGLE}/v1beta/openai", {"Authorization": "Bearer k"}),
            ("azure", f"{AZURE}/openai/v1", {"api-key": "k"}),
            ("bedrock", BEDROCK, {"Authorization": "Bearer k"}),
            ("cohere", "https://api.cohere.com", {"Authorization": "Bearer k"}),
            ("ollama", LOCAL, {"Authorization": "Bearer k"}),
        ],
    )
    def test_a_key_goes_along(self, provider: str, base_url: str, headers: dict[str, str]) -> None:
        known = load(provider)
        assert dialect_at(known, base_url).auth_headers(known, "k") == headers

    def test_without_a_key_only_the_fixed_headers_go_along(self) -> None:
        known = load("anthropic")
        sent = dialect_at(known, known.base_url).auth_headers(known, None)
        assert sent == {"anthropic-version": "2023-06-01"}

    def test_a_token_of_a_sign_in_at_azure(self) -> None:
        known = load("azure")
        sent = dialect_at(known, AZURE).auth_headers(known, "eyJ0.eyJ1.x")
        assert sent == {"Authorization": "Bearer eyJ0.eyJ1.x"}


@pytest.mark.parametrize(
    ("dialect", "body", "models"),
    [
        (
            "openai",
            {"object": "list", "data": [{"id": "a"}, {"id": "b", "shutdown_date": "2026-12-11"}]},
            [Model("a"), Model("b", date(2026, 12, 11))],
        ),
        ("openai", [{"id": "a", "object": "model"}], [Model("a")]),
        ("openai", {"data": []}, []),
        ("openai", {"error": "no"}, None),
        (
            "anthropic",
            {
                "data": [
                    {"type": "model", "id": "claude-x", "retires_at": "2027-01-02T00:00:00Z"},
                    {"type": "model", "id": "claude-y", "retires_at": None},
                ],
                "has_more": False,
            },
            [Model("claude-x", date(2027, 1, 2), chats=True), Model("claude-y", chats=True)],
        ),
        (
            "google",
            {
                "models": [
                    {"name": "models/g", "supportedGenerationMethods": ["generateContent"]},
                    {"name": "models/e", "supportedGenerationMethods": ["embedContent"]},
                ]
            },
            [Model("g", chats=True), Model("e", chats=False)],
        ),
        (
            "cohere",
            {"models": [{"name": "command", "endpoints": ["chat"]}, {"name": "embed"}]},
            [Model("command", chats=True), Model("embed")],
        ),
        (
            "bedrock",
            {"modelSummaries": [{"modelId": "nova", "outputModalities": ["TEXT"]}]},
            [Model("nova", chats=True)],
        ),
        (
            "ollama",
            {"models": [{"name": "llama3.2:latest", "size": 1}]},
            [Model("llama3.2:latest")],
        ),
        ("ollama", {"models": None}, None),
    ],
)
def test_a_list_of_models(dialect: str, body: object, models: list[Model] | None) -> None:
    assert DIALECTS[dialect].read_models(json.dumps(body)) == models


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("body", ["", "null", "7", "<html>", "Ollama is running", '{"error": "x"}'])
def test_what_is_no_list_and_no_answer(dialect: str, body: str) -> None:
    assert DIALECTS[dialect].read_models(body) is None
    assert DIALECTS[dialect].read_answer(body) is None


def sse(*events: object) -> str:
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events)


ANSWERS: dict[str, tuple[str, str, Answer]] = {
    "chat": (
        "openai",
        json.dumps({"choices": [{"message": {"content": "Hi."}, "finish_reason": "stop"}]}),
        Answer("Hi.", finished=True),
    ),
    "chat, cut by the limit without a word": (
        "openai",
        json.dumps({"choices": [{"message": {"content": ""}, "finish_reason": "length"}]}),
        Answer("", finished=True),
    ),
    "chat in parts: Mistral": (
        "openai",
        json.dumps({"choices": [{"message": {"content": [{"type": "text", "text": "Hi"}]}}]}),
        Answer("Hi", finished=False),
    ),
    "chat, refused": (
        "openai",
        json.dumps({"choices": [{"message": {"content": None, "refusal": "No."}}]}),
        Answer("No.", finished=False, refused=True),
    ),
    "chat, filtered: Azure": (
        "azure",
        json.dumps({"choices": [{"message": {}, "finish_reason": "content_filter"}]}),
        Answer("", finished=True, refused=True),
    ),
    "chat, streamed, with comments: DeepSeek, OpenRouter": (
        "openai",
        ": keep-alive\n\n"
        + sse(
            {"choices": [{"delta": {"role": "assistant", "content": ""}}]},
            {"choices": [{"delta": {"content": "H"}}]},
            {"choices": [{"delta": {"content": "i"}, "finish_reason": "stop"}]},
            {"choices": [], "usage": {}},
        )
        + "data: [DONE]\n\n",
        Answer("Hi", finished=True),
    ),
    "chat, streamed, its beginning": (
        "openai",
        sse({"choices": [{"delta": {"content": "H"}}]}) + 'data: {"choi',
        Answer("H", finished=False),
    ),
    "responses": (
        "openai-responses",
        json.dumps(
            {
                "object": "response",
                "status": "completed",
                "output": [{"content": [{"type": "output_text", "text": "Hi"}]}],
            }
        ),
        Answer("Hi", finished=True),
    ),
    "responses, streamed": (
        "openai-responses",
        sse(
            {"type": "response.created", "response": {}},
            {"type": "response.output_text.delta", "delta": "Hi"},
            {"type": "response.completed", "response": {}},
        ),
        Answer("Hi", finished=True),
    ),
    "messages": (
        "anthropic",
        json.dumps(
            {
                "type": "message",
                "content": [{"type": "text", "text": "Hi"}],
                "stop_reason": "max_tokens",
            }
        ),
        Answer("Hi", finished=True),
    ),
    "messages, refused": (
        "anthropic",
        json.dumps({"type": "message", "content": [], "stop_reason": "refusal"}),
        Answer("", finished=True, refused=True),
    ),
    "messages, streamed": (
        "anthropic",
        sse(
            {"type": "message_start", "message": {}},
            {"type": "ping"},
            {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hi"}},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
            {"type": "message_stop"},
        ),
        Answer("Hi", finished=True),
    ),
    "content": (
        "google",
        json.dumps(
            {"candidates": [{"content": {"parts": [{"text": "Hi"}]}, "finishReason": "STOP"}]}
        ),
        Answer("Hi", finished=True),
    ),
    "content, blocked": (
        "google",
        json.dumps({"promptFeedback": {"blockReason": "SAFETY"}}),
        Answer("", finished=True, refused=True),
    ),
    "content, streamed as an array": (
        "google",
        json.dumps(
            [
                {"candidates": [{"content": {"parts": [{"text": "H"}]}}]},
                {"candidates": [{"content": {"parts": [{"text": "i"}]}, "finishReason": "STOP"}]},
            ]
        ),
        Answer("Hi", finished=True),
    ),
    "second chat": (
        "cohere",
        json.dumps(
            {
                "finish_reason": "MAX_TOKENS",
                "message": {"role": "assistant", "content": [{"type": "text", "text": "Hi"}]},
            }
        ),
        Answer("Hi", finished=True),
    ),
    "second chat, streamed": (
        "cohere",
        sse(
            {"type": "message-start"},
            {"type": "content-delta", "delta": {"message": {"content": {"text": "Hi"}}}},
            {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}},
        ),
        Answer("Hi", finished=True),
    ),
    "converse": (
        "bedrock",
        json.dumps(
            {"output": {"message": {"content": [{"text": "Hi"}]}}, "stopReason": "max_tokens"}
        ),
        Answer("Hi", finished=True),
    ),
    "converse, filtered": (
        "bedrock",
        json.dumps({"output": {"message": {"content": []}}, "stopReason": "guardrail_intervened"}),
        Answer("", finished=True, refused=True),
    ),
    "own chat": (
        "ollama",
        json.dumps({"message": {"content": "Hi"}, "done": True, "done_reason": "stop"}),
        Answer("Hi", finished=True),
    ),
    "own chat, streamed": (
        "ollama",
        '{"message": {"content": "H"}, "done": false}\n{"message": {"content": "i"}, "done": true}',
        Answer("Hi", finished=True),
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer(name: str) -> None:
    dialect, body, expected = ANSWERS[name]
    seen = DIALECTS[dialect].read_answer(body)
    assert seen is not None
    assert (seen.text, seen.finished, seen.refused) == expected[:3]


def test_an_error_is_read_by_every_format() -> None:
    for dialect in DIALECTS.values():
        error = dialect.read_error(401, {}, '{"error": {"message": "no", "type": "t"}}')
        assert error
        assert error.message == "no"
