"""Looking ahead: the mean of the last complete days, and the limit that will_block first."""

from datetime import date, timedelta
from decimal import Decimal

from codegpt_doctor.billing.forecast import at_month_end, bites_first, outlook, rate
from codegpt_doctor.model.money import Cost, Limit

TODAY = date(2026, 11, 20)
LONG_AGO = date(2026, 1, 1)


def every_day(amount: str, start: date, end: date, project: str = "proj_a") -> list[Cost]:
    days = (end - start).days + 1
    return [
        Cost(start + timedelta(days=number), Decimal(amount), "usd", project)
        for number in range(days)
    ]


def limit(amount: str, project: str | None = None, enforcement: str = "enforcing") -> Limit:
    return Limit(Decimal(amount), "usd", enforcement, project)


NOVEMBER = every_day("2", date(2026, 11, 1), date(2026, 11, 19))


class TestRate:
    def test_it_is_the_mean_of_seven_complete_days(self) -> None:
        costs = [*NOVEMBER, Cost(TODAY, Decimal(100)), *every_day("9", LONG_AGO, LONG_AGO)]
        found = rate(costs, TODAY, LONG_AGO)
        assert found
        assert (found.daily, found.first, found.last) == (
            Decimal(2),
            date(2026, 11, 13),
            date(2026, 11, 19),
        )

    def test_days_without_costs_count(self) -> None:
        found = rate([Cost(date(2026, 11, 19), Decimal(7))], TODAY, LONG_AGO)
        assert found
        assert found.daily == 1

    def test_fewer_known_days_are_enough_and_none_are_not(self) -> None:
        found = rate(NOVEMBER, TODAY, date(2026, 11, 18))
        assert found
        assert (found.daily, found.first) == (Decimal(2), date(2026, 11, 18))
        assert rate(NOVEMBER, TODAY, TODAY) is None

    def test_on_the_first_of_a_month_the_days_before_count(self) -> None:
        found = rate(every_day("3", LONG_AGO, date(2026, 10, 31)), date(2026, 11, 1), LONG_AGO)
        assert found
        assert found.daily == 3


class TestEndOfMonth:
    def test_it_is_what_was_spent_and_the_rate_for_the_rest(self) -> None:
        assert at_month_end(NOVEMBER, TODAY, Decimal(2)) == 19 * 2 + 11 * 2

    def test_today_counts_with_the_rate_or_with_more_if_it_cost_more(self) -> None:
        little, much = ([*NOVEMBER, Cost(TODAY, Decimal(amount))] for amount in ("0.5", "50"))
        assert at_month_end(little, TODAY, Decimal(2)) == 60
        assert at_month_end(much, TODAY, Decimal(2)) == 38 + 50 + 20

    def test_other_months_do_not_count(self) -> None:
        assert at_month_end(every_day("5", LONG_AGO, date(2026, 10, 31)), TODAY, Decimal(0)) == 0

    def test_on_the_last_day_only_today_is_left(self) -> None:
        assert at_month_end([], date(2026, 11, 30), Decimal(4)) == 4


class TestOutlook:
    def test_a_limit_is_reached_on_the_day_whose_sum_passes_it(self) -> None:
        found = outlook(limit("45"), NOVEMBER, TODAY, LONG_AGO)
        assert (found.spent, found.reached_on) == (Decimal(38), date(2026, 11, 23))
        assert not found.reached
        assert found.will_block

    def test_a_limit_that_is_met_exactly_is_reached(self) -> None:
        assert outlook(limit("44"), NOVEMBER, TODAY, LONG_AGO).reached_on == date(2026, 11, 22)

    def test_a_limit_beyond_the_month_is_not_reached_since_it_begins_anew(self) -> None:
        found = outlook(limit("60.01"), NOVEMBER, TODAY, LONG_AGO)
        assert found.reached_on is None
        assert not found.will_block
        assert outlook(limit("60"), NOVEMBER, TODAY, LONG_AGO).reached_on == date(2026, 11, 30)

    def test_a_limit_that_was_reached_has_the_day_on_which_it_was(self) -> None:
        found = outlook(limit("10"), NOVEMBER, TODAY, LONG_AGO)
        assert found.reached
        assert found.reached_on == date(2026, 11, 5)

    def test_a_project_counts_its_own_costs_only(self) -> None:
        others = every_day("100", date(2026, 11, 1), date(2026, 11, 19), "proj_b")
        found = outlook(limit("45", "proj_a"), [*NOVEMBER, *others], TODAY, LONG_AGO)
        assert (found.spent, found.reached_on) == (Decimal(38), date(2026, 11, 23))
        assert outlook(limit("45"), [*NOVEMBER, *others], TODAY, LONG_AGO).reached

    def test_costs_of_another_currency_do_not_count(self) -> None:
        euros = [Cost(date(2026, 11, 2), Decimal(1000), "eur")]
        assert outlook(limit("45"), euros, TODAY, LONG_AGO).spent == 0

    def test_without_complete_days_nothing_is_foretold(self) -> None:
        found = outlook(limit("45"), [Cost(TODAY, Decimal(40))], TODAY, TODAY)
        assert (found.spent, found.reached_on) == (Decimal(40), None)


class TestFirst:
    def test_the_earliest_hard_limit_bites_first(self) -> None:
        limits = [limit("50"), limit("45", "proj_a"), limit("1000")]
        found = bites_first(outlook(one, NOVEMBER, TODAY, LONG_AGO) for one in limits)
        assert found
        assert found.limit.project_id == "proj_a"

    def test_one_that_was_reached_comes_before_one_that_will_be(self) -> None:
        limits = [limit("41", "proj_a"), limit("30")]
        found = bites_first(outlook(one, NOVEMBER, TODAY, LONG_AGO) for one in limits)
        assert found
        assert found.limit.amount == 30

    def test_alerts_and_limits_that_are_not_enforced_do_not_bite(self) -> None:
        limits = [limit("30", enforcement="alert"), limit("31", enforcement="inactive")]
        assert bites_first(outlook(one, NOVEMBER, TODAY, LONG_AGO) for one in limits) is None
