"""Services on this machine: who listens, and what answers over HTTP on the loopback addresses."""

import http.client
import json
import socket
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import NamedTuple

from codegpt_doctor.model.observation import Failure, Resolution
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.failures import failure_of
from codegpt_doctor.net.resolve import addresses_of, resolve, since
from codegpt_doctor.probes.listeners import Listener, listeners

LOOPBACKS = ("127.0.0.1", "::1")
CONNECTING = 1.0  # seconds; this machine answers at once or not at all
ANSWERING = 2.0
MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one address: no status means that HTTP was not spoken.

    ``connected`` says that somebody accepted the connection, ``failure`` what went wrong.
    """

    address: str
    connected: bool = False
    http_status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    failure: str = ""


class ServiceObservation(NamedTuple):
    """The ports of a service: who holds them, and what each loopback address answers.

    ``localhost`` are the addresses of that name, in the order in which they are tried.
    """

    operation: str
    duration_ms: int = 0
    failure: Failure | None = None
    localhost: tuple[str, ...] = ()
    listeners: tuple[Listener, ...] = ()
    answers: Mapping[int, tuple[Answer, ...]] = {}


class Hostname(NamedTuple):
    """A name that a service is to listen at; ``own`` says whether this machine can listen there."""

    resolution: Resolution
    own: bool = False


class Endpoint(NamedTuple):
    """A port of this machine, and the path that is asked for there."""

    port: int
    path: str = "/"


class LocalModels(NamedTuple):
    """What the servers of local models answer at each loopback address, by name."""

    operation: str
    duration_ms: int = 0
    failure: Failure | None = None
    answers: Mapping[str, tuple[Answer, ...]] = {}
    localhost: tuple[str, ...] = ()


def observe_service(ports: Collection[int]) -> ServiceObservation:
    """Ask who listens on the ports, and each of them for its front page."""
    started = perf_counter()
    found = tuple(listeners(ports))
    given = ask_all([Endpoint(port) for port in ports])
    answers = {port: tuple(given[Endpoint(port)]) for port in ports}
    named = " and ".join(map(str, ports))
    return ServiceObservation(
        f"look at port {named}",
        since(started),
        localhost=localhost(),
        listeners=found,
        answers=answers,
    )


def observe_hostname(name: str, port: int) -> Hostname:
    """Resolve the name that a service is to listen at."""
    seen = resolve(name, port)
    own = bool(seen.addresses) and _is_own(seen.addresses[0])
    return Hostname(seen, own)


def _is_own(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        try:
            tried.bind((address, 0))
        except OSError:
            return False
    return True


def observe_local_models(servers: Mapping[str, Endpoint]) -> LocalModels:
    """Ask the servers of local models for what they have."""
    started = perf_counter()
    given = ask_all(list(servers.values()))
    answers = {name: tuple(given[wanted]) for name, wanted in servers.items()}
    return LocalModels("ask for local models", since(started), None, answers, localhost())


def ask_all(wanted: Collection[Endpoint]) -> dict[Endpoint, list[Answer]]:
    """Ask each endpoint at each loopback address, all at once.

    Windows takes a second to say that nobody listens, and IPv6 may say nothing at all.
    """
    given: dict[tuple[Endpoint, str], Answer] = {}

    def put(endpoint: Endpoint, address: str) -> None:
        given[endpoint, address] = ask(address, endpoint.port, endpoint.path)

    threads = [
        threading.Thread(target=put, args=(endpoint, address), daemon=True)
        for endpoint in wanted
        for address in LOOPBACKS
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {one: [given[one, address] for address in LOOPBACKS] for one in wanted}


def localhost() -> tuple[str, ...]:
    """The addresses that the name ``localhost`` has here, in the order in which they are tried."""
    try:
        return addresses_of("localhost", 80)
    except OSError:
        return ()


def ask(address: str, port: int, path: str = "/") -> Answer:
    """GET a path of a service at an address of this machine."""
    connection = http.client.HTTPConnection(address, port, timeout=CONNECTING)
    connected = False
    try:
        connection.connect()
        connected = True
        connection.sock.settimeout(ANSWERING)
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        body = response.read(MAX_BYTES).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(address, connected, failure=failure_of(Stage.EDITOR, error).text)
    finally:
        connection.close()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(address, True, response.status, headers, body)


def json_of(answer: Answer) -> object:
    """The body as JSON, or None."""
    try:
        return json.loads(answer.body)
    except ValueError:
        return None
