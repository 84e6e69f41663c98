"""Each row of a table of patterns: its example is found, its counterexample is not."""

import re
from dataclasses import replace

import pytest
from helpers.patterns import tables

from codegpt_doctor.classify.rule import Rule, Table, compiled

ROWS = [(name, table, row) for name, table in tables().items() for row in table.rules]


def pattern_of(table: Table, row: Rule) -> re.Pattern[str]:
    return compiled(replace(table, rules=(row,)))


@pytest.mark.parametrize(
    ("name", "table", "row"), ROWS, ids=[f"{name}: {row.why}" for name, _, row in ROWS]
)
class TestARow:
    def test_finds_its_example(self, name: str, table: Table, row: Rule) -> None:
        assert pattern_of(table, row).search(row.example)

    def test_does_not_find_what_only_looks_like_it(
        self, name: str, table: Table, row: Rule
    ) -> None:
        if row.counterexample:
            assert not pattern_of(table, row).search(row.counterexample)

    def test_says_why(self, name: str, table: Table, row: Rule) -> None:
        assert len(row.why.split()) >= 2
        assert row.example != row.counterexample


def test_there_are_rows() -> None:
    assert len(ROWS) > 70


def test_a_table_finds_what_any_of_its_rows_does_at_its_places() -> None:
    table = Table((Rule("a", "", "a"), Rule("b", "", "b")), before="^", after="$")
    assert [compiled(table).findall(text) for text in ("a\nb", "ab", "xa")] == [["a", "b"], [], []]
