"""Is the chosen model in the list: on measurements made by hand."""

import pytest
from helpers.plans import (
    MODEL,
    context_of,
    error_body,
    exchange,
    found,
    inferred,
    listed,
    settings_of,
)

from codegpt_doctor.checks.model import check_model
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.model.report import Outcome
from codegpt_doctor.settings.values import Settings, Value

UNKNOWN = inferred(
    exchange(404, error_body("model_not_found", "The model does not exist"), "POST /chat")
)
REFUSED_AS_ASKED = inferred(exchange(400, error_body("missing_required_parameter"), "POST /chat"))


def choosing(name: str) -> Settings:
    return settings_of(models=(Value(name, "--model"),))


def asked(name: str, inference: object = None, spend: bool = True) -> Outcome:
    plan = Plan(models=listed(), inference=inference or inferred())  # type: ignore[arg-type]
    return check_model(context_of(plan, choosing(name), spend))


def test_one_of_the_list_is_available() -> None:
    assert asked(MODEL).summary == f"{MODEL} is available"


def test_one_that_is_not_listed_but_answers_is_a_warning() -> None:
    outcome = asked("house-model")
    assert (outcome.status, outcome.summary) == (
        "warn",
        "house-model is not in the list, but it works",
    )


def test_one_that_is_unknown_is_the_cause_and_has_neighbors() -> None:
    outcome = asked("gpt-5.4-minni", UNKNOWN)
    assert (outcome.status, found(outcome)) == ("fail", "model_not_found")
    assert outcome.observations == {"nearest": [MODEL, "gpt-5.4"]}


def test_one_that_was_not_asked_has_to_be_in_the_list() -> None:
    outcome = asked("no-such-model", REFUSED_AS_ASKED, spend=False)
    assert (outcome.status, found(outcome)) == ("fail", "model_not_found")
    assert "it answers" not in outcome.summary


def test_of_one_that_was_neither_chosen_nor_asked_nothing_is_said() -> None:
    plan = Plan(models=listed(exchange(200, {"data": [{"id": "llama"}]})), inference=inferred())
    outcome = check_model(context_of(plan, spend=False))
    assert outcome.status == "skip"


def test_another_failure_of_the_model_is_not_blamed_on_the_list() -> None:
    broke = inferred(exchange(429, error_body("insufficient_quota"), "POST /chat"))
    outcome = asked("house-model", broke)
    assert (outcome.status, outcome.finding) == ("warn", None)


@pytest.mark.parametrize("body", [{"data": []}, {"data": [{"no": 1}]}, "<html>"])
def test_without_a_list_there_is_nothing_to_say(body: object) -> None:
    plan = Plan(models=listed(exchange(200, body)), inference=inferred())
    assert check_model(context_of(plan)).status == "skip"


@pytest.mark.parametrize(
    ("ends", "said"),
    [(1798761600, "2027-01-01"), ("2027-03-04T00:00:00Z", "2027-03-04")],
)
def test_one_that_will_be_shut_down_is_a_warning_with_the_day(ends: object, said: str) -> None:
    models = exchange(200, {"data": [{"id": MODEL, "shutdown_date": ends}]})
    outcome = check_model(context_of(Plan(models=listed(models), inference=inferred())))
    assert (outcome.status, found(outcome)) == ("warn", "model_deprecated")
    assert outcome.summary.endswith(f"on {said}")


@pytest.mark.parametrize("ends", [10**30, "soon", None, [], -1])
def test_a_day_of_no_calendar_is_none(ends: object) -> None:
    models = exchange(200, {"data": [{"id": MODEL, "shutdown_date": ends}]})
    assert (
        check_model(context_of(Plan(models=listed(models), inference=inferred()))).finding is None
    )
