"""Values of headers that cannot be right, or that no header can hold."""

import http.client

import pytest

from codegpt_doctor.settings.headers import HeaderFault, judge, judge_id

ORGANIZATION = "org-AbCdEfGhIjKlMnOp"
PROJECT = "proj_AbCdEfGhIjKlMnOp"
WRONG = {
    "a line break at the end": (f"{ORGANIZATION}\n", HeaderFault.LINE_BREAK),
    "a line break within": ("org-a\nb", HeaderFault.LINE_BREAK),
    "a carriage return": (f"{ORGANIZATION}\r", HeaderFault.LINE_BREAK),
    "a line separator": (f"{ORGANIZATION}\u2028", HeaderFault.LINE_BREAK),
    "an ellipsis": ("org-\u2026wxyz", HeaderFault.MASKED),
    "three dots": ("org-...wxyz", HeaderFault.MASKED),
    "stars": ("org-***wxyz", HeaderFault.MASKED),
    "bullets": ("org-\u2022\u2022\u2022\u2022wxyz", HeaderFault.MASKED),
    "a null": (f"{ORGANIZATION}\0", HeaderFault.CONTROL),
    "an escape": (f"\x1b[0m{ORGANIZATION}", HeaderFault.CONTROL),
    "a zero-width space": (f"{ORGANIZATION}\u200b", HeaderFault.NOT_ASCII),
    "a byte order mark": (f"\ufeff{ORGANIZATION}", HeaderFault.NOT_ASCII),
    "another script": ("\u7ec4\u7ec7", HeaderFault.NOT_ASCII),
    "an accent": ("Soci\u00e9t\u00e9", HeaderFault.NOT_ASCII),
    "a dash of a word processor": ("org\u2013AbCdEf", HeaderFault.NOT_ASCII),
    "quotes": (f'"{ORGANIZATION}"', HeaderFault.QUOTES),
    "one quote": (f"{ORGANIZATION}'", HeaderFault.QUOTES),
    "curly quotes": (f"\u201c{ORGANIZATION}\u201d", HeaderFault.QUOTES),
}
WRONG_IDS = {
    "a space before": (f" {ORGANIZATION}", HeaderFault.SPACE),
    "a space behind": (f"{ORGANIZATION} ", HeaderFault.SPACE),
    "a tab": (f"{ORGANIZATION}\t", HeaderFault.SPACE),
    "a name of two words": ("My Company", HeaderFault.SPACE),
    "a project": (PROJECT, HeaderFault.PREFIX),
    "a user": ("user-AbCdEf", HeaderFault.PREFIX),
    "a key": ("sk-proj-AbCdEf", HeaderFault.PREFIX),
}
FINE = (ORGANIZATION, "org-1", "Personal", "house.team-7", "", " ")


@pytest.mark.parametrize(("value", "fault"), WRONG.values(), ids=WRONG)
def test_no_header_can_be_right_with(value: str, fault: HeaderFault) -> None:
    for bad in (judge(value), judge_id(value, "organization")):
        assert bad
        assert bad.kind is fault
        assert bad.words.isprintable()


@pytest.mark.parametrize(("value", "fault"), WRONG_IDS.values(), ids=WRONG_IDS)
def test_no_organization_can_be_right_with(value: str, fault: HeaderFault) -> None:
    bad = judge_id(value, "organization")
    assert bad
    assert bad.kind is fault


@pytest.mark.parametrize("value", FINE)
def test_nothing_is_wrong_with(value: str) -> None:
    assert judge_id(value, "organization") is None


def test_each_id_has_a_prefix_of_its_own() -> None:
    assert judge_id(PROJECT, "project") is None
    assert judge_id(ORGANIZATION, "project")


def test_what_is_let_through_can_be_sent() -> None:
    let_through = 0
    for value in (f"org-{chr(number)}x" for number in range(0x3000)):
        if judge_id(value, "organization") is None:
            connection = http.client.HTTPConnection("127.0.0.1")
            connection.putrequest("GET", "/")
            connection.putheader("OpenAI-Organization", value)
            let_through += 1
    assert 60 < let_through < 128
