"""The path to a host: its name, and its port by each family of addresses.  No HTTP, no key."""

import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from time import monotonic, perf_counter, sleep
from typing import Any

from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.net.dialer import first_of_each_family

PAUSE = 0.2  # seconds before a name is asked for once more
QUICK_MS = 1000
OTHER_FAMILY_PATIENCE = 2.0  # seconds for IPv6 once IPv4 is connected, or the reverse


def resolve(host: str, port: int) -> Observation:
    """Ask the system's resolver for the addresses of a host: ``facts["addresses"]``.

    A quick failure is followed by a second attempt; where that one works, ``facts["first"]`` is the
    failure of the first.
    """

    def operation() -> dict[str, Any]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return {"addresses": list(dict.fromkeys(str(info[4][0]) for info in found))}

    first = _measure(f"resolve {host}", operation)
    if not first.failure or first.duration_ms > QUICK_MS:
        return first
    sleep(PAUSE)
    second = _measure(f"resolve {host}", operation)
    return second if second.failure else replace(second, facts={**second.facts, "first": first})


def connect(addresses: list[str], port: int, timeout: float) -> Observation:
    """Open a TCP connection to the first address of each family at once.

    ``facts`` has for each family its address, the milliseconds and the failure.  The observation
    fails only when no family connects.
    """
    started = perf_counter()
    firsts = {_family(address): address for address in first_of_each_family(addresses)}
    dialled = _dial_all(firsts, port, timeout)
    facts = {
        family: {
            "address": address,
            "duration_ms": dialled[family].duration_ms,
            "failure": dialled[family].failure,
        }
        for family, address in firsts.items()
    }
    failures = [one.failure for one in dialled.values() if one.failure]
    failure = "\n".join(failures) if len(failures) == len(firsts) else None
    where = " and ".join(firsts.values())
    return Observation(f"connect to {where} port {port}", _since(started), failure, facts)


def _family(address: str) -> str:
    return "IPv6" if ":" in address else "IPv4"


def _dial_all(firsts: dict[str, str], port: int, timeout: float) -> dict[str, Observation]:
    done: queue.SimpleQueue[tuple[str, Observation]] = queue.SimpleQueue()
    for family, address in firsts.items():
        threading.Thread(
            target=lambda f=family, a=address: done.put((f, _dial(a, port, timeout))), daemon=True
        ).start()
    late = Observation("connect", round(timeout * 1000), "TimeoutError: timed out")
    seen: dict[str, Observation] = {}
    until = monotonic() + timeout
    while len(seen) < len(firsts):
        try:
            family, one = done.get(timeout=max(0.01, until - monotonic()))
        except queue.Empty:
            break
        seen[family] = one
        if one.failure is None:
            until = min(until, monotonic() + OTHER_FAMILY_PATIENCE)
    return {family: seen.get(family, late) for family in firsts}


def _dial(address: str, port: int, timeout: float) -> Observation:
    def operation() -> dict[str, Any]:
        socket.create_connection((address, port), timeout=timeout).close()
        return {}

    return _measure(f"connect to {address} port {port}", operation)


def _measure(operation: str, run: Callable[[], dict[str, Any]]) -> Observation:
    started = perf_counter()
    try:
        facts = run()
    except (OSError, ValueError) as error:
        return Observation(operation, _since(started), exception_text(error))
    return Observation(operation, _since(started), None, facts)


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
