"""The HTTP server: ``/probe`` for a target, ``/metrics`` and ``/-/healthy`` for itself."""

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs, urlsplit

from codegpt_doctor.exporter.config import DEFAULT, Config
from codegpt_doctor.exporter.metrics import HELP, PREFIX, samples
from codegpt_doctor.exporter.runs import BusyError, Runs
from codegpt_doctor.output.prometheus import as_prometheus
from codegpt_doctor.providers.selection import SelectionError
from codegpt_doctor.redact import scrub

TEXT = "text/plain; charset=utf-8"
METRICS = "text/plain; version=0.0.4; charset=utf-8"
PATIENCE = 60.0  # seconds, where whoever asks does not say how long it waits
MARGIN = 0.5  # seconds that an answer may take on its way
SLOW_CLIENT = 30.0  # seconds in which a request has to come
SCRAPE_TIMEOUT = "x-prometheus-scrape-timeout-seconds"
INDEX = "codegpt-doctor exporter: /probe?target=NAME&module=NAME, /metrics, /-/healthy\n"


def is_installed() -> bool:
    """Whether the extra ``exporter`` is there."""
    return find_spec("prometheus_client") is not None


class Exporter(ThreadingHTTPServer):
    """Listens while it serves.

    Args:
        config: the targets and how they are tested.
        address: host and port; port 0 lets the system choose.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, config: Config, address: tuple[str, int]) -> None:
        from prometheus_client import Counter

        self.config = config
        self.runs = Runs(config)
        self.asked = Counter(f"{PREFIX}exporter_probes", "Probes that were requested.", ["result"])
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Exporter
    timeout = SLOW_CLIENT

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Requests are not logged."""

    def do_GET(self) -> None:
        """Answer a GET."""
        asked = urlsplit(self.path)
        if asked.path == "/probe":
            self._probe(parse_qs(asked.query))
        elif asked.path == "/metrics":
            from prometheus_client import REGISTRY, generate_latest

            self._send(200, generate_latest(REGISTRY).decode(), METRICS)
        elif asked.path == "/-/healthy":
            self._send(200, "OK\n")
        else:
            self._send(200 if asked.path == "/" else 404, INDEX)

    def _probe(self, query: dict[str, list[str]]) -> None:
        (target, *_), (module, *_) = query.get("target", [""]), query.get("module", [DEFAULT])
        config = self.server.config
        if target not in config.targets or module not in config.modules:
            self._refuse(404, "There is no such target or module in the configuration.\n")
            return
        try:
            report, is_old = self.server.runs.report(target, module, self._patience())
        except BusyError:
            self._refuse(503, "Other targets were tested all the time.\n")
            return
        except SelectionError as error:
            self._refuse(500, f"{error}\n")
            return
        self.server.asked.labels("cached" if is_old else "run").inc()
        self._send(200, as_prometheus(samples(report, datetime.now(UTC)), HELP, PREFIX), METRICS)

    def _patience(self) -> float:
        """How many seconds Prometheus waits, which it says in a header."""
        try:
            told = float(self.headers.get(SCRAPE_TIMEOUT, ""))
        except ValueError:
            return PATIENCE
        return min(PATIENCE, told - MARGIN) if told > MARGIN else PATIENCE

    def _refuse(self, status: int, words: str) -> None:
        self.server.asked.labels("refused").inc()
        self._send(status, words)

    def _send(self, status: int, text: str, kind: str = TEXT) -> None:
        data = scrub(text).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
