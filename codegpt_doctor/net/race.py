"""Several addresses of one host, connected to at once."""

import os
import selectors
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

MAX_ADDRESSES = 6  # tried at once
_WINDOWS_WORDS: dict[int, str] = getattr(socket, "errorTab", {})  # where strerror knows them not


def race(addresses: Sequence[str], port: int, timeout: float) -> socket.socket:
    """Connect to the addresses at once, and keep the connection that comes first.

    Raises:
        OSError: of the last attempt, when none succeeds.
    """
    end = monotonic() + timeout
    error: OSError = TimeoutError("timed out")
    attempts: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as selector, _closing(attempts):
        for address in addresses[:MAX_ADDRESSES]:
            try:
                attempt = _begin(address, port)
            except OSError as failure:
                error = failure
                continue
            attempts[attempt.fileno()] = attempt
            selector.register(attempt, selectors.EVENT_WRITE)
        while attempts and monotonic() < end:
            for key, _ in selector.select(max(0.0, end - monotonic())):
                selector.unregister(key.fileobj)
                attempt = attempts.pop(key.fd)
                number = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if number == 0:
                    attempt.setblocking(True)
                    return attempt
                attempt.close()
                error = OSError(number, _WINDOWS_WORDS.get(number) or os.strerror(number))
        raise TimeoutError("timed out") if attempts else error


@contextmanager
def _closing(attempts: dict[int, socket.socket]) -> Iterator[None]:
    """Close whatever is left of the attempts in the end."""
    try:
        yield
    finally:
        for attempt in attempts.values():
            attempt.close()


def first_of_each_family(addresses: Sequence[str]) -> list[str]:
    """The first IPv6 and the first IPv4 address, in the order given."""
    by_family: dict[bool, str] = {}
    for address in addresses:
        by_family.setdefault(":" in address, address)
    return list(by_family.values())


def _begin(address: str, port: int) -> socket.socket:
    attempt = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    attempt.setblocking(False)
    try:
        attempt.connect((address, port))
    except BlockingIOError:
        pass
    except OSError:
        attempt.close()
        raise
    return attempt
