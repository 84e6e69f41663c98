"""Traces of runs, as a collector gets them: a receiver on this machine reads the real protocol."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from helpers.command import run
from helpers.servers import closed_port
from helpers.standins import KEYS, Fault, standing_in

pytestmark = pytest.mark.full

WITHOUT = """
import sys
sys.modules["opentelemetry"] = None
from codegpt_doctor.__main__ import main
main()
"""


class Collector(ThreadingHTTPServer):
    """Takes traces, or refuses them with a status."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.bodies: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Traces)

    @property
    def variables(self) -> dict[str, str]:
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self.server_port}"}

    @property
    def spans(self) -> dict[str, Any]:
        """The spans of the one trace that came, by name."""
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
            ExportTraceServiceRequest,
        )

        (body,) = self.bodies
        (resource,) = ExportTraceServiceRequest.FromString(body).resource_spans
        assert values(resource.resource.attributes)["service.name"] == "codegpt-doctor"
        return {span.name: span for span in resource.scope_spans[0].spans}


class _Traces(BaseHTTPRequestHandler):
    server: Collector

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """No log."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.headers.get("content-encoding") == "gzip":
            import gzip

            body = gzip.decompress(body)
        assert self.path == "/v1/traces"
        self.server.bodies.append(body)
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()


def values(attributes: Any) -> dict[str, object]:
    """Attributes as a table."""
    return {one.key: getattr(one.value, str(one.value.WhichOneof("value"))) for one in attributes}


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_a_run_is_one_trace_with_a_span_for_each_stage(collector: Collector) -> None:
    with standing_in("openai") as server:
        given = {"OPENAI_API_KEY": KEYS["openai"], "OPENAI_BASE_URL": server.base_url}
        done = run("check", "--otel", variables={**given, **collector.variables})
    assert (done.returncode, done.stderr) == (0, b"")
    spans = collector.spans
    root = spans.pop("codegpt-doctor check")
    assert {"dns", "tcp", "http", "auth", "model", "inference"} <= spans.keys()
    assert "tls" not in spans  # it was skipped
    assert {span.parent_span_id for span in spans.values()} == {root.span_id}
    assert {span.trace_id for span in spans.values()} == {root.trace_id}
    told = values(root.attributes)
    assert told["codegpt_doctor.status"] == "healthy"
    assert (told["server.address"], told["gen_ai.provider.name"]) == ("127.0.0.1", "custom")
    for span in spans.values():
        assert root.start_time_unix_nano <= span.start_time_unix_nano <= span.end_time_unix_nano
        assert span.end_time_unix_nano <= root.end_time_unix_nano
    assert spans["inference"].end_time_unix_nano > spans["inference"].start_time_unix_nano


def test_the_cause_is_an_error_and_no_secret_and_no_word_is_told(collector: Collector) -> None:
    echoed = {"message": f"Incorrect API key: {KEYS['openai']}", "code": "invalid_api_key"}
    with standing_in("openai", Fault(401, {"error": echoed}, "all")) as server:
        base = server.base_url.replace("//", "//mara:p4ss-word@")
        given = {"OPENAI_API_KEY": KEYS["openai"], "OPENAI_BASE_URL": base}
        done = run("check", "--otel", variables={**given, **collector.variables})
    assert done.returncode == 1
    root = collector.spans["codegpt-doctor check"]
    assert values(root.attributes)["error.type"] == "invalid_api_key"
    assert root.status.message == "invalid_api_key"
    assert collector.spans["auth"].status.code == root.status.code == 2
    (body,) = collector.bodies
    for secret in (KEYS["openai"], KEYS["openai"][-4:], "p4ss-word", "mara", "Incorrect", '"hi"'):
        assert secret.encode() not in body


def test_no_collector_is_said_and_changes_nothing() -> None:
    nowhere = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{closed_port()}"}
    done = run("check", "--otel", "--simulate", "healthy", "--json", variables=nowhere)
    assert done.returncode == 0
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("The trace was not sent: no collector at OTEL_EXPORTER_OTLP_ENDPOINT")


def test_without_the_extra_it_is_said_which_is_missing() -> None:
    done = run("check", "--otel", "--simulate", "healthy", script=WITHOUT)
    assert done.returncode == 2
    assert b"--otel needs the extra otel" in done.stderr
    assert run("check", "--simulate", "healthy", script=WITHOUT).returncode == 0
