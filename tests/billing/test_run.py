"""A whole run of ``billing`` in this process, against organizations on loopback."""

import json
import threading
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import count
from time import monotonic
from typing import Any

import pytest
from helpers.organization import (
    ADMIN_KEY,
    HANG,
    PROJECT_KEY,
    Query,
    Told,
    authorization_of,
    cost,
    page_of,
    path_of,
    serving,
    settings_for,
)
from helpers.servers import always, listening, response

from codegpt_doctor import catalogue
from codegpt_doctor.billing.data import billing_data
from codegpt_doctor.billing.run import MAX_PROJECTS, run_billing
from codegpt_doctor.billing.shared import UnknownProjectError
from codegpt_doctor.checks.plan import start_path
from codegpt_doctor.checks.route import Way
from codegpt_doctor.engine.background import Background
from codegpt_doctor.probes import admin
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value
from codegpt_doctor.simulator import organization, simulation

pytestmark = pytest.mark.slow

TODAY = datetime.now(UTC).date()
MONTH = TODAY.replace(day=1)
DAY = 86400
BUSY = 20.0  # seconds by which a machine with much else to do is late
SIX_CENTS = {"amount": "0.06", "amount_number": 0.06}
COSTS = "/organization/costs"
PROJECTS = "/organization/projects"
LIMIT_OF_PROJECT = "/organization/projects/{project_id}/spend_limit"
ALERTS_OF_PROJECT = "/organization/projects/{project_id}/spend_alerts"
ASKED = (
    COSTS,
    "/organization/usage/completions",
    "/organization/spend_limit",
    "/organization/spend_alerts",
    PROJECTS,
    LIMIT_OF_PROJECT,
    ALERTS_OF_PROJECT,
)
REFUSALS: dict[str, Told] = {
    "401": (
        401,
        {
            "error": {
                "message": "Incorrect API key provided: sk-admin-****abcd.",
                "type": "invalid_request_error",
                "param": None,
                "code": "invalid_api_key",
            }
        },
    ),
    "403": (
        403,
        {
            "error": "You have insufficient permissions for this operation. "
            "Missing scopes: api.usage.read."
        },
    ),
    "429": (
        429,
        {
            "error": {
                "message": "Rate limit reached for requests per min (RPM): Limit 3, Used 3.",
                "type": "requests",
                "param": None,
                "code": "rate_limit_exceeded",
            }
        },
    ),
    "hang": HANG,
}
MEANING = {
    "401": "invalid_api_key",
    "403": "insufficient_permissions",
    "429": "rate_limit_requests",
    "hang": "request_timeout",
}
NO_LIMIT: dict[str, Told] = {"*/spend_limit": (404, {}), "*/spend_alerts": (200, {"data": []})}


