"""The list of what was attacked names only what exists, and leaves no number out."""

import re
from pathlib import Path

from scenarios.everything import BY_NAME

README = Path(__file__).with_name("README.md")
TESTS = Path(__file__).parent.parent
ROW = re.compile(r"^\|(?: (\d+) \|)?[^|]+\|(.+)\|$", re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")


def rows() -> list[tuple[str, list[str]]]:
    """The number of each row, and what it names."""
    found = ROW.findall(README.read_text(encoding="utf-8"))
    return [(number, names) for number, held in found if (names := NAMED.findall(held))]


def exists(name: str) -> bool:
    """Whether there is such a scenario, such a file of tests, or such a test in one."""
    file, _, test = name.partition("::")
    if not file.endswith(".py"):
        return name in BY_NAME
    path = TESTS / file
    return path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))


def test_what_it_names_exists() -> None:
    named = [name for _, names in rows() for name in names]
    assert [name for name in named if not exists(name)] == []
    assert len(named) > 150
    assert not exists("no_such_scenario")
    assert not exists("net/test_client.py::test_no_such_thing")


def test_no_number_is_left_out() -> None:
    numbers = [int(number) for number, _ in rows() if number]
    assert numbers == [*range(1, 26), *range(1, 16)]
