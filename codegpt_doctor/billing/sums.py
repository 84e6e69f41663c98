"""Adding up costs, in one currency at a time and never as floats."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from codegpt_doctor.model.money import Cost

Name = str | None


def currencies(costs: Iterable[Cost]) -> list[str]:
    """The currencies that something was charged in: US dollars first, then alphabetically.

    There is always one: without any costs it is the dollar, in which limits are set.
    """
    found = {cost.currency for cost in costs if cost.amount} or {"usd"}
    return sorted(found, key=lambda code: (code != "usd", code))


def total(costs: Iterable[Cost]) -> Decimal:
    """The sum of costs, which are of one currency."""
    return sum((cost.amount for cost in costs), Decimal(0))


def by_day(costs: Iterable[Cost], start: date, end: date) -> list[tuple[date, Decimal]]:
    """The sum of each day from ``start`` to ``end``, both counted, days without costs too."""
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for cost in costs:
        sums[cost.day] += cost.amount
    days = range((end - start).days + 1)
    return [(day, sums[day]) for day in (start + timedelta(days=number) for number in days)]


def by(costs: Iterable[Cost], name_of: Callable[[Cost], Name]) -> list[tuple[Name, Decimal]]:
    """The sum for each project, line item or key, the largest first."""
    sums: dict[Name, Decimal] = defaultdict(Decimal)
    for cost in costs:
        sums[name_of(cost)] += cost.amount
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0] or ""))


def within(costs: Iterable[Cost], start: date, end: date) -> list[Cost]:
    """The costs of the days from ``start`` to ``end``, both counted."""
    return [cost for cost in costs if start <= cost.day <= end]


def month_start(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
