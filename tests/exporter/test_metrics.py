"""A report as numbers."""

import re
from datetime import UTC, datetime, time

from helpers.command import ROOT

from codegpt_doctor.exporter.metrics import HELP, samples
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import (
    CheckResult,
    Diagnosis,
    Facts,
    Finding,
    Health,
    Report,
    Stage,
    Status,
    Target,
)
from codegpt_doctor.providers.provider import load

PAGE = (ROOT / "docs/prometheus.md").read_text(encoding="utf-8")
ENDING = next(one for one in load("openai").lifecycle if one.model)
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def check(name: str, facts: Facts, measured: int | None = None) -> CheckResult:
    return CheckResult(
        name, name, Stage.HTTP, Status.PASS, "", observations=facts, measured_ms=measured
    )


def numbers(*checks: CheckResult, model: str = "m", cause: str = "") -> dict[str, float]:
    finding = Finding(cause, (Evidence("inference", "429"),))
    found = Diagnosis(finding, Stage.BILLING, (), (), ()) if cause else None
    target = Target("openai", "https://api.openai.com/v1", model)
    health = Health.PROBLEM if cause else Health.HEALTHY
    report = Report("2026-11-28T00:00:00Z", 1500, target, health, found, checks, 0)
    return {
        " ".join((one.name, *(f"{key}={value}" for key, value in one.labels.items()))): one.value
        for one in samples(report, NOW)
    }


def test_a_healthy_run_has_no_cause() -> None:
    found = numbers()
    assert found["healthy"] == found["status status=healthy"] == 1
    assert found["status status=problem"] == found["status status=inconclusive"] == 0
    assert found["run_duration_seconds"] == 1.5
    assert found["run_timestamp_seconds"] == NOW.timestamp()
    assert not [name for name in found if name.startswith("cause")]


def test_a_cause_is_named_with_what_an_alert_asks() -> None:
    found = numbers(cause="insufficient_quota")
    assert found["healthy"] == 0
    assert found["cause id=insufficient_quota family=quota stage=billing retry=no"] == 1


def test_the_stages_are_told_in_seconds() -> None:
    found = numbers(
        check("tcp", {}, 20), check("inference", {}, 1200), check("tls", {"tls_ms": 30})
    )
    assert found["stage_duration_seconds stage=tcp"] == 0.02
    assert found["stage_duration_seconds stage=inference"] == 1.2
    assert found["stage_duration_seconds stage=tls"] == 0.03
    assert "stage_duration_seconds stage=dns" not in found


def test_the_end_of_a_certificate_and_of_a_model_is_told_in_days() -> None:
    found = numbers(check("tls", {"not_after": "Dec  8 12:00:00 2026 GMT"}), model=ENDING.model)
    assert found["certificate_days_left"] == 10.5
    left = datetime.combine(ENDING.ends, time(), UTC) - NOW
    assert found[f"model_days_left model={ENDING.model}"] == left.total_seconds() / 86400
    assert not [name for name in numbers() if "days_left" in name]


def test_limits_and_money_are_numbers() -> None:
    limits = {"requests": {"limit": "500", "remaining": "?", "reset": ""}}
    found = numbers(check("limits", limits), check("billing", {"month_to_date": {"usd": "5.25"}}))
    left = numbers(check("billing", {"balance": {"cny": "0.00"}}))
    assert left["balance currency=cny"] == 0
    assert found["limit kind=requests"] == 500
    assert "limit_remaining kind=requests" not in found
    assert found["spent_this_month currency=usd"] == 5.25


def test_the_page_explains_every_metric() -> None:
    table = PAGE.partition("## Metrics")[2].partition("## Files")[0]
    named = {name for line in table.splitlines() for name in re.findall(r"`([a-z_]+)[{`]", line)}
    assert HELP.keys() <= named
