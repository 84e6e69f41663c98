"""What clients, systems and people print and write in the world, and what only looks like it."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from classify.client_texts import WITH_BODY, WITHOUT_BODY, with_body, without_body
from classify.nothing import texts

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain

SENTENCES = Path(__file__).with_name("sentences.jsonl")  # of systems, clients and people


def sentences() -> list[dict[str, object]]:
    """The sentences, each with the ids that are right and of which kind it is."""
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def named(text: str) -> str:
    match = explain(text).match
    return match.id if match else "none"


def wrong(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The clients whose texts are not what is expected, with what is expected and what is found."""
    found = ((client, expected, named(text)) for client, text, expected in rows)
    return [(client, expected, got) for client, expected, got in found if got != expected]


@pytest.mark.slow
def test_an_answer_is_read_as_each_client_prints_it() -> None:
    assert len(WITH_BODY) > 50
    missed = wrong(with_body())
    # the generic class of Azure's SDK for all its services is no proof of a server of models
    assert missed == [("Azure SDK for Python", "server_error", "none")]


def test_a_status_is_read_as_each_client_prints_it() -> None:
    assert len(WITHOUT_BODY) > 30
    assert wrong(without_body()) == []


@pytest.mark.slow
def test_a_sentence_is_understood_in_every_language() -> None:
    rows = sentences()
    missed = [
        (row["kind"], row["expected"], got, row["text"])
        for row in rows
        if (got := named(str(row["text"]))) not in (row["expected"], *row["also"])  # type: ignore[misc]
    ]
    assert len(rows) > 550
    assert {row["expected"] for row in rows} <= set(catalogue.ids())
    assert len(missed) <= 2, missed


def test_the_provider_of_a_sentence_is_told() -> None:
    rows = [row for row in sentences() if "provider" in row]
    found = [(explain(str(row["text"])).match, row) for row in rows]
    assert len(rows) > 50
    assert [row for match, row in found if not match or match.provider != row["provider"]] == []


@pytest.mark.slow
def test_what_only_names_an_error_is_none() -> None:
    found = [(kind, got, text) for kind, text in texts() if (got := named(text)) != "none"]
    assert found == []
