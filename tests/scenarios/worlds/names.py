"""A resolver of the test's own: the only one that the place knows, on UDP port 53."""

import itertools
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from scenarios.place import Place, World

NXDOMAIN = 3
SERVFAIL = 2
REFUSED = 5
_A, _AAAA = 1, 28
NOTHING: Mapping[str, Any] = {}
FAILING = (NOTHING, NOTHING, SERVFAIL)


def resolver(
    names: Mapping[str, Sequence[str]] | None = None,
    otherwise: int = NXDOMAIN,
    delay: float = 0.0,
    failures: Mapping[str, int] | None = None,
    fails_first: int = 0,
) -> World:
    """A resolver that knows some names.

    Args:
        names: the addresses of each.
        otherwise: the code for every other name.
        delay: seconds before each answer.
        failures: a code of its own for a name.
        fails_first: how many questions get a failure before the first that is answered.
    """

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
            listening.bind(("127.0.0.1", 53))
            known = dict(names or {})
            codes = dict(failures or {})

            def serve() -> None:
                for number in itertools.count():
                    question, client = listening.recvfrom(512)
                    time.sleep(delay)
                    answered = (known, codes, otherwise)
                    answer = _answer(question, *(FAILING if number < fails_first else answered))
                    listening.sendto(answer, client)

            threading.Thread(target=serve, daemon=True).start()
            yield

    return world


@contextmanager
def silent_resolver(place: Place) -> Iterator[None]:
    """A resolver somewhere on the net that never answers."""
    place.file("resolv.conf", "nameserver 198.51.100.53\n")
    yield


def _answer(
    question: bytes,
    names: Mapping[str, Sequence[str]],
    failures: Mapping[str, int],
    otherwise: int,
) -> bytes:
    host, end = _name(question)
    (kind,) = struct.unpack_from("!H", question, end)
    found = [address for address in names.get(host, ()) if (":" in address) == (kind == _AAAA)]
    known = host in names and host not in failures
    code = 0 if known else failures.get(host, otherwise)
    records = [_record(address) for address in found] if known and kind in (_A, _AAAA) else []
    head = question[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(records), 0, 0)
    return head + question[12 : end + 4] + b"".join(records)


def _name(question: bytes) -> tuple[str, int]:
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("ascii", "replace"))
        at += 1 + length
    return ".".join(labels).lower(), at + 1


def _record(address: str) -> bytes:
    family, kind = (socket.AF_INET6, _AAAA) if ":" in address else (socket.AF_INET, _A)
    packed = socket.inet_pton(family, address)
    return struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(packed)) + packed
