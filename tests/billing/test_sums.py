"""Adding up, against sums of integers that know nothing of decimals."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from codegpt_doctor.billing import sums
from codegpt_doctor.model.money import Cost

START = date(2026, 1, 1)


def year_of_costs(seed: int) -> tuple[list[Cost], list[tuple[int, str, str, int]]]:
    """Costs of a year, and the same as day, project, line item and millionths."""
    chance = random.Random(seed)
    facts = [
        (
            chance.randrange(365),
            f"proj_{chance.randrange(40)}",
            f"item {chance.randrange(12)}",
            chance.choice((1, -1, 3, 7)) * chance.randrange(10**9),
        )
        for _ in range(5000)
    ]
    costs = [
        Cost(START + timedelta(days=day), Decimal(amount).scaleb(-6), "usd", project, item)
        for day, project, item, amount in facts
    ]
    return costs, facts


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_of_a_year_are_exact(seed: int) -> None:
    costs, facts = year_of_costs(seed)
    days: dict[int, int] = defaultdict(int)
    projects: dict[str, int] = defaultdict(int)
    for day, project, _, amount in facts:
        days[day] += amount
        projects[project] += amount
    assert Fraction(sums.total(costs)) == Fraction(sum(days.values()), 10**6)
    by_day = sums.by_day(costs, START, START + timedelta(days=364))
    assert [Fraction(amount) for _, amount in by_day] == [
        Fraction(days[day], 10**6) for day in range(365)
    ]
    by_project = sums.by(costs, lambda cost: cost.project_id)
    assert {name: Fraction(amount) for name, amount in by_project} == {
        name: Fraction(amount, 10**6) for name, amount in projects.items()
    }
    assert [amount for _, amount in by_project] == sorted(
        (amount for _, amount in by_project), reverse=True
    )


def test_ten_dimes_are_a_dollar() -> None:
    assert sums.total([Cost(START, Decimal("0.1"))] * 10) == Decimal("1.0")


def test_days_without_costs_are_there_and_other_days_are_not() -> None:
    costs = [Cost(START, Decimal(1)), Cost(START + timedelta(days=9), Decimal(2))]
    assert sums.by_day(costs, START, START + timedelta(days=2)) == [
        (START, Decimal(1)),
        (START + timedelta(days=1), Decimal(0)),
        (START + timedelta(days=2), Decimal(0)),
    ]


def test_currencies_are_never_mixed_and_the_dollar_is_first() -> None:
    costs = [Cost(START, Decimal(1), code) for code in ("gbp", "usd", "eur")]
    assert sums.currencies(costs) == ["usd", "eur", "gbp"]
    assert sums.currencies([]) == ["usd"]
    assert sums.currencies([Cost(START, Decimal(0), "eur")]) == ["usd"]
    assert sums.currencies([Cost(START, Decimal(1), "eur")]) == ["eur"]


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ((2026, 2, 1), (2026, 2, 28)),
        ((2028, 2, 29), (2028, 2, 29)),
        ((2026, 12, 31), (2026, 12, 31)),
        ((2026, 11, 30), (2026, 11, 30)),
        ((2026, 1, 30), (2026, 1, 31)),
    ],
)
def test_a_month_has_its_days(day: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert sums.month_end(date(*day)) == date(*end)
    assert sums.month_start(date(*day)) == date(*day[:2], 1)
