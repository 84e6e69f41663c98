"""Proxies: squid, one that inspects with an authority of its own, and some that do not work."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import trustme

from scenarios.place import Place, World
from scenarios.worlds.api import Answer, Api, api
from scenarios.worlds.certificates import Shown
from scenarios.worlds.sockets import listening

PORT = 3128
USER, PASSWORD = "mara", "Yk4-office"
PASSWORD_LINE = f"{USER}:$apr1$Tq8ZxW1n$iI6I0xZDBo11xrLjUkGff/\n"
INSPECTOR = "Initech Web Inspection"
STARTING = 15.0  # seconds

SQUID = """
http_port 127.0.0.1:{port}
visible_hostname proxy.office.example
pid_filename none
cache deny all
access_log none
cache_log {folder}/squid.log
coredump_dir {folder}
shutdown_lifetime 0 seconds
connect_timeout 2 seconds
dns_timeout 2 seconds
{rules}
"""
OPEN = "http_access allow all"
CLOSED = "acl CONNECT method CONNECT\nhttp_access deny CONNECT\nhttp_access allow all"
WITH_PASSWORD = """
auth_param basic program /usr/lib/squid/basic_ncsa_auth {folder}/passwords
auth_param basic realm Office
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
"""


def squid(rules: str = OPEN) -> World:
    """A real proxy on this computer, with the rules as squid's configuration has them."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        place.file("passwords", PASSWORD_LINE)
        folder = str(place.folder)
        asked = rules.format(folder=folder)
        conf = place.file("squid.conf", SQUID.format(port=PORT, folder=folder, rules=asked))
        # in a user namespace of its own it is not root, and need not become somebody else
        unshare = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
        program = shutil.which("squid", path="/usr/sbin:/usr/bin:/usr/local/sbin")
        process = subprocess.Popen((*unshare, program or "squid", "-N", "-f", str(conf)))
        try:
            _wait_for(PORT, process)
            yield
        finally:
            process.kill()
            process.wait(5)

    return world


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.02)
    raise RuntimeError("squid does not start")


def through(address: str = f"http://127.0.0.1:{PORT}", variable: str = "HTTPS_PROXY") -> World:
    """The variable that sends programs through a proxy."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        place.variables[variable] = address
        yield

    return world


def inspecting(answer: Answer | None = None, known: bool = False) -> World:
    """A proxy that opens every connection and closes it again with its own authority.

    Args:
        answer: what the API behind it answers.
        known: whether its authority is in the bundle that programs are told to use.
    """

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        authority = trustme.CA(organization_name=INSPECTOR)
        if known:
            bundle = place.file("company.pem", authority.cert_pem.bytes())
            place.variables["SSL_CERT_FILE"] = str(bundle)
        shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("api.openai.com").configure_cert(shown)
        behind = api(answer or Api(), "127.0.0.2", port=8443, shows=lambda *_: shown)
        with behind(place), tunnels(to=("127.0.0.2", 8443))(place):
            yield

    return world


def tunnels(
    answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n",
    to: tuple[str, int] | None = None,
    shows: Shown | None = None,
) -> World:
    """A proxy that answers each request for a tunnel in the same way.

    Args:
        answer: its answer; nothing at all when empty.
        to: where the tunnel really leads.
        shows: its certificate, where the connection to the proxy itself is encrypted.
    """

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        seen = place.seen.setdefault("proxy", [])
        context = shows(place, "127.0.0.1") if shows else None

        def serve(connection: socket.socket) -> None:
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            seen.append(connection.recv(65536).decode("latin-1"))
            if not answer:
                time.sleep(3600)
            connection.sendall(answer)
            if to:
                _join(connection, socket.create_connection(to))
            connection.close()

        with listening("127.0.0.1", PORT, serve):
            yield

    return world


def _join(one: socket.socket, other: socket.socket) -> None:
    threading.Thread(target=_copy, args=(other, one), daemon=True).start()
    _copy(one, other)


def _copy(source: Any, target: Any) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
