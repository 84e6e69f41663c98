"""One root cause from many results: the order of blame, on results made by hand."""

from collections.abc import Sequence

import pytest

from codegpt_doctor.doctor import path_checks
from codegpt_doctor.engine.diagnose import diagnose
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import CheckResult, Diagnosis, Finding, Health, Stage, Status

IDS = [check.id for check in path_checks()]


def result(
    check_id: str,
    status: Status = Status.PASS,
    finding: str | Finding | None = None,
    because: str | None = None,
) -> CheckResult:
    check = next(check for check in path_checks() if check.id == check_id)
    found = (
        Finding(finding, (Evidence(check_id, finding),)) if isinstance(finding, str) else finding
    )
    return CheckResult(check.id, check.title, check.stage, status, "", found, because)


def run(**changed: CheckResult) -> list[CheckResult]:
    """The results of a run in which all passes but what is changed."""
    return [changed.get(check_id, result(check_id)) for check_id in IDS]


def failed(check_id: str, finding: str | Finding | None) -> CheckResult:
    return result(check_id, Status.FAIL, finding)


def skipped(check_id: str, because: str) -> CheckResult:
    return result(check_id, Status.SKIP, None, because)


def root(results: Sequence[CheckResult]) -> Diagnosis:
    health, diagnosis = diagnose(results)
    assert health is Health.PROBLEM
    assert diagnosis
    return diagnosis


class TestWithoutAFailure:
    def test_a_run_in_which_the_model_answered_is_healthy(self) -> None:
        assert diagnose(run()) == (Health.HEALTHY, None)

    def test_warnings_leave_it_healthy(self) -> None:
        warned = run(http=result("http", Status.WARN, "slow_response"))
        assert diagnose(warned) == (Health.HEALTHY, None)

    def test_a_model_that_answered_slowly_answered(self) -> None:
        slow = run(inference=result("inference", Status.WARN, "slow_response"))
        assert diagnose(slow) == (Health.HEALTHY, None)

    def test_without_an_answer_of_the_model_nothing_is_proved(self) -> None:
        assert diagnose(run(inference=skipped("inference", "key"))) == (Health.INCONCLUSIVE, None)

    def test_a_check_that_broke_leaves_it_open(self) -> None:
        assert diagnose(run(limits=result("limits", Status.ERROR))) == (Health.INCONCLUSIVE, None)

    def test_no_results_are_no_health(self) -> None:
        assert diagnose([]) == (Health.INCONCLUSIVE, None)


class TestTheRoot:
    def test_is_the_first_that_fails_on_the_path(self) -> None:
        results = run(
            dns=failed("dns", "dns_failure"),
            tcp=failed("tcp", "connection_refused"),
            inference=failed("inference", "insufficient_quota"),
        )
        assert root(results).finding.id == "dns_failure"

    @pytest.mark.parametrize("check_id", IDS)
    def test_has_the_stage_that_the_catalogue_gives_it(self, check_id: str) -> None:
        diagnosis = root(run(**{check_id: failed(check_id, "insufficient_quota")}))
        assert diagnosis.stage is Stage.BILLING

    @pytest.mark.parametrize("finding", ["connection_reset", "request_timeout", "server_error"])
    @pytest.mark.parametrize("check_id", ["tcp", "tls", "http", "inference"])
    def test_is_where_it_was_met_when_it_can_be_met_anywhere(
        self, check_id: str, finding: str
    ) -> None:
        diagnosis = root(run(**{check_id: failed(check_id, finding)}))
        assert diagnosis.stage == next(one.stage for one in path_checks() if one.id == check_id)

    def test_is_where_the_request_itself_failed(self) -> None:
        finding = Finding("connection_reset", stage=Stage.TLS)
        assert root(run(http=failed("http", finding))).stage is Stage.TLS

    def test_a_failure_that_was_not_recognised_is_not_guessed(self) -> None:
        assert diagnose(run(inference=failed("inference", None))) == (Health.INCONCLUSIVE, None)

    def test_one_that_was_not_recognised_hides_no_later_guess(self) -> None:
        results = run(auth=failed("auth", None), inference=failed("inference", "server_error"))
        assert diagnose(results) == (Health.INCONCLUSIVE, None)

    def test_goes_before_a_warning_that_came_earlier(self) -> None:
        results = run(
            http=result("http", Status.WARN, "slow_response"),
            inference=failed("inference", "insufficient_quota"),
        )
        diagnosis = root(results)
        assert diagnosis.finding.id == "insufficient_quota"
        assert diagnosis.also == ("slow_response",)


