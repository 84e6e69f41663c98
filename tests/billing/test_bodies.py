"""Bodies of the admin endpoints: decimals as written, and a clear refusal of all else."""

from datetime import date
from decimal import Decimal

import pytest

from codegpt_doctor.billing import bodies
from codegpt_doctor.billing.balance import Balance, combined, credit_of, granted_of, used_of
from codegpt_doctor.billing.bodies import BodyError
from codegpt_doctor.model.money import Cost, Limit, ModelLimit, Permissions, Project, exact

NOVEMBER = 1793491200  # 1 November 2026, 00:00 UTC


def page(value: str, currency: str = '"usd"', start: object = NOVEMBER) -> str:
    amount = f'{{"value": {value}, "currency": {currency}}}'
    result = f'{{"amount": {amount}, "project_id": "proj_a", "line_item": null}}'
    bucket = f'{{"start_time": {start}, "results": [{result}]}}'
    return f'{{"object": "page", "has_more": false, "next_page": null, "data": [{bucket}]}}'


class TestCosts:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("0.06", "0.06"),
            ("0.1234567890123456789", "0.1234567890123456789"),
            ("1e-7", "0.0000001"),
            ("1.5E+3", "1500"),
            ("12", "12"),
            ('"0.06"', "0.06"),
            ("-2.5", "-2.5"),
            ("null", "0"),
            ("0", "0"),
            ("1e-400", "0"),
        ],
    )
    def test_an_amount_is_what_was_written(self, written: str, meant: str) -> None:
        (cost,) = bodies.cost_page(page(written)).records
        assert cost == Cost(date(2026, 11, 1), Decimal(meant), "usd", "proj_a")

    @pytest.mark.parametrize(
        "written",
        [
            "1e999",
            "NaN",
            "Infinity",
            "-Infinity",
            "true",
            '"much"',
            "[]",
            "{}",
            '"NaN"',
            "9" * 5000,
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "1.5e9999999",
        ],
    )
    def test_what_is_no_amount_is_refused(self, written: str) -> None:
        with pytest.raises(BodyError):
            bodies.cost_page(page(written))

    @pytest.mark.parametrize(
        "start", ["null", '"yesterday"', "1e300", "-1e18", "true", "1e9999999"]
    )
    def test_what_is_no_time_is_refused(self, start: str) -> None:
        with pytest.raises(BodyError):
            bodies.cost_page(page("1", start=start))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "<html>",
            "[]",
            "null",
            "{}",
            '{"data": null}',
            '{"data": [1]}',
            '{"data": [{"start_time": 1}]}',
            '{"data": [{"start_time": 1, "results": ["x"]}]}',
            '{"data":' + "[" * 100_000,
        ],
        ids=lambda text: text[:20],
    )
    def test_what_is_no_page_is_refused(self, text: str) -> None:
        with pytest.raises(BodyError):
            bodies.cost_page(text)

    def test_a_day_is_one_of_utc(self) -> None:
        for start, day in [(NOVEMBER, 1), (NOVEMBER + 86399, 1), (NOVEMBER + 86400, 2)]:
            (cost,) = bodies.cost_page(page("1", start=start)).records
            assert cost.day == date(2026, 11, day)

    def test_a_currency_is_in_lower_case_and_is_the_dollar_if_it_is_not_told(self) -> None:
        assert bodies.cost_page(page("1", '"EUR"')).records[0].currency == "eur"
        assert bodies.cost_page(page("1", "null")).records[0].currency == "usd"

    def test_a_bucket_without_results_still_has_its_day(self) -> None:
        text = f'{{"data": [{{"start_time": {NOVEMBER}, "results": []}}]}}'
        assert bodies.cost_page(text) == bodies.Page((), (date(2026, 11, 1),), None)


