"""The scripts of the explainer under Node: the answers of Python, in linear time."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from classify import nothing
from classify.client_texts import with_body, without_body
from classify.test_clients import sentences
from classify.test_corpus import FORMS, hard_wrapped, rows
from helpers.parity import (
    NODE,
    answer,
    in_node,
    mangled,
    none_rows,
    plain_events,
    plain_signals,
    wrapped_examples,
)
from helpers.patterns import KNOWN, Attack, attacks, tables
from redact.test_redact import KEYS

from codegpt_doctor import catalogue, redact
from codegpt_doctor.catalogue.steps import in_program, parse
from codegpt_doctor.redact import Scrubber
from docs._builder import browser_rules
from docs._builder.explainer import steps_of

pytestmark = pytest.mark.skipif(not NODE, reason="needs node")

KEY = KEYS["an OpenAI project key"]
QUOTA = "Error code: 429 - {'error': {'code': 'insufficient_quota', 'message': 'No quota left'}}"


def differing(texts: list[str]) -> list[Any]:
    """The texts to which the scripts give another answer: text, Python's, theirs."""
    found = in_node(explain=texts)["explain"]
    pairs = zip(texts, map(answer, texts), found, strict=True)
    return [(text, mine, other) for text, mine, other in pairs if mine != other]


WORDS = ("quota", "credit", "key", "models", "a", "of", "timeout", "hello", "qu\u00f3ta", "429")


class TestTheSameAnswersAsPython:
    def test_on_the_labelled_texts(self) -> None:
        texts = [row["text"] for row in rows()]
        assert len(texts) >= len(catalogue.ids())
        assert differing(texts) == []

    def test_on_everyday_words(self) -> None:
        words = [word for entry_id in catalogue.ids() for word in catalogue.get(entry_id).words]
        assert (
            differing([*words[::7], *(f"My {word}!" for word in words[::13]), "can't connect"])
            == []
        )

    @pytest.mark.full
    def test_on_every_example_in_every_form(self) -> None:
        assert differing(list(wrapped_examples())) == []

    @pytest.mark.full
    def test_on_every_id_code_type_name_and_status(self) -> None:
        values = {row[key] for row in catalogue.table() for key in row if key != "phrase"}
        words = [*map(str, sorted(values, key=str)), *map(str, range(390, 610))]
        spaced = [f"\n {word}\x1c\x85\u2003" for word in words[::7]]
        odd = ["", " ", "None", "undefined", "constructor", "\ufeff429", "42\uff19", "²"]
        odd += ["ECONNRE\u017fET", "__proto__", "toString"]
        assert differing([*words, *(word.lower() for word in words), *spaced, *odd]) == []

    @pytest.mark.full
    def test_on_mutated_texts(self) -> None:
        texts = [*mangled(250), *cut_and_joined(250)]
        assert differing(texts) == []
        assert in_node(signals=texts)["signals"] == [plain_signals(text) for text in texts]
        assert in_node(events=texts)["events"] == [plain_events(text) for text in texts]

    @pytest.mark.slow
    def test_on_what_no_provider_printed(self) -> None:
        texts = [row["text"] for row in none_rows()]
        assert differing(texts) == []
        assert in_node(events=texts)["events"] == [plain_events(text) for text in texts]

    @pytest.mark.full
    def test_on_what_clients_and_people_say(self) -> None:
        said = [str(row["text"]) for row in sentences()]
        said += [text for _, text, _ in (*with_body(), *without_body())]
        assert differing([*said, *(text for _, text in nothing.texts())]) == []

    def test_on_what_is_nearest(self) -> None:
        texts = [entry.summary for entry in catalogue.entries()]
        texts += [*WORDS, *(text.upper() for text in WORDS), "", " \tquota\n"]
        assert in_node(nearest=texts)["nearest"] == [
            list(catalogue.nearest(text)) for text in texts
        ]

    def test_the_steps_have_the_names_and_pages_of_the_provider(self) -> None:
        asked = [
            (entry_id, provider)
            for entry_id in catalogue.ids()
            for provider in (None, *catalogue.variants(entry_id))
        ]
        found = in_node(steps=asked)["steps"]
        assert found == [steps_of(catalogue.prose(str(one[0]), one[1])["Fix"]) for one in asked]

    def test_the_steps_are_those_of_the_program(self) -> None:
        asked = [
            (entry_id, provider, program)
            for entry_id in catalogue.ids()
            for provider in (None, *catalogue.variants(entry_id))
            for program in ("VS Code", "Python", "JetBrains")
        ]
        steps = in_node(steps=asked)["steps"]
        found = [[re.split("\n|```", step)[0] for step in one] for one in steps]
        for (entry_id, provider, program), lines in zip(asked, found, strict=True):
            told = parse(str(catalogue.prose(str(entry_id), provider)["Fix"]))
            assert lines == [step.line for step in in_program(told, program)]

    def test_on_what_is_a_success_in_json_or_nearly_json(self) -> None:
        bodies = [
            f'{{"object": "list", "error": {error}, "data": "exceeded your current quota"}}'
            for error in ("null", "{}", "[]", "0", "-0.0", '""', '"x"', "[0]", "false", "NaN", "01")
        ]
        bodies += ['{"object": "list", "n": ' + "9" * 5000 + ', "m": "invalid_api_key"}']
        assert differing(bodies) == []

    def test_on_a_text_longer_than_what_is_looked_at(self) -> None:
        noise = "".join(f"INFO 🦙 line {number} of a log\n" for number in range(40_000))
        assert differing([noise + QUOTA, QUOTA + noise, noise + QUOTA + noise]) == []

    def test_keys_are_masked_alike(self) -> None:
        forms = [form for form in FORMS if form is not hard_wrapped]  # that divides a key
        texts = [form(f"密钥{key}\uff0cOK {key}") for key in KEYS.values() for form in forms]
        texts += [f"Authorization: Bearer\xa0{KEY[3:]}", f"https://me:{KEY}@host", f"sk-pr…{KEY}"]
        texts += [f"a-{KEYS['a web token']}"]
        masked = in_node(scrub=texts)["scrub"]
        assert masked == list(map(Scrubber().text, texts))
        assert all(key[12:24] not in text for text in masked for key in KEYS.values())

    def test_texts_are_cleaned_alike(self) -> None:
        texts = [*(row["text"] for row in rows()), *mangled(400)]
        assert in_node(scrub=texts)["scrub"] == list(map(Scrubber().text, texts))


