"""What holds for any text: nothing breaks, and what was cleaned stays clean."""

import html
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegpt_doctor import catalogue, explain
from codegpt_doctor.classify import classify_response, classify_text
from codegpt_doctor.classify.events import read
from codegpt_doctor.classify.matching import Signals
from codegpt_doctor.classify.normalize import MAX, normalize
from codegpt_doctor.classify.signals import quote, signals_of

MORE = settings(max_examples=200, deadline=None, derandomize=True, database=None)
# pieces of which errors are made, and what stands between them in the worst of logs
PIECES = (
    *(
        "Error code: 429",
        "HTTP/1.1 401 ",
        '"code": ',
        "'type': '",
        "insufficient_quota",
        "ECONNRESET",
    ),
    *(
        "openai.",
        "https://api.openai.com/v1",
        "http://",
        "npm error ",
        "Traceback",
        "    at ",
        "import ",
    ),
    *(
        "\n",
        "\r\n",
        "\\n",
        '\\"',
        "\\u001b[31m",
        "\x1b[0m",
        "&quot;",
        "&amp;",
        "\x00",
        "\ud83e",
        "🦙",
    ),
    *(
        "worker-1  | ",
        "2026-11-23T08:00:00Z ",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "é",
        "\u2028",
        "x" * 80,
    ),
)
TEXTS = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)
)
SHORT_LINES = st.lists(st.sampled_from(PIECES[:-1]), max_size=3).map("".join)  # none is a wrap


@pytest.mark.slow
@MORE
@given(TEXTS)
def test_a_text_is_named_or_not_and_breaks_nothing(text: str) -> None:
    match = classify_text(text)
    assert match is None or match.id in catalogue.ids()
    assert explain(text.encode("utf-8", "replace")).also is not None


@MORE
@given(st.integers(100, 599), TEXTS)
def test_a_response_is_named_or_not_and_breaks_nothing(status: int, body: str) -> None:
    match = classify_response(status, body)
    assert match is None or match.id in catalogue.ids()


@MORE
@given(TEXTS)
def test_signals_are_of_the_text(text: str) -> None:
    heard = read(text).heard()
    said = signals_of(heard)
    assert said == signals_of(read(text).heard())
    plain = normalize(text)
    assert all(word in plain for word in (*said.codes, *said.types, *said.names))
    assert all(100 <= status <= 599 for status in said.statuses)
    assert not any(character.isspace() for character in said.squeezed)


@MORE
@given(TEXTS)
def test_what_is_normal_has_nothing_that_only_a_screen_needs(text: str) -> None:
    plain = normalize(text)
    assert not set(plain) & set("\x00\x07\x1b\r\u200b\u2028\ufeff\xa0")
    assert len(plain) <= max(len(text), MAX)


@MORE
@given(SHORT_LINES, st.integers(0, 2))
def test_what_is_normal_stays_as_it_is(text: str, rounds: int) -> None:
    for _ in range(rounds):
        text = json.dumps(html.escape(text))
    once = normalize(text)
    assert normalize(once) == once


def test_what_is_too_long_is_cut_once() -> None:
    once = normalize("start\n" + "word \n" * MAX + "end")
    assert normalize(once) == once
    assert once.startswith("start")
    assert once.endswith("end")


@MORE
@given(TEXTS)
def test_a_quotation_is_one_line_without_what_steers_a_terminal(text: str) -> None:
    said = quote(("429",), normalize(text))
    assert not set(said) & set("\n\r\x1b\x00\u2028")
    assert len(said) <= 160


def test_no_text_has_no_signals() -> None:
    assert signals_of(read("").heard()) == Signals()
