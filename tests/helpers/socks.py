"""A SOCKS proxy on loopback, of versions 4, 4a and 5: a real one, that knows few names."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

NO_AUTHENTICATION, PASSWORD, NONE_ACCEPTED = 0x00, 0x02, 0xFF
BY_NAME, IPV4 = 0x03, 0x01
REFUSED, UNKNOWN_HOST = 0x05, 0x04


@dataclass
class SocksProxy:
    """A proxy that listens: its port, and the targets that it was asked for, as it was told them.

    ``names`` are the addresses of the names that it can look up, ``user`` and ``password`` what it
    wants to hear, where it wants to hear any.
    """

    port: int
    names: Mapping[str, str]
    user: str = ""
    password: str = ""
    asked: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def socks_proxy(
    names: Mapping[str, str] | None = None, user: str = "", password: str = ""
) -> Iterator[SocksProxy]:
    """Serve while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        proxy = SocksProxy(server.getsockname()[1], names or {}, user, password)
        threading.Thread(target=_accept, args=(server, proxy), daemon=True).start()
        try:
            yield proxy
        finally:
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)


def _accept(server: socket.socket, proxy: SocksProxy) -> None:
    while True:
        try:
            near, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(near, proxy), daemon=True).start()


def _serve(near: socket.socket, proxy: SocksProxy) -> None:
    with near, contextlib.suppress(OSError, EOFError):
        version = _take(near, 1)[0]
        far = _version_5(near, proxy) if version == 5 else _version_4(near, proxy)
        if far:
            with far:
                threading.Thread(target=_pass_on, args=(near, far), daemon=True).start()
                _pass_on(far, near)


def _version_5(near: socket.socket, proxy: SocksProxy) -> socket.socket | None:
    methods = _take(near, _take(near, 1)[0])
    wanted = PASSWORD if proxy.user else NO_AUTHENTICATION
    if wanted not in methods:
        near.sendall(bytes((5, NONE_ACCEPTED)))
        return None
    near.sendall(bytes((5, wanted)))
    if proxy.user and not _authenticated(near, proxy):
        return None
    kind = _take(near, 4)[3]
    host = _name(near) if kind == BY_NAME else socket.inet_ntoa(_take(near, 4))
    far = _connected(host, struct.unpack("!H", _take(near, 2))[0], proxy)
    status = 0 if far else REFUSED if host in proxy.names or kind == IPV4 else UNKNOWN_HOST
    near.sendall(bytes((5, status, 0, IPV4)) + bytes(6))
    return far


def _authenticated(near: socket.socket, proxy: SocksProxy) -> bool:
    _take(near, 1)
    told = (_name(near), _name(near))
    right = told == (proxy.user, proxy.password)
    near.sendall(bytes((1, 0 if right else 1)))
    return right


def _version_4(near: socket.socket, proxy: SocksProxy) -> socket.socket | None:
    _, port, address = struct.unpack("!BH4s", _take(near, 7))
    _line(near)
    by_name = address[:3] == bytes(3) and address[3] != 0
    host = _line(near).decode() if by_name else socket.inet_ntoa(address)
    far = _connected(host, port, proxy)
    near.sendall(bytes((0, 0x5A if far else 0x5B)) + bytes(6))
    return far


def _connected(host: str, port: int, proxy: SocksProxy) -> socket.socket | None:
    proxy.asked.append((host, port))
    address = host if host.replace(".", "").isdigit() else proxy.names.get(host)
    with contextlib.suppress(OSError):
        return socket.create_connection((address, port), timeout=5) if address else None
    return None


def _take(near: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        chunk = near.recv(count - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data


def _name(near: socket.socket) -> str:
    return _take(near, _take(near, 1)[0]).decode()


def _line(near: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\0"):
        data += _take(near, 1)
    return data[:-1]


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)
