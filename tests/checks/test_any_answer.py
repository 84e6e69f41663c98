"""Whatever a server answers, whatever the settings hold: a whole report, in time, and no crash."""

import json
import threading
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from helpers.servers import Listener, listening
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegpt_doctor import doctor
from codegpt_doctor.model.report import Status
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.report_text import report_text
from codegpt_doctor.output.style import Style
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, SearchedKey, Settings, Value

SECRET = "sk-proj-" + "Fz7Qx2Lm9Rt4Zk" * 3
TIMEOUT, SLACK = 3.0, 1.0  # seconds
QUICK, THOROUGH = 40, 800  # runs; tests/fuzz.py makes many more without sockets

WORDS = st.sampled_from(
    [
        *("error", "message", "type", "code", "choices", "delta", "content", "data", "models"),
        *("output", "response", "status", "failed", "usage", "id", "detail", "finish_reason"),
        *("length", "insufficient_quota", "invalid_api_key", "rate limit", "max_tokens", "stream"),
        *("<html>", "<title>", "model_not_found", SECRET, "\x1b[2J", "\u202e", "\ud800", ""),
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=40)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)
STREAMS = st.lists(VALUES, max_size=5).map(
    lambda events: "".join(f"data: {json.dumps(one)}\n\n" for one in events)
)
BODIES = st.one_of(
    VALUES.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")),
    STREAMS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    WORDS.map(lambda word: f"<html><title>{word}</title>".encode("utf-8", "surrogatepass")),
    st.binary(max_size=300),
)
NAMES = st.sampled_from(
    [
        *("Content-Type", "Location", "Retry-After", "Date", "WWW-Authenticate", "Server", "Via"),
        *("Content-Encoding", "Content-Length", "Transfer-Encoding", "X-Request-Id"),
        *("x-ratelimit-limit-requests", "x-ratelimit-remaining-tokens", "openai-organization"),
    ]
)
CONTENTS = st.sampled_from(
    [
        *("text/html", "application/json", "text/event-stream", "gzip", "chunked", "-1", "9" * 40),
        *("Basic realm=x", "/", "http://[", "https://127.0.0.1/v1/models", "6m0s", "nan"),
        *("Sat, 28 Nov 2026 05:00:00 GMT", "Fri, 20 Nov 2026 00:00:00", SECRET),
    ]
) | st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)
STATUSES = st.sampled_from(
    [
        *(200, 200, 200, 201, 204, 301, 307, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429),
        *(500, 502, 503, 504, 511, 520, 599, 999, 100, 103, 0),
    ]
)
HEADERS = st.lists(st.tuples(NAMES, CONTENTS), max_size=5)
WHOLE = st.tuples(STATUSES, HEADERS, BODIES).map(lambda parts: _response(*parts))
RAW = st.binary(max_size=120)
TEXTS = st.text(max_size=30) | WORDS


def _response(status: int, headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status} Any", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join((*lines, "Connection: close", "", "")).encode("latin-1") + body


class Anything:
    """A server that answers in turn what it is given, and the last of it again and again."""

    def __init__(self) -> None:
        self.answers: list[bytes] = [b""]
        self._lock = threading.Lock()

    def __call__(self, connection: Any, _request: bytes, _: Listener) -> None:
        """Answer a request."""
        with self._lock:
            answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        connection.sendall(answer)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Anything]]:
    anything = Anything()
    with listening(anything) as listener:
        yield listener.base_url, anything


def settings_of(url: str, drawn: dict[str, Any]) -> Settings:
    def value(name: str, source: str) -> Value | None:
        return Value(drawn[name], source) if drawn[name] is not None else None

    key = Key(Secret(drawn["key"]), "OPENAI_API_KEY")
    other = Key(Secret(SECRET[::-1]), "OPENAI_API_KEY in .env")
    return Settings(
        drawn["provider"],
        Value(url + drawn["path"], "--base-url"),
        key,
        models=(Value(drawn["model"], "--model"),) if drawn["model"] else (),
        organization=value("organization", "OPENAI_ORG_ID"),
        project=value("project", "--project"),
        direct=True,
        searched=SearchedKey(("OPENAI_API_KEY",), (other,) if drawn["other"] else ()),
    )


SETTINGS = st.fixed_dictionaries(
    {
        "provider": st.sampled_from(["openai", "custom", "anthropic", "google", "ollama"]),
        "path": st.sampled_from(["", "", "", "/", "/models", "?x=1", "#y", "/ü", "/%zz"]),
        "key": st.just(SECRET) | TEXTS,
        "model": st.just("gpt-4o-mini") | st.none() | TEXTS,
        "organization": st.none() | TEXTS,
        "project": st.none() | TEXTS,
        "other": st.booleans(),
        "spend": st.booleans(),
    }
)


def see_that_it_stands(url: str, drawn: dict[str, Any]) -> None:
    """Run, and look at what is told of it."""
    started = monotonic()
    made = settings_of(url, drawn)
    report = doctor.run_check(made, TIMEOUT, drawn["spend"], control=False)
    assert monotonic() - started < TIMEOUT + SLACK
    broken = [(one.id, one.summary) for one in report.checks if one.status is Status.ERROR]
    assert broken == []
    data = report_data(report)
    printed = json.dumps(data, ensure_ascii=False).encode()  # no lone surrogate either
    text = report_text(data, Style(color=False, width=80))
    for said in (printed.decode(), text):
        assert SECRET not in said
        assert "\x1b" not in said


def play(server: tuple[str, Anything], answers: list[bytes], drawn: dict[str, Any]) -> None:
    url, anything = server
    anything.answers = list(answers)
    see_that_it_stands(url, drawn)


ANSWERS = st.lists(WHOLE | RAW, min_size=1, max_size=4)
SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


@pytest.mark.slow
@given(ANSWERS, SETTINGS)
@settings(max_examples=QUICK, deadline=None, suppress_health_check=SLOW)
def test_any_answer_is_told_in_a_whole_report(
    server: tuple[str, Anything], answers: list[bytes], drawn: dict[str, Any]
) -> None:
    play(server, answers, drawn)


@pytest.mark.full
@given(ANSWERS, SETTINGS)
@settings(max_examples=THOROUGH, deadline=None, suppress_health_check=SLOW)
def test_any_answer_of_very_many_is_told_in_a_whole_report(
    server: tuple[str, Anything], answers: list[bytes], drawn: dict[str, Any]
) -> None:
    play(server, answers, drawn)
