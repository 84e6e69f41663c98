"""What a text is taken apart into, whose each piece is, and how much of it counts."""

import json
from typing import Any

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.classify import classify_text, whose
from codegpt_doctor.classify.answers import SHAPES, Shape, answers, without
from codegpt_doctor.classify.events import read
from codegpt_doctor.classify.hosts import hosts
from codegpt_doctor.classify.roots import MOVES, Move
from codegpt_doctor.classify.telling import told
from codegpt_doctor.classify.whose import VERDICTS

REFUSED = "Error: connect ECONNREFUSED 127.0.0.1:6379"
LIMIT = "openai.RateLimitError: Error code: 429 - {'error': {'code': 'rate_limit_exceeded'}}"


@pytest.mark.parametrize("row", VERDICTS, ids=lambda row: row.why)
def test_a_verdict_is_that_of_its_example(row: whose.Verdict) -> None:
    (event,) = read(row.example).events or (None,)
    counts = event.counts if event else whose.NOTHING
    assert counts == row.counts


HOSTS = (
    ("POST https://api.groq.com/openai/v1/models", "api.groq.com", None, "provider"),
    ("see https://console.groq.com/keys", "console.groq.com", None, "site"),
    ("curl: (6) Could not resolve host: github.com", "github.com", None, "other"),
    ("HTTPSConnectionPool(host='packages.example', port=443)", "packages.example", 443, "other"),
    ("Cannot connect to host api.github.com:443 ssl:default", "api.github.com", 443, "other"),
    ("wget: unable to resolve host address 'example.org'", "example.org", None, "other"),
    ("dial tcp: lookup example.org on 10.0.0.2:53: no such host", "example.org", None, "other"),
    ("POST https://llm.example.org/v1/chat/completions", "llm.example.org", None, "llm"),
    ("connect ECONNREFUSED ::1:11434", "::1", 11434, "own"),
    ("Failed to connect to localhost/127.0.0.1:1234", "localhost", 1234, "own"),
    ("connect ENETUNREACH 192.0.2.1:443", "192.0.2.1", 443, "address"),
    (
        "connect ENETUNREACH 2001:db8:44::6812:252:443 - Local (:::0)",
        "2001:db8:44::6812:252:443",
        None,
        "address",
    ),
    ("Bad credentials 401 api.groq.com", "api.groq.com", None, "provider"),
    ("the OpenAI base url is https://chat.example.com", "chat.example.com", None, "llm"),
    ("OPENAI_BASE_URL=https://chat.example.com", "chat.example.com", None, "llm"),
    ("baseURL: 'https://shop.example.com'", "shop.example.com", None, "other"),
    (
        "https://bedrock-runtime.eu.amazonaws.com/x",
        "bedrock-runtime.eu.amazonaws.com",
        None,
        "provider",
    ),
)


@pytest.mark.parametrize(("text", "name", "port", "kind"), HOSTS, ids=[row[0] for row in HOSTS])
def test_a_host_is_read_in_any_form(text: str, name: str, port: int | None, kind: str) -> None:
    assert (name, port, kind) in [(host.name, host.port, host.whose) for host in hosts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "curl: (7) Failed to connect to proxy.corp.example port 8080",
        "Uses proxy env variable HTTPS_PROXY == 'http://gw.corp.example:3128'",
        "More details here: https://curl.se/docs/sslcerts.html",
        "learn more at https://docs.example.org/errors",
        "at Object.<anonymous> (/app/main.js:443:20)",
        "read tcp 192.168.0.5:51234->192.0.2.9",
    ],
)
def test_what_was_not_asked_is_no_host(text: str) -> None:
    assert list(hosts(text)) == []


class TestPieces:
    def test_each_is_judged_by_what_it_names(self) -> None:
        text = f"{REFUSED}\n\n{LIMIT}"
        assert [event.counts for event in read(text).events] == [whose.NOTHING, whose.LLM]
        match = classify_text(text)
        assert match
        assert match.id == "rate_limit_unspecified"

    def test_a_piece_without_marks_is_taken_as_the_others_are(self) -> None:
        bare = "HTTP/1.1 401 Unauthorized"
        assert read(bare).events[0].counts == whose.ALL
        beside = read(f"psql: error: x\n\n{bare}").events
        assert [event.counts for event in beside] == [whose.NOTHING, whose.CODES]

    def test_a_chain_of_exceptions_is_one(self) -> None:
        chain = (
            "Traceback (most recent call last):\nConnectionRefusedError: [Errno 111] Refused\n\n"
            "During handling of the above exception, another exception occurred:\n\n"
            "Traceback (most recent call last):\nopenai.APIConnectionError: Connection error."
        )
        assert len(read(chain).events) == 1

    def test_records_of_a_log_are_many(self) -> None:
        log = "2026-11-28 08:00:00 INFO a\n2026-11-28 08:00:01 ERROR b\n  more of b"
        assert [event.text[-1] for event in read(log).events] == ["a", "b"]
        assert [event.line for event in read(log).events] == [1, 2]


