"""The path to a host: its name, and its port by each family of addresses.  No HTTP, no key."""

import queue
import socket
import threading
from collections.abc import Sequence
from time import monotonic, perf_counter, sleep

from codegpt_doctor.model.observation import Attempt, Connections, Failure, Resolution, late
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.failures import failure_of
from codegpt_doctor.net.race import first_of_each_family

PAUSE = 0.2  # seconds before a name is asked for once more
QUICK_MS = 1000
# of ICANN's blocks 192.0.32.0/20 and 2001:500:88::/48; only asked whether a route exists
NEUTRAL_ADDRESSES = {"IPv4": "192.0.43.8", "IPv6": "2001:500:88:200::8"}
OTHER_FAMILY_PATIENCE = 2.0  # seconds for IPv6 once IPv4 is connected, or the reverse


def resolve(host: str, port: int) -> Resolution:
    """Ask the system's resolver for the addresses of a host.

    A quick failure is followed by a second attempt; where that one works, the first is told too.
    """
    first = _resolve_once(host, port)
    if not first.failure or first.duration_ms > QUICK_MS:
        return first
    sleep(PAUSE)
    second = _resolve_once(host, port)
    return second if second.failure else second._replace(first_attempt=first)


def _resolve_once(host: str, port: int) -> Resolution:
    started = perf_counter()
    operation = f"resolve {host}"
    try:
        found = addresses_of(host, port)
    except (OSError, ValueError) as error:
        return Resolution(operation, since(started), failure_of(Stage.DNS, error))
    return Resolution(operation, since(started), addresses=found)


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, each once, in the order in which they are to be tried.

    Raises:
        OSError: the resolver knows none, or does not answer.
        ValueError: no name can be written so.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


def connect(addresses: Sequence[str], port: int, timeout: float) -> Connections:
    """Open a TCP connection to the first address of each family at once."""
    started = perf_counter()
    firsts = {_family(address): address for address in first_of_each_family(addresses)}
    attempts = _dial_all(firsts, port, timeout)
    failures = [one.failure for one in attempts.values() if one.failure]
    failure = failures[0] if failures and len(failures) == len(firsts) else None
    where = " and ".join(firsts.values())
    return Connections(f"connect to {where} port {port}", since(started), failure, attempts)


def has_way(family: str) -> bool:
    """Whether this computer knows a way to the internet by IPv4 or IPv6; no packet is sent."""
    kind = socket.AF_INET6 if family == "IPv6" else socket.AF_INET
    try:
        with socket.socket(kind, socket.SOCK_DGRAM) as unsent:
            unsent.connect((NEUTRAL_ADDRESSES[family], 443))
    except OSError:
        return False
    return True


def _family(address: str) -> str:
    return "IPv6" if ":" in address else "IPv4"


def _dial_all(firsts: dict[str, str], port: int, timeout: float) -> dict[str, Attempt]:
    done: queue.SimpleQueue[tuple[str, Attempt]] = queue.SimpleQueue()
    for family, address in firsts.items():
        threading.Thread(
            target=lambda f=family, a=address: done.put((f, _dial(a, port, timeout))), daemon=True
        ).start()
    seen: dict[str, Attempt] = {}
    until = monotonic() + timeout
    while len(seen) < len(firsts):
        try:
            family, one = done.get(timeout=max(0.01, until - monotonic()))
        except queue.Empty:
            break
        seen[family] = one
        if one.failure is None:
            until = min(until, monotonic() + OTHER_FAMILY_PATIENCE)
    took = round(timeout * 1000)
    return {
        family: seen.get(family) or Attempt(address, took, late(Stage.TCP, "timed out"))
        for family, address in firsts.items()
    }


def _dial(address: str, port: int, timeout: float) -> Attempt:
    started = perf_counter()
    failure: Failure | None = None
    try:
        socket.create_connection((address, port), timeout=timeout).close()
    except (OSError, ValueError) as error:
        failure = failure_of(Stage.TCP, error)
    return Attempt(address, since(started), failure)


def since(started: float) -> int:
    """The milliseconds since a time of ``time.perf_counter``."""
    return round((perf_counter() - started) * 1000)
