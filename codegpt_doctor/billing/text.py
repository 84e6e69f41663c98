"""What a person reads of the money: from the data of the JSON contract.  CSV, too."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.billing.bars import LONG_MONTHS, Row, between, chart, grouped, money, spelled
from codegpt_doctor.output.cause_text import cause_lines, named_cause, result_lines
from codegpt_doctor.output.compact import without_request_id
from codegpt_doctor.output.lines import wrap_line
from codegpt_doctor.output.style import Style
from codegpt_doctor.providers.provider import load
from codegpt_doctor.providers.selection import host_and_port

Data = Mapping[str, Any]
LABEL_WIDTH = 12
MAX_NAMES = 8
SHARES = {"by_project": "project_id", "by_line_item": "line_item", "by_key": "api_key_id"}
FORMULA = ("=", "+", "-", "@", "|", "%")
CSV_HEAD = ("date", "project_id", "project", "line_item", "amount", "currency")


def billing_text(data: Data, style: Style) -> str:
    """Everything, from the one answer down to what is not known."""
    blocks = [
        _header(data, style),
        [*_summary(data, style)],
        *(_costs(part, data, style) for part in (data, *data["other_currencies"])),
        [*_limits(data, style)],
        [*_usage(data, style)],
        [*gap_lines(data, style)],
    ]
    if data["diagnosis"]:
        cause = named_cause(data["diagnosis"], data["duration_ms"])
        blocks += [[*cause_lines(data["diagnosis"], style)], result_lines("fail", cause, style)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """The costs as CSV, a line for each day, project and line item.

    What a spreadsheet would run as a formula is kept from it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_HEAD)
    for *names, amount, currency in rows:
        writer.writerow([*map(_inert, names), amount, _inert(currency)])
    return out.getvalue()


def _inert(cell: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula.

    Some look past white space, and some take the wide forms of the signs for the signs.
    """
    line = " ".join(cell.splitlines())
    sign = unicodedata.normalize("NFKC", line.lstrip()[:1])
    return f"'{line}" if sign in FORMULA or cell[:1] in ("\t", "\r", "\n") else line


def _header(data: Data, style: Style) -> list[str]:
    name = load(data["provider"]).name
    start, end = (date.fromisoformat(data["period"][which]) for which in ("start", "end"))
    parts = [name, data["base_url"], f"{between(start, end)} (UTC)"]
    if data["project"]:
        parts.append(f"project {data['project']['name'] or data['project']['project_id']}")
    return heading(style.symbols.dot.join(parts), style)


def _summary(data: Data, style: Style) -> Iterator[str]:
    for label, text in _facts(data):
        first, *rest = wrap_line(text, style.width - LABEL_WIDTH - 2)
        yield f"  {label:<{LABEL_WIDTH}}{first}"
        yield from (" " * (LABEL_WIDTH + 2) + line for line in rest)


def _facts(data: Data) -> Iterator[tuple[str, str]]:
    yield "Key", key_line(data["key"], data["provider"])
    for part in (data, *data["other_currencies"]):
        if part["month_to_date"] is not None:
            end = date.fromisoformat(data["period"]["end"])
            yield "Spent", f"{_amount(part['month_to_date'], part)} in {_month(end)} so far"
    yield from _most(data)
    yield from _outlook(data)
    if data["balance"]:
        yield "Balance", _balance(data["balance"])
    elif data["base_url"].startswith("https://") and _is_at_home(data):
        page = load(data["provider"]).pages.billing
        yield "Balance", f"no API reports the remaining prepaid credit: see {page}"
    for note in data["notes"]:
        yield "Note", note


def _is_at_home(data: Data) -> bool:
    """Whether the provider's own API was asked, and it has a page where one sees the credit."""
    provider = load(data["provider"])
    host, _ = host_and_port(data["base_url"])
    return provider.serves(host) and bool(provider.pages.billing)


def key_line(key: Data | None, provider: str) -> str:
    """What the key may do, in a line."""
    if key is None:
        name = next(iter(load(provider).key_variables), "key")
        return f"no {name}, so no request was sent"
    owner = f", charged to {key['organization']}" if key["organization"] else ""
    if key["id"]:
        verdict = "has to wait" if key["status"] == 429 else "could not be tested"
        verdict = "may not spend" if key["may_spend"] is False else verdict
        return f"{key['hint']} {verdict}{owner}: {catalogue.get(key['id'], provider).title}"
    if key["may_spend"]:
        return f"{key['hint']} may spend: {key['model']} answers{owner}"
    if key["may_spend"] is None and key["status"] in (200, 400, 422):
        return f"{key['hint']} is accepted; nothing was run, so credit was not tested"
    if not key["status"]:
        return f"{key['hint']} was not tested: {key['said']}"
    return f"{key['hint']} was not answered as expected{owner}: {key['said']}"


def _most(data: Data) -> Iterator[tuple[str, str]]:
    """Which project and which key spend most, where there is more than one."""
    total = Decimal(data["total"] or 0)
    parts = []
    for kind, shares, name in (
        ("project", data["by_project"], "project_id"),
        ("key", data["by_key"], "api_key_id"),
    ):
        if len(shares) > 1 and total > 0:
            label = shares[0].get("name") or shares[0][name] or "(not told)"
            parts.append(f"{kind} {label} ({_percent(Decimal(shares[0]['amount']), total)})")
    if parts:
        yield "Most by", " and ".join(parts)


def _outlook(data: Data) -> Iterator[tuple[str, str]]:
    forecast = data["forecast"]
    if forecast["month_end"] is None:
        return
    end = date.fromisoformat(forecast["month_ends_on"])
    first, last = (date.fromisoformat(forecast["basis"][which]) for which in ("start", "end"))
    rate = f"{_amount(forecast['daily'], data)} a day, the mean of {between(first, last)}"
    yield "Forecast", f"{_amount(forecast['month_end'], data)} by {spelled(end)}, at {rate}"
    limit = forecast["first_limit"]
    if limit is None:
        hard = any(one["enforcement"] == "enforcing" for one in data["limits"])
        yield "Limit", "none is reached this month at that rate" if hard else "no hard limit is set"
        return
    day = date.fromisoformat(limit["reached_on"])
    reached = Decimal(limit["spent"]) >= Decimal(limit["amount"])
    when = "was reached on" if reached else "comes first, about"
    yield (
        "Limit",
        f"that of {_owner(limit)}, {_amount(limit['amount'], limit)}, {when} {spelled(day)}",
    )


def _balance(balance: Data) -> str:
    parts = [
        f"{_amount(balance[name], balance)} {word}"
        for name, word in (("left", "left"), ("used", "used"), ("granted", "granted"))
        if balance[name] is not None
    ]
    return f"{', '.join(parts)}, says {balance['source']}"


def _costs(part: Data, data: Data, style: Style) -> list[str]:
    """The chart by day, and the shares of projects, line items and keys, in one currency."""
    if part["total"] is None:
        return []
    unit = part["currency"].upper()
    days = [(date.fromisoformat(one["date"]), Decimal(one["amount"])) for one in part["by_day"]]
    length, rows = grouped(days)
    if rows and days[-1][0] == date.fromisoformat(data["as_of"][:10]):
        rows[-1] = Row(rows[-1].label, rows[-1].amount, "so far")
    lines = heading(f"By {length}, in {unit}", style)
    if not any(row.amount for row in rows):
        return [*lines, "  nothing was charged"]
    lines += chart(rows, style)
    for name, kind in SHARES.items():
        if part[name]:
            title = name.replace("_", " ").capitalize()
            lines += ["", *heading(f"{title}, in {unit}", style)]
            lines += chart(_shares(part[name], kind, Decimal(part["total"])), style)
    return lines


def _shares(shares: Sequence[Data], name: str, total: Decimal) -> list[Row]:
    """The largest shares, and the rest of them as one."""
    rows = [
        Row(one.get("name") or one[name] or "(not told)", Decimal(one["amount"]), "")
        for one in shares
    ]
    if len(rows) > MAX_NAMES + 1:
        rest = sum((row.amount for row in rows[MAX_NAMES:]), Decimal(0))
        rows = [*rows[:MAX_NAMES], Row(f"{len(rows) - MAX_NAMES} others", rest)]
    return [Row(row.label, row.amount, _percent(row.amount, total)) for row in rows]


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.0f} %" if whole > 0 else ""


