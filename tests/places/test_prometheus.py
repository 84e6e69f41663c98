"""The exporter, scraped by Prometheus itself; its alerts and its dashboard, read by promtool."""

import json
import re
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
import yaml
from helpers.command import COMMAND, ROOT, environment
from helpers.servers import closed_port

pytestmark = pytest.mark.full

FILES = ROOT / "integrations/prometheus"
KEY = "made-up-key-9f8e7d6c"
TARGETS = 200
INTERVAL = 60  # seconds, of the exporter
MAX_CPU = 0.1  # seconds a run, so that two cores do 200 in ten seconds however busy they are
MAX_MEMORY = 150 * 1024**2
MODELS = b'{"object": "list", "data": [{"id": "gpt-5.4-mini", "object": "model"}]}'
INVALID = json.dumps(
    {"error": {"message": "Unrecognized request argument supplied: speed", "param": None}}
).encode()
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'


class _Answers(BaseHTTPRequestHandler):
    """Many servers at one port: ``/tN/v1`` is one, and that with the number 0 refuses the key."""

    server: "Providers"
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """No log."""

    def do_GET(self) -> None:
        self._answer(200, MODELS)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._answer(400, INVALID)

    def _answer(self, status: int, body: bytes) -> None:
        target = self.path.split("/")[1]
        self.server.asked[(self.command, target)] += 1
        self.server.keys.add(self.headers["authorization"])
        if target == "t0":
            status, body = 401, REFUSED
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Providers(ThreadingHTTPServer):
    """Counts what each of its targets was asked."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()
        self.keys: set[str] = set()
        super().__init__(("127.0.0.1", 0), _Answers)


@contextmanager
def running(*command: str, folder: Path, **variables: str) -> Iterator[int]:
    """A program that runs while the block does; gives its process id."""
    log = (folder / f"{Path(command[0]).name}.log").open("wb")
    process = subprocess.Popen(
        command, cwd=folder, env=environment(**variables), stdout=log, stderr=log
    )
    try:
        yield process.pid
        assert process.poll() is None, (folder / Path(log.name).name).read_text()
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def fetch(address: str) -> str:
    with urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


def refusal(address: str) -> int:
    """The status with which an address answers that it does not."""
    with pytest.raises(HTTPError) as caught:
        fetch(address)
    caught.value.close()
    return caught.value.code


def until(address: str, seconds: float = 30) -> None:
    """Wait until something answers well at an address."""
    end = time.monotonic() + seconds
    while True:
        try:
            fetch(address)
        except OSError as error:
            if isinstance(error, HTTPError):
                error.close()
            assert time.monotonic() < end, address
            time.sleep(0.1)
        else:
            return


@dataclass
class Fleet:
    """An exporter, with what it tests."""

    address: str
    providers: Providers
    folder: Path
    pid: int

    def probe(self, target: str, module: str = "default") -> str:
        return fetch(f"{self.address}/probe?target={target}&module={module}")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    providers = Providers()
    serving = threading.Thread(target=providers.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    folder, port = tmp_path_factory.mktemp("fleet"), closed_port()
    base = f"http://127.0.0.1:{providers.server_port}"
    tables = [
        f'[targets.t{number}]\nbase-url = "{base}/t{number}/v1"\nkey-env = "FLEET_KEY"\n'
        for number in range(TARGETS)
    ]
    (folder / "exporter.toml").write_text(f"interval = {INTERVAL}\n{''.join(tables)}")
    command = (*COMMAND, "exporter", "--config", "exporter.toml", "--port", str(port))
    with running(*command, folder=folder, FLEET_KEY=KEY) as pid:
        until(f"http://127.0.0.1:{port}/-/healthy")
        yield Fleet(f"http://127.0.0.1:{port}", providers, folder, pid)
    providers.shutdown()
    providers.server_close()


def promtool(folder: Path, *arguments: str, stdin: str = "") -> str:
    program = shutil.which("promtool")
    assert program, "promtool is in Debian's package prometheus"
    done = subprocess.run(
        (program, *arguments), cwd=folder, input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def expressions() -> list[str]:
    """What the dashboard asks for, with its variable filled in."""
    board = json.loads((ROOT / "integrations/grafana/codegpt-doctor.json").read_text())
    found = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return [one.replace("$instance", ".*") for one in found]


def test_the_alerts_fire_when_they_should_and_not_before(tmp_path: Path) -> None:
    shutil.copy(FILES / "alerts.yml", tmp_path)
    shutil.copy(Path(__file__).with_name("alerts_test.yml"), tmp_path)
    assert "SUCCESS" in promtool(tmp_path, "check", "rules", "alerts.yml")
    assert "SUCCESS" in promtool(tmp_path, "test", "rules", "alerts_test.yml")
    assert "SUCCESS" in promtool(tmp_path, "check", "config", str(FILES / "prometheus.yml"))


def test_every_expression_of_the_dashboard_can_be_read(tmp_path: Path) -> None:
    rules = [{"record": f"board:{n}", "expr": one} for n, one in enumerate(expressions())]
    text = yaml.safe_dump({"groups": [{"name": "board", "rules": rules}]})
    (tmp_path / "board.yml").write_text(text)
    assert f"{len(rules)} rules found" in promtool(tmp_path, "check", "rules", "board.yml")


def test_every_metric_that_is_asked_for_is_one_that_is_exported() -> None:
    from codegpt_doctor.exporter.metrics import HELP, PREFIX

    text = " ".join((*expressions(), (FILES / "alerts.yml").read_text()))
    asked = set(re.findall(rf"\b{PREFIX}(\w+)", text))
    assert asked - {"exporter"} <= HELP.keys()
    assert HELP.keys() - asked <= {"run_duration_seconds", "run_timestamp_seconds", "target"}


class TestOneTarget:
    def test_a_cause_is_told_and_no_key(self, fleet: Fleet) -> None:
        text = fleet.probe("t0")
        assert "codegpt_doctor_healthy 0\n" in text
        (cause,) = (line for line in text.splitlines() if line.startswith("codegpt_doctor_cause{"))
        assert {'id="invalid_api_key"', 'family="auth"'} <= {*re.split("[{},]", cause)}
        assert KEY not in text
        assert f"Bearer {KEY}" in fleet.providers.keys

    def test_promtool_finds_nothing_to_say(self, fleet: Fleet) -> None:
        assert promtool(fleet.folder, "check", "metrics", stdin=fleet.probe("t0")) == ""

    def test_it_is_asked_once_within_its_interval(self, fleet: Fleet) -> None:
        threads = [threading.Thread(target=fleet.probe, args=("t199",)) for _ in range(20)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert fleet.providers.asked[("GET", "t199")] == 1

    @pytest.mark.parametrize("query", ["target=nobody", "", "target=t1&module=other"])
    def test_one_that_is_not_configured_is_not_found(self, fleet: Fleet, query: str) -> None:
        assert refusal(f"{fleet.address}/probe?{query}") == 404

    def test_no_address_is_taken_from_whoever_asks(self, fleet: Fleet) -> None:
        before = fleet.providers.asked.total()
        address = f"http://127.0.0.1:{fleet.providers.server_port}/x"
        assert refusal(f"{fleet.address}/probe?target={address}") == 404
        assert fleet.providers.asked.total() == before


def most_memory(pid: int) -> int:
    """The most memory that a process has had, in bytes."""
    (line,) = (
        one
        for one in Path(f"/proc/{pid}/status").read_text().splitlines()
        if one.startswith("VmHWM")
    )
    return int(line.split()[1]) * 1024


def query(address: str, expression: str) -> list[dict[str, Any]]:
    found = json.loads(fetch(f"{address}/api/v1/query?query={quote(expression)}"))
    assert found["status"] == "success", found
    result: list[dict[str, Any]] = found["data"]["result"]
    return result


def number(address: str, expression: str) -> float:
    found = query(address, expression)
    return float(found[0]["value"][1]) if found else float("nan")


def test_prometheus_scrapes_two_hundred_targets(fleet: Fleet, tmp_path: Path) -> None:
    """With the configuration that comes along, but for targets, address and times."""
    shutil.copy(FILES / "alerts.yml", tmp_path)
    config = yaml.safe_load((FILES / "prometheus.yml").read_text())
    config["global"]["scrape_interval"] = "15s"
    host = fleet.address.removeprefix("http://")
    probes, itself = config["scrape_configs"]
    probes["scrape_timeout"] = "14s"
    probes["static_configs"] = [{"targets": [f"t{number}" for number in range(TARGETS)]}]
    probes["relabel_configs"][-1]["replacement"] = host
    itself["static_configs"] = [{"targets": [host]}]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config))
    program = shutil.which("prometheus")
    assert program, "Debian has it in the package prometheus"
    address = f"127.0.0.1:{closed_port()}"
    options = ("--storage.tsdb.path=data", f"--web.listen-address={address}")
    began = time.monotonic()
    command = (program, "--config.file=prometheus.yml", *options)
    with running(*command, folder=tmp_path, GOMAXPROCS="1"):
        prometheus = f"http://{address}"
        until(f"{prometheus}/-/ready")
        end = time.monotonic() + 4 * INTERVAL
        while number(prometheus, "sum(codegpt_doctor_healthy)") != TARGETS - 1:
            assert time.monotonic() < end, "not all targets were scraped and healthy but for one"
            time.sleep(1)
        took = 'scrape_duration_seconds{job="codegpt-doctor"}'
        p95 = number(prometheus, f"quantile(0.95, max_over_time({took}[5m]))")
        memory = most_memory(fleet.pid)
        spent = number(prometheus, 'process_cpu_seconds_total{job="codegpt-doctor-exporter"}')
        runs = number(prometheus, 'codegpt_doctor_exporter_probes_total{result="run"}')
        (cause,) = query(prometheus, "codegpt_doctor_cause == 1")
        answered = [one for one in expressions() if query(prometheus, one)]
    elapsed = time.monotonic() - began
    print(f"p95 {p95:.3f} s, {memory / 1024**2:.0f} MiB, {spent / runs:.3f} CPU seconds a run")
    assert spent / runs < MAX_CPU
    assert memory < MAX_MEMORY
    assert cause["metric"]["instance"] == "t0"
    assert cause["metric"]["id"] == "invalid_api_key"
    missing = set(expressions()) - set(answered)
    assert all(re.search("days_left|limit|spent|balance", one) for one in missing)
    most = max(count for (method, _), count in fleet.providers.asked.items() if method == "GET")
    assert most <= 2 + elapsed // INTERVAL
