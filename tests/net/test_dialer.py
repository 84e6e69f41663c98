"""Connections that come to nothing leave no socket open."""

import gc
import socket
import ssl
import struct
import threading
import time
import warnings
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
import trustme

from codegpt_doctor.model.observation import TIMED_OUT, Failure
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.handshake import obstacle
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
        failure = failed.value.failure
        assert (failure.stage, failure.kind) == ("tls", "ECONNRESET")
        del failed
        gc.collect()
    assert [str(one.message) for one in left_open] == []


def test_those_that_are_reset_at_once_are_closed_and_called_reset() -> None:
    def reset_each(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                accepted, _ = server.accept()
                accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
                accepted.close()

    context, kinds = tls_context(None), set()
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        warnings.catch_warnings(record=True) as left_open,
    ):
        warnings.simplefilter("always", ResourceWarning)
        threading.Thread(target=reset_each, args=(server,), daemon=True).start()
        url = urlsplit(f"https://127.0.0.1:{server.getsockname()[1]}")
        dialer = Dialer(
            url, lambda: ["127.0.0.1"], Trust(lambda: context), None, time.monotonic() + 9
        )
        for _ in range(50):  # when the reset comes varies
            with pytest.raises(ConnectionFailedError) as failed:
                dialer.open()
            kinds.add(failed.value.failure.kind)
            assert obstacle(dialer, Failure(Stage.TLS, TIMED_OUT, "")) is None
        del failed
        gc.collect()
    assert [str(one.message) for one in left_open] == []
    assert kinds == {"ECONNRESET"}


def test_one_that_is_refused_while_another_falls_back_falls_back_too() -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    knows = ssl.create_default_context()
    authority.configure_trust(knows)

    def serve(listener: socket.socket) -> None:
        for _ in range(2):
            with suppress(OSError), server.wrap_socket(listener.accept()[0], server_side=True):
                pass

    def refuses() -> ssl.SSLContext:
        dialer.fell_back = True  # as another connection does meanwhile
        return tls_context(None)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        url = urlsplit(f"https://127.0.0.1:{listener.getsockname()[1]}/v1")
        trust = Trust(refuses, lambda: knows)
        dialer = Dialer(url, lambda: ["127.0.0.1"], trust, None, time.monotonic() + 10)
        dialer.open().socket.close()
