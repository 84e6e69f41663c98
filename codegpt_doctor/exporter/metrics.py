"""A report as numbers: what a dashboard shows and an alert is about."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.model.report import CheckResult, Health, Report
from codegpt_doctor.output.prometheus import Sample
from codegpt_doctor.providers.provider import load

PREFIX = "codegpt_doctor_"
DAY = 86_400.0  # seconds
NOT_AFTER = "%b %d %H:%M:%S %Y GMT"  # as a certificate's end is told
STAGES = ("dns", "tcp", "http", "auth", "inference")  # checks that measure how long it took
HELP = {
    "healthy": "Whether all that was tested works.",
    "status": "How the run ended: 1 for one of healthy, problem and inconclusive.",
    "cause": "The one root cause of a problem, by its id; there is none where there is no problem.",
    "stage_duration_seconds": "How long a stage took.",
    "run_duration_seconds": "How long the whole run took.",
    "run_timestamp_seconds": "When the run began, in seconds since 1970.",
    "model_days_left": "Days until the tested model is shut down, where that is known.",
    "certificate_days_left": "Days until the certificate of the API ends.",
    "limit": "A rate limit, as the response headers report it.",
    "limit_remaining": "What is left of a rate limit.",
    "spent_this_month": "What the organization spent this month, where an admin key is set.",
    "balance": "What is left to spend, where the provider shows it to an ordinary key.",
    "target": "What was tested: always 1.",
}


def samples(report: Report, now: datetime) -> Iterator[Sample]:
    """Every number of a report, which ``HELP`` explains; ``now`` is what days are counted from."""
    yield Sample("healthy", report.status == Health.HEALTHY)
    for status in Health:
        yield Sample("status", report.status == status, {"status": status})
    target = report.target
    about = {"provider": target.provider, "base_url": target.base_url, "model": target.model or ""}
    yield Sample("target", 1, about)
    yield from _cause(report)
    yield Sample("run_duration_seconds", report.duration_ms / 1000)
    started = datetime.fromisoformat(report.started_at)
    yield Sample("run_timestamp_seconds", started.timestamp())
    checks = {check.id: check for check in report.checks}
    yield from _stages(checks)
    yield from _ends(report, checks, now)
    yield from _limits(checks.get("limits"))
    yield from _money(checks.get("billing"))


def _cause(report: Report) -> Iterator[Sample]:
    found = report.diagnosis
    if found is None:
        return
    entry = catalogue.get(found.finding.id, report.target.provider)
    labels = {"id": entry.id, "family": entry.family, "stage": found.stage, "retry": entry.retry}
    yield Sample("cause", 1, labels)


def _stages(checks: Mapping[str, CheckResult]) -> Iterator[Sample]:
    for name in STAGES:
        check = checks.get(name)
        if check and check.measured_ms is not None:
            yield Sample("stage_duration_seconds", check.measured_ms / 1000, {"stage": name})
    took = _facts(checks.get("tls")).get("tls_ms")
    if isinstance(took, int):
        yield Sample("stage_duration_seconds", took / 1000, {"stage": "tls"})


def _ends(report: Report, checks: Mapping[str, CheckResult], now: datetime) -> Iterator[Sample]:
    ends = _facts(checks.get("tls")).get("not_after")
    if isinstance(ends, str):
        left = datetime.strptime(ends, NOT_AFTER).replace(tzinfo=UTC) - now
        yield Sample("certificate_days_left", left.total_seconds() / DAY)
    model = report.target.model or ""
    known = load(report.target.provider).end_of(model)
    if known:
        yield Sample("model_days_left", _days(known.ends, now), {"model": model})


def _days(end: date, now: datetime) -> float:
    return (datetime(end.year, end.month, end.day, tzinfo=UTC) - now).total_seconds() / DAY


def _limits(check: CheckResult | None) -> Iterator[Sample]:
    for kind, told in _facts(check).items():
        for name, number in (("limit", told["limit"]), ("limit_remaining", told["remaining"])):
            if number.isdigit():
                yield Sample(name, float(number), {"kind": kind})


def _money(check: CheckResult | None) -> Iterator[Sample]:
    for name, fact in (("spent_this_month", "month_to_date"), ("balance", "balance")):
        for currency, amount in _facts(check).get(fact, {}).items():
            yield Sample(name, float(amount), {"currency": currency})


def _facts(check: CheckResult | None) -> Mapping[str, Any]:
    return check.observations if check else {}
