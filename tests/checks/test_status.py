"""Does the provider report an incident: on answers of its status page, made by hand."""

import pytest
from helpers.plans import context_of, exchange, settings_of

from codegpt_doctor.checks.status import check_status, judge_page
from codegpt_doctor.model.report import CheckResult, Finding, Stage, Status

PAGE = {
    "status": {"indicator": "major", "description": "Partial outage"},
    "incidents": [{"name": " Elevated errors "}, {"no": 1}, 5],
}


def test_an_incident_is_a_warning_and_named() -> None:
    outcome = judge_page(exchange(200, PAGE))
    assert (outcome.status, outcome.summary) == ("warn", "the provider reports: Elevated errors")
    assert outcome.observations == {"incidents": ["Elevated errors"]}


def test_none_passes() -> None:
    assert judge_page(exchange(200, {"status": {"indicator": "none"}})).status == "pass"


@pytest.mark.parametrize("incidents", [None, [], 5, {"a": 1}, [None]])
def test_one_without_a_name_is_described(incidents: object) -> None:
    outcome = judge_page(exchange(200, {**PAGE, "incidents": incidents}))
    assert outcome.summary == "the provider reports: Partial outage"


@pytest.mark.parametrize("body", ["<html>", [], {"status": "fine"}, {"status": {}}])
def test_a_page_that_cannot_be_read_says_nothing(body: object) -> None:
    assert judge_page(exchange(200, body)).status == "skip"


@pytest.mark.parametrize(
    ("url", "control", "finding", "because"),
    [
        ("https://llm.example.net/v1", True, "server_error", "the base URL is not the provider's"),
        ("https://api.openai.com/v1", False, "server_error", "turned off"),
        ("https://api.openai.com/v1", True, "invalid_api_key", "nothing failed on the provider's"),
    ],
)
def test_it_is_asked_only_when_its_side_may_have_failed(
    url: str, control: bool, finding: str, because: str
) -> None:
    failed = CheckResult("auth", "", Stage.AUTH, Status.FAIL, "", Finding(finding))
    context = context_of(settings=settings_of(url), control=control, results={"auth": failed})
    outcome = check_status(context)
    assert outcome.status == "skip"
    assert str(outcome.skipped_because).startswith(because)
