"""What a proxy speaks that did not answer as its address says; no key is ever sent here."""

import socket
from contextlib import suppress

from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.race import race

PATIENCE = 1.0  # seconds for each attempt
SOCKS_HELLO = b"\x05\x01\x00"  # version 5, one way to sign in: none (RFC 1928, section 3)


def scheme_of_proxy(dialer: Dialer) -> str | None:
    """The scheme by which the proxy of a dialer answers: ``socks5h``, ``http`` or none of these."""
    connect = f"CONNECT {dialer.host}:{dialer.port} HTTP/1.1\r\nHost: {dialer.host}\r\n\r\n"
    if _said(dialer, SOCKS_HELLO)[:1] == b"\x05":
        return "socks5h"
    return "http" if _said(dialer, connect.encode()).startswith(b"HTTP/") else None


def _said(dialer: Dialer, hello: bytes) -> bytes:
    """The first bytes that come back."""
    if dialer.proxy is None:
        return b""
    with suppress(OSError), race(dialer.addresses(), dialer.proxy.port, PATIENCE) as plain:
        plain.settimeout(PATIENCE)
        plain.sendall(hello)
        plain.shutdown(socket.SHUT_WR)
        return plain.recv(16)
    return b""
