"""What no provider of LLMs printed: real output of programs and of clients whose request worked."""

import json
from collections import Counter
from pathlib import Path

from helpers.each import each

from codegpt_doctor.classify import classify_text

NONE = Path(__file__).with_name("none.jsonl")


def none_rows() -> list[dict[str, str]]:
    """The texts, each with what printed it and of which kind it is."""
    return [json.loads(line) for line in NONE.read_text(encoding="utf-8").splitlines()]


ROWS = none_rows()


def test_there_are_many_texts_of_many_kinds() -> None:
    kinds = Counter(row["kind"] for row in ROWS)
    assert len(ROWS) > 300
    assert {"a good answer", "a stream", "answer of another service", "tempting"} <= set(kinds)
    assert len(kinds) > 8


@each(ROWS, lambda row: row["printed_by"])
def test_a_text_of_nobody_is_not_recognised(row: dict[str, str]) -> None:
    match = classify_text(row["text"])
    assert match is None, match
