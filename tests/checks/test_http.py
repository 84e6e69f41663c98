"""Does an API answer: on measurements made by hand."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from helpers.plans import (
    ANSWER,
    HANDSHAKE,
    MODELS,
    REFUSED,
    RESET,
    broken,
    context_of,
    error_body,
    exchange,
    found,
    inferred,
    listed,
    never,
)

from codegpt_doctor.checks.http import check_http
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.engine.background import Task
from codegpt_doctor.model.observation import Exchange, Failure, Handshake, Resolution, Timings
from codegpt_doctor.model.report import Outcome, Stage

DEAD = inferred(broken(RESET, "POST /chat/completions"))


def asked(seen: Exchange) -> Outcome:
    return check_http(context_of(Plan(models=listed(seen), inference=DEAD)))


def test_a_list_of_models_is_an_answer() -> None:
    outcome = asked(exchange(200, MODELS, headers={"server": "nginx", "x-secret": "no"}))
    assert (outcome.status, outcome.summary) == ("pass", "the API responds (120 ms)")
    assert outcome.observations == {
        "status": 200,
        "duration_ms": 120,
        "headers": {"server": "nginx"},
    }


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_in_json_is_an_answer(status: int) -> None:
    assert asked(exchange(status, error_body("invalid_api_key"))).status == "pass"


@pytest.mark.parametrize(
    ("failure", "entry_id"),
    [
        (RESET, "connection_reset"),
        (Failure(Stage.TLS, "ETIMEDOUT", "timed out"), "request_timeout"),
        (Failure(Stage.HTTP, "BadStatusLine", "SSH-2.0"), "malformed_response"),
        (Failure(Stage.HTTP, "InvalidURL", "no host"), "bad_base_url"),
        (Failure(Stage.HTTP, "UnicodeEncodeError", "can't encode in position 7"), None),
        (Failure(Stage.TCP, "ENOBUFS", "no buffer space"), "connection_error"),
        (Failure(Stage.HTTP, "SomethingNewError", "unheard of"), None),
    ],
)
def test_without_an_answer_nothing_passes(failure: Failure, entry_id: str | None) -> None:
    outcome = asked(broken(failure))
    assert (outcome.status, found(outcome)) == ("fail", entry_id)
    if outcome.finding:
        assert outcome.finding.stage == failure.stage


def test_what_has_not_ended_in_time_is_a_time_out() -> None:
    outcome = check_http(context_of(Plan(models=never(), inference=DEAD)))
    assert (outcome.status, found(outcome)) == ("fail", "request_timeout")


def test_a_list_that_never_came_is_a_warning_where_the_model_answers() -> None:
    plan = Plan(models=listed(broken(REFUSED)), inference=inferred())
    outcome = check_http(context_of(plan))
    assert (outcome.status, found(outcome)) == ("warn", "connection_refused")
    assert "the other request worked" in outcome.summary


def test_a_failure_that_passed_is_a_warning_that_names_it() -> None:
    second = Exchange(
        "GET /models",
        http_status=200,
        body='{"data": []}',
        first_attempt=exchange(503, "upstream connect error"),
    )
    outcome = asked(second)
    assert (outcome.status, found(outcome)) == ("warn", "service_unavailable")
    assert outcome.summary.startswith("Intermittent: GET /models gave 503")


def test_a_connection_that_failed_and_then_came_about_is_a_warning() -> None:
    second = Exchange("GET /models", http_status=200, body="[]", first_attempt=broken(REFUSED))
    outcome = asked(second)
    assert (outcome.status, found(outcome)) == ("warn", "connection_refused")
    assert outcome.finding
    assert outcome.finding.stage is Stage.TCP


class TestRedirects:
    @pytest.mark.parametrize(
        "location",
        [
            "https://login.example.net/adfs/ls?key=1",
            "/oauth2/start",
            "http://10.0.0.1/captive/index.html",
            "https://sso.corp.example/saml",
        ],
    )
    def test_to_a_page_to_sign_in_at_say_so(self, location: str) -> None:
        outcome = asked(exchange(302, "", headers={"location": location}))
        assert found(outcome) == "unexpected_redirect"
        assert outcome.finding
        assert "a sign-in page" in outcome.finding.detail
        assert "?" not in outcome.finding.detail
        assert outcome.finding.steps == ()

    @pytest.mark.parametrize(
        ("location", "page"),
        [
            ("/login?next=/v1/models", "https://llm.example.net"),
            ("http://10.0.0.1:8080/captive/", "http://10.0.0.1:8080"),
            ("https://bob:pw@sso.corp.example/saml", "https://sso.corp.example"),
        ],
    )
    def test_name_the_site_to_sign_in_at(self, location: str, page: str) -> None:
        outcome = asked(exchange(302, "", headers={"location": location}))
        assert f"Open {page} in a browser" in outcome.finding.detail  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("location", "steps"),
        [("/api/v1/models", ("/api/v1",)), ("/api/v1/models?x=1", ()), ("https://a.example/", ())],
    )
    def test_within_the_host_lead_to_the_right_address(
        self, location: str, steps: tuple[str, ...]
    ) -> None:
        finding = asked(exchange(308, "", headers={"location": location})).finding
        assert finding
        assert tuple(step.split(" ")[3].partition(".net")[2] for step in finding.steps) == steps

    @pytest.mark.parametrize("location", ["https://llm.example.net/v1/", "/v1/models/", "//["])
    def test_to_elsewhere_do_not(self, location: str) -> None:
        outcome = asked(exchange(301, "", headers={"location": location}))
        assert outcome.finding
        assert outcome.finding.detail == f"The redirect leads to {location}."


def test_a_clock_far_from_the_servers_is_a_warning() -> None:
    date = format_datetime(datetime.now(UTC) - timedelta(hours=3), usegmt=True)
    outcome = asked(exchange(200, MODELS, headers={"date": date}))
    assert (outcome.status, found(outcome)) == ("warn", "clock_skew")


def test_a_slow_answer_is_a_warning_with_the_stage_that_took_it() -> None:
    seen = exchange(200, MODELS, duration_ms=4000)._replace(timings=Timings(tls=70, http=3900))
    outcome = asked(seen)
    assert (outcome.status, found(outcome)) == ("warn", "slow_response")
    assert "most of it in the http stage" in outcome.summary


def test_a_page_is_no_answer_unless_the_model_gives_one() -> None:
    page = exchange(200, "<html>", headers={"content-type": "text/html"})
    assert found(asked(page)) == "unexpected_html"
    works = inferred(exchange(200, ANSWER, "POST /chat/completions"))
    assert check_http(context_of(Plan(models=listed(page), inference=works))).status == "pass"


@pytest.mark.parametrize(
    ("kind", "handshake", "entry_id"),
    [
        ("ssl.SSLV3_ALERT_HANDSHAKE_FAILURE", HANDSHAKE, "client_certificate_required"),
        ("ssl.SSL/TLS_ALERT_HANDSHAKE_FAILURE", HANDSHAKE, "client_certificate_required"),
        ("ssl.SSLV3_ALERT_HANDSHAKE_FAILURE", None, "tls_protocol_error"),
        ("ssl.TLSV1_ALERT_INTERNAL_ERROR", HANDSHAKE, "tls_protocol_error"),
    ],
)
def test_a_second_handshake_that_fails_is_one_for_a_certificate(
    kind: str, handshake: Handshake | None, entry_id: str
) -> None:
    refused = broken(Failure(Stage.HTTP, kind, "handshake failure"))
    outcome = asked(refused._replace(certificate=handshake))
    assert (outcome.status, found(outcome)) == ("fail", entry_id)


@pytest.mark.parametrize(
    ("looked_up", "where"), [(3100, ", most of it in the dns stage."), (900, " took 3.2 s.")]
)
def test_a_name_that_was_slow_to_find_is_not_the_handshake(looked_up: int, where: str) -> None:
    seen = exchange(200, MODELS, duration_ms=3200)._replace(timings=Timings(tls=40, http=20))
    dns = Task.done(Resolution("resolve", looked_up, addresses=("192.0.2.7",)))
    outcome = check_http(context_of(Plan(models=listed(seen), inference=DEAD, dns=dns)))
    assert (outcome.status, found(outcome)) == ("warn", "slow_response")
    assert outcome.finding
    assert outcome.finding.detail.endswith(where)
