"""The sockets of the simulator: one HTTP server on loopback, or a fault below HTTP."""

import json
import socket
import ssl
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from codegpt_doctor.catalogue import Entry
from codegpt_doctor.simulator import healthy, organization

GROUPS = {
    "models": "/models",
    "billing": "/organization/",
    "dashboard": "/dashboard/",
    "inference": "",
}
SLOW_SECONDS = 3.5
LARGE_BYTES = 2 * 1024 * 1024
FOREVER_SECONDS = 3600


class Simulator:
    """Listens on 127.0.0.1 while it is entered as a context.

    Args:
        entry: the error to fail with, or None to answer as a healthy provider.
        port: where to listen; 0 lets the system choose.
    """

    def __init__(self, entry: Entry | None = None, port: int = 0) -> None:
        self.entry = entry
        self._server = _Server(("127.0.0.1", port), entry)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def port(self) -> int:
        """The port that the simulator listens on."""
        return int(self._server.server_address[1])

    @property
    def base_url(self) -> str:
        """The address to give to a client as its base URL."""
        plain_on_tls = self.entry and self.entry.simulate.get("fault") == "plain_http"
        return f"{'https' if plain_on_tls else 'http'}://127.0.0.1:{self.port}/v1"

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Speak TLS with the certificate of a context; to be called before it is entered."""
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )

    def __enter__(self) -> "Simulator":
        if self.entry and self.entry.simulate.get("fault") == "refused":
            self._server.server_close()
        else:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], entry: Entry | None) -> None:
        self.entry = entry
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Requests are not logged: their headers hold a key."""

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(None)

    def do_POST(self) -> None:
        """Answer a POST."""
        length = int(self.headers.get("content-length") or 0)
        self._answer(self.rfile.read(length))

    def _answer(self, sent: bytes | None) -> None:
        entry = self.server.entry
        fault = entry.simulate.get("fault") if entry else None
        path = self.path.partition("?")[0].removeprefix("/v1")
        if fault:
            self._fail(fault, path, sent)
        elif entry and _applies(str(entry.simulate.get("on", "all")), path):
            example = entry.example
            self._send(example["status"], example["body"], example.get("headers", {}))
        else:
            self._send_healthy(path, sent)

    def _send_healthy(self, path: str, sent: bytes | None) -> None:
        key = self.headers.get("authorization", "")
        if key and sent is None and path.startswith((GROUPS["billing"], GROUPS["dashboard"])):
            query = parse_qs(self.path.partition("?")[2])
            status, body = organization.answer(path, query, key)
        else:
            status, body = healthy.answer(path, sent, key)
        self._send(status, json.dumps(body), healthy.HEADERS if sent is not None else {})

    def _send(self, status: int, body: str, headers: Any) -> None:
        data = body.encode()
        plain = {
            "content-type": "application/json",
            "date": self.date_time_string(),
            "x-request-id": healthy.request_id(),
        }
        self.send_response_only(status)
        for name, value in {**plain, **headers, "content-length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _fail(self, fault: str, path: str, sent: bytes | None) -> None:
        if fault == "reset":
            self._reset()
        elif fault == "timeout":
            time.sleep(FOREVER_SECONDS)
        elif fault == "large_body":
            self._send(200, '{"data": "' + "x" * LARGE_BYTES + '"}', {})
        else:
            time.sleep(SLOW_SECONDS)
            self._send_healthy(path, sent)

    def _reset(self) -> None:
        """Close with a TCP reset instead of a goodbye."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()


def _applies(where: str, path: str) -> bool:
    """Whether a path is one of those that the error is given on."""
    if where == "all":
        return not path.startswith(GROUPS["billing"])
    others = [start for name, start in GROUPS.items() if start and name != where]
    mine = GROUPS[where]
    return path.startswith(mine) and not (mine == "" and any(map(path.startswith, others)))