class TestLimits:
    def test_a_limit_is_told_in_cents(self) -> None:
        text = '{"threshold_amount": 10050, "currency": "USD", "enforcement": {"status": "x"}}'
        assert bodies.spend_limit(text, "proj_a") == Limit(Decimal("100.50"), "usd", "x", "proj_a")

    def test_a_limit_of_zero_is_none(self) -> None:
        assert bodies.spend_limit('{"threshold_amount": 0, "currency": "USD"}') is None

    @pytest.mark.parametrize("text", ["{}", '{"threshold_amount": null}', "[]", '"x"'])
    def test_what_has_no_amount_is_refused(self, text: str) -> None:
        with pytest.raises(BodyError):
            bodies.spend_limit(text)

    def test_an_alert_is_a_limit_that_only_tells(self) -> None:
        text = '{"data": [{"id": "alert_1", "threshold_amount": 8000, "currency": "USD"}]}'
        (alert,) = bodies.alert_page(text).records
        assert alert == Limit(Decimal(80), "usd", "alert")


class TestOthers:
    def test_projects(self) -> None:
        text = (
            '{"data": [{"id": "proj_a", "name": null}, '
            '{"id": "b", "name": "B", "status": "archived"}]}'
        )
        assert bodies.project_page(text).records == (
            Project("proj_a", None),
            Project("b", "B", "archived"),
        )

    def test_rate_limits_keep_every_limit_by_its_name(self) -> None:
        text = (
            '{"data": [{"id": "rl", "model": "m", "max_requests_per_1_minute": 600, '
            '"max_images_per_1_minute": null, "batch_1_day_max_input_tokens": 5, "max_x": true}]}'
        )
        limits = (("requests_per_1_minute", 600), ("batch_1_day_input_tokens", 5))
        assert bodies.rate_limit_page(text).records == (ModelLimit("m", limits),)

    def test_permissions(self) -> None:
        text = '{"mode": "allow_list", "model_ids": ["o3"]}'
        assert bodies.permissions(text) == Permissions("allow_list", ("o3",))
        with pytest.raises(BodyError):
            bodies.permissions('{"mode": "allow_list"}')

    def test_usage_without_a_number_is_zero(self) -> None:
        text = f'{{"data": [{{"start_time": {NOVEMBER}, "results": [{{"input_tokens": 7}}]}}]}}'
        (usage,) = bodies.usage_page(text).records
        assert (usage.requests, usage.input_tokens, usage.output_tokens) == (0, 7, 0)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ('{"name": "Laptop", "redacted_value": "sk-proj-...abcd"}', "Laptop, sk-proj-...abcd"),
            ('{"name": null, "redacted_value": "sk-...abcd"}', "sk-...abcd"),
            ("{}", None),
            ("no json", None),
        ],
    )
    def test_a_key_has_the_name_that_its_owner_sees(self, text: str, name: str | None) -> None:
        assert bodies.key_name(text) == name


class TestDashboard:
    def test_the_amounts_are_dollars_except_the_usage_in_cents(self) -> None:
        assert granted_of('{"hard_limit_usd": 20.5}') == Decimal("20.5")
        assert used_of('{"total_usage": 250.5}') == Decimal("2.505")
        told = '{"total_granted": 18.0, "total_used": 0.1, "total_available": 17.9}'
        assert credit_of(told) == Balance(Decimal("18.0"), Decimal("0.1"), Decimal("17.9"))

    @pytest.mark.parametrize("read", [granted_of, used_of, credit_of])
    def test_another_body_is_refused(self, read: object) -> None:
        assert callable(read)
        with pytest.raises(BodyError):
            read('{"success": true}')

    def test_what_is_left_is_the_limit_less_the_usage_also_when_nothing_was_used(self) -> None:
        assert combined(None, Decimal(20), Decimal(0)).left == 20
        assert combined(None, Decimal(20), None) == Balance(Decimal(20))
        assert combined(Balance(left=Decimal(1)), Decimal(20), Decimal(0)).left == 1


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0.00"),
        ("-0", "0.00"),
        ("12", "12.00"),
        ("12.3", "12.30"),
        ("12.34000", "12.34"),
        ("1E+3", "1000.00"),
        ("0.0000001", "0.0000001"),
        ("-0.5", "-0.50"),
        ("123456789012.123456789", "123456789012.123456789"),
    ],
)
def test_a_written_amount_is_exact_and_has_at_least_two_decimals(amount: str, written: str) -> None:
    assert exact(Decimal(amount)) == written
    assert Decimal(written) == Decimal(amount)
