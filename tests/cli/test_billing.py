"""``codegpt-doctor billing`` as a user runs it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from helpers.command import complaint, data_of, run, shows_no_traceback
from helpers.organization import ADMIN_KEY, PROJECT_KEY, authorization_of, path_of, serving
from helpers.terminal import terminal

from codegpt_doctor.simulator import organization

pytestmark = pytest.mark.slow

CONTRACT = {
    "schema_version": int,
    "currency": str,
    "period": dict,
    "month_to_date": str,
    "by_day": list,
    "by_project": list,
    "by_line_item": list,
    "limits": list,
    "forecast": dict,
    "gaps": list,
}
MEMBERS = {
    "by_day": {"date", "amount"},
    "by_project": {"project_id", "name", "amount"},
    "by_line_item": {"line_item", "amount"},
    "limits": {"scope", "id", "amount", "enforcement"},
    "gaps": {"endpoint", "reason"},
}


@pytest.fixture(scope="module")
def keys() -> Iterator[dict[str, str]]:
    """The variables that lead to an organization on loopback."""
    with serving() as server:
        yield {
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_API_KEY": PROJECT_KEY,
            "OPENAI_ADMIN_KEY": ADMIN_KEY,
        }


def test_the_json_has_what_the_contract_says(keys: dict[str, str]) -> None:
    result = run("billing", "--json", variables=keys)
    data = data_of(result)
    assert (result.returncode, result.stderr, data["exit_code"]) == (0, b"", 0)
    assert {name: type(data[name]) for name in CONTRACT} == CONTRACT
    assert set(data["period"]) == {"start", "end", "timezone"}
    assert {"month_end", "exhausted_on"} <= set(data["forecast"])
    for name, members in MEMBERS.items():
        assert data[name]
        assert all(members <= set(one) for one in data[name]), name
    amounts = [one["amount"] for name in MEMBERS for one in data[name] if "amount" in one]
    assert all(isinstance(one, str) and Decimal(one).is_finite() for one in amounts)
    assert data["period"]["timezone"] == "UTC"


def test_each_key_goes_to_its_own_endpoints_only() -> None:
    with serving() as server:
        variables = {
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_API_KEY": PROJECT_KEY,
            "OPENAI_ADMIN_KEY": ADMIN_KEY,
            "OPENAI_CUSTOM_HEADERS": f"Authorization: Bearer {PROJECT_KEY}",
            "OPENAI_LOG": "debug",
        }
        result = run("billing", "--days", "200", variables=variables)
        requests = list(server.requests)
    assert result.returncode == 0
    for request in requests:
        wanted = ADMIN_KEY if path_of(request).startswith("/v1/organization/") else PROJECT_KEY
        assert authorization_of(request) == f"Bearer {wanted}"
        assert request.startswith(b"GET ") or b"/chat/completions" in request
    for key in (ADMIN_KEY, PROJECT_KEY):
        assert key[12:40].encode() not in result.stdout + result.stderr


def test_the_text_has_the_chart_and_no_secret(keys: dict[str, str]) -> None:
    result = run("billing", variables=keys)
    said = result.stdout.decode()
    assert (result.returncode, result.stderr) == (0, b"")
    for part in (
        "By day, in USD",
        "By project",
        "By line item",
        "By key",
        "Monthly limits",
        "Forecast",
    ):
        assert part in said
    assert "█" in said
    assert ADMIN_KEY[12:30] not in said


def test_csv_has_every_charge_of_every_day(keys: dict[str, str]) -> None:
    result = run("billing", "--csv", "--days", "20", variables=keys)
    assert (result.returncode, result.stderr) == (0, b"")
    found = {
        (row["date"], row["project_id"], row["line_item"]): Fraction(row["amount"]) * 1_000_000
        for row in csv.DictReader(io.StringIO(result.stdout.decode()))
    }
    today = datetime.now(UTC).date()
    days = [today - timedelta(days=number) for number in range(20)]
    assert found == {
        (str(day), project, item): millionths
        for day in days
        for project, item, _, millionths in organization.charges(day)
    }


def test_files_are_written_where_they_are_wanted(keys: dict[str, str], tmp_path: Path) -> None:
    result = run(
        *("billing", "--csv", "costs.csv", "--svg", "costs.svg", "--json"),
        variables=keys,
        folder=tmp_path,
    )
    assert result.returncode == 0
    assert data_of(result)["currency"] == "usd"
    assert result.stderr.decode().split() == [
        "costs.csv",
        "was",
        "written.",
        "costs.svg",
        "was",
        "written.",
    ]
    assert (tmp_path / "costs.csv").read_text().startswith("date,project_id,project,line_item,")
    assert ElementTree.parse(tmp_path / "costs.svg").getroot().attrib["role"] == "img"


def test_svg_goes_to_standard_output_without_a_file(keys: dict[str, str]) -> None:
    result = run("billing", "--svg", variables=keys)
    assert ElementTree.fromstring(result.stdout).attrib["class"] == "codegpt-costs"


class TestUsageErrors:
    @pytest.mark.sampled(3)
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--days", "0"), "--days"),
            (("--days", "367"), "--days"),
            (("--days", "many"), "--days"),
            (("--json", "--csv"), "--csv"),
            (("--svg", "--csv"), "--svg"),
            (("--simulate", "no_such_error"), "no_such_error"),
            (("--simulate", "healthy", "--project", "proj_nowhere"), "proj_nowhere"),
            (("--simulate", "healthy", "--svg", "no/such/folder/chart.svg"), "chart.svg"),
        ],
        ids=lambda one: " ".join(one) if isinstance(one, tuple) else None,
    )
    def test_are_one_line(self, arguments: tuple[str, ...], said: str) -> None:
        result = run("billing", *arguments)
        assert result.returncode == 2
        assert said in complaint(result)

    def test_no_option_takes_a_key(self) -> None:
        assert "--api-key" not in run("billing", "--help").stdout.decode()


class TestExitCodes:
    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({}, 0),
            ({"/organization/spend_alerts": (403, {"error": "Missing scopes: x"})}, 3),
            ({"/organization/costs": (200, b"<html>")}, 3),
            ({"/organization/*": (401, {"error": {"code": "invalid_api_key"}})}, 1),
            (
                {
                    "/chat/completions": (
                        429,
                        {"error": {"code": "project_spend_limit_exceeded", "message": "x"}},
                    )
                },
                1,
            ),
        ],
        ids=["all known", "a gap", "no costs", "refused everywhere", "no money"],
    )
    def test_say_what_came_of_it(self, told: dict[str, tuple[int, object]], code: int) -> None:
        with serving(told) as server:
            variables = {
                "OPENAI_BASE_URL": server.base_url,
                "OPENAI_API_KEY": PROJECT_KEY,
                "OPENAI_ADMIN_KEY": ADMIN_KEY,
            }
            result = run("billing", variables=variables)
        assert result.returncode == code, result.stdout.decode()
        assert shows_no_traceback(result)

    def test_no_key_at_all_is_the_cause(self, keys: dict[str, str]) -> None:
        result = run("billing", variables={"OPENAI_BASE_URL": keys["OPENAI_BASE_URL"]})
        assert result.returncode == 1
        assert b"missing_api_key" in result.stdout

    def test_nothing_is_written_when_no_costs_are_known(
        self, keys: dict[str, str], tmp_path: Path
    ) -> None:
        without = {name: value for name, value in keys.items() if "ADMIN" not in name}
        chart, sheet = tmp_path / "chart.svg", tmp_path / "costs.csv"
        files = ("--svg", str(chart), "--csv", str(sheet))
        result = run("billing", *files, variables=without)
        assert result.returncode == 3
        assert result.stderr.count(b"nothing was written") == 1
        assert not chart.exists()
        assert not sheet.exists()


def test_with_an_admin_key_nobody_is_asked_for_another(keys: dict[str, str]) -> None:
    variables = {name: value for name, value in keys.items() if name != "OPENAI_API_KEY"}
    with terminal("billing", variables=variables) as screen:
        assert screen.end() == 0
    assert b"not shown" not in screen.shown
    assert b"no OPENAI_API_KEY" in screen.shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_output_without_unicode_gets_a_chart_of_plain_characters(
    keys: dict[str, str], encoding: str
) -> None:
    result = run("billing", variables={**keys, "PYTHONIOENCODING": encoding})
    said = result.stdout.decode("utf-8", "replace")
    assert result.returncode == 0
    assert "#####" in said
    assert not {"█", "▏", "·", "┃"} & set(said)


def test_a_base_url_that_is_none_is_told(keys: dict[str, str]) -> None:
    result = run("billing", "--json", variables={**keys, "OPENAI_BASE_URL": "api.openai.com"})
    assert result.returncode == 1
    assert json.loads(result.stdout)["diagnosis"]["id"] == "bad_base_url"


def test_files_on_standard_output_are_utf_8_whatever_its_encoding_is() -> None:
    name = "Pr\u00f3ject \u65e5\u672c"
    projects = {"data": [{"id": "proj_docs", "name": name}], "has_more": False}
    with serving({"/organization/projects": (200, projects)}) as server:
        variables = {
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_ADMIN_KEY": ADMIN_KEY,
            "PYTHONIOENCODING": "cp1252",
        }
        table, text = (run("billing", *form, variables=variables) for form in (("--csv",), ()))
    rows = csv.DictReader(io.StringIO(table.stdout.decode()))
    assert name in {row["project"] for row in rows}
    assert "Pr\u00f3ject \\u65e5\\u672c" in text.stdout.decode("cp1252")