def _limits(data: Data, style: Style) -> Iterator[str]:
    if not data["limits"]:
        return
    yield from heading("Monthly limits", style)
    for one in data["limits"]:
        unit = one["currency"].upper()
        word = {"alert": "an alert only", "inactive": "not enforced"}.get(
            one["enforcement"], one["enforcement"]
        )
        parts = [f"{_owner(one)}: {money(Decimal(one['amount']))} {unit}, {word}"]
        if one["spent"] is not None:
            spent, amount = Decimal(one["spent"]), Decimal(one["amount"])
            share = f" ({_percent(spent, amount)})" if amount else ""
            parts.append(f"{money(spent)} spent{share}")
        if one["reached_on"]:
            day = date.fromisoformat(one["reached_on"])
            past = one["spent"] is not None and Decimal(one["spent"]) >= Decimal(one["amount"])
            parts.append(f"{'reached on' if past else 'reached about'} {spelled(day)}")
        yield from item("; ".join(parts), style)


def _owner(limit: Data) -> str:
    if limit["scope"] == "organization":
        return "the organization"
    return f"project {limit['name'] or limit['id']}"


def _usage(data: Data, style: Style) -> Iterator[str]:
    usage = data["usage"]
    if not usage or not usage["requests"]:
        return
    yield from heading("Completion usage", style)
    models = usage["by_model"][:MAX_NAMES]
    for one in [usage, *models] if len(models) > 1 else models:
        name = one.get("model", "all models") or "(not told)"
        cached = f" ({one['input_cached_tokens']:,} cached)" if one["input_cached_tokens"] else ""
        text = (
            f"{name}: {one['requests']:,} requests, {one['input_tokens']:,} input tokens{cached}, "
            f"{one['output_tokens']:,} output tokens"
        )
        yield from item(text, style)


def gap_lines(data: Data, style: Style) -> Iterator[str]:
    """What is not known and could be; endpoints with the same reason share a line."""
    gaps = [gap for gap in data["gaps"] if not (gap["expected"] and gap["id"])]
    if not gaps:
        return
    yield from heading("Not known", style)
    reasons: dict[str, list[str]] = {}
    for gap in gaps:
        reason = without_request_id(gap["reason"])
        reasons.setdefault(reason, []).append(gap["endpoint"])
    for reason, endpoints in reasons.items():
        yield from item(f"{', '.join(dict.fromkeys(endpoints))}: {reason}", style)


def heading(text: str, style: Style) -> list[str]:
    """The title of a block."""
    return [style.strong(line) for line in wrap_line(text, style.width)]


def item(text: str, style: Style) -> Iterator[str]:
    """One of a list, continued below when it is long."""
    first, *rest = wrap_line(text, style.width - 4)
    yield f"  {first}"
    yield from (f"    {line}" for line in rest)


def _amount(amount: str, of: Data) -> str:
    return f"{money(Decimal(amount))} {of['currency'].upper()}"


def _month(day: date) -> str:
    return f"{LONG_MONTHS[day.month - 1]} {day.year}"
