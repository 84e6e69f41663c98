"""No text takes more than linear time, whoever wrote it: a server, a file, a person."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from time import process_time

import pytest
from helpers.patterns import KNOWN, Attack, attacks, attacks_of_example, patterns, tables

from codegpt_doctor.classify import classify_response, classify_text
from codegpt_doctor.classify.rule import compiled
from codegpt_doctor.editor import jsonc
from codegpt_doctor.redact import Scrubber, Secret, keys_in

SMALL, LARGE = 20_000, 80_000  # characters
LEAST = 0.03  # seconds; what takes less is quick enough, whatever the ratio
MAX_RATIO = 9  # of the times of the two; 4 is linear, 16 quadratic
MAX = 0.25  # seconds for the small text
PATTERNS = patterns()
TABLES = tables()

Work = Callable[[str], object]


def seconds(work: Work, text: str) -> float:
    started = process_time()
    work(text)
    return process_time() - started


def is_slow(work: Work, attack: Attack, tries: int = 3) -> bool:
    """Whether the time grows faster than the text; what is slow by chance is so but once."""
    small, large = attack.text(SMALL), attack.text(LARGE)
    for _ in range(tries):
        once = min(seconds(work, small) for _ in range(2))  # what else runs can only slow it down
        if once > MAX:
            return True
        if once < LEAST / 30 or seconds(work, large) < max(LEAST, MAX_RATIO * once):
            return False
    return True


def slow(work: Work, inputs: Iterable[Attack]) -> Attack | None:
    """The first text on which it is slow."""
    return next((attack for attack in inputs if is_slow(work, attack)), None)


def find_all(pattern: re.Pattern[str]) -> Work:
    return lambda text: sum(1 for _ in pattern.finditer(text))


@pytest.mark.full
@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear_on_its_own_parts_and_on_what_was_slow_once(name: str) -> None:
    pattern = PATTERNS[name]
    assert slow(find_all(pattern), {*attacks(pattern), *KNOWN}) is None


@pytest.mark.parametrize("name", TABLES)
def test_a_row_is_linear_on_its_own_example(name: str) -> None:
    table = TABLES[name]
    for row in table.rules:
        pattern = compiled(replace(table, rules=(row,)))
        assert slow(find_all(pattern), attacks_of_example(row.example)) is None, row.why


@pytest.mark.slow
def test_no_quadratic_loop_of_a_pattern_is_overlooked() -> None:
    pattern = re.compile(r"start[\w:]+end", re.ASCII)
    assert any(is_slow(find_all(pattern), attack, tries=1) for attack in attacks(pattern))


def test_the_walk_finds_the_patterns_and_the_tables() -> None:
    assert len(PATTERNS) > 50
    assert {"redact.keys", "editor.jsonc._COMMENT", "classify.not_errors.LINES"} <= {
        *PATTERNS,
        *TABLES,
    }


@pytest.mark.sampled(2)
@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [
        r"^\S+ - \S* ?\[[^\]\n]+\] x",
        r"^(?:\s+at )",
        r"/packages/\S+\.whl",
        r"\bhttps?://(?![^\s]*/v1\b)x",
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ",
        r'"(?:\\.|[^"\\\n])*"',
        r"[\w.+-]+@[\w-]+",
    ],
)
def test_a_quadratic_pattern_would_be_found(pattern: str) -> None:
    work = find_all(re.compile(pattern, re.MULTILINE | re.ASCII))
    assert any(is_slow(work, attack, tries=1) for attack in KNOWN)


SECRET = Secret("sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G")
WORKS: dict[str, Work] = {
    "explain": classify_text,
    "explain a body": lambda text: classify_response(200, f'{{"error": {{"message": "{text}"}}}}'),
    "mask": Scrubber([SECRET]).text,
    "look for keys": keys_in,
    "read settings": lambda text: _read(text),  # noqa: PLW0108 - it is defined below
}


def _read(text: str) -> None:
    try:
        jsonc.loads(text)
    except ValueError:
        return


@pytest.mark.slow
@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_a_whole_step_is_linear(work: Work) -> None:
    assert slow(work, KNOWN) is None
