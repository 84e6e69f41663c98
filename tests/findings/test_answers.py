"""What a person reads of a refusal: once, with how long to wait, and without what is beside it."""

import json
import socket
from typing import Any

import pytest
from checks.test_several_models import answered
from helpers.command import data_of, run
from helpers.plans import exchange, settings_of
from helpers.servers import Listener, listening, response

from codegpt_doctor.findings.answers import certain, finding_of, list_problem
from codegpt_doctor.model.report import CheckResult, Finding, Stage, Status
from codegpt_doctor.output.compact import for_reading
from codegpt_doctor.output.contract import CheckData
from codegpt_doctor.output.report_data import check_data
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key
from codegpt_doctor.simulator import KEY

IAK = "invalid_api_key"
WINDOW = {
    "x-ratelimit-limit-requests": "3",
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-requests": "20s",
}


def limited(headers: dict[str, str], *form: str) -> Any:
    """What a check prints of a provider whose model has too many requests."""
    said = "Rate limit reached on requests per min (RPM)"
    error = {"message": said, "type": "requests", "code": "rate_limit_exceeded"}

    def answer(connection: socket.socket, request: bytes, listener: Listener) -> None:
        refusal = response(429, json.dumps({"error": error}).encode(), headers=headers)
        connection.sendall(refusal if request.startswith(b"POST") else answered(request))

    with listening(answer) as server:
        variables = {"OPENAI_API_KEY": KEY}
        return run("check", "--base-url", server.base_url, *form, variables=variables)


def by_id(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {check["id"]: check for check in data["checks"]}


@pytest.mark.slow
class TestARateLimit:
    def test_shows_the_windows_that_the_refusal_tells(self) -> None:
        data = data_of(limited(WINDOW, "--json"))
        limits = by_id(data)["limits"]
        assert data["diagnosis"]["id"] == "rate_limit_requests"
        assert limits["status"] == "warn"
        assert limits["summary"] == "0 of 3 requests left, reset in 20s"

    def test_without_windows_is_all_there_is_to_say(self) -> None:
        data = data_of(limited({}, "--json"))
        limits = by_id(data)["limits"]
        assert (limits["status"], limits["skipped_because"]) == ("skip", "inference")
        assert "limits" in data["diagnosis"]["explains"]

    @pytest.mark.parametrize(
        ("headers", "said"),
        [
            ({"retry-after": "11"}, "Retrying in 11 s can help."),
            ({}, "Retrying later can help."),
        ],
    )
    def test_says_how_long_to_wait_where_it_is_known(
        self, headers: dict[str, str], said: str
    ) -> None:
        assert f"Retry        {said}" in limited(headers, "--verbose").stdout.decode()

    def test_needs_no_list_of_other_limits_to_be_understood(self) -> None:
        said = run("limits", "--simulate", "rate_limit_tokens").stdout.decode()
        assert "Wait now  11.1 s" in said
        assert "Retrying in 11.1 s can help." in said
        assert "batch_queue_limit" not in said
        assert "Not known" not in said


def test_without_a_key_the_limits_are_skipped_for_want_of_it() -> None:
    with listening(lambda connection, request, _: connection.sendall(answered(request))) as server:
        data = data_of(run("check", "--base-url", server.base_url, "--json"))
    assert by_id(data)["limits"]["skipped_because"] == "key"


def refusal(title: str, summary: str) -> CheckData:
    result = CheckResult("x", title, Stage.AUTH, Status.FAIL, summary, Finding("invalid_api_key"))
    return check_data(result)


class TestTheSameAnswerTwice:
    def test_is_quoted_once_and_its_id_is_in_the_evidence(self) -> None:
        said = run("check", "--simulate", "invalid_api_key").stdout.decode()
        checks, _, diagnosis = said.partition("\n✗ ")
        assert "401 invalid_api_key, same response as Authentication" in checks
        assert diagnosis.count("Incorrect API key provided") == 1
        assert (checks.count("req_"), diagnosis.count("req_")) == (1, 0)

    def test_is_whole_in_the_data(self) -> None:
        checks = by_id(data_of(run("check", "--simulate", "invalid_api_key", "--json")))
        for name in ("auth", "inference"):
            assert "req_" in checks[name]["summary"]
            assert "Incorrect API key provided" in checks[name]["summary"]

    def test_is_quoted_twice_where_the_words_differ(self) -> None:
        first = refusal("A", 'GET /a: 401 x, req_1: "One"')
        other = refusal("B", '401 x, req_2: "Two"')
        same = refusal("B", '401 x, req_2: "One"')
        assert for_reading(other, [first])["summary"] == '401 x: "Two"'
        assert for_reading(same, [first])["summary"] == "401 x, same response as A"
        assert for_reading(same, [])["summary"] == '401 x: "One"'


@pytest.mark.slow
def test_what_no_key_can_tell_is_no_gap_to_a_person() -> None:
    data = data_of(run("billing", "--simulate", "healthy", "--json"))
    assert [gap["expected"] for gap in data["gaps"]]
    assert all(gap["expected"] for gap in data["gaps"])
    assert "Not known" not in run("billing", "--simulate", "healthy").stdout.decode()


@pytest.mark.parametrize(
    ("key", "entry_id"),
    [
        ("sk-0123456789abcdef0123456789abcdef", "invalid_api_key"),  # of several, and of gateways
        ("gsk_" + "Zm4Tq9Wb2Xc7" * 4, "wrong_provider_key"),
    ],
)
def test_a_key_is_anothers_at_a_gateway_only_where_its_shape_proves_it(
    key: str, entry_id: str
) -> None:
    settings = settings_of(key=Key(Secret(key), "OPENAI_API_KEY"))
    refused = exchange(401, {"error": {"code": "invalid_api_key"}})
    finding = finding_of(certain("invalid_api_key"), refused, "auth", settings)
    assert finding
    assert finding.id == entry_id


@pytest.mark.parametrize(
    ("status", "body", "entry_id"),
    [
        (
            401,
            {"error": {"message": "Invalid token (request id: 1)", "type": "new_api_error"}},
            IAK,
        ),
        (401, {"detail": "Invalid token"}, IAK),
        (401, {"error": "invalid_token"}, IAK),
        (401, {"detail": "Could not validate credentials"}, IAK),
        (401, {"error": {"message": "Unknown API key"}}, IAK),
        (401, {"message": "This API key has been revoked"}, IAK),
        (403, {"error": {"message": "Invalid API key"}}, IAK),
        (401, {"error": {"message": "API key expired"}}, "api_key_expired"),
        (403, {"error": {"message": "Insufficient balance"}}, "insufficient_quota"),
        (429, {"error": {"message": "You have exceeded your monthly quota"}}, "insufficient_quota"),
        (401, {"detail": "Go away"}, "invalid_authentication"),
        (403, {"detail": "Go away"}, "forbidden_unspecified"),
        # of what a model or a person may say of tokens, nothing follows
        (400, {"detail": "Invalid token count"}, "unrecognized"),
    ],
)
def test_a_refusal_is_named_in_the_words_of_gateways(
    status: int, body: object, entry_id: str
) -> None:
    problem = list_problem(exchange(status, body))
    assert problem
    assert problem.id == entry_id
