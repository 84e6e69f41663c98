"""A listening socket whose connections are each served in a thread of their own."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def listening(address: str, port: int, serve: Callable[[socket.socket], None]) -> Iterator[None]:
    """Listen while the block runs; a client that goes away ends its thread and nothing else."""
    with socket.create_server((address, port), backlog=64) as server:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with contextlib.suppress(OSError):
                serve(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield
