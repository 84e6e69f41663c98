"""Bars and amounts in a terminal: true lengths, and lines that fit."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from codegpt_doctor.billing.bars import (
    MIN_BAR,
    Row,
    bar,
    between,
    chart,
    columns,
    fitted,
    grouped,
    money,
)
from codegpt_doctor.output.style import ASCII, Style

PLAIN = Style(80, symbols=ASCII)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0.00"),
        ("0.004", "<0.01"),
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("2.675", "2.68"),
        ("1234567.891", "1,234,567.89"),
        ("-0.5", "-0.50"),
    ],
)
def test_an_amount_is_rounded_to_cents_and_a_trace_is_no_zero(amount: str, shown: str) -> None:
    assert money(Decimal(amount)) == shown


class TestBar:
    def test_its_length_is_the_share_of_the_most(self) -> None:
        assert bar(Decimal(1), Decimal(2), 10, PLAIN) == "#####"
        assert bar(Decimal(2), Decimal(2), 10, PLAIN) == "#" * 10
        assert bar(Decimal(1), Decimal(2), 9, Style()) == "████▌"
        assert bar(Decimal(1), Decimal(16), 2, Style()) == "▏"

    def test_what_is_not_nothing_is_seen(self) -> None:
        assert bar(Decimal("0.0001"), Decimal(1000), 10, Style()) == "▏"
        assert bar(Decimal("0.0001"), Decimal(1000), 10, PLAIN) == "#"

    @pytest.mark.parametrize("amount", ["0", "-3"])
    def test_nothing_and_less_have_none(self, amount: str) -> None:
        assert bar(Decimal(amount), Decimal(5), 10, PLAIN) == ""
        assert bar(Decimal(amount), Decimal(0), 10, PLAIN) == ""


class TestChart:
    ROWS = (
        Row("a short one", Decimal(10), "so far"),
        Row("x" * 70 + ", output", Decimal("1234.5")),
        Row("日本語のプロジェクト名" * 3, Decimal(0)),
        Row("two\nlines\tand a tab", Decimal(-1)),
    )

    @pytest.mark.parametrize("width", [40, 60, 80, 92])
    @pytest.mark.parametrize("symbols", [ASCII, Style().symbols])
    def test_every_line_fits_and_the_amounts_stand_below_each_other(
        self, width: int, symbols: object
    ) -> None:
        style = Style(width, symbols=symbols)  # type: ignore[arg-type]
        lines = list(chart(self.ROWS, style))
        assert len(lines) == 4
        assert max(map(columns, lines)) <= width
        ends = {
            columns(line[: line.index(amount) + len(amount)])
            for line, amount in zip(lines, ("10.00", "1,234.50", "0.00", "-1.00"), strict=True)
        }
        assert len(ends) == 1
        assert lines[1].rstrip(style.symbols.bar) != lines[1]
        assert len(lines[1]) - len(lines[1].rstrip(style.symbols.bar)) >= MIN_BAR

    def test_the_end_of_a_long_name_is_kept(self) -> None:
        assert ", output" in next(iter(chart(self.ROWS[1:2], Style(60))))

    def test_no_rows_are_no_lines(self) -> None:
        assert list(chart([], PLAIN)) == []


@pytest.mark.parametrize("width", range(1, 30))
def test_a_label_has_exactly_its_width(width: int) -> None:
    for text in ("", "abc", "a" * 50, "日本語" * 9, "e\u0301" * 40):
        assert columns(fitted(text, width)) == width


class TestDays:
    @pytest.mark.parametrize(
        ("days", "length", "rows"), [(1, "day", 1), (31, "day", 31), (45, "day", 45)]
    )
    def test_a_month_has_a_bar_a_day(self, days: int, length: str, rows: int) -> None:
        assert grouped(self.days(days))[0] == length
        assert len(grouped(self.days(days))[1]) == rows

    @pytest.mark.parametrize(("days", "length"), [(46, "week"), (180, "week"), (366, "month")])
    def test_more_days_are_added_up_and_nothing_is_lost(self, days: int, length: str) -> None:
        name, rows = grouped(self.days(days))
        assert name == length
        assert len(rows) <= 45
        assert sum(row.amount for row in rows) == days

    def days(self, number: int) -> list[tuple[date, Decimal]]:
        start = date(2025, 12, 20)
        return [(start + timedelta(days=one), Decimal(1)) for one in range(number)]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((2026, 11, 1), (2026, 11, 23), "November 1 to 23, 2026"),
        ((2026, 11, 1), (2026, 11, 1), "November 1, 2026"),
        ((2026, 9, 5), (2026, 11, 1), "September 5 to November 1, 2026"),
        ((2025, 11, 5), (2026, 11, 1), "November 5, 2025 to November 1, 2026"),
    ],
)
def test_two_days_are_told_without_repetition(
    start: tuple[int, int, int], end: tuple[int, int, int], said: str
) -> None:
    assert between(date(*start), date(*end)) == said
