"""Looking ahead: the end of the month at the present rate, and which limit blocks first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from codegpt_doctor.billing.sums import by_day, month_end, month_start, total, within
from codegpt_doctor.model.money import Cost, Enforcement, Limit

BASIS_DAYS = 7


@dataclass(frozen=True, slots=True)
class Rate:
    """What a day costs at present: the mean of the complete days from ``first`` to ``last``."""

    daily: Decimal
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a limit stands: what was spent of it this month, and when it is reached.

    ``spent`` is None where the costs are not known.  ``reached_on`` is the day on which it was
    reached, or will be at the present rate; None when the month ends before, since the limits begin
    anew with each month.
    """

    limit: Limit
    spent: Decimal | None = None
    reached_on: date | None = None

    @property
    def reached(self) -> bool:
        """Whether it is reached already."""
        return self.spent is not None and self.spent >= self.limit.amount

    @property
    def will_block(self) -> bool:
        """Whether requests are refused from that day on."""
        return self.reached_on is not None and self.limit.enforcement == Enforcement.ENFORCING


def rate(costs: Iterable[Cost], today: date, known_from: date) -> Rate | None:
    """The mean of the last seven complete days, or of as many as are known; None without any."""
    first = max(known_from, today - timedelta(days=BASIS_DAYS))
    last = today - timedelta(days=1)
    days = (last - first).days + 1
    if days < 1:
        return None
    return Rate(total(within(costs, first, last)) / days, first, last)


def course(costs: Iterable[Cost], today: date, daily: Decimal) -> list[tuple[date, Decimal]]:
    """What will have been spent at the end of each day of the month: so far as it was charged.

    From today on a day costs the daily rate, or what today has cost already if that is more.
    """
    spent, sum_so_far = [], Decimal(0)
    for day, amount in by_day(costs, month_start(today), month_end(today)):
        sum_so_far += amount if day < today else max(amount, daily)
        spent.append((day, sum_so_far))
    return spent


def at_month_end(costs: Sequence[Cost], today: date, daily: Decimal) -> Decimal:
    """What the whole month will have cost."""
    return course(costs, today, daily)[-1][1]


def outlook(limit: Limit, costs: Iterable[Cost], today: date, known_from: date) -> Outlook:
    """How a limit stands, given all costs; those that it does not limit are left out."""
    counted = [
        cost
        for cost in costs
        if cost.currency == limit.currency and limit.project_id in (None, cost.project_id)
    ]
    spent = total(within(counted, month_start(today), today))
    present = rate(counted, today, known_from)
    daily = present.daily if present else Decimal(0)
    return Outlook(limit, spent, _reached_on(limit, counted, today, daily, spent))


def _reached_on(
    limit: Limit, costs: Sequence[Cost], today: date, daily: Decimal, spent: Decimal
) -> date | None:
    reached = spent >= limit.amount  # then the day is known, and no rate is to move it
    days = course(costs, today, Decimal(0) if reached else daily)
    return next((day for day, amount in days if amount >= limit.amount), None)


def bites_first(outlooks: Iterable[Outlook]) -> Outlook | None:
    """The hard limit that stops requests first, or has stopped them first; None when none does."""
    biting = [one for one in outlooks if one.will_block]
    return min(biting, key=lambda one: (not one.reached, one.reached_on or date.max), default=None)