class TestWhatItExplains:
    def test_are_the_checks_that_it_made_meaningless(self) -> None:
        results = run(
            dns=failed("dns", "dns_failure"),
            **{name: skipped(name, "dns") for name in ("tcp", "tls", "http", "auth", "inference")},
            billing=skipped("billing", "needs an admin key"),
        )
        assert root(results).explains == ("tcp", "tls", "http", "auth", "inference")

    def test_are_later_failures_of_the_same_error(self) -> None:
        results = run(
            auth=failed("auth", "invalid_api_key"), inference=failed("inference", "invalid_api_key")
        )
        diagnosis = root(results)
        assert (diagnosis.explains, diagnosis.also) == (("inference",), ())

    def test_are_not_later_failures_of_another_error(self) -> None:
        results = run(
            auth=failed("auth", "insufficient_permissions"),
            inference=failed("inference", "insufficient_quota"),
        )
        diagnosis = root(results)
        assert (diagnosis.explains, diagnosis.also) == ((), ("insufficient_quota",))

    def test_never_the_check_itself_nor_one_before_it(self) -> None:
        results = run(
            key=result("key", Status.WARN, "invalid_api_key"),
            auth=failed("auth", "invalid_api_key"),
        )
        assert root(results).explains == ()


class TestWhatIsRuledOut:
    def test_are_the_stages_that_passed_before_it(self) -> None:
        results = run(inference=failed("inference", "insufficient_quota"))
        assert root(results).ruled_out == (
            Stage.SETTINGS,
            Stage.DNS,
            Stage.TCP,
            Stage.PROXY,
            Stage.TLS,
            Stage.HTTP,
            Stage.AUTH,
            Stage.MODEL,
        )

    def test_are_not_what_passed_only_after_it(self) -> None:
        assert root(run(tcp=failed("tcp", "connection_refused"))).ruled_out == (
            Stage.SETTINGS,
            Stage.DNS,
            Stage.PROXY,
        )

    def test_is_the_connection_when_the_handshake_was_broken_off(self) -> None:
        diagnosis = root(run(tls=failed("tls", "connection_reset")))
        assert diagnosis.stage is Stage.TLS
        assert Stage.TCP in diagnosis.ruled_out

    def test_are_not_the_stages_that_were_skipped(self) -> None:
        results = run(
            tls=skipped("tls", "the URL is http://"), auth=failed("auth", "token_expired")
        )
        assert Stage.TLS not in root(results).ruled_out

    def test_is_never_the_stage_that_is_blamed(self) -> None:
        results = run(key=failed("key", "missing_api_key"))
        diagnosis = root(results)
        assert diagnosis.stage not in diagnosis.ruled_out


class TestWhatOtherChecksAdd:
    def test_the_look_of_the_key_explains_why_it_is_refused(self) -> None:
        looks = Finding(
            "invalid_api_key",
            (Evidence("key", "a placeholder"),),
            detail="The value looks like a placeholder.",
            steps=("Put the real key in.",),
        )
        refused = Finding("invalid_api_key", (Evidence("auth", "401"),), steps=("Look it up.",))
        diagnosis = root(run(key=result("key", Status.WARN, looks), auth=failed("auth", refused)))
        assert diagnosis.finding.steps == ("Put the real key in.", "Look it up.")
        assert [one.origin for one in diagnosis.finding.evidence] == ["auth", "key"]
        assert "placeholder" in diagnosis.finding.detail

    def test_a_spoiled_key_that_works_once_cleaned_is_said_to_work(self) -> None:
        stray = Finding("malformed_authorization", detail="The key ends with whitespace.")
        diagnosis = root(run(key=failed("key", stray)))
        assert diagnosis.finding.detail.endswith("Without that, the key works.")

    def test_a_spoiled_key_that_fails_also_when_cleaned_is_not(self) -> None:
        stray = Finding("malformed_authorization", detail="The key ends with whitespace.")
        results = run(key=failed("key", stray), auth=failed("auth", "invalid_api_key"))
        diagnosis = root(results)
        assert "works" not in diagnosis.finding.detail
        assert diagnosis.also == ("invalid_api_key",)
