"""Servers that misbehave below or beside HTTP, byte by byte."""

import socket
import ssl
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from scenarios.place import Place, World
from scenarios.worlds.api import ADDRESS, OPENAI
from scenarios.worlds.certificates import trusted
from scenarios.worlds.sockets import listening

MIB = 1024 * 1024
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

CUT = JSON_HEAD + b'Content-Length: 900\r\n\r\n{"object": "list"'
CUT_CHUNK = JSON_HEAD + b'Transfer-Encoding: chunked\r\n\r\n40\r\n{"object": "list"'

# gets the connection, encrypted or not as the world says, and the request that came
Behaviour = Callable[[Any, bytes], None]


def raw(behaviour: Behaviour, encrypted: bool = True, called: str = "api") -> World:
    """A server at the address of the API that does as told with each connection.

    One that is not encrypted is given the connection at once, without waiting for a request.
    """

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        place.name(OPENAI, ADDRESS)
        place.address(ADDRESS)
        context = trusted(place, OPENAI) if encrypted else None
        seen = place.seen.setdefault(called, [])

        def serve(connection: Any) -> None:
            request = b""
            if context:
                connection = context.wrap_socket(connection, server_side=True)
                request = connection.recv(65536)
                seen.append(request.decode("latin-1"))
            behaviour(connection, request)
            connection.close()

        with listening(ADDRESS, 443, serve):
            yield

    return world


def saying(data: bytes) -> Behaviour:
    """Send these bytes and hang up."""
    return lambda connection, _request: connection.sendall(data)


def dripping(start: bytes, piece: bytes = b" ") -> Behaviour:
    """Send the start at once, then one piece each second, without end."""

    def behaviour(connection: Any, _request: bytes) -> None:
        connection.sendall(start)
        while True:
            time.sleep(1)
            connection.sendall(piece)

    return behaviour


def endless(start: bytes, piece: bytes, most: int = 1024 * MIB) -> Behaviour:
    """Send the start, then the piece again and again, to a gigabyte."""

    def behaviour(connection: Any, _request: bytes) -> None:
        connection.sendall(start)
        for _ in range(most // len(piece)):
            connection.sendall(piece)

    return behaviour


def hang_up(connection: Any, _request: bytes) -> None:
    """Close in the usual way, having said nothing."""
    if not isinstance(connection, ssl.SSLSocket):
        connection.recv(4096)


def reset(connection: Any, _request: bytes) -> None:
    """Break the connection off, as a firewall does that does not like what it saw."""
    if isinstance(connection, ssl.SSLSocket):
        connection = socket.socket(fileno=connection.detach())
    else:
        connection.recv(4096)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def silence(_connection: Any, _request: bytes) -> None:
    """Say nothing for as long as anybody waits."""
    time.sleep(3600)


def with_length(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A whole response in JSON, its headers chosen."""
    lines = (
        f"HTTP/1.1 {status}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


def bomb() -> bytes:
    """A whole response with a gigabyte of JSON in a megabyte of gzip."""
    start, end, mib = b'{"data": "', b'"}', b"x" * MIB
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    head = deflate.compress(start) + deflate.flush(zlib.Z_FULL_FLUSH)
    block = deflate.compress(mib) + deflate.flush(zlib.Z_FULL_FLUSH)  # refers to nothing before it
    tail = deflate.compress(end) + deflate.flush()
    gzip_head = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    packed = gzip_head + head + block * 1024 + tail + _checked(start, mib, end)
    return with_length(packed, "200 OK", "Content-Encoding: gzip")


def _checked(start: bytes, mib: bytes, end: bytes) -> bytes:
    """The checksum and the length at the end of the gzip, so that nothing is wrong but the size."""
    checksum = zlib.crc32(start)
    for _ in range(1024):
        checksum = zlib.crc32(mib, checksum)
    size = len(start) + 1024 * MIB + len(end)
    return struct.pack("<II", zlib.crc32(end, checksum), size)
