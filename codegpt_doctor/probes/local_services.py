"""Services on this machine: who listens, and what answers over HTTP on the loopback addresses."""

import http.client
import json
import socket
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.net.resolve import resolve
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


@dataclass(frozen=True, slots=True)
class ServiceObservation(Observation):
    """The ports of a service: who holds them, and what each loopback address answers.

    ``localhost`` are the addresses of that name, in the order in which they are tried.
    """

    localhost: tuple[str, ...] = ()
    listeners: tuple[Listener, ...] = ()
    answers: Mapping[int, tuple[Answer, ...]] = field(default_factory=dict)


def observe_service(ports: Collection[int]) -> ServiceObservation:
    """Ask who listens on the ports, and each of them for its front page."""
    started = perf_counter()
    found = tuple(listeners(ports))
    given = ask_all([(port, "/") for port in ports])
    answers = {port: tuple(given[port, "/"]) for port in ports}
    named = " and ".join(map(str, ports))
    return ServiceObservation(
        f"look at port {named}",
        _since(started),
        localhost=localhost(),
        listeners=found,
        answers=answers,
    )


def observe_hostname(name: str, port: int) -> Observation:
    """Resolve the name that a service is to listen at: as ``resolve`` does, and ``facts["own"]``.

    ``own`` says whether its first address is one of this machine, so that one can listen there.
    """
    seen = resolve(name, port)
    addresses = seen.facts.get("addresses", [])
    own = bool(addresses) and _is_own(addresses[0])
    return replace(seen, facts={**seen.facts, "own": own})


def _is_own(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        try:
            tried.bind((address, 0))
        except OSError:
            return False
    return True


def observe_local_models(ports: Mapping[str, tuple[int, str]]) -> Observation:
    """Ask the servers of local models for what they have: ``facts`` has the answers by name."""
    started = perf_counter()
    given = ask_all(list(ports.values()))
    answers = {name: given[wanted] for name, wanted in ports.items()}
    facts = {"answers": answers, "localhost": localhost()}
    return Observation("ask for local models", _since(started), facts=facts)


def ask_all(wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[Answer]]:
    """Ask for each port and path at each loopback address, all at once.

    Windows takes a second to say that nobody listens, and IPv6 may say nothing at all.
    """
    given: dict[tuple[int, str, str], Answer] = {}

    def put(port: int, path: str, address: str) -> None:
        given[port, path, address] = ask(address, port, path)

    threads = [
        threading.Thread(target=put, args=(port, path, address), daemon=True)
        for port, path in wanted
        for address in LOOPBACKS
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        (port, path): [given[port, path, address] for address in LOOPBACKS] for port, path in wanted
    }


def localhost() -> tuple[str, ...]:
    """The addresses that the name ``localhost`` has here, in the order in which they are tried."""
    try:
        found = socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


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
        return Answer(address, connected, failure=exception_text(error).splitlines()[0])
    finally:
        connection.close()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(address, True, response.status, headers, body)


def json_of(answer: Answer) -> Any:
    """The body as JSON, or None."""
    try:
        return json.loads(answer.body)
    except ValueError:
        return None


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
