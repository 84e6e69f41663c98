"""The second opinion: on answers of the official client, made by hand."""

import pytest
from helpers.plans import (
    context_of,
    error_body,
    exchange,
    found,
    inferred,
    listed,
    settings_of,
)

from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.checks.sdk import check_sdk
from codegpt_doctor.engine.background import Task
from codegpt_doctor.probes.sdk import COMPLETE, LIST, SdkAnswer, ask
from codegpt_doctor.settings.values import Settings

FINE = Plan(models=listed(), inference=inferred())


def saying(*errors: Exception | None) -> Plan:
    answers = [
        SdkAnswer(call, "3.57.0", error)
        for call, error in zip((LIST, COMPLETE), errors, strict=False)
    ]
    return FINE._replace(sdk=Task.done(answers))


def test_the_same_on_both_sides_passes() -> None:
    outcome = check_sdk(context_of(saying(None, None)))
    assert (outcome.status, outcome.summary) == ("pass", "openai 3.57.0 sees the same")


def test_a_client_that_fails_alone_is_a_fault_that_names_both() -> None:
    error = ImportError("Using SOCKS proxy, but the 'socksio' package is not installed.")
    outcome = check_sdk(context_of(saying(error)))
    assert (outcome.status, found(outcome)) == ("fail", "proxy_unreachable")
    assert outcome.summary == "models.list: the SDK sees proxy_unreachable, this run no error"


def test_the_same_refusal_on_both_sides_passes() -> None:
    refused = exchange(401, error_body("invalid_api_key"))
    plan = Plan(models=listed(refused), inference=inferred(refused))
    error = RuntimeError("Error code: 401 - {'error': {'code': 'invalid_api_key'}}")
    answers = [SdkAnswer(LIST, "3.57.0", error), SdkAnswer(COMPLETE, "3.57.0", error)]
    assert check_sdk(context_of(plan._replace(sdk=Task.done(answers)))).status == "pass"


def test_one_that_ran_out_of_time_is_given_more() -> None:
    late = TimeoutError("The read operation timed out")
    for plan in (FINE._replace(sdk=Task(0.0)), saying(None, late)):
        outcome = check_sdk(context_of(plan))
        assert (outcome.status, found(outcome)) == ("fail", "request_timeout")
        assert outcome.finding
        assert outcome.finding.detail.startswith("This run got its answer in 0.1 s.")
        assert outcome.finding.steps == ("Give the run more time.\n    {{command}} --timeout 60",)


def test_one_that_fails_for_no_known_reason_leaves_the_run_open() -> None:
    outcome = check_sdk(context_of(saying(None, RuntimeError("Oh"))))
    assert (outcome.status, outcome.finding) == ("fail", None)


def test_it_is_not_asked_without_a_key_or_a_way() -> None:
    assert check_sdk(context_of(settings=settings_of(key=None))).skipped_because == "key"
    assert check_sdk(context_of(FINE)).skipped_because == "proxy"


def test_a_client_that_cannot_be_made_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "quic://127.0.0.1:1080")
    monkeypatch.setenv("HTTPS_PROXY", "quic://127.0.0.1:1080")
    settings: Settings = settings_of()
    (answer,) = ask(settings, "gpt-4o-mini", 3)
    assert (answer.call, answer.error is None) == (LIST, False)
