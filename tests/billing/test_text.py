"""What is shown of the money: text, CSV and SVG, from the data of the JSON contract."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from codegpt_doctor.billing.bars import columns
from codegpt_doctor.billing.chart import chart_svg
from codegpt_doctor.billing.text import billing_text, csv_text
from codegpt_doctor.output.style import ASCII, Style

SVG = "{http://www.w3.org/2000/svg}"


def shares(kind: str, *pairs: tuple[str | None, str | None, str]) -> list[dict[str, Any]]:
    return [{kind: owner, "name": name, "amount": amount} for owner, name, amount in pairs]


def data(**changes: Any) -> dict[str, Any]:
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(23)]
    sums = {
        "month_to_date": "46.00",
        "total": "46.00",
        "by_day": [{"date": str(day), "amount": "2.00"} for day in days],
        "by_project": shares(
            "project_id", ("proj_a", "Website", "36.00"), ("proj_b", None, "10.00")
        ),
        "by_line_item": [{"line_item": "gpt-4o-mini, input", "amount": "46.00"}],
        "by_key": shares("api_key_id", ("key_1", "Laptop, sk-...abcd", "46.00")),
    }
    limit = {
        "scope": "project",
        "id": "proj_a",
        "name": "Website",
        "amount": "40.00",
        "currency": "usd",
        "enforcement": "enforcing",
        "spent": "36.00",
        "reached_on": "2026-11-25",
    }
    return {
        "provider": "openai",
        "base_url": "https://api.openai.com/v1",
        "as_of": "2026-11-23T10:00:00Z",
        "currency": "usd",
        "period": {"start": "2026-11-01", "end": "2026-11-23", "timezone": "UTC"},
        "project": None,
        **sums,
        "other_currencies": [],
        "limits": [limit],
        "forecast": {
            "month_end": "60.00",
            "month_ends_on": "2026-11-30",
            "exhausted_on": "2026-11-25",
            "first_limit": limit,
            "daily": "2.00",
            "basis": {"start": "2026-11-16", "end": "2026-11-22"},
        },
        "usage": None,
        "key": None,
        "balance": None,
        "gaps": [],
        "notes": [],
        "diagnosis": None,
    } | changes


def text(style: Style = Style(), **changes: Any) -> str:  # noqa: B008 - it is frozen
    return " ".join(billing_text(data(**changes), style).split())


class TestText:
    def test_the_answers_come_first(self) -> None:
        said = text()
        assert said.startswith("OpenAI · https://api.openai.com/v1 · 1 to 23 November 2026 (UTC)")
        for fact in (
            "Spent 46.00 USD in November 2026 so far",
            "Most by project Website (78 %)",
            "Forecast 60.00 USD by 30 November, at 2.00 USD a day, the mean of 16 to 22 November",
            "Limit that of project Website, 40.00 USD, comes first, about 25 November",
        ):
            assert fact in said
        assert said.index("Forecast") < said.index("By day, in USD")

    def test_the_day_that_is_not_over_is_marked(self) -> None:
        assert "Mon 23 Nov 2.00 so far" in text()
        assert "so far" not in text(as_of="2026-11-24T10:00:00Z").partition("By day")[2]

    def test_only_the_website_knows_the_prepaid_credit_of_openai(self) -> None:
        assert "remaining prepaid credit: see https://platform.openai.com/settings/" in text()
        assert "no API reports" not in text(base_url="https://gateway.example.org/v1")

    def test_a_balance_of_a_gateway_is_told(self) -> None:
        told = {"currency": "usd", "granted": "20.00", "used": "2.505", "left": "17.495"}
        told["source"] = "the gateway's dashboard"
        said = text(balance=told, base_url="https://gateway.example.org/v1")
        assert "Balance 17.50 USD left, 2.51 USD used, 20.00 USD granted" in said

    def test_an_empty_month_has_no_chart_of_zeros(self) -> None:
        days = [{"date": "2026-11-01", "amount": "0.00"}]
        said = text(month_to_date="0.00", total="0.00", by_day=days, by_project=[], by_key=[])
        assert "nothing was charged" in said
        assert "█" not in said.partition("By line item")[0]

    def test_a_limit_of_nothing_has_no_share(self) -> None:
        nothing = {**data()["limits"][0], "amount": "0.00", "spent": "0.00"}
        assert "0.00 USD, enforcing; 0.00 spent; reached on" in text(limits=[nothing])

    def test_costs_that_are_not_known_are_no_zero(self) -> None:
        said = text(month_to_date=None, total=None, by_day=[])
        assert "Spent" not in said
        assert "By day" not in said

    def test_another_currency_has_its_own_part(self) -> None:
        euros = {**data(), "currency": "eur", "month_to_date": "5.00", "total": "5.00"}
        said = text(other_currencies=[euros])
        assert "Spent 46.00 USD in November 2026 so far Spent 5.00 EUR" in said
        assert "By day, in EUR" in said

    def test_gaps_with_one_reason_share_a_line(self) -> None:
        gap = {"reason": "403, req_1: no", "id": None, "expected": False}
        other = {"reason": "403, req_2: no", "id": None, "expected": False}
        said = text(gaps=[{"endpoint": "/a", **gap}, {"endpoint": "/b", **other}])
        assert "Not known /a, /b: 403: no" in said

    def test_many_names_end_in_a_sum_of_the_rest(self) -> None:
        many = shares("project_id", *((f"proj_{n}", None, "1.00") for n in range(46)))
        assert "38 others 38.00 83 %" in text(by_project=many)

    def test_without_unicode_it_is_all_plain(self) -> None:
        said = billing_text(data(), Style(80, symbols=ASCII))
        assert said.isascii()
        assert "####" in said

    @pytest.mark.parametrize("width", [40, 60, 80])
    def test_every_line_fits(self, width: int) -> None:
        lines = billing_text(data(), Style(width)).splitlines()
        wide = [line for line in lines if columns(line) > width and "https://" not in line]
        assert wide == []

    def test_colour_only_repeats(self) -> None:
        plain = billing_text(data(), Style(80, color=False))
        colored = billing_text(data(), Style(80, color=True))
        assert colored != plain
        assert re.sub(r"\x1b\[\d+m", "", colored) == plain


class TestCsv:
    def test_it_has_a_head_and_keeps_commas_in_their_cells(self) -> None:
        row = ["2026-11-01", "proj_a", "Website", "gpt-4o-mini, input", "0.0000001", "usd"]
        found = list(csv.DictReader(io.StringIO(csv_text([row]))))
        assert found == [
            {
                "date": "2026-11-01",
                "project_id": "proj_a",
                "project": "Website",
                "line_item": "gpt-4o-mini, input",
                "amount": "0.0000001",
                "currency": "usd",
            }
        ]

    @pytest.mark.parametrize(
        "name",
        [
            *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "\uff0b1", "\uff0d1"),
            *("\uff201", "\xa0=1", "|calc", "\tplain", "\ufe621"),
        ],
    )
    def test_a_name_is_no_formula_and_an_amount_stays_a_number(self, name: str) -> None:
        row = ["2026-11-01", "proj_a", name, "item", "-1.50", "usd"]
        (found,) = list(csv.DictReader(io.StringIO(csv_text([row]))))
        assert found["project"] == f"'{name}"
        assert Decimal(found["amount"]) == Decimal("-1.50")

    @pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85", "\v"])
    def test_a_name_has_no_line_that_could_begin_a_formula(self, end: str) -> None:
        for name in (f"{end}=1", f"Website{end}=1"):
            text = csv_text([["2026-11-01", "proj_a", name, "item", "1", "usd"]])
            assert len(text.splitlines()) == 2
            assert not any(cell.strip().startswith("=") for cell in text.split(","))


def drawn(**changes: Any) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(data(**changes)))


def bars(chart: ElementTree.Element) -> Iterator[tuple[str, float]]:
    for rect in chart.iter(f"{SVG}rect"):
        title = rect.find(f"{SVG}title")
        if title is not None:
            yield str(title.text), float(rect.attrib["height"])


class TestSvg:
    def test_it_is_named_and_described_for_who_cannot_see_it(self) -> None:
        chart = drawn()
        assert chart.attrib["role"] == "img"
        ids = {one.attrib.get("id"): one.text or "" for one in chart.iter()}
        title, description = (ids[name] for name in chart.attrib["aria-labelledby"].split())
        assert title == "Costs by day, 1 to 23 November 2026 (UTC)"
        assert "46.00 USD in all" in description
        assert "Project Website: 36.00 USD." in description

    def test_a_bar_is_as_high_as_its_amount_and_says_it(self) -> None:
        days = [("2026-11-01", "1"), ("2026-11-02", "4"), ("2026-11-03", "0")]
        found = list(bars(drawn(by_day=[{"date": day, "amount": one} for day, one in days])))
        assert [said for said, _ in found] == [
            "Sun  1 Nov: 1.00 USD",
            "Mon  2 Nov: 4.00 USD",
            "Tue  3 Nov: 0.00 USD",
        ]
        heights = [height for _, height in found]
        assert heights[1] == pytest.approx(4 * heights[0], abs=0.3)
        assert heights[2] == 0

    def test_it_follows_light_and_dark(self) -> None:
        style = next(drawn().iter(f"{SVG}style")).text or ""
        light, dark = style.split("@media (prefers-color-scheme: dark)")
        for color in ("--ground", "--ink", "--soft", "--line", "--bar", "--part"):
            assert color in light
            assert color in dark

    @pytest.mark.parametrize("days", [1, 31, 180, 366])
    def test_all_bars_and_labels_are_within_the_picture(self, days: int) -> None:
        first = date(2025, 11, 24)
        by_day = [
            {"date": str(first + timedelta(days=number)), "amount": f"{number}.5"}
            for number in range(days)
        ]
        chart = drawn(by_day=by_day)
        _, _, width, height = map(float, chart.attrib["viewBox"].split())
        for rect in chart.iter(f"{SVG}rect"):
            x, y = float(rect.attrib.get("x", 0)), float(rect.attrib.get("y", 0))
            assert 0 <= x <= x + float(rect.attrib["width"]) <= width
            assert 0 <= y <= y + float(rect.attrib["height"]) <= height

    def test_names_are_text_and_no_markup(self) -> None:
        evil = shares("project_id", ("p", "</desc><script>alert(1)</script>", "1.00"))
        chart = drawn(by_project=evil)
        assert not list(chart.iter(f"{SVG}script"))
        assert "<script>" in (next(chart.iter(f"{SVG}desc")).text or "")

    def test_zero_and_negative_days_do_not_break_it(self) -> None:
        by_day = [{"date": "2026-11-01", "amount": "-5.00"}, {"date": "2026-11-02", "amount": "0"}]
        assert {height for _, height in bars(drawn(by_day=by_day))} == {0.0}
