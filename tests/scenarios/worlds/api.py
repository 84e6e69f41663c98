"""A provider's server, and what it answers: on real sockets, encrypted like the real one."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from scenarios.place import ORGANIZATION, Place, World
from scenarios.worlds.certificates import Shown, trusted

OPENAI = "api.openai.com"
ADDRESS = "203.0.113.10"
ADDRESS_6 = "2001:db8:a::10"
MODELS = ("gpt-5.4-mini", "gpt-4o", "gpt-4o-mini", "gpt-5-mini", "text-embedding-3-small")
CHARGED = {
    "openai-organization": ORGANIZATION,
    "openai-processing-ms": "113",
    "openai-version": "2020-10-01",
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-reset-requests": "120ms",
}


@dataclass(frozen=True)
class Request:
    """What a client sent: ``path`` with its query, ``headers`` with names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def data(self) -> dict[str, Any]:
        """The JSON object of the body, or an empty one."""
        try:
            data = json.loads(self.body)
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}


@dataclass(frozen=True)
class Reply:
    """A response."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Request], Reply]


def reply(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A response in JSON."""
    kind = {"content-type": "application/json"}
    return Reply(status, json.dumps(data).encode(), {**kind, **(headers or {})})


def page(html: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A response in HTML."""
    kind = {"content-type": "text/html; charset=utf-8"}
    return Reply(status, html.encode(), {**kind, **(headers or {})})


def failing(
    status: int, message: str, kind: str | None, code: str | None = None, **headers: str
) -> Reply:
    """An error in the API's own shape; an underscore in a header's name stands for a hyphen."""
    error = {"message": message, "type": kind, "param": None, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return reply({"error": error}, status, named)


def models(*names: str) -> Reply:
    """A list of models."""
    listed = [
        {"id": name, "object": "model", "created": 1715367049, "owned_by": "system"}
        for name in names
    ]
    return reply({"object": "list", "data": listed})


def completion(model: str = "gpt-4o-mini") -> Reply:
    """The answer of a model to a chat."""
    message = {"role": "assistant", "content": "Hello!", "refusal": None}
    data = {
        "id": "chatcmpl-Cf2",
        "object": "chat.completion",
        "created": 1763890000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 8, "completion_tokens": 2, "total_tokens": 10},
    }
    return reply(data, headers=CHARGED)


def response(model: str = "gpt-4o-mini") -> Reply:
    """The answer of a model through the endpoint ``/responses``, cut at the token limit."""
    data = {
        "id": "resp_68a",
        "object": "response",
        "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"},
        "model": model,
        "output": [{"type": "reasoning", "id": "rs_1", "summary": []}],
        "usage": {"input_tokens": 7, "output_tokens": 16, "total_tokens": 23},
    }
    return reply(data, headers=CHARGED)


def no_key() -> Reply:
    """What the API says when there is no key."""
    return failing(401, "Missing bearer or basic authentication in header", "invalid_request_error")


def wrong_url(request: Request) -> Reply:
    """What the API says to a path that it does not have."""
    said = f"Invalid URL ({request.method} {request.path})"
    return failing(404, said, "invalid_request_error")


def unknown_model(model: Any) -> Reply:
    """What the API says to a model that it does not have."""
    said = f"The model `{model}` does not exist or you do not have access to it."
    return failing(404, said, "invalid_request_error", "model_not_found")


@dataclass(frozen=True)
class Api:
    """A server with the endpoints of OpenAI below ``prefix``; what is given replaces its answers.

    ``everything`` replaces all of them.
    """

    everything: Reply | Answer | None = None
    models: Reply | Answer = field(default_factory=lambda: models(*MODELS))
    chat: Reply | Answer | None = None
    responses: Reply | Answer = field(default_factory=response)
    admin: Reply | Answer = wrong_url
    names: tuple[str, ...] = MODELS
    needs_key: bool = True
    prefix: str = "/v1"

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        chosen = self._chosen(request)
        return chosen if isinstance(chosen, Reply) else chosen(request)

    def _chosen(self, request: Request) -> Reply | Answer:
        if self.everything is not None:
            return self.everything
        if self.needs_key and not request.headers.get("authorization", "").startswith("Bearer "):
            return no_key()
        path = request.path.partition("?")[0]
        known = {
            ("GET", f"{self.prefix}/models"): self.models,
            ("POST", f"{self.prefix}/chat/completions"): self.chat or self._chat,
            ("POST", f"{self.prefix}/responses"): self.responses,
        }
        if path.startswith(f"{self.prefix}/organization/"):
            return self.admin
        return known.get((request.method, path), wrong_url)

    def _chat(self, request: Request) -> Reply:
        model = request.data.get("model")
        if not model:
            return failing(400, "you must provide a model parameter", "invalid_request_error")
        return completion(model) if model in self.names else unknown_model(model)


def api(
    answer: Answer | None = None,
    host: str = OPENAI,
    *addresses: str,
    port: int = 443,
    shows: Shown | None = trusted,
    called: str = "api",
    in_hosts: bool = True,
) -> World:
    """A server for a name, or for an address.

    Args:
        answer: what it answers; a healthy API if not given.
        host: the name, or an address.
        addresses: where it listens; a public address if not given.
        port: of every address.
        shows: the certificate; None for no encryption.
        called: the name under which the place keeps what it was sent.
        in_hosts: whether the name is in /etc/hosts, so that no resolver is needed.
    """

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        where = addresses or ((host,) if is_address(host) else (ADDRESS,))
        context = shows(place, host) if shows else None
        if in_hosts and not is_address(host) and host != "localhost":
            place.name(host, *where)
        seen = place.seen.setdefault(called, [])
        servers = []
        for address in where:
            place.address(address)
            servers.append(_Server(address, port, answer or Api(), context, seen))
        for server in servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield
        for server in servers:
            server.shutdown()
            server.server_close()

    return world


def is_address(host: str) -> bool:
    """Whether a host is an address and no name."""
    return ":" in host or host.replace(".", "").isdigit()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        address: str,
        port: int,
        answer: Answer,
        context: ssl.SSLContext | None,
        seen: list[str],
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.answer = answer
        self.context = context
        self.seen = seen
        super().__init__((address, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking any resolver for a name."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        """Encrypt the connection; in the thread of its own, so that nobody waits for it."""
        if self.server.context:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Print nothing."""

    def do_GET(self) -> None:
        """Answer a request of whichever method."""
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        self.server.seen.append(f"{self.requestline}\n{self.headers}{body.decode()}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.answer(Request(self.command, self.path, headers, body)))

    do_POST = do_HEAD = do_GET  # noqa: N815 - the base's names

    def _send(self, answer: Reply) -> None:
        usual = {
            "date": self.date_time_string(),
            "server": "cloudflare",
            "x-request-id": "req_5f0c1e",
            "content-length": str(len(answer.body)),
        }
        self.send_response_only(answer.status)
        for name, value in {**usual, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
