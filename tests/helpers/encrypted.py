"""An API of one key and one model, plain and behind TLS, and a proxy of HTTP before it."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import trustme

from helpers.servers import Listener, listening, response

KEY = "sk-proj-" + "Zm4Tq9Wb2Xc7Vd5Rf8Yg" * 2
MODELS = {"object": "list", "data": [{"id": "gpt-4o-mini"}]}
ANSWER = {"choices": [{"message": {"content": "hi"}}]}
INVALID = {"error": {"message": "Incorrect API key provided.", "code": "invalid_api_key"}}
UNKNOWN = {"error": {"message": "The model does not exist.", "code": "model_not_found"}}


def api(connection: Any, request: bytes, _: "Listener | None") -> None:
    """An API with its endpoints below /v1 that knows one key and one model."""
    head, _blank, body = request.partition(b"\r\n\r\n")
    path = head.split()[1].decode()
    if not path.startswith("/v1/"):
        answer = response(404, json.dumps({"detail": "Not Found"}).encode())
    elif f"Bearer {KEY}\r\n".encode() not in head + b"\r\n":
        answer = response(401, json.dumps(INVALID).encode())
    elif path == "/v1/models":
        answer = response(200, json.dumps(MODELS).encode())
    elif path == "/v1/chat/completions":
        known = json.loads(body)["model"] == "gpt-4o-mini"
        answer = response(200 if known else 404, json.dumps(ANSWER if known else UNKNOWN).encode())
    else:
        answer = response(404, json.dumps({"detail": "Not Found"}).encode())
    connection.sendall(answer)


@contextmanager
def encrypted(context: ssl.SSLContext, address: str = "127.0.0.1") -> Iterator[int]:
    """The API behind TLS: its port."""
    with socket.create_server((address, 0)) as server:
        threading.Thread(target=_accept, args=(server, context), daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def _accept(server: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, context), daemon=True).start()


def _serve(connection: socket.socket, context: ssl.SSLContext) -> None:
    try:
        with context.wrap_socket(connection, server_side=True) as secured:
            request = secured.recv(65536)
            if b"POST" in request[:4] and request.endswith(b"\r\n\r\n"):
                request += secured.recv(65536)  # the body, which comes by itself
            if request:  # else only the certificate was looked at
                api(secured, request, None)
    except OSError:
        return


def trusted(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    """The context of a server with a certificate for a name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@contextmanager
def http_proxy(port: int, wanted: str = "") -> Iterator[int]:
    """A proxy of HTTP that opens tunnels to a port of this computer, to whom it knows."""

    def tunnel(near: socket.socket, request: bytes, _: Listener) -> None:
        if not request.startswith(b"CONNECT") or wanted.encode() not in request:
            head = "Proxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
            near.sendall(f"HTTP/1.1 407 Who\r\n{head}".encode())
            return
        near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as far:
            threading.Thread(target=_copy, args=(near, far), daemon=True).start()
            _copy(far, near)

    with listening(tunnel) as server:
        yield server.port


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
