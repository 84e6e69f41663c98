"""A run as metrics in the text format of Prometheus, for the collector of text files."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from codegpt_doctor.output.contract import ReportData

PREFIX = "codegpt_doctor"
Labels = Mapping[str, object]
Samples = list[tuple[Labels, float]]


def as_prometheus(data: ReportData) -> str:
    """The report as metrics; what was not measured has no sample."""
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(data: ReportData) -> Iterator[str]:
    for name, meaning, samples in _metrics(data):
        if samples:
            yield f"# HELP {PREFIX}_{name} {meaning}"
            yield f"# TYPE {PREFIX}_{name} gauge"
        for labels, value in samples:
            told = ",".join(f'{key}="{_escaped(one)}"' for key, one in labels.items())
            yield f"{PREFIX}_{name}{{{told}}} {value:.12g}"


def _metrics(data: ReportData) -> Iterator[tuple[str, str, Samples]]:
    target, diagnosis = data["target"], data["diagnosis"]
    who: Labels = {
        name: value or ""
        for name, value in (
            ("provider", target["provider"]),
            ("base_url", target["base_url"]),
            ("model", target["model"]),
        )
    }
    healthy = data["status"] == "healthy"
    yield "healthy", "Whether all that was tested works.", [(who, healthy)]
    code = data["exit_code"]
    yield "exit_status", "How the run ended: 0 healthy, 1 a root cause, 3 unknown.", [(who, code)]
    took = data["duration_ms"] / 1000
    yield "run_duration_seconds", "How long the run took.", [(who, took)]
    started = datetime.fromisoformat(data["started_at"]).timestamp()
    yield "run_timestamp_seconds", "When the run began.", [(who, started)]
    if diagnosis:
        cause = {
            **who,
            "id": diagnosis["id"],
            "family": diagnosis["family"],
            "http_status": diagnosis["http_status"] or "",
            "retry": diagnosis["retry"],
        }
        yield "root_cause", "The root cause that was found.", [(cause, 1)]
        wait = diagnosis["retry_after_s"]
        if wait is not None:
            yield "retry_after_seconds", "How long the API says to wait.", [(who, wait)]
    checks = [check for check in data["checks"] if check["status"] != "skip"]
    good: Samples = [
        ({**who, "check": one["id"]}, one["status"] in ("pass", "warn")) for one in checks
    ]
    yield "check_success", "Whether a check passed.", good
    measured: Samples = [
        ({**who, "check": one["id"]}, one["measured_ms"] / 1000)
        for one in checks
        if one["measured_ms"] is not None
    ]
    yield "check_duration_seconds", "What the measurement of a check took.", measured
    yield "rate_limit_remaining", "What is left of a rate limit.", _left(data, who)


def _left(data: ReportData, who: Labels) -> Samples:
    """What is left of each rate limit, where that is told."""
    limits = (check["observations"] for check in data["checks"] if check["id"] == "limits")
    return [
        ({**who, "kind": kind}, one["remaining_number"])
        for observed in limits
        for kind, one in observed.items()
        if isinstance(one, dict) and one.get("remaining_number") is not None
    ]


def _escaped(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
