"""Each row of a table of patterns: its example is found, its counterexample is not."""

import re
from dataclasses import replace

import pytest
from helpers.patterns import tables

from codegpt_doctor.classify.rule import Rule, Table, compiled

TABLES = tables()


def pattern_of(table: Table, row: Rule) -> re.Pattern[str]:
    return compiled(replace(table, rules=(row,)))


@pytest.mark.parametrize("name", TABLES)
class TestTheRowsOfATable:
    def test_find_their_examples(self, name: str) -> None:
        table = TABLES[name]
        missed = [row for row in table.rules if not pattern_of(table, row).search(row.example)]
        assert missed == []

    def test_do_not_find_what_only_looks_like_it(self, name: str) -> None:
        table = TABLES[name]
        looking = [row for row in table.rules if row.counterexample]
        assert not [row for row in looking if pattern_of(table, row).search(row.counterexample)]

    def test_say_why(self, name: str) -> None:
        for row in TABLES[name].rules:
            assert len(row.why.split()) >= 2
            assert row.example != row.counterexample


def test_there_are_rows() -> None:
    assert sum(len(table.rules) for table in TABLES.values()) > 300


def test_a_table_finds_what_any_of_its_rows_does_at_its_places() -> None:
    table = Table((Rule("a", "", "a"), Rule("b", "", "b")), before="^", after="$")
    assert [compiled(table).findall(text) for text in ("a\nb", "ab", "xa")] == [["a", "b"], [], []]
