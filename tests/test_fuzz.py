"""Runs that are fed with anything hold, in bounded memory; ``tests/fuzz.py`` has how, and more."""

import os

import fuzz
import pytest

MAX_MB = 150
BOUND = 170.0  # seconds in which very many come to an end, or are broken off
MIN_RUNS = 5_000  # even on a machine that is busy with others


def test_a_few_hold() -> None:
    assert fuzz.fuzz(200, seed=7) == (200, "")


@pytest.mark.full
def test_very_many_hold() -> None:
    runs, peak, wrong = fuzz.shares(fuzz.RUNS, BOUND, os.cpu_count() or 1)
    assert wrong == ""
    assert runs >= MIN_RUNS
    assert peak < MAX_MB


def test_what_does_not_hold_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SECRET", "e")  # which every report has
    runs, wrong = fuzz.fuzz(50, seed=7)
    assert runs < 50
    assert "the key is shown" in wrong


def test_what_others_choose_is_drawn_from_and_is_the_same_each_time() -> None:
    drawn = [fuzz.Maker(fuzz.Given(b"\x07\xf3q" * 400)).body() for _ in range(2)]
    assert drawn[0] == drawn[1]
    few = {fuzz.Maker(fuzz.Given(bytes([one, *range(200)]))).setting() for one in range(0, 250, 10)}
    assert len(few) > 3
    assert isinstance(fuzz.Maker(fuzz.Given(b"")).settings().provider, str)
