"""Bars for a terminal: labels, amounts and their lengths, within a width."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import combining, east_asian_width

from codegpt_doctor.model.money import CENT
from codegpt_doctor.output.style import Style

MIN_BAR, MAX_BAR = 6, 40
MAX_LABEL = 44
MAX_ROWS = 45
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it stands for, its amount, and a word after it."""

    label: str
    amount: Decimal
    after: str = ""


def chart(rows: Sequence[Row], style: Style) -> Iterator[str]:
    """Lines with label, amount and bar; the amount comes first, since it is what is read out."""
    amounts = [money(row.amount) for row in rows]
    amount_width = max(map(len, amounts), default=0)
    after_width = max((len(row.after) for row in rows), default=0)
    after_width += 2 if after_width else 0
    room = style.width - 2 - amount_width - 4 - after_width
    label_width = min(max((len(row.label) for row in rows), default=0), MAX_LABEL, room - MIN_BAR)
    bar_width = min(room - label_width, MAX_BAR)
    most = max((row.amount for row in rows), default=Decimal(0))
    for row, amount in zip(rows, amounts, strict=True):
        drawn = bar(row.amount, most, bar_width, style)
        line = f"  {fitted(row.label, label_width)}  {amount:>{amount_width}}"
        line += f"  {row.after:>{after_width - 2}}" if after_width else ""
        yield f"{line}  {drawn}".rstrip()


def bar(amount: Decimal, most: Decimal, width: int, style: Style) -> str:
    """A bar whose length is the share of an amount in the largest one; never empty above zero."""
    if amount <= 0 or most <= 0:
        return ""
    parts = len(style.symbols.bar)
    length = max(1, int((amount / most * width * parts).to_integral_value(ROUND_HALF_UP)))
    whole, rest = divmod(length, parts)
    return style.symbols.bar[-1] * whole + (style.symbols.bar[rest - 1] if rest else "")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for each wide character of East Asia."""
    return sum(0 if combining(one) else 1 + (east_asian_width(one) in "WF") for one in text)


def fitted(text: str, width: int) -> str:
    """A text on one line of exactly a width; what is left out of its middle is marked."""
    line = re.sub(r"\s", " ", text)
    if columns(line) > width:
        head, tail = line, line[-(width // 3) :]
        while columns(head) + 1 + columns(tail) > width:
            head, tail = (head[:-1], tail) if head else (head, tail[1:])
        line = f"{head}~{tail}"
    return line + " " * (width - columns(line))


def money(amount: Decimal) -> str:
    """An amount in whole cents, with thousands apart; a trace of money is no zero."""
    if 0 < amount < CENT / 2:
        return "<0.01"
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"


def spelled(day: date) -> str:
    """A day as people write it, with its month's name."""
    return f"{LONG_MONTHS[day.month - 1]} {day.day}"


def between(start: date, end: date) -> str:
    """Two days as people write them, with the year, and nothing twice."""
    last = f"{spelled(end)}, {end.year}"
    if start == end:
        return last
    if start.year != end.year:
        return f"{spelled(start)}, {start.year} to {last}"
    if start.month == end.month:
        return f"{spelled(start)} to {end.day}, {end.year}"
    return f"{spelled(start)} to {last}"


def grouped(days: Sequence[tuple[date, Decimal]]) -> tuple[str, list[Row]]:
    """Rows for days, or for weeks or months where there are too many days; and which they are."""
    if len(days) <= MAX_ROWS:
        return "day", [Row(_day(day), amount) for day, amount in days]
    if len(days) <= 7 * MAX_ROWS:
        return "week", _sums(days, lambda day: day - timedelta(days=day.weekday()), _week)
    return "month", _sums(days, lambda day: day.replace(day=1), _month)


def _sums(
    days: Sequence[tuple[date, Decimal]],
    start_of: Callable[[date], date],
    label: Callable[[date], str],
) -> list[Row]:
    sums: dict[date, Decimal] = {}
    for day, amount in days:
        sums[start_of(day)] = sums.get(start_of(day), Decimal(0)) + amount
    return [Row(label(start), amount) for start, amount in sums.items()]


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {MONTHS[day.month - 1]} {day.day:>2}"


def _week(day: date) -> str:
    return f"from {MONTHS[day.month - 1]} {day.day:>2}, {day.year}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
