"""The path to a host: its name, its port, its certificate.  No HTTP, no key."""

import socket
import ssl
from collections.abc import Callable
from time import perf_counter
from typing import Any

from codegpt_doctor.classify import exception_text
from codegpt_doctor.model import Observation


def resolve(host: str, port: int) -> Observation:
    """Ask the system's resolver for the addresses of a host: ``facts["addresses"]``."""

    def operation() -> dict[str, Any]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return {"addresses": list(dict.fromkeys(str(info[4][0]) for info in found))}

    return _measure(f"resolve {host}", operation)


def connect(addresses: list[str], port: int, timeout: float) -> Observation:
    """Open a TCP connection to the first address of each family: ``facts`` says how each went.

    The observation fails only when no family connects.
    """
    by_family = {"IPv6" if ":" in address else "IPv4": address for address in reversed(addresses)}
    facts: dict[str, Any] = {}
    failures: list[str] = []
    started = perf_counter()
    for family, address in sorted(by_family.items()):
        one = _dial(address, port, timeout)
        facts[family] = {"address": address, "duration_ms": one.duration_ms, "failure": one.failure}
        if one.failure is None:
            facts["connected"] = address
        else:
            failures.append(one.failure)
    failure = None if "connected" in facts else "\n".join(failures)
    hosts = " and ".join(by_family.values())
    return Observation(f"connect to {hosts} port {port}", _since(started), failure, facts)


def _dial(address: str, port: int, timeout: float) -> Observation:
    def operation() -> dict[str, Any]:
        socket.create_connection((address, port), timeout=timeout).close()
        return {}

    return _measure(f"connect to {address} port {port}", operation)


def handshake(
    host: str, address: str, port: int, ca_bundle: str | None, timeout: float
) -> Observation:
    """Make a TLS handshake as a client of ``host`` would: ``facts`` has protocol and issuer."""

    def operation() -> dict[str, Any]:
        context = tls_context(ca_bundle)
        with (
            socket.create_connection((address, port), timeout=timeout) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            certificate = secured.getpeercert() or {}
            issuer = dict(pair[0] for pair in certificate.get("issuer", ()))  # type: ignore[misc]
            return {
                "protocol": secured.version(),
                "issuer": issuer.get("organizationName") or issuer.get("commonName"),
                "not_after": certificate.get("notAfter"),
            }

    return _measure(f"TLS handshake with {host} port {port}", operation)


def tls_context(ca_bundle: str | None) -> ssl.SSLContext:
    """A verifying context on the given bundle (a file or a folder), or else on certifi's.

    Raises:
        OSError: the bundle does not exist or holds no certificate.
    """
    import os

    if ca_bundle and os.path.isdir(ca_bundle):
        return ssl.create_default_context(capath=ca_bundle)
    return ssl.create_default_context(cafile=ca_bundle or default_bundle())


def default_bundle() -> str:
    """The bundle that requests uses when nothing else is said."""
    import certifi

    return certifi.where()


def _measure(operation: str, run: Callable[[], dict[str, Any]]) -> Observation:
    started = perf_counter()
    try:
        facts = run()
    except (OSError, ValueError) as error:
        return Observation(operation, _since(started), exception_text(error))
    return Observation(operation, _since(started), None, facts)


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
