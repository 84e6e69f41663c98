"""Does the model answer: on measurements made by hand."""

import pytest
from helpers.plans import (
    ANSWER,
    MODEL,
    RESET,
    broken,
    context_of,
    error_body,
    exchange,
    found,
    inferred,
    listed,
    result,
    settings_of,
)

from codegpt_doctor.checks.inference import check_inference
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.model.observation import Failure
from codegpt_doctor.model.report import Outcome, Stage, Status

CHAT = "POST /chat/completions"
SLOW = exchange(200, ANSWER, CHAT, duration_ms=12_000)
GONE = exchange(404, error_body("model_not_found", "The model `x` does not exist"), CHAT)
FINE = exchange(200, ANSWER, CHAT)


def asked(*attempts: object, **further: object) -> Outcome:
    plan = Plan(
        models=listed(),
        inference=inferred(*attempts),  # type: ignore[arg-type]
        further={name: inferred(one) for name, one in further.items()},  # type: ignore[arg-type]
    )
    return check_inference(context_of(plan))


def test_an_answer_is_told_with_what_it_took() -> None:
    outcome = asked()
    assert outcome.summary == f"{MODEL} answered in 120 ms, using 9 tokens"
    assert outcome.observations == {"attempts": [f"{CHAT}: 200"], "latency_ms": 120}
    assert outcome.measured_ms == 120


def test_the_last_attempt_counts_and_all_are_told() -> None:
    refused = exchange(400, error_body("unsupported_parameter"), CHAT)
    outcome = asked(refused, exchange(200, ANSWER, "POST /responses"))
    assert outcome.status == "pass"
    assert outcome.summary.endswith("through /responses only")
    attempts = [f"{CHAT}: 400", "POST /responses: 200"]
    assert outcome.observations == {"attempts": attempts, "latency_ms": 120}


def test_a_refusal_is_told_with_how_long_to_wait() -> None:
    limited = exchange(429, error_body("rate_limit_exceeded"), CHAT, {"retry-after": "7"})
    outcome = asked(limited)
    assert (outcome.status, found(outcome)) == ("fail", "rate_limit_unspecified")
    assert outcome.observations == {"status": 429, "retry_after_s": 7.0}
    assert outcome.finding
    assert outcome.finding.steps[0].startswith("Wait 7 s, as the server asks")
    assert asked(limited._replace(headers={})).finding.steps == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("status", [405, 501])
def test_a_server_that_takes_no_such_request_has_no_such_endpoint(status: int) -> None:
    page = exchange(
        status, "<title>Unsupported method</title>", CHAT, {"content-type": "text/html"}
    )
    assert found(asked(page)) == "endpoint_not_found"


def test_a_port_on_which_no_http_is_spoken_is_the_wrong_one() -> None:
    outcome = asked(broken(Failure(Stage.HTTP, "BadStatusLine", "SSH-2.0"), CHAT))
    assert outcome.finding
    assert "does not speak HTTP" in outcome.finding.detail
    assert outcome.finding.steps == ("Use the host and the port of the API in the base URL.",)


def test_a_proxy_that_only_passed_it_on_has_not_said_it() -> None:
    refusal = exchange(401, error_body("invalid_api_key"), CHAT)
    for header, named in (({"via": "1.1 squid"}, False), ({"server": "squid/5.7"}, True)):
        finding = asked(refusal._replace(headers=header)).finding
        assert finding
        assert ("comes from a proxy" in finding.detail) is named


def test_a_connection_that_broke_is_the_cause() -> None:
    outcome = asked(broken(RESET, CHAT))
    assert (outcome.status, found(outcome)) == ("fail", "connection_reset")
    assert outcome.finding
    assert outcome.finding.stage is Stage.HTTP


def test_silence_of_the_model_alone_is_said() -> None:
    silent = broken(Failure(Stage.HTTP, "ETIMEDOUT", "timed out"), CHAT)
    plan = Plan(models=listed(), inference=inferred(silent))
    outcome = check_inference(context_of(plan, results={"auth": result("auth")}))
    assert outcome.finding
    assert "gets no response" in outcome.finding.detail


def test_a_failure_that_passed_is_a_warning_that_names_it() -> None:
    second = FINE._replace(first_attempt=exchange(503, "busy", CHAT))
    outcome = asked(second)
    assert (outcome.status, found(outcome)) == ("warn", "service_unavailable")


def test_a_slow_answer_is_a_warning() -> None:
    assert found(asked(SLOW)) == "slow_response"


def test_without_spending_only_the_key_was_tested() -> None:
    refused = exchange(400, error_body("missing_required_parameter"), CHAT)
    plan = Plan(models=listed(), inference=inferred(refused))
    own = settings_of("https://api.openai.com/v1")
    outcome = check_inference(context_of(plan, own, spend=False))
    assert (outcome.status, "no model was run" in outcome.summary) == ("pass", True)
    elsewhere = check_inference(context_of(plan, spend=False))
    assert (elsewhere.status, "proves nothing" in elsewhere.summary) == ("skip", True)


class TestSeveralModels:
    @pytest.mark.parametrize("first", [FINE, SLOW])
    @pytest.mark.parametrize("second", [FINE, SLOW])
    def test_one_that_fails_is_worse_than_one_that_warns(
        self, first: object, second: object
    ) -> None:
        outcome = asked(first, other=GONE, third=second)
        assert (outcome.status, found(outcome)) == ("fail", "model_not_found")
        assert outcome.finding
        assert outcome.finding.detail == f"The problem is with other. Working: {MODEL}, third."

    def test_one_that_warns_is_worse_than_one_that_answers(self) -> None:
        outcome = asked(FINE, other=SLOW)
        assert (outcome.status, found(outcome)) == ("warn", "slow_response")
        assert set(outcome.observations) == {MODEL, "other"}

    def test_all_that_answer_pass(self) -> None:
        assert asked(FINE, other=FINE).status is Status.PASS


def test_without_a_key_nothing_is_asked() -> None:
    outcome = check_inference(context_of(settings=settings_of(key=None)))
    assert (outcome.status, outcome.skipped_because) == ("skip", "key")
