"""The costs by day as a chart in a file: light or dark as its viewer is, and readable aloud."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from codegpt_doctor.billing.bars import Row, between, grouped, money, spelled

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 64, 44
GRID_LINES = 4
LABEL_ROOM = 62  # pixels that a label below the bars needs
STYLE = """
  .codegpt-costs { --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d8dee4;
    --bar: #0969da; --part: #54aeff; font: 13px system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) { .codegpt-costs { --ground: #0d1117; --ink: #f0f6fc;
    --soft: #9198a1; --line: #30363d; --bar: #4493f8; --part: #1f6feb; } }
  .codegpt-costs .ground { fill: var(--ground); }
  .codegpt-costs text { fill: var(--soft); }
  .codegpt-costs .head { fill: var(--ink); font-size: 16px; font-weight: 600; }
  .codegpt-costs line { stroke: var(--line); }
  .codegpt-costs rect.bar { fill: var(--bar); }
  .codegpt-costs rect.part { fill: var(--part); }
"""


def chart_svg(data: Mapping[str, Any]) -> str:
    """The chart of a run with known costs of at least one day: by day, or by week or month.

    Each bar has its figure as a title; the description has the sums in words.
    """
    days = [(date.fromisoformat(one["date"]), Decimal(one["amount"])) for one in data["by_day"]]
    length, rows = grouped(days)
    unit = data["currency"].upper()
    title = f"Costs by {length}, {between(days[0][0], days[-1][0])} (UTC)"
    partial = str(days[-1][0]) == data["as_of"][:10]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" class="codegpt-costs" role="img" '
        'aria-labelledby="codegpt-costs-title codegpt-costs-desc">',
        f'<title id="codegpt-costs-title">{escape(title)}</title>',
        f'<desc id="codegpt-costs-desc">{escape(_described(data, rows, unit))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="8"/>',
        f'<text class="head" x="{LEFT}" y="30">{escape(title)}</text>',
        f'<text x="{LEFT}" y="50">{escape(_totals(data, unit, partial))}</text>',
        f'<text x="{LEFT - 8}" y="50" text-anchor="end" aria-hidden="true">{escape(unit)}</text>',
        *_drawn(rows, unit, partial),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _totals(data: Mapping[str, Any], unit: str, partial: bool = False) -> str:
    parts = [f"{money(Decimal(data['total']))} {unit} in all"]
    end = data["forecast"]["month_end"]
    if end is not None:
        by = spelled(date.fromisoformat(data["forecast"]["month_ends_on"]))
        parts.append(f"{money(Decimal(end))} {unit} this month by {by} at the present rate")
    return "; ".join(parts + (["the last day is not over"] if partial else []))


def _described(data: Mapping[str, Any], rows: Sequence[Row], unit: str) -> str:
    said = f"{_totals(data, unit)}."
    most = max(rows, key=lambda row: row.amount)
    said += f" The most was {money(most.amount)} {unit}: {most.label}."
    for one in data["by_project"][:3]:
        name = one["name"] or one["project_id"] or "not told"
        said += f" Project {name}: {money(Decimal(one['amount']))} {unit}."
    return said


def _drawn(rows: Sequence[Row], unit: str, partial: bool) -> Iterator[str]:
    step = _step(max(row.amount for row in rows))
    top = step * GRID_LINES
    yield from _grid(step)
    room = (WIDTH - LEFT - RIGHT) / len(rows)
    width = max(1.0, min(room * 0.72, 48))
    every = -(-LABEL_ROOM // max(1, int(room)))
    for number, row in enumerate(rows):
        x = LEFT + room * number + (room - width) / 2
        last = partial and number == len(rows) - 1
        yield from _bar(row, unit, x, width, float(max(row.amount, Decimal(0)) / top), last)
        if number % every == 0:
            place = f'x="{x + width / 2:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle"'
            yield f'<text {place} aria-hidden="true">{escape(row.label)}</text>'


def _bar(row: Row, unit: str, x: float, width: float, share: float, last: bool) -> Iterator[str]:
    height = share * (HEIGHT - TOP - BOTTOM)
    said = f"{row.label}: {money(row.amount)} {unit}" + (" so far" if last else "")
    place = f'x="{x:.1f}" y="{HEIGHT - BOTTOM - height:.1f}"'
    size = f'width="{width:.1f}" height="{height:.1f}"'
    name = "part" if last else "bar"
    yield f'<rect class="{name}" {place} {size}><title>{escape(said)}</title></rect>'


def _grid(step: Decimal) -> Iterator[str]:
    for number in range(GRID_LINES + 1):
        y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * number / GRID_LINES
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        said = f"{(step * number).normalize():,f}"
        place = f'x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end"'
        yield f'<text {place} aria-hidden="true">{said}</text>'


def _step(most: Decimal) -> Decimal:
    """A round distance of the grid lines, so that four of them reach the largest bar."""
    if most <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb((most / GRID_LINES).adjusted())
    return next(unit * one for one in (1, 2, 5, 10) if unit * one * GRID_LINES >= most)
