"""``limits``: windows from headers, limits by model, what each 429 means, and how long to wait."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from helpers.command import data_of, run
from helpers.organization import ADMIN_KEY, PROJECT_KEY, Told, path_of, serving, settings_for

from codegpt_doctor import catalogue
from codegpt_doctor.billing.limits import run_limits
from codegpt_doctor.billing.limits_text import limits_data, limits_text
from codegpt_doctor.billing.shared import UnknownProjectError
from codegpt_doctor.output.lines import duration
from codegpt_doctor.output.style import Style
from codegpt_doctor.settings.values import Settings, Value
from codegpt_doctor.simulator import organization, simulation

RATE_LIMITS = "/organization/projects/{project_id}/rate_limits"
PERMISSIONS = "/organization/projects/{project_id}/model_permissions"
CHAT = "/chat/completions"


def examined(settings: Settings, timeout: float = 10, **arguments: Any) -> dict[str, Any]:
    model = arguments.pop("model", None)
    run = run_limits(settings, timeout, **arguments)
    data = limits_data(run, model)
    printed = json.dumps(data)
    assert PROJECT_KEY[12:30] not in printed
    assert ADMIN_KEY[12:30] not in printed
    return data


def limited(told: dict[str, Told], **arguments: Any) -> dict[str, Any]:
    with serving(told) as server:
        return examined(settings_for(server), **arguments)


def refusal(code: str, message: str, kind: str = "tokens") -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


@pytest.fixture(scope="module")
def healthy() -> Iterator[dict[str, Any]]:
    with simulation(None) as settings:
        yield examined(settings)


class TestHealthy:
    def test_the_windows_of_the_headers_are_told(self, healthy: dict[str, Any]) -> None:
        found = {
            one["kind"]: (one["limit"], one["left"], one["resets_in_s"], one["per"])
            for one in healthy["key"]["rate_limits"]
        }
        assert found == {
            "requests": (500, 499, 0.12, "minute"),
            "tokens": (200000, 199980, 0.006, "minute"),
        }
        start = datetime.fromisoformat(healthy["as_of"])
        resets = [datetime.fromisoformat(one["resets_at"]) for one in healthy["key"]["rate_limits"]]
        assert all(0 <= (one - start).total_seconds() <= 1 for one in resets)

    def test_there_is_nothing_to_wait_for(self, healthy: dict[str, Any]) -> None:
        assert healthy["wait"] == {
            "seconds": 0.0,
            "reason": "there is room left in every window",
        }
        assert (healthy["status"], healthy["exit_code"]) == ("healthy", 0)

    def test_the_limits_of_the_project_of_the_key_are_listed(self, healthy: dict[str, Any]) -> None:
        assert healthy["project"] == {
            "project_id": "proj_simulated",
            "name": "Default project",
            "source": "the project of the key",
        }
        assert {one["model"]: tuple(one["limits"].values()) for one in healthy["by_model"]} == (
            organization.RATE_LIMITS
        )
        assert healthy["permissions"]["mode"] == "deny_list"

    def test_the_tier_is_only_a_hint(self, healthy: dict[str, Any]) -> None:
        said = " ".join(limits_text(healthy, Style()).split())
        assert "consistent with the former Tier 1; only https://platform.openai.com/" in said

    def test_each_429_is_explained(self, healthy: dict[str, Any]) -> None:
        meanings = {one["id"]: one for one in healthy["meanings"]}
        for entry_id in (
            "rate_limit_requests",
            "rate_limit_tokens",
            "rate_limit_daily",
            "request_too_large",
            "slow_down",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "insufficient_quota",
            "billing_not_active",
        ):
            assert meanings[entry_id]["title"] == catalogue.get(entry_id, "openai").title
            assert meanings[entry_id]["retry"] == catalogue.get(entry_id, "openai").retry
        assert meanings["rate_limit_requests"]["here"] == "more than 500 requests a minute"
        assert meanings["rate_limit_tokens"]["here"] == "more than 200,000 tokens a minute"
        assert meanings["rate_limit_daily"]["here"] is None


class TestWait:
    @pytest.mark.parametrize(
        ("headers", "message", "seconds"),
        [
            ({"retry-after": "7"}, "Please try again in 20s.", 7),
            ({}, "Rate limit reached on requests per min (RPM). Please try again in 6m0s.", 360),
            (
                {
                    "x-ratelimit-limit-requests": "3",
                    "x-ratelimit-remaining-requests": "0",
                    "x-ratelimit-reset-requests": "20s",
                },
                "Rate limit reached on requests per min (RPM)",
                20,
            ),
            ({}, "Rate limit reached on requests per min (RPM)", None),
        ],
    )
    def test_a_limit_that_passes_says_how_long(
        self, headers: dict[str, str], message: str, seconds: float | None
    ) -> None:
        body = refusal("rate_limit_exceeded", message, "requests")
        data = limited({CHAT: (429, body, headers)})
        assert data["diagnosis"]["id"] == "rate_limit_requests"
        assert data["wait"]["seconds"] == seconds
        assert data["exit_code"] == 1

    def test_retry_after_is_no_help_when_there_is_no_credit(self) -> None:
        body = refusal("credit_balance_exhausted", "You have no credits remaining.")
        data = limited({CHAT: (429, body, {"retry-after": "3"})})
        assert data["wait"]["seconds"] is None
        assert "waiting does not help" in data["wait"]["reason"]

    def test_a_window_that_is_empty_after_an_answer_is_waited_for(self) -> None:
        headers = {
            "openai-project": "proj_simulated",
            "x-ratelimit-limit-tokens": "100",
            "x-ratelimit-remaining-tokens": "0",
            "x-ratelimit-reset-tokens": "6m0s",
        }
        data = limited({CHAT: (200, {"choices": [{"message": {"content": "hi"}}]}, headers)})
        assert data["wait"] == {"seconds": 360.0, "reason": "no tokens are left"}
        assert data["exit_code"] == 0

    def test_a_limit_of_a_day_is_known_by_how_fast_it_fills(self) -> None:
        headers = {
            "x-ratelimit-limit-requests": "200",
            "x-ratelimit-remaining-requests": "199",
            "x-ratelimit-reset-requests": "7m12s",
        }
        data = limited({CHAT: (200, {"choices": [{"message": {"content": "hi"}}]}, headers)})
        assert data["key"]["rate_limits"][0]["per"] == "day"
        meanings = {one["id"]: one["here"] for one in data["meanings"]}
        assert meanings["rate_limit_daily"] == "more than 200 requests a day"
        assert meanings["rate_limit_requests"] is None


class TestProject:
    @pytest.mark.parametrize("wanted", ["proj_evals", "nightly evaluation"])
    def test_it_is_chosen_by_id_or_name(self, wanted: str) -> None:
        with serving() as server:
            data = examined(settings_for(server), project=wanted)
            paths = {path_of(one) for one in server.requests}
        assert data["project"]["name"] == "Nightly evaluation"
        assert "/v1/organization/projects/proj_evals/rate_limits" in paths

    def test_it_can_come_from_the_environment(self) -> None:
        with serving() as server:
            project = Value("proj_docs", "OPENAI_PROJECT_ID")
            data = examined(settings_for(server, project=project))
        assert (data["project"]["project_id"], data["project"]["source"]) == (
            "proj_docs",
            "OPENAI_PROJECT_ID",
        )

    def test_one_that_is_not_there_is_an_error_of_the_user(self) -> None:
        with serving() as server, pytest.raises(UnknownProjectError):
            examined(settings_for(server), project="proj_nowhere")

    def test_without_a_key_that_names_it_it_is_asked_for(self) -> None:
        with serving() as server:
            data = examined(settings_for(server, key=None))
        (gap,) = data["gaps"]
        assert (gap["endpoint"], data["exit_code"]) == (RATE_LIMITS, 3)
        assert "--project" in gap["reason"]
        assert "Editor" in gap["reason"]

    def test_the_only_project_is_taken(self) -> None:
        only = {"object": "list", "data": [{"id": "proj_docs", "name": "Docs"}], "has_more": False}
        with serving({"/organization/projects": (200, only)}) as server:
            data = examined(settings_for(server, key=None))
        assert (data["project"]["source"], data["exit_code"]) == ("the only project", 0)

    def test_only_the_limits_of_a_model_that_is_named(self) -> None:
        with simulation(None) as settings:
            data = examined(settings, model="gpt-4o")
        assert [one["model"] for one in data["by_model"]] == ["gpt-4o"]

    def test_the_example_of_the_official_document(self) -> None:
        example = {
            "object": "list",
            "data": [
                {
                    "object": "project.rate_limit",
                    "id": "rl-ada",
                    "model": "ada",
                    "max_requests_per_1_minute": 600,
                    "max_tokens_per_1_minute": 150000,
                    "max_images_per_1_minute": 10,
                }
            ],
            "first_id": "rl-ada",
            "last_id": "rl-ada",
            "has_more": False,
        }
        allowed = {
            "object": "project.model_permissions",
            "mode": "allow_list",
            "model_ids": ["gpt-4.1", "o3"],
        }
        data = limited({"*/rate_limits": (200, example), "*/model_permissions": (200, allowed)})
        limits = {
            "requests_per_1_minute": 600,
            "tokens_per_1_minute": 150000,
            "images_per_1_minute": 10,
        }
        assert data["by_model"] == [{"model": "ada", "limits": limits}]
        assert data["permissions"] == {"mode": "allow_list", "models": ["gpt-4.1", "o3"]}
        said = " ".join(limits_text(data, Style()).split())
        assert "ada 600 150,000 10" in said
        assert "may use only these models gpt-4.1, o3" in said


class TestGaps:
    @pytest.mark.parametrize("answer", [(403, {"error": "Missing scopes: x"}), "hang", (500, {})])
    @pytest.mark.parametrize("endpoint", [RATE_LIMITS, PERMISSIONS])
    def test_one_endpoint_leaves_its_own(self, endpoint: str, answer: Told) -> None:
        with serving({endpoint.replace("{project_id}", "*"): answer}) as server:
            data = examined(settings_for(server), timeout=2 if answer == "hang" else 10)
        assert [gap["endpoint"] for gap in data["gaps"]] == [endpoint]
        assert bool(data["by_model"]) == (endpoint == PERMISSIONS)
        assert bool(data["permissions"]) == (endpoint == RATE_LIMITS)
        assert data["key"]["rate_limits"]
        assert data["exit_code"] == 3

    def test_an_unknown_project_is_refused_in_its_own_shape(self) -> None:
        body = {"code": 404, "message": "The project proj_simulated was not found"}
        data = limited({"*/rate_limits": (404, body)})
        (gap,) = data["gaps"]
        assert "was not found" in gap["reason"]

    def test_without_an_admin_key_the_headers_are_enough(self) -> None:
        with simulation(None) as settings:
            data = examined(replace(settings, admin_key=None))
        assert (data["by_model"], data["exit_code"]) == ([], 0)
        assert data["key"]["rate_limits"]

    def test_a_heading_with_nothing_below_is_left_out(self) -> None:
        with simulation(None) as settings:
            data = examined(replace(settings, admin_key=None))
        heads = ("A 429 that goes away on its own", "A 429 that waiting does not help")
        said = limits_text(data, Style(color=False, width=80))
        assert [head in said for head in heads] == [True, True]
        for few in (0, 1):
            some = {**data, "meanings": data["meanings"][:few]}
            said = limits_text(some, Style(color=False, width=80))
            assert sum(head in said for head in heads) == few

    def test_without_any_key_that_is_the_cause(self) -> None:
        with simulation(None) as settings:
            data = examined(replace(settings, key=None, admin_key=None))
        assert (data["diagnosis"]["id"], data["exit_code"]) == ("missing_api_key", 1)

    def test_an_answer_without_headers_tells_nothing(self) -> None:
        with serving({CHAT: (200, {"choices": [{"message": {"content": "hi"}}]})}) as server:
            data = examined(settings_for(server, admin_key=None))
        assert data["wait"]["reason"].endswith("without rate-limit headers")
        assert data["exit_code"] == 3


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.006, "6 ms"),
        (0.558, "558 ms"),
        (1, "1 s"),
        (8.64, "8.64 s"),
        (360, "6 min"),
        (432, "7 min 12 s"),
        (3600, "1 h"),
        (86399, "23 h 59 min"),
    ],
)
def test_a_duration_is_told_as_people_say_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.slow
class TestCommand:
    @pytest.mark.parametrize("width", ["40", "60"])
    def test_every_line_fits(self, width: str) -> None:
        result = run("limits", "--simulate", "healthy", variables={"COLUMNS": width})
        assert result.returncode == 0
        lines = result.stdout.decode().splitlines()
        assert [one for one in lines if len(one) > int(width) and "https://" not in one] == []

    def test_json_is_one_object(self) -> None:
        result = run("limits", "--simulate", "rate_limit_daily", "--json")
        assert (result.returncode, data_of(result)["wait"]["seconds"]) == (1, 432)

    def test_a_model_is_asked_and_nothing_is_spent_if_nothing_may_be(self) -> None:
        data = data_of(run("limits", "--simulate", "healthy", "--model", "gpt-4o", "--json"))
        assert data["key"]["model"] == "gpt-4o"
        result = run("limits", "--simulate", "healthy", "--no-spend", "--json")
        assert data_of(result)["key"]["may_spend"] is None
