"""Which version is older."""

import pytest

from codegpt_doctor.editor.versions import is_older, numbers


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.96.0", (1, 96, 0)),
        ("^1.96.0", (1, 96, 0)),
        (">=1.90", (1, 90, 0)),
        ("1.105.0-insider", (1, 105, 0)),
        ("1.104.26450", (1, 104, 26450)),
        ("*", None),
        ("", None),
    ],
)
def test_the_numbers_of_a_version(text: str, parts: tuple[int, int, int] | None) -> None:
    assert numbers(text) == parts


@pytest.mark.parametrize(
    ("version", "least", "older"),
    [
        ("1.95.3", "^1.96.0", True),
        ("1.96.0", "^1.96.0", False),
        ("1.104.2", "^1.96.0", False),
        ("0.99.0", "1.0.0", True),
        ("3.9.1", "3.24.64", True),
        (None, "^1.96.0", False),
        ("nightly", "^1.96.0", False),
        ("1.0.0", "*", False),
    ],
)
def test_an_older_one_is_told_by_its_numbers(version: str | None, least: str, older: bool) -> None:
    assert is_older(version, least) is older