def cut_and_joined(count: int) -> Iterator[str]:
    """Pieces of two texts put together, always the same ones."""
    chance = random.Random("joined")
    texts = [row["text"] for row in rows()]
    for _ in range(count):
        one, other = chance.choice(texts), chance.choice(texts)
        start, end = chance.randint(0, len(one)), chance.randint(0, len(other))
        yield one[start:] + chance.choice(("", " ", "\n", "\n\n", r"\n")) + other[:end]


def test_a_row_of_a_table_finds_the_same() -> None:
    """The browser's own patterns are made of these rows; so each row is tried in its language."""
    asked, expected = [], []
    for table in tables().values():
        for row in table.rules:
            flags = "".join(name for name, flag in FLAGS.items() if table.flags & flag)
            source = table.before + f"(?:{row.pattern})" + table.after
            asked += [[source, flags, row.example], [source, flags, row.counterexample]]
            expected += [True, False]
    assert in_node(finds=asked)["finds"] == expected


FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE}


def paths(value: Any, path: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that the browser gets, by where they stand in its rules."""
    if isinstance(value, re.Pattern):
        yield path, value
    elif isinstance(value, dict | list | tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from paths(item, f"{path}.{key}")


RULES = {**browser_rules.rules(), "redact": redact.rules()}
PATTERNS = dict(found for part, rules in RULES.items() for found in paths(rules, part))
SIZES = (20_000, 80_000)  # characters
LEAST = 60  # milliseconds; what takes less is quick enough, whatever the ratio
MAX_RATIO = 9  # of the times of the two; 4 is linear, 16 quadratic


def slow(asked: list[tuple[str, Attack]]) -> list[tuple[str, Attack]]:
    """The steps whose time grows faster than the text; what is slow by chance is so but once."""
    left = asked
    for _ in range(3):
        given = [{"step": step, **vars(attack), "sizes": SIZES} for step, attack in left]
        times = in_node(times=given)["times"]
        left = [
            one
            for one, (small, large) in zip(left, times, strict=True)
            if large > max(LEAST, MAX_RATIO * small)
        ]
    return left


@pytest.mark.slow
def test_every_pattern_is_linear() -> None:
    asked = [
        (path, attack)
        for path, pattern in PATTERNS.items()
        for attack in {*attacks(pattern), *KNOWN}
    ]
    assert len(PATTERNS) > 25
    assert slow(asked) == []


@pytest.mark.slow
@pytest.mark.parametrize("step", ["explain", "scrub"])
def test_a_whole_step_is_linear(step: str) -> None:
    assert slow([(step, attack) for attack in KNOWN]) == []
