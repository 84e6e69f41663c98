"""Servers of raw sockets on loopback, for answers that no well-behaved server gives."""

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
HANDSHAKE = b"\x16\x03"
NEVER_HANDED_OUT = 20_000, 32_000


@dataclass
class Listener:
    """A listening socket: its port, and the requests that arrived, as they were sent."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def base_url(self) -> str:
        """The address for a client, as a base URL."""
        return f"http://127.0.0.1:{self.port}/v1"


Answer = Callable[[socket.socket, bytes, Listener], None]


@contextmanager
def listening(answer: Answer, port: int = 0) -> Iterator[Listener]:
    """Listen while the block runs; each connection sends one request and gets ``answer``."""
    with socket.create_server(("127.0.0.1", port)) as server:
        listener = Listener(server.getsockname()[1])
        accepting = threading.Thread(target=_accept, args=(server, answer, listener), daemon=True)
        accepting.start()
        try:
            yield listener
        finally:
            listener.closing.set()
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            accepting.join(5)


def _accept(server: socket.socket, answer: Answer, listener: Listener) -> None:
    while not listener.closing.is_set():
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, answer, listener), daemon=True).start()


def _serve(connection: socket.socket, answer: Answer, listener: Listener) -> None:
    with connection, contextlib.suppress(OSError):
        request = _request(connection)
        if request:
            listener.requests.append(request)
            answer(connection, request, listener)


def _request(connection: socket.socket) -> bytes:
    """One request, with the body that its content-length announces; a TLS handshake is none."""
    data = b""
    while HEAD_END not in data:
        if data.startswith(HANDSHAKE):
            return b""
        chunk = connection.recv(65536)
        if not chunk:
            return data
        data += chunk
    head, _, body = data.partition(HEAD_END)
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if b"content-len" in line
        ),
        0,
    )
    while len(body) < length and (chunk := connection.recv(65536)):
        body += chunk
    return head + HEAD_END + body


def response(
    status: int = 200,
    body: bytes = b"",
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A whole response as bytes; the connection is to be closed after it."""
    lines = {
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
        "Connection": "close",
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Reason\r\n{head}\r\n".encode("latin-1") + body


def always(status: int, body: bytes, **arguments: object) -> Answer:
    """An answer that is the same for every request."""
    whole = response(status, body, **arguments)  # type: ignore[arg-type]
    return lambda connection, _request, _listener: connection.sendall(whole)


def closed_port() -> int:
    """A port on which nobody listens, out of the range that the system hands out to others."""
    while True:
        port = random.SystemRandom().randrange(*NEVER_HANDED_OUT)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
