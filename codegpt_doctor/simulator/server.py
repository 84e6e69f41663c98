"""The sockets of the simulator: one HTTP server on loopback, or a fault below HTTP."""

import json
import socket
import ssl
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs

from codegpt_doctor.catalogue import DEFAULT_PROVIDER, Entry
from codegpt_doctor.catalogue.entry import Facts
from codegpt_doctor.providers.provider import load
from codegpt_doctor.simulator import healthy, organization
from codegpt_doctor.simulator.provider_api import EVENTS, JSON, ProviderApi, Reply, Sent

GROUPS = {
    "models": "/models",
    "billing": "/organization/",
    "dashboard": "/dashboard/",
    "inference": "",
}
SLOW_SECONDS = 3.5
HOST = "127.0.0.1"
LARGE_BYTES = 2 * 1024 * 1024
FOREVER_SECONDS = 3600


class Simulator:
    """Listens on 127.0.0.1 while it is entered as a context.

    Args:
        entry: the error to fail with, or None to answer as a healthy provider.
        port: where to listen; 0 lets the system choose.
        provider: the id of the provider that it plays.
    """

    def __init__(
        self, entry: Entry | None = None, port: int = 0, provider: str = DEFAULT_PROVIDER
    ) -> None:
        self.entry = entry
        self._api = (
            OpenAIApi() if provider == DEFAULT_PROVIDER else Api(ProviderApi(load(provider)))
        )
        self._server = _Server((HOST, port), entry, self._api)
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
        return f"{'https' if plain_on_tls else 'http'}://{HOST}:{self.port}{self._api.path}"

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Speak TLS with the certificate of a context; to be called before it is entered."""
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )

    def __enter__(self) -> Self:
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

    def __init__(self, address: tuple[str, int], entry: Entry | None, api: "Api") -> None:
        self.entry = entry
        self.api = api
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
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

    def _answer(self, body: bytes | None) -> None:
        entry = self.server.entry
        fault = entry.simulate.get("fault") if entry else None
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        sent = Sent(path, query, headers, body)
        if fault:
            self._fail(fault, sent)
        elif entry and self.server.api.applies(str(entry.simulate.get("on", "all")), sent):
            example = entry.example
            kind = _headers_of(example).get("content-type", JSON)
            self._send(Reply(example["status"], example["body"], _headers_of(example), kind))
        else:
            self._send(self.server.api.answer(sent))

    def _send(self, reply: Reply) -> None:
        data = reply.body.encode()
        plain = {
            "content-type": reply.content_type,
            "date": self.date_time_string(),
            "x-request-id": healthy.request_id(),
        }
        self.send_response_only(reply.status)
        for name, value in {**plain, **reply.headers, "content-length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _fail(self, fault: str, sent: Sent) -> None:
        if fault == "reset":
            self._reset()
        elif fault == "timeout":
            time.sleep(FOREVER_SECONDS)
        elif fault == "large_body":
            self._send(Reply(200, '{"data": "' + "x" * LARGE_BYTES + '"}'))
        else:
            time.sleep(SLOW_SECONDS)
            self._send(self.server.api.answer(sent))

    def _reset(self) -> None:
        """Close with a TCP reset instead of a goodbye."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()


class Api:
    """A healthy provider, and which of its paths an error is about."""

    def __init__(self, played: ProviderApi) -> None:
        self._played = played
        self.path = played.path

    def applies(self, where: str, sent: Sent) -> bool:
        """Whether a request is one of those that an error is given on."""
        group = self._played.group(sent.path, sent.body is not None)
        return group == where or (where == "all" and group != "billing")

    def answer(self, sent: Sent) -> Reply:
        """The response of the healthy provider."""
        return self._played.answer(sent)


class OpenAIApi(Api):
    """OpenAI, which has an organization with costs and limits as well."""

    def __init__(self) -> None:
        self.path = "/v1"

    def applies(self, where: str, sent: Sent) -> bool:
        """Whether a request is one of those that an error is given on."""
        path = sent.path.removeprefix(self.path)
        if where == "all":
            return not path.startswith(GROUPS["billing"])
        others = [start for name, start in GROUPS.items() if start and name != where]
        mine = GROUPS[where]
        return path.startswith(mine) and not (mine == "" and any(map(path.startswith, others)))

    def answer(self, sent: Sent) -> Reply:
        """The response of the healthy provider."""
        path, key = sent.path.removeprefix(self.path), sent.headers.get("authorization", "")
        if key and sent.body is None and path.startswith((GROUPS["billing"], GROUPS["dashboard"])):
            status, body = organization.answer(path, parse_qs(sent.query), key)
            return Reply(status, json.dumps(body))
        status, body = healthy.answer(path, sent.body, key)
        headers = healthy.HEADERS if sent.body is not None else {}
        events = healthy.stream(path, sent.body) if status == 200 and sent.body else None
        if events:
            return Reply(status, events, headers, EVENTS)
        return Reply(status, json.dumps(body), headers)


def _headers_of(example: Facts) -> dict[str, str]:
    """The headers of an example, their names in lower case; the host is this server's."""
    named = example.get("headers", {}).items()
    return {name.lower(): value.replace("{{host}}", HOST) for name, value in named}