class TestAnswers:
    @pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.why)
    def test_the_example_of_a_shape_is_one(self, shape: Shape) -> None:
        (span,) = answers(shape.example)
        assert span[1] == len(shape.example)

    @pytest.mark.parametrize("space", [None, 2])
    def test_what_one_talks_about_is_nothing(self, space: int | None) -> None:
        said = 'One.\n\n2. "insufficient_quota": it\'s {used} up'
        body = {"id": "chatcmpl-1", "choices": [{"message": {"content": said}}], "error": None}
        assert classify_text(json.dumps(body, indent=space)) is None
        assert classify_text(f"{body!r}") is None

    def test_what_failed_is_none(self) -> None:
        assert answers('{"choices": [{"error": {"code": 502}}]}') == []
        assert answers('{"object": "error", "message": "no"}') == []

    def test_the_rest_of_the_text_stays(self) -> None:
        text = 'before {"role": "user", "content": "429"} after'
        assert without(text, answers(text)) == "before  after"


@pytest.mark.parametrize("row", MOVES, ids=lambda row: row.why)
def test_a_fault_is_more_exactly_what_the_host_tells(row: Move) -> None:
    match = classify_text(row.example)
    assert match
    assert match.id == row.meant


PROVIDERS = (
    ("POST https://api.deepseek.com/chat/completions 402 Insufficient Balance", "deepseek"),
    ('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', "anthropic"),
    ("openai.AuthenticationError: Error code: 401", "openai"),
    ("https://llm.example.org/v1/chat/completions: 401 Incorrect API key provided", "custom"),
    ("Ollama: connect ECONNREFUSED 127.0.0.1:11434", "ollama"),
    ("You exceeded your current quota. https://ai.google.dev/gemini-api/docs", "google"),
    ("Error: connect ECONNREFUSED 127.0.0.1:443", None),
    (
        '2026-11-29 10:00:00 INFO GET https://api.groq.com/openai/v1/models "HTTP/1.1 200 OK"\n'
        '2026-11-29 10:00:01 INFO POST https://api.openai.com/v1/responses "HTTP/1.1 429 Too Many"',
        "openai",
    ),
)


@pytest.mark.parametrize(("text", "provider"), PROVIDERS, ids=[row[0] for row in PROVIDERS])
def test_the_provider_is_told_by_host_words_or_name(text: str, provider: str | None) -> None:
    match = classify_text(text)
    assert match
    assert match.provider == provider


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_a_variant_is_its_own_provider_s_where_its_host_was_asked(entry_id: str) -> None:
    for provider in catalogue.variants(entry_id):
        example = catalogue.get(entry_id, provider).example
        data = catalogue.providers()[provider]
        known = data.get("hosts", ())
        if "body" not in example or not known or "{" in known[0] or data.get("local"):
            continue
        text = f"> POST https://{known[0]}/v1\nHTTP/1.1 {example['status']}\n\n{example['body']}"
        match = classify_text(text)
        assert match, provider
        assert (match.id, match.provider) == (entry_id, provider)


class TestWhatWasRead:
    def test_every_piece_is_told_with_why(self) -> None:
        pieces: list[Any] = told(f"{REFUSED}\n\n{LIMIT}\n\nexcept openai.APIError:\n")
        assert [piece["counts"] for piece in pieces] == ["nothing", "all", "nothing"]
        assert pieces[0]["hosts"][0]["port"] == 6379
        assert pieces[1]["codes"] == ["rate_limit_exceeded"]
        assert pieces[1]["statuses"] == [429]
        assert "openai" in pieces[1]["providers"]
        assert all(piece["why"] for piece in pieces)


class TestNearest:
    def test_everyday_words_lead_to_an_entry(self) -> None:
        asked = "my company firewall intercepts https certificates"
        assert catalogue.nearest(asked)[0] == "tls_untrusted_certificate"

    @pytest.mark.parametrize("text", ["", "Segmentation fault (core dumped)", "hello world foo"])
    def test_where_little_is_alike_there_is_none(self, text: str) -> None:
        assert catalogue.nearest(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "request to https://api.openai.com/v1/chat/completions failed: read ECONNRESET\n"
        "Retrying in 2 s\n"
        "request to https://api.openai.com/v1/chat/completions failed: read ETIMEDOUT!\n"
        "Retrying in 4 s",
        "Retry 1 of https://api.openai.com/v1/chat/completions after ECONNRESET\n"
        "Retry 2 of https://api.openai.com/v1/chat/completions after ECONNRESET\nGave up",
        f"{'=' * 80}\n{'name of a test':_^80}\n{'=' * 80}",
    ],
)
def test_unwrapping_changes_nothing_in_a_log_that_is_not_wrapped(text: str) -> None:
    assert read(text).heard(whose.NOTHING) == text or "===" in text
    assert "ECONNRESETRe" not in read(text).heard(whose.NOTHING)
