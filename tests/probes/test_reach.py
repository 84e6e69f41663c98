"""Whether a host is reached: real names, ports, certificates and proxies on loopback."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from helpers.servers import closed_port, listening, response
from helpers.socks import socks_proxy
from helpers.worlds import shake_hands

from codegpt_doctor.model.observation import Exchange, failed_at
from codegpt_doctor.probes.reach import reach
from codegpt_doctor.settings.values import Settings, Value


@contextmanager
def tls_server(authority: trustme.CA, name: str = "localhost") -> Iterator[int]:
    """A server that does nothing but shake hands: its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=shake_hands, args=(server, context), daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def settings(bundle: Path | None = None) -> Settings:
    trust = Value(str(bundle), "SSL_CERT_FILE") if bundle else None
    return Settings("openai", Value("https://api.openai.com/v1", "default"), ca_bundle=trust)


def reached(host: str, port: int, given: Settings) -> Exchange:
    return reach(host, port, given, time.monotonic() + 5)


def test_a_host_with_a_trusted_certificate(authority: trustme.CA, tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with tls_server(authority) as port:
        seen = reached("localhost", port, settings(bundle))
    assert seen.failure is None
    assert seen.certificate
    assert seen.certificate.protocol.startswith("TLS")
    assert (seen.address, seen.timings.http) == ("127.0.0.1", None)


def test_a_host_with_an_unknown_certificate(authority: trustme.CA) -> None:
    with tls_server(authority) as port:
        seen = reached("localhost", port, settings())
    assert seen.failure
    assert (seen.failure.stage, seen.failure.kind) == ("tls", "ssl.CERTIFICATE_VERIFY_FAILED")
    assert seen.operation == "TLS handshake with localhost"


def test_a_host_that_does_not_resolve() -> None:
    seen = reached("api.codegpt.invalid", 443, settings())
    assert seen.failure
    assert seen.operation == "resolve api.codegpt.invalid"
    assert failed_at(seen) == "dns"


def test_a_host_that_refuses() -> None:
    seen = reached("localhost", closed_port(), settings())
    assert seen.failure
    assert seen.operation == "connect to localhost"
    assert (seen.failure.stage, seen.failure.kind) == ("tcp", "ECONNREFUSED")


def proxy_answer(head: str) -> bytes:
    return f"HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


@pytest.mark.parametrize("head", ["407 Proxy Authentication Required", "403 Forbidden"])
def test_a_proxy_that_says_no(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = proxy_answer(head)
    with listening(lambda connection, _request, _listener: connection.sendall(said)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        seen = reached("api.codegpt.co", 443, settings())
        (request,) = proxy.requests
    assert request.startswith(b"CONNECT api.codegpt.co:443 ")
    assert seen.operation == "connect to api.codegpt.co through the proxy"
    assert seen.failure
    assert (seen.failure.stage, seen.failure.kind) == ("proxy", head[:3])


def test_a_host_that_needs_no_proxy_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(lambda connection, *_: connection.sendall(response())) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "localhost")
        seen = reached("localhost", closed_port(), settings())
        assert proxy.requests == []
    assert seen.operation == "connect to localhost"


def test_a_host_behind_a_socks_proxy(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with (
        tls_server(authority, "api.codegpt.co") as port,
        socks_proxy({"api.codegpt.co": "127.0.0.1"}) as proxy,
    ):
        monkeypatch.setenv("ALL_PROXY", f"socks5h://127.0.0.1:{proxy.port}")
        seen = reached("api.codegpt.co", port, settings(bundle))
    assert seen.failure is None
    assert proxy.asked == [("api.codegpt.co", port)]
