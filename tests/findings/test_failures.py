"""The table of failures: every row leads to an entry, and no kind to a guess."""

import errno
import inspect
import re
from itertools import product
from pathlib import Path

import pytest
from helpers.each import each

import codegpt_doctor
from codegpt_doctor import catalogue
from codegpt_doctor.findings.failures import TABLE, Row, entry_of, match_of
from codegpt_doctor.model.observation import Failure
from codegpt_doctor.model.report import Stage

PACKAGE = Path(codegpt_doctor.__file__).parent


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.entry_id} {row.kinds[0]}")
def test_a_row_leads_to_an_entry_and_says_why(row: Row) -> None:
    assert row.entry_id in catalogue.ids()
    assert len(row.why) > 20
    assert row.stages
    assert row.kinds


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.entry_id} {row.kinds[0]}")
def test_no_row_stands_in_the_shadow_of_an_earlier_one(row: Row) -> None:
    kinds = [kind.replace("*", "X") for kind in row.kinds]
    found = {entry_of(Failure(stage, kind, "")) for stage in row.stages for kind in kinds}
    assert row.entry_id in found


@each(product((Stage.TCP, Stage.TLS, Stage.HTTP), sorted(errno.errorcode)))
def test_a_number_without_a_row_is_no_guess(case: tuple[Stage, int]) -> None:
    stage, number = case
    failure = Failure(stage, errno.errorcode[number], "connection refused, invalid API key, 429")
    match = match_of(failure)
    if entry_of(failure) is None:
        assert match is None or (match.id, match.confidence) == ("connection_error", "likely")
        assert (match is None) == (stage is Stage.HTTP)


@pytest.mark.parametrize("stage", list(Stage))
def test_the_words_of_a_failure_decide_nothing(stage: Stage) -> None:
    words = "getaddrinfo ENOTFOUND; 401 invalid_api_key; certificate has expired; ECONNREFUSED"
    for kind in ("ECONNRESET", "Unheard", "ssl.NO_CIPHERS_AVAILABLE", "EAI_AGAIN", "407"):
        told = match_of(Failure(stage, kind, words)), match_of(Failure(stage, kind, ""))
        assert told[0] == told[1]


def test_no_failure_is_ever_read_as_text() -> None:
    """Only what others wrote is classified: bodies, pages and what the official client raises."""
    readers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.parent.name not in ("classify", "cli")
        and re.search(r"\bclassify_(?:text|exception|object)\b", path.read_text(encoding="utf-8"))
    }
    assert readers == {"api.py", "checks/sdk.py"}


def test_the_table_is_short_enough_to_be_read() -> None:
    assert 20 <= len(TABLE) <= 32
    assert "why" in inspect.signature(Row).parameters