@pytest.fixture(autouse=True)
def of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day, which may be another one than when the tests were collected."""
    today = datetime.now(UTC).date()
    monkeypatch.setitem(globals(), "TODAY", today)
    monkeypatch.setitem(globals(), "MONTH", today.replace(day=1))


def examined(settings: Settings, timeout: float = 10, **arguments: Any) -> dict[str, Any]:
    """The JSON of a run; whatever came of it, no key is in it."""
    data = billing_data(run_billing(settings, timeout, **arguments))
    printed = json.dumps(data)
    assert PROJECT_KEY[12:30] not in printed
    assert ADMIN_KEY[12:30] not in printed
    return data


def billed(told: dict[str, Told], timeout: float = 10, **arguments: Any) -> dict[str, Any]:
    with serving(told) as server:
        return examined(settings_for(server), timeout, **arguments)


def at(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def gaps(data: dict[str, Any]) -> set[str]:
    """The endpoints that should have told something and did not."""
    return {gap["endpoint"] for gap in data["gaps"] if not gap["expected"]}


def summed(days: int) -> dict[str, dict[str, int]]:
    """Millionths of a dollar of the simulated organization: by day, project and line item."""
    found: dict[str, dict[str, int]] = {
        name: defaultdict(int) for name in ("date", "project_id", "line_item", "api_key_id")
    }
    for number in range(days):
        day = TODAY - timedelta(days=number)
        for project, item, key, millionths in organization.charges(day):
            for name, owner in zip(found, (str(day), project, item, key), strict=True):
                found[name][owner] += millionths
    return found


def told(data: dict[str, Any], name: str, key: str) -> dict[str, Fraction]:
    return {one[key]: Fraction(one["amount"]) * 1_000_000 for one in data[name]}


class TestSums:
    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("days", [365, 180, 31, 1])
    def test_they_equal_an_independent_sum_over_all_pages(self, days: int) -> None:
        with simulation(None) as settings:
            data = examined(settings, days=days)
        expected = summed(days)
        assert data["gaps"] == [gap for gap in data["gaps"] if gap["expected"]]
        assert told(data, "by_day", "date") == expected["date"]
        assert told(data, "by_project", "project_id") == expected["project_id"]
        assert told(data, "by_line_item", "line_item") == expected["line_item"]
        assert told(data, "by_key", "api_key_id") == expected["api_key_id"]
        assert Fraction(data["total"]) * 1_000_000 == sum(expected["date"].values())
        assert data["period"] == {
            "start": str(TODAY - timedelta(days=days - 1)),
            "end": str(TODAY),
            "timezone": "UTC",
        }

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("days", [None, 1, 90])
    def test_the_month_to_date_is_that_of_the_month_whatever_is_shown(
        self, days: int | None
    ) -> None:
        with simulation(None) as settings:
            data = examined(settings, days=days)
        month = sum(summed(TODAY.day)["date"].values())
        assert Fraction(data["month_to_date"]) * 1_000_000 == month
        assert (data["status"], data["exit_code"]) == ("healthy", 0)

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("name", ["proj_evals", "Nightly evaluation", "nightly EVALUATION"])
    def test_one_project_is_shown_by_id_or_name(self, name: str) -> None:
        with simulation(None) as settings:
            data = examined(settings, days=40, project=name)
        assert Fraction(data["total"]) * 1_000_000 == summed(40)["project_id"]["proj_evals"]
        assert [one["project_id"] for one in data["by_project"]] == ["proj_evals"]
        assert [one["api_key_id"] for one in data["by_key"]] == ["key_evals"]
        assert {one["id"] for one in data["limits"]} <= {"proj_evals", "org-simulated"}
        whole = Fraction(sum(summed(TODAY.day)["date"].values()), 1_000_000)
        organizations = next(one for one in data["limits"] if one["scope"] == "organization")
        assert Fraction(organizations["spent"]) == whole

    def test_a_project_that_is_not_there_is_named_with_those_that_are(self) -> None:
        with simulation(None) as settings, pytest.raises(UnknownProjectError, match="Editor"):
            examined(settings, project="proj_nowhere")

    def test_projects_and_keys_have_their_names(self) -> None:
        with simulation(None) as settings:
            data = examined(settings)
        names = {one["project_id"]: one["name"] for one in data["by_project"]}
        assert names == {one: name for one, name in organization.PROJECTS.items() if one in names}
        assert data["by_key"][0]["name"] == "Default project key, sk-proj-...ted0"

    def test_pages_of_one_day_each_are_followed_to_the_end(self) -> None:
        def one_day(query: Query) -> tuple[int, Any]:
            start = int(query.get("page", [query["start_time"][0]])[0])
            more = start + DAY <= at(TODAY)
            return 200, page_of([(start, [cost(0.1)])], str(start + DAY) if more else None)

        data = billed({COSTS: one_day})
        assert data["month_to_date"] == f"{TODAY.day / 10:.2f}"
        assert gaps(data) == set()


class TestCurrencies:
    def test_each_has_its_own_sums(self) -> None:
        results = [cost("0.10"), cost(0.2), cost(5, "eur", project_id="proj_a"), cost(0, "gbp")]
        data = billed({COSTS: (200, page_of([(at(TODAY), results)]))})
        assert (data["currency"], data["month_to_date"]) == ("usd", "0.30")
        (euros,) = data["other_currencies"]
        assert (euros["currency"], euros["month_to_date"]) == ("eur", "5.00")
        assert euros["by_project"] == [
            {"project_id": "proj_a", "name": None, "amount": "5.00", "amount_number": 5}
        ]

    def test_an_account_in_euros_has_euros_first(self) -> None:
        data = billed({COSTS: (200, page_of([(at(TODAY), [cost(2.5, "EUR")])]))})
        assert (data["currency"], data["total"]) == ("eur", "2.50")
        assert data["other_currencies"] == []
        assert data["limits"][0]["spent"] == "0.00"


class TestEmpty:
    def test_a_month_without_costs_is_zero_and_known(self) -> None:
        data = billed({COSTS: (200, page_of([]))})
        assert (data["currency"], data["month_to_date"], data["total"]) == ("usd", "0.00", "0.00")
        assert {one["amount"] for one in data["by_day"]} == {"0.00"}
        assert len(data["by_day"]) == TODAY.day
        assert data["forecast"]["month_end"] == "0.00"
        assert (data["by_project"], data["exit_code"]) == ([], 0)

    def test_an_organization_without_limits_has_none(self) -> None:
        data = billed(NO_LIMIT)
        assert (data["limits"], gaps(data), data["exit_code"]) == ([], set(), 0)
        assert data["forecast"]["exhausted_on"] is None


class TestLimits:
    def test_the_first_one_to_bite_is_told_with_its_day(self) -> None:
        start = TODAY - timedelta(days=40)
        days = [start + timedelta(days=number) for number in range(41)]
        buckets = [(at(day), [cost(1, project_id="proj_editor")]) for day in days]

        def costs(query: Query) -> tuple[int, Any]:
            first = int(query["start_time"][0])
            return 200, page_of([one for one in buckets if one[0] >= first])

        spent = TODAY.day
        limit = {"threshold_amount": (spent + 1) * 100, "currency": "USD"}
        told: dict[str, Told] = {
            **NO_LIMIT,
            "/organization/projects/proj_editor/spend_limit": (
                200,
                {**limit, "enforcement": {"status": "enforcing"}},
            ),
        }
        data = billed({COSTS: costs, **dict(reversed(told.items()))})
        (found,) = data["limits"]
        assert found["spent"] == f"{spent}.00"
        tomorrow = TODAY + timedelta(days=1)
        day = str(tomorrow) if tomorrow.month == TODAY.month else None
        assert (data["forecast"]["exhausted_on"], found["reached_on"]) == (day, day)
        assert data["exit_code"] == 0

    @pytest.mark.parametrize("status", ["enforcing", "inactive"])
    def test_a_hard_limit_that_is_reached_is_the_cause_if_it_is_enforced(self, status: str) -> None:
        limit = {"threshold_amount": 50, "currency": "USD", "enforcement": {"status": status}}
        data = billed({"/organization/spend_limit": (200, limit), **NO_LIMIT})
        if status == "inactive":
            assert (data["diagnosis"], data["exit_code"]) == (None, 0)
        else:
            assert data["diagnosis"]["id"] == "organization_spend_limit_exceeded"
            assert "of 0.50 USD were spent" in data["diagnosis"]["summary"]
            assert data["exit_code"] == 1

    def test_the_limit_of_a_project_names_the_project(self) -> None:
        limit = {"threshold_amount": 1, "currency": "USD", "enforcement": {"status": "enforcing"}}
        path = "/organization/projects/proj_editor/spend_limit"
        data = billed({path: (200, limit), **NO_LIMIT})
        assert data["diagnosis"]["id"] == "project_spend_limit_exceeded"
        assert "proj_editor" in data["diagnosis"]["summary"]

    def test_only_so_many_projects_are_asked_for_theirs_those_that_spend_first(self) -> None:
        ids = [f"proj_{number}" for number in range(60)]
        listed = {"object": "list", "data": [{"id": one, "status": "active"} for one in ids]}
        results = [cost(9, project_id="proj_59")]
        with serving(
            {PROJECTS: (200, listed), COSTS: (200, page_of([(at(TODAY), results)])), **NO_LIMIT}
        ) as server:
            data = examined(settings_for(server))
            asked = [path_of(one) for one in server.requests if b"/spend_limit " in one]
        projects = {path.split("/")[4] for path in asked if "projects" in path}
        assert len(projects) == MAX_PROJECTS
        assert "proj_59" in projects
        assert data["exit_code"] == 0
        assert any("25 of 60" in note for note in data["notes"])


class TestForecast:
    def test_it_is_the_rate_of_the_last_complete_days(self) -> None:
        with simulation(None) as settings:
            data = examined(settings)
        days = summed(31 + TODAY.day)["date"]
        week = [days[str(TODAY - timedelta(days=number))] for number in range(1, 8)]
        rate = Fraction(sum(week), 7)
        end = (MONTH + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        spent = sum(days[str(MONTH + timedelta(days=number))] for number in range(TODAY.day - 1))
        left = (end - TODAY).days
        expected = spent + max(Fraction(days[str(TODAY)]), rate) + rate * left
        forecast = data["forecast"]
        assert abs(Fraction(forecast["month_end"]) - expected / 1_000_000) <= Fraction(1, 200)
        assert abs(Fraction(forecast["daily"]) - rate / 1_000_000) <= Fraction(1, 200)
        assert forecast["basis"] == {
            "start": str(TODAY - timedelta(days=7)),
            "end": str(TODAY - timedelta(days=1)),
        }


def seconds_of(kind: str) -> float:
    """How long a run may take; what hangs takes all of it."""
    return 9 if kind == "hang" else 12


@pytest.fixture(scope="module")
def partial() -> dict[tuple[str, str], tuple[dict[str, Any], float]]:
    """A run for each endpoint and each way to refuse, all at once; and the seconds of each."""
    found: dict[tuple[str, str], tuple[dict[str, Any], float]] = {}

    def run(endpoint: str, kind: str) -> None:
        started = monotonic()
        pattern = endpoint.replace("{project_id}", "*")
        data = billed({pattern: REFUSALS[kind]}, timeout=seconds_of(kind))
        found[endpoint, kind] = data, monotonic() - started

    with simulation(None) as settings:
        examined(settings)  # the import of the official client is paid for here
    for kind in REFUSALS:
        threads = [threading.Thread(target=run, args=(endpoint, kind)) for endpoint in ASKED]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return found


@pytest.mark.parametrize("endpoint", ASKED)
@pytest.mark.parametrize("kind", REFUSALS)
class TestOneEndpointRefuses:
    Partial = dict[tuple[str, str], tuple[dict[str, Any], float]]

    @pytest.mark.sampled(8)
    def test_its_gap_is_named_and_nothing_else_is_spoiled(
        self, endpoint: str, kind: str, partial: Partial
    ) -> None:
        data, _ = partial[endpoint, kind]
        assert gaps(data) == {endpoint}
        named = {gap["id"] for gap in data["gaps"] if gap["endpoint"] == endpoint}
        assert named == {MEANING[kind]}
        month = Fraction(sum(summed(TODAY.day)["date"].values()), 1_000_000)
        known = None if endpoint == COSTS else month
        assert (data["month_to_date"] and Fraction(data["month_to_date"])) == known
        assert (data["usage"] is None) == (endpoint == "/organization/usage/completions")
        hard = sum(one["enforcement"] == "enforcing" for one in data["limits"])
        lost = {"/organization/spend_limit": 1, LIMIT_OF_PROJECT: 2}.get(endpoint, 0)
        assert hard == 3 - lost
        alerts = sum(one["enforcement"] == "alert" for one in data["limits"])
        assert alerts == (0 if endpoint == "/organization/spend_alerts" else 1)
        assert data["key"]["may_spend"] is True

    def test_the_exit_code_says_that_something_is_missing(
        self, endpoint: str, kind: str, partial: Partial
    ) -> None:
        data, _ = partial[endpoint, kind]
        assert (data["status"], data["exit_code"]) == ("inconclusive", 3)
        assert data["diagnosis"] is None

    def test_the_deadline_covers_it(self, endpoint: str, kind: str, partial: Partial) -> None:
        assert partial[endpoint, kind][1] < seconds_of(kind) + 3


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_everywhere_is_one_cause(kind: str) -> None:
    data = billed({"/organization/*": REFUSALS[kind]}, timeout=3)
    assert gaps(data) == {one for one in ASKED if "{" not in one}
    assert (data["month_to_date"], data["total"], data["by_day"]) == (None, None, [])
    assert data["diagnosis"]["id"] == MEANING[kind]
    assert (data["status"], data["exit_code"]) == ("problem", 1)
    if kind in ("401", "403"):
        assert "admin key, from OPENAI_ADMIN_KEY" in data["diagnosis"]["summary"]
        assert "admin-keys" in data["diagnosis"]["remediation"]["steps"][0]


def test_a_refusal_spares_the_projects_that_wait() -> None:
    with serving({"*/projects/*/spend_limit": REFUSALS["429"]}) as server:
        data = examined(settings_for(server))
        asked = [one for one in server.requests if b"/spend_limit " in one and b"proj_" in one]
    assert 1 <= len(asked) <= 3
    (gap,) = (gap for gap in data["gaps"] if gap["endpoint"] == LIMIT_OF_PROJECT)
    assert "not requested for" in gap["reason"]


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "answer",
        [
            (200, b"<html>Sign in</html>"),
            (200, b""),
            (200, b"[]"),
            (200, b'{"data": "none"}'),
            (200, b'{"data": [{"start_time": 1, "results": [{"amount": {"value": "x"}}]}]}'),
            (302, b"", {"Location": "http://127.0.0.1:9/"}),
            (500, b""),
        ],
        ids=lambda one: str(one)[:30],
    )
    def test_leave_a_gap_and_no_figure(self, answer: Told) -> None:
        data = billed({COSTS: answer})
        assert gaps(data) == {COSTS}
        assert (data["month_to_date"], data["by_day"], data["exit_code"]) == (None, [], 3)
        assert [one["amount"] for one in data["limits"]][:1] == ["100.00"]
        assert {one["spent"] for one in data["limits"]} == {None}

    def test_a_body_without_end_is_given_up_at_the_deadline(self) -> None:
        def endless(connection: Any, request: bytes, listener: Any) -> None:
            connection.sendall(b"HTTP/1.1 500 Broken\r\nContent-Type: application/json\r\n\r\n{")
            while not listener.closing.is_set():
                connection.sendall(b" " * 65536)

        with listening(endless) as server:
            started = monotonic()
            data = examined(settings_for(server), timeout=4)
        assert monotonic() - started < 4 + BUSY
        assert data["exit_code"] == 1 or data["exit_code"] == 3
        assert data["month_to_date"] is None

    @pytest.mark.full
    def test_large_pages_without_end_are_bounded_all_together(self) -> None:
        item = {"amount": {"value": 1.5, "currency": "usd"}, "line_item": "x" * 100}
        results = [item] * 50_000  # some 8 MB
        numbers = count()

        def pages(connection: Any, request: bytes, _: Any) -> None:
            start = int(datetime.now(UTC).timestamp())
            bucket = {"start_time": start, "results": results}
            page = {"data": [bucket], "has_more": True, "next_page": f"p{next(numbers)}"}
            connection.sendall(response(200, json.dumps({"object": "page", **page}).encode()))

        with listening(pages) as server:
            started = monotonic()
            data = examined(settings_for(server), timeout=15)
        assert monotonic() - started < 15 + BUSY
        assert next(numbers) < 25  # what is left of the last page of each list included
        assert any("page" in gap["reason"] for gap in data["gaps"])

    def test_pages_that_break_off_end_the_sums_with_a_day(self) -> None:
        first = TODAY - timedelta(days=60)

        def costs(query: Query) -> tuple[int, Any]:
            if "page" in query:
                return 500, {}
            start = int(query["start_time"][0])
            return 200, page_of([(start + DAY * number, [cost(1)]) for number in range(10)], "p2")

        data = billed({COSTS: costs}, days=61)
        assert (data["month_to_date"], data["total"]) == (None, "10.00")
        end = str(first + timedelta(days=9))
        assert (data["period"]["end"], data["by_day"][-1]["date"]) == (end, end)
        (reason, *_) = (gap["reason"] for gap in data["gaps"] if gap["endpoint"] == COSTS)
        assert "page 2" in reason
        assert reason.endswith(f"the sums end with {end}")
        assert data["exit_code"] == 3

    def test_pages_that_repeat_themselves_are_counted_once(self) -> None:
        same = page_of([(at(TODAY), [cost(0.06)])], "page_A")
        data = billed({COSTS: (200, same)})
        assert data["total"] in ("0.06", None)
        assert gaps(data) == {COSTS}
        assert any("repeat" in gap["reason"] for gap in data["gaps"])

    def test_a_server_that_tells_of_other_days_is_believed_and_told_of(self) -> None:
        other = date(2024, 11, 1)
        data = billed({COSTS: (200, page_of([(at(other), [cost(0.06)])]))})
        assert data["by_day"] == [{"date": "2024-11-01", **SIX_CENTS}]
        assert data["month_to_date"] == "0.06"
        assert data["period"]["start"] == data["period"]["end"] == "2024-11-01"
        assert data["forecast"]["month_end"] is None
        assert (gaps(data), data["exit_code"]) == ({COSTS}, 3)


class TestTheKey:
    @pytest.mark.parametrize(
        "entry_id",
        [
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "insufficient_quota",
            "billing_not_active",
            "billing_hard_limit_reached",
        ],
    )
    def test_each_state_of_the_quota_is_told_apart_with_its_fix(self, entry_id: str) -> None:
        with simulation(entry_id) as settings:
            data = examined(replace(settings, admin_key=None))
        assert (data["key"]["id"], data["key"]["may_spend"]) == (entry_id, False)
        assert data["diagnosis"]["id"] == entry_id
        assert data["exit_code"] == 1
        fix = data["diagnosis"]["remediation"]["steps"]
        others = [one.id for one in catalogue.entries("openai") if one.family == "quota"]
        assert fix
        assert all(
            catalogue.get(one, "openai").summary != data["diagnosis"]["summary"]
            for one in others
            if one != entry_id
        )

    def test_a_limit_that_passes_does_not_say_that_nothing_may_be_spent(self) -> None:
        with simulation("rate_limit_tokens") as settings:
            data = examined(settings)
        assert (data["key"]["may_spend"], data["key"]["id"]) == (None, "rate_limit_tokens")

    def test_without_an_admin_key_the_gap_is_expected(self) -> None:
        with simulation(None) as settings:
            data = examined(replace(settings, admin_key=None))
        assert (gaps(data), data["exit_code"], data["month_to_date"]) == (set(), 0, None)
        assert any("OPENAI_ADMIN_KEY" in gap["reason"] for gap in data["gaps"])
        assert data["key"]["may_spend"] is True
        assert data["key"]["rate_limits"][0]["limit"] == 500

    def test_without_an_ordinary_key_the_costs_are_known(self) -> None:
        with simulation(None) as settings:
            data = examined(replace(settings, key=None))
        assert (data["key"], data["exit_code"]) == (None, 0)
        assert data["month_to_date"] is not None

    def test_without_any_key_that_is_the_cause(self) -> None:
        with simulation(None) as settings:
            data = examined(replace(settings, key=None, admin_key=None))
        assert (data["diagnosis"]["id"], data["exit_code"]) == ("missing_api_key", 1)

    def test_nothing_is_spent_if_nothing_may_be(self) -> None:
        with serving() as server:
            data = examined(settings_for(server), spend=False)
            posted = [one for one in server.requests if one.startswith(b"POST")]
        assert all(b'"messages"' not in one for one in posted)
        assert (data["key"]["may_spend"], data["exit_code"]) == (None, 0)


GATEWAY = "http://gateway.invalid/v1"


class TestWhereKeysGo:
    def test_each_key_goes_to_its_own_endpoints_only(self) -> None:
        with serving() as server:
            examined(settings_for(server), days=200)
            requests = list(server.requests)
        admin = [one for one in requests if ADMIN_KEY.encode() in one]
        ordinary = [one for one in requests if PROJECT_KEY.encode() in one]
        assert len(admin) > 10
        assert len(ordinary) >= 2
        assert not [one for one in admin if one in ordinary]
        assert all(one.startswith(b"GET /v1/organization/") for one in admin)
        assert not any(b"/organization/" in one.split(b"\r\n")[0] for one in ordinary)
        assert {authorization_of(one) for one in requests} == {
            f"Bearer {ADMIN_KEY}",
            f"Bearer {PROJECT_KEY}",
        }

    def test_what_the_environment_adds_for_the_official_client_stays_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", PROJECT_KEY)
        monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-admin-of-somebody-else-0000")
        monkeypatch.setenv("OPENAI_ORG_ID", "org-stray")
        monkeypatch.setenv("OPENAI_PROJECT_ID", "proj_stray")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.invalid/v1")
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {PROJECT_KEY}")
        with serving() as server:
            data = examined(settings_for(server))
            admin = [one for one in server.requests if b"/organization/" in one]
        assert (gaps(data), data["exit_code"]) == (set(), 0)
        assert {authorization_of(one) for one in admin} == {f"Bearer {ADMIN_KEY}"}
        assert not [one for one in admin if b"stray" in one or b"somebody" in one]

    def test_a_redirect_takes_no_key_along(self) -> None:
        with listening(always(200, b"{}")) as other:
            away = {"Location": f"{other.base_url}/organization/costs"}
            data = billed({"/organization/*": (307, b"", away)})
            assert other.requests == []
        assert data["diagnosis"]["id"] == "unexpected_redirect"

    def test_another_host_gets_the_ordinary_key_and_no_admin_key(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with listening(always(404, b"{}")) as proxy:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
            settings = settings_for(
                proxy, base_url=Value(GATEWAY, "test"), direct=False, allow_http=True
            )
            data = examined(settings)
            sent = b"".join(proxy.requests)
        assert PROJECT_KEY.encode() in sent
        assert ADMIN_KEY.encode() not in sent
        assert b"/organization/" not in sent
        assert any("not sent" in gap["reason"] for gap in data["gaps"])

    @pytest.mark.parametrize("kind", ["a project key", "no key", "the same key"])
    def test_what_is_no_admin_key_goes_to_no_admin_endpoint(self, kind: str) -> None:
        value = {
            "a project key": PROJECT_KEY.replace("Zm4T", "Qm4T"),
            "no key": "sk-admin-abcdefgh “quoted”",
            "the same key": "a-token-of-a-gateway-0001",
        }[kind]
        changes = {"admin_key": Key(Secret(value), "OPENAI_ADMIN_KEY")}
        if kind == "the same key":
            changes["key"] = Key(Secret(value), "OPENAI_API_KEY")
        with serving() as server:
            data = examined(settings_for(server, **changes))
            assert not [one for one in server.requests if b"/organization/" in one]
        (gap,) = (gap for gap in data["gaps"] if not gap["expected"])
        assert "not sent" in gap["reason"]
        assert data["exit_code"] == 3


GRANTS = {"total_granted": 18.0, "total_used": 0.25, "total_available": 17.75}


class TestGateway:
    def test_its_dashboard_tells_a_balance(self) -> None:
        told: dict[str, Told] = {
            "/dashboard/billing/subscription": (200, {"hard_limit_usd": 20}),
            "/dashboard/billing/usage": (200, {"total_usage": 250.5}),
            "/dashboard/billing/credit_grants": (404, {}),
        }
        data = billed(told)
        assert data["balance"] == {
            "currency": "usd",
            "granted": "20.00",
            "granted_number": 20,
            "used": "2.505",
            "used_number": 2.505,
            "left": "17.495",
            "left_number": 17.495,
            "source": "the gateway's dashboard",
        }

    def test_the_credit_itself_counts_before_the_limit(self) -> None:
        data = billed({"/dashboard/billing/credit_grants": (200, GRANTS)})
        assert data["balance"]["left"] == "17.75"
        assert gaps(data) == set()

    def test_it_is_also_found_beside_the_version_of_the_api(self) -> None:
        def answer(connection: Any, request: bytes, listener: Any) -> None:
            from helpers.servers import response

            found = path_of(request) == "/dashboard/billing/credit_grants"
            body = json.dumps(GRANTS).encode() if found else b"{}"
            connection.sendall(response(200 if found else 404, body))

        with listening(answer) as server:
            data = examined(settings_for(server, admin_key=None))
        assert data["balance"]["left"] == "17.75"

    def test_the_answer_of_openai_itself_is_explained_and_no_fault(self) -> None:
        with simulation(None) as settings:
            data = examined(settings)
        dashboard = [gap for gap in data["gaps"] if "/dashboard/" in gap["endpoint"]]
        assert {gap["id"] for gap in dashboard} == {"session_key_required"}
        assert {gap["expected"] for gap in dashboard} == {True}
        assert (data["balance"], data["exit_code"]) == (None, 0)

    def test_without_a_dashboard_nothing_is_made_up(self) -> None:
        data = billed({"/dashboard/*": (404, {})})
        assert data["balance"] is None


def test_a_base_url_that_is_none_is_the_cause_and_nothing_is_sent() -> None:
    settings = Settings("openai", Value("api.openai.com/v1", "OPENAI_BASE_URL"))
    data = examined(settings)
    assert (data["diagnosis"]["id"], data["exit_code"]) == ("bad_base_url", 1)
    assert data["notes"]


EXAMPLE_PAGE: dict[str, Any] = {
    "object": "page",
    "data": [
        {
            "object": "bucket",
            "start_time": 1730419200,
            "end_time": 1730505600,
            "results": [
                {
                    "object": "organization.costs.result",
                    "amount": {"value": 0.06, "currency": "usd"},
                    "line_item": None,
                    "project_id": None,
                    "api_key_id": None,
                    "quantity": None,
                    "quantity_unit": None,
                }
            ],
        }
    ],
    "has_more": False,
    "next_page": None,
}
LIMIT = {
    "threshold_amount": 10000,
    "currency": "USD",
    "interval": "month",
    "enforcement": {"status": "enforcing"},
}
ALERT = {"id": "alert_abc123", "threshold_amount": 100000, "currency": "USD", "interval": "month"}
# the values of the example bodies in the official OpenAPI document, version 2.3.0
EXAMPLES: dict[str, Told] = {
    COSTS: (200, EXAMPLE_PAGE),
    "/organization/usage/completions": (
        200,
        {
            "object": "page",
            "data": [
                {
                    "object": "bucket",
                    "start_time": 1730419200,
                    "end_time": 1730505600,
                    "results": [
                        {
                            "object": "organization.usage.completions.result",
                            "input_tokens": 1000,
                            "input_cached_tokens": 400,
                            "output_tokens": 500,
                            "num_model_requests": 5,
                            "project_id": None,
                            "model": None,
                        }
                    ],
                }
            ],
            "has_more": True,
            "next_page": "page_AAAAAGdGxdEiJdKOAAAAAGcqsYA=",
        },
    ),
    "/organization/spend_limit": (200, {"object": "organization.spend_limit", **LIMIT}),
    "/organization/spend_alerts": (200, {"object": "list", "data": [ALERT], "has_more": False}),
    PROJECTS: (
        200,
        {
            "object": "list",
            "data": [
                {
                    "id": "proj_abc",
                    "object": "organization.project",
                    "name": "Project example",
                    "created_at": 1711471533,
                    "archived_at": None,
                    "status": "active",
                }
            ],
            "first_id": "proj-abc",
            "last_id": "proj-xyz",
            "has_more": False,
        },
    ),
    "/organization/projects/proj_abc/spend_limit": (
        200,
        {"object": "project.spend_limit", **LIMIT},
    ),
    "/organization/projects/proj_abc/spend_alerts": (
        200,
        {"object": "list", "data": [ALERT], "has_more": False},
    ),
}


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return billed(EXAMPLES)


class TestTheOfficialExamples:
    def test_the_figures_are_those_of_the_examples(self, data: dict[str, Any]) -> None:
        assert (data["currency"], data["month_to_date"]) == ("usd", "0.06")
        assert data["by_day"] == [{"date": "2024-11-01", **SIX_CENTS}]
        assert data["by_project"] == [{"project_id": None, "name": None, **SIX_CENTS}]
        assert data["by_line_item"] == [{"line_item": None, **SIX_CENTS}]
        assert data["usage"]["requests"] == 5

    def test_the_limits_are_dollars(self, data: dict[str, Any]) -> None:
        found = [
            (one["scope"], one["amount"], one["enforcement"], one["spent"])
            for one in data["limits"]
        ]
        assert found == [
            ("organization", "100.00", "enforcing", "0.06"),
            ("project", "100.00", "enforcing", "0.00"),
            ("organization", "1000.00", "alert", "0.06"),
            ("project", "1000.00", "alert", "0.00"),
        ]
        assert data["limits"][1]["name"] == "Project example"

    def test_what_is_odd_about_them_is_told(self, data: dict[str, Any]) -> None:
        assert gaps(data) == {COSTS, "/organization/usage/completions"}


def test_the_admin_endpoints_are_asked_as_they_are_documented() -> None:
    with serving() as server:
        settings = settings_for(server)
        assert settings.admin_key
        background = Background(monotonic() + 5)
        dialer = start_path(Way(settings, background), background).dialer
        assert dialer
        asked = admin.Organization(settings, settings.admin_key, dialer, background.deadline)
        start = at(TODAY - timedelta(days=3))
        groups = ["project_id", "line_item"]
        costs = asked.ask(admin.COSTS, start_time=start, limit=4, group_by=groups).body
        listed = asked.ask(admin.PROJECTS, include_archived=True, limit=50).body
    assert len(json.loads(costs)["data"][0]["results"]) > 20
    assert "proj_retired" in listed
