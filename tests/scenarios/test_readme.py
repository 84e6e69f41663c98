"""The list of what was attacked names only what exists, and leaves no number out."""

import re
from itertools import groupby
from pathlib import Path
from string import ascii_lowercase

from scenarios.everything import BY_NAME

README = Path(__file__).with_name("README.md")
TESTS = Path(__file__).parent.parent
ROW = re.compile(r"^\|(?: (\d+)([a-z]?) \|)?[^|]+\|(.+)\|$", re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")


def rows() -> list[tuple[str, str, list[str]]]:
    """The number of each row, the letter of its case, and what it names."""
    found = ROW.findall(README.read_text(encoding="utf-8"))
    return [(number, case, names) for number, case, held in found if (names := NAMED.findall(held))]


def exists(name: str) -> bool:
    """Whether there is such a scenario, such a file of tests, or such a test in one."""
    file, _, test = name.partition("::")
    if not file.endswith(".py"):
        return name in BY_NAME
    path = TESTS / file
    return path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))


def test_what_it_names_exists() -> None:
    named = [name for *_, names in rows() for name in names]
    assert [name for name in named if not exists(name)] == []
    assert len(named) > 250
    assert not exists("no_such_scenario")
    assert not exists("net/test_client.py::test_no_such_thing")


def test_no_number_is_left_out() -> None:
    told = [number for number, _, _ in rows() if number]
    numbers = [int(number) for number, _ in groupby(told)]
    assert numbers == [*range(1, 26), *range(1, 20), *range(1, 21)]


def test_no_case_is_left_out() -> None:
    numbered = (row for row in rows() if row[0])
    for number, group in groupby(numbered, lambda row: row[0]):
        cases = [case for _, case, _ in group]
        assert cases in ([""], [*ascii_lowercase[: len(cases)]]), number
