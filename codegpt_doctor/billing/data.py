"""The public contract of ``billing --json``: a run as JSON-compatible data, scrubbed.

Amounts are decimal strings, exact, with a number beside each; only what is forecast is rounded to
cents.  Days are of UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.billing import sums
from codegpt_doctor.billing.forecast import Outlook, at_month_end, bites_first, rate
from codegpt_doctor.billing.report import Billing, KeyState, Span
from codegpt_doctor.findings.windows import Window
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.model.money import CENT, Cost, Gap, Usage, both_ways, exact
from codegpt_doctor.model.report import Diagnosis, Finding, Stage, Target
from codegpt_doctor.output.contract import DiagnosisData
from codegpt_doctor.output.report_data import TOOL, diagnosis_data
from codegpt_doctor.redact import scrub, scrub_data

Data = dict[str, Any]


def billing_data(run: Billing) -> Data:
    """A run as the JSON contract has it."""
    costs, days = _shown(run)
    codes = sums.currencies(cost for cost in costs if cost.amount)
    first, *others = codes
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "status": run.status,
        "provider": run.provider,
        "base_url": run.base_url,
        "as_of": run.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "currency": first,
        "period": {"start": str(days.start), "end": str(days.end), "timezone": "UTC"},
        "project": {"project_id": run.project.id, "name": run.project.name}
        if run.project
        else None,
        **_sums(run, costs, first, days),
        "other_currencies": [
            {"currency": code, **_sums(run, costs, code, days)} for code in others
        ],
        "limits": [_limit(one, run) for one in run.outlooks],
        "forecast": _forecast(run, costs, first),
        "usage": _usage(run, days),
        "key": key_data(run.key) if run.key else None,
        "balance": _balance(run),
        "gaps": [gap_data(gap) for gap in run.gaps],
        "notes": list(run.notes),
        "diagnosis": finding_data(run.finding, run.target) if run.finding and run.target else None,
        "duration_ms": run.duration_ms,
        "exit_code": int(run.exit_code),
    }
    scrubbed: Data = scrub_data(data)
    return scrubbed


def rows(run: Billing) -> list[list[str]]:
    """The costs of the period one by one: day, project, its name, line item, amount, currency."""
    names = _names(run)
    costs, days = _shown(run)
    groups: dict[tuple[date, str, str, str], Decimal] = {}
    for cost in sums.within(costs, days.start, days.end):
        group = (cost.day, cost.project_id or "", cost.line_item or "", cost.currency)
        groups[group] = groups.get(group, Decimal(0)) + cost.amount
    return [
        [
            str(day),
            scrub(project),
            scrub(names.get(project) or ""),
            scrub(item),
            exact(amount),
            scrub(code),
        ]
        for (day, project, item, code), amount in sorted(groups.items())
    ]


def _shown(run: Billing) -> tuple[list[Cost], Span]:
    """The costs of the chosen project, or of all; and the days that they are known for."""
    known = run.books.known
    end = min(run.shown.end, known.end) if known else run.shown.end
    start = min(run.shown.start, end)
    chosen = run.project.id if run.project else None
    costs = [cost for cost in run.books.costs if chosen in (None, cost.project_id)]
    return costs, Span(start, end)


def _is_known(run: Billing) -> bool:
    """Whether any of the days that were asked for is known."""
    return run.books.known is not None and run.books.known.end >= run.shown.start


def _sums(run: Billing, every: Iterable[Cost], code: str, days: Span) -> Data:
    """The sums in one currency; a sum that is not wholly known is null."""
    costs = [cost for cost in every if cost.currency == code]
    shown = sums.within(costs, days.start, days.end)
    known = run.books.known if _is_known(run) else None
    names = _names(run)
    month = sums.within(costs, sums.month_start(run.shown.end), run.shown.end)
    whole = known is not None and known.end >= run.shown.end
    return {
        **both_ways("month_to_date", sums.total(month) if whole else None),
        **both_ways("total", sums.total(shown) if known else None),
        "by_day": [
            {"date": str(day), **both_ways("amount", amount)}
            for day, amount in sums.by_day(shown, days.start, days.end)
        ]
        if known
        else [],
        "by_project": [
            {"project_id": project, "name": names.get(project or ""), **both_ways("amount", amount)}
            for project, amount in sums.by(shown, lambda cost: cost.project_id)
        ],
        "by_line_item": [
            {"line_item": item, **both_ways("amount", amount)}
            for item, amount in sums.by(shown, lambda cost: cost.line_item)
        ],
        "by_key": _by_key(run, code, days),
    }


def _by_key(run: Billing, code: str, days: Span) -> list[Data]:
    chosen = run.project.id if run.project else None
    costs = [
        cost
        for cost in sums.within(run.books.by_key, days.start, days.end)
        if cost.currency == code and chosen in (None, cost.project_id)
    ]
    return [
        {
            "api_key_id": key,
            "name": run.books.key_names.get(key or ""),
            **both_ways("amount", amount),
        }
        for key, amount in sums.by(costs, lambda cost: cost.key_id)
    ]


def _names(run: Billing) -> Mapping[str, str | None]:
    return {one.id: one.name for one in run.books.projects}


def _limit(one: Outlook, run: Billing) -> Data:
    limit = one.limit
    return {
        "scope": "project" if limit.project_id else "organization",
        "id": limit.project_id or (run.key.charged_to if run.key else None),
        "name": _names(run).get(limit.project_id or ""),
        **both_ways("amount", limit.amount),
        "currency": limit.currency,
        "enforcement": limit.enforcement,
        **both_ways("spent", one.spent),
        "reached_on": str(one.reached_on) if one.reached_on else None,
    }


def _forecast(run: Billing, every: Sequence[Cost], code: str) -> Data:
    """The end of the month and the day on which the first hard limit blocks, if one does."""
    known, today = run.books.known, run.shown.end
    costs = [cost for cost in every if cost.currency == code]
    present = rate(costs, today, known.start) if known and known.end >= today else None
    first = bites_first(run.outlooks)
    limit = _limit(first, run) if first else None
    end = at_month_end(costs, today, present.daily) if present else None
    return {
        **both_ways("month_end", None if end is None else end.quantize(CENT)),
        "month_ends_on": str(sums.month_end(today)),
        "exhausted_on": limit["reached_on"] if limit else None,
        "first_limit": limit,
        **both_ways("daily", present.daily.quantize(CENT) if present else None),
        "basis": {"start": str(present.first), "end": str(present.last)} if present else None,
    }


def _usage(run: Billing, days: Span) -> Data | None:
    if run.books.usage is None:
        return None
    chosen = run.project.id if run.project else None
    usage = [
        one
        for one in run.books.usage
        if days.start <= one.day <= days.end and chosen in (None, one.project_id)
    ]
    models = dict.fromkeys(one.model for one in usage)
    by_model = [
        {"model": model, **_counts(one for one in usage if one.model == model)} for model in models
    ]
    by_model.sort(key=lambda one: -one["output_tokens"] - one["input_tokens"])
    return {**_counts(usage), "by_model": by_model}


def _counts(usage: Iterable[Usage]) -> Data:
    found = list(usage)
    return {
        "requests": sum(one.requests for one in found),
        "input_tokens": sum(one.input_tokens for one in found),
        "input_cached_tokens": sum(one.cached for one in found),
        "output_tokens": sum(one.output_tokens for one in found),
    }


def key_data(key: KeyState) -> Data:
    """What the ordinary key learned."""
    return {
        "hint": key.facts.hint,
        "kind": key.facts.kind,
        "source": key.facts.source,
        "model": key.model,
        "may_spend": key.may_spend,
        "status": key.http_status,
        "said": key.said,
        "id": key.finding.id if key.finding else None,
        "organization": key.charged_to,
        "project": key.project_id,
        "rate_limits": [_window_data(window) for window in key.windows],
    }


def _window_data(window: Window) -> Data:
    """One limit of the headers; the reset in seconds."""
    return {
        "kind": window.kind,
        "per": window.per,
        "limit": window.limit,
        "left": window.left,
        "resets_in_s": window.resets_in,
        "reset": window.said,
    }


def _balance(run: Billing) -> Data | None:
    if run.balance is None:
        return None
    return {
        "currency": run.balance.currency,
        **both_ways("granted", run.balance.granted),
        **both_ways("used", run.balance.used),
        **both_ways("left", run.balance.left),
        "source": run.balance.source,
    }


def gap_data(gap: Gap) -> Data:
    """What could not be learned, and why."""
    return {
        "endpoint": gap.endpoint,
        "reason": gap.reason,
        "id": gap.entry_id,
        "expected": gap.expected,
    }


def finding_data(finding: Finding, target: Target) -> DiagnosisData:
    """A finding as the cause of a whole run, in the form of a diagnosis, with its fix."""
    stage = Stage(catalogue.get(finding.id).stage)
    found = Diagnosis(finding, stage, explains=(), also=(), ruled_out=())
    return diagnosis_data(found, target)
