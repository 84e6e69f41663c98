"""Connections that come to nothing leave no socket open."""

import gc
import socket
import ssl
import struct
import threading
import time
import warnings
from urllib.parse import urlsplit

import pytest

from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.trust import Trust, tls_context

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def test_one_that_is_reset_before_its_handshake_is_closed() -> None:
    connected, was_reset = threading.Event(), threading.Event()
    context = tls_context(None)

    def once_it_is_reset() -> ssl.SSLContext:
        connected.set()
        assert was_reset.wait(5)
        return context

    def reset(server: socket.socket) -> None:
        accepted, _ = server.accept()
        connected.wait(5)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        accepted.close()
        was_reset.set()

    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        warnings.catch_warnings(record=True) as left_open,
    ):
        warnings.simplefilter("always", ResourceWarning)
        threading.Thread(target=reset, args=(server,), daemon=True).start()
        url = urlsplit(f"https://127.0.0.1:{server.getsockname()[1]}")
        trust = Trust(once_it_is_reset)
        dialer = Dialer(url, lambda: ["127.0.0.1"], trust, None, time.monotonic() + 9)
        with pytest.raises(ConnectionFailedError) as failed:
            dialer.open()
        assert failed.value.failure.stage == "tls"
        del failed
        gc.collect()
    assert [str(one.message) for one in left_open] == []
