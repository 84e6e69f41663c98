"""A run as a trace: a span for the whole and one for each stage that was tested, sent over OTLP.

No span holds a key, an address with its path, or a word that was sent to a model or came back.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from time import time_ns
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from codegpt_doctor._version import __version__
from codegpt_doctor.model.report import CheckResult, Report, Status

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

NAME = "codegpt-doctor"
WHERE = "OTEL_EXPORTER_OTLP_ENDPOINT (http://localhost:4318 if it is not set)"
PATIENCE = 5.0  # seconds, for a collector
MILLISECOND = 1_000_000  # nanoseconds
IN_A_ROW = ("dns", "tcp", "tls")  # the others begin with the run, each on a way of its own
Attributes: TypeAlias = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a run: ``start`` and ``end`` are nanoseconds since it began, ``error`` is an id."""

    name: str
    start: int
    end: int
    error: str = ""
    attributes: Attributes = field(default_factory=dict)


def is_installed() -> bool:
    """Whether the extra ``otel`` is there."""
    return find_spec("opentelemetry") is not None and all(
        find_spec(f"opentelemetry.{name}") for name in ("sdk", "exporter")
    )


def whole(report: Report) -> Span:
    """The span of the whole run, named by the conventions of OpenTelemetry where they have one."""
    target, found = report.target, report.diagnosis
    url = urlsplit(target.base_url)
    told: dict[str, str | int | None] = {
        "codegpt_doctor.status": report.status.value,
        "gen_ai.provider.name": target.provider,
        "gen_ai.request.model": target.model,
        "server.address": url.hostname,
        "server.port": _port(target.base_url),
        "error.type": found.id if found else None,
        "codegpt_doctor.cause.family": found.family if found else None,
        "codegpt_doctor.cause.stage": found.stage.value if found else None,
        "http.response.status_code": found.http_status if found else None,
    }
    attributes = {name: value for name, value in told.items() if value is not None}
    end = report.duration_ms * MILLISECOND
    return Span(f"{NAME} check", 0, end, found.id if found else "", attributes)


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None


def stages(report: Report) -> Iterator[Span]:
    """A span for each check that was not skipped, in the order of the path."""
    reached = 0
    for check in report.checks:
        if check.status is Status.SKIP:
            continue
        start = reached if check.id in IN_A_ROW else 0
        end = start + _measured(check) * MILLISECOND
        reached = end if check.id in IN_A_ROW else reached
        failed = check.status in (Status.FAIL, Status.ERROR)
        error = (check.finding.id if check.finding else check.status.value) if failed else ""
        attributes = {
            "codegpt_doctor.check.status": check.status.value,
            "codegpt_doctor.stage": check.stage.value,
            **({"error.type": error} if error else {}),
        }
        yield Span(check.id, start, end, error, attributes)


def _measured(check: CheckResult) -> int:
    took = check.observations.get("tls_ms") if check.id == "tls" else check.measured_ms
    return took if isinstance(took, int) else 0


def send(report: Report) -> bool:
    """Send the trace to where the variables of OpenTelemetry say; whether that took it.

    Without ``OTEL_EXPORTER_OTLP_ENDPOINT`` it is a collector of this machine.
    """
    import logging

    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import SpanExportResult

    logging.getLogger("opentelemetry").addHandler(logging.NullHandler())  # we say it ourselves
    with ExitStack() as stack:
        exporter = OTLPSpanExporter(timeout=PATIENCE)
        stack.callback(exporter.shutdown)
        return exporter.export(_finished(report)) is SpanExportResult.SUCCESS


def _finished(report: Report) -> "tuple[ReadableSpan, ...]":
    from opentelemetry import trace
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    resource = Resource.create({"service.name": NAME, "service.version": __version__})
    kept = InMemorySpanExporter()
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracer, root = provider.get_tracer(NAME, __version__), whole(report)
    began = time_ns() - root.end
    context = None
    for one in (root, *stages(report)):
        span = tracer.start_span(
            one.name, context, attributes=dict(one.attributes), start_time=began + one.start
        )
        if one is root:
            context = trace.set_span_in_context(span)
        if one.error:
            span.set_status(trace.StatusCode.ERROR, one.error)
        span.end(began + one.end)
    spans: tuple[ReadableSpan, ...] = kept.get_finished_spans()
    return spans
