"""Exceptions are told apart by class and number: real ones, from real sockets."""

import errno
import http.client
import socket
import ssl
import threading
from collections.abc import Callable

import pytest
import requests
import socks
from helpers.servers import always, closed_port, listening
from urllib3.exceptions import DecodeError, ProtocolError

from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.failures import LASTING, TunnelRefusedError, failure_of, kind_of


def raised_by(work: Callable[[], object]) -> BaseException:
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - of any kind
        work()
    return caught.value


def kind(error: BaseException) -> str:
    return failure_of(Stage.HTTP, error).kind


class TestWhatTheSystemSays:
    def test_nobody_listens(self) -> None:
        port = closed_port()
        error = raised_by(lambda: socket.create_connection(("127.0.0.1", port)))
        failure = failure_of(Stage.TCP, error)
        assert (failure.stage, failure.kind) == ("tcp", "ECONNREFUSED")
        assert "refused" in failure.text.lower()

    def test_no_such_name(self) -> None:
        error = raised_by(lambda: socket.getaddrinfo("no-such-name.invalid", 443))
        assert kind(error) in ("EAI_NONAME", "EAI_AGAIN")

    @pytest.mark.parametrize(
        ("number", "name"),
        [(getattr(socket, name), name) for name in ("EAI_AGAIN", "EAI_NONAME", "EAI_FAIL")],
    )
    def test_the_resolver_answers_by_number(self, number: int, name: str) -> None:
        assert kind(socket.gaierror(number, "in whatever language")) == name

    def test_a_name_that_is_none(self) -> None:
        error = raised_by(lambda: socket.getaddrinfo("a" * 70 + ".example", 443))
        assert kind(error).startswith("Unicode")

    def test_time_is_up(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            near = socket.create_connection(server.getsockname(), timeout=0.05)
            error = raised_by(lambda: near.recv(1))
            near.close()
        assert kind(error) == "ETIMEDOUT"

    @pytest.mark.parametrize("name", ["ECONNRESET", "EPIPE", "ENETUNREACH", "EACCES"])
    def test_a_number_is_told_by_its_name(self, name: str) -> None:
        assert kind(OSError(getattr(errno, name), "x")) == name


class TestWhatLibrariesWrap:
    def test_requests_and_urllib3(self) -> None:
        port = closed_port()
        error = raised_by(lambda: requests.get(f"http://127.0.0.1:{port}/", timeout=5))
        assert isinstance(error, requests.ConnectionError)
        failure = failure_of(Stage.HTTP, error)
        assert failure.kind == "ECONNREFUSED"
        assert "Max retries" not in failure.text

    def test_a_hang_up_instead_of_an_answer(self) -> None:
        with listening(lambda *_: None) as server:
            error = raised_by(lambda: requests.get(server.base_url, timeout=5))
        assert kind(error) in ("RemoteDisconnected", "ECONNRESET")

    def test_what_is_no_http(self) -> None:
        banner = b"SSH-2.0-OpenSSH_9.6\r\n"
        with listening(lambda connection, *_: connection.sendall(banner)) as server:
            error = raised_by(lambda: requests.get(server.base_url, timeout=5))
        assert kind(error) == "BadStatusLine"

    @pytest.mark.parametrize("url", ["http://", "http://[::1/", "nonsense"])
    def test_what_is_no_url(self, url: str) -> None:
        error = raised_by(lambda: requests.get(url, timeout=5))
        assert kind(error) in ("InvalidURL", "MissingSchema")
        assert kind(error) in LASTING

    def test_a_header_that_cannot_be_written(self) -> None:
        with listening(always(200, b"")) as server:
            error = raised_by(
                lambda: requests.get(server.base_url, headers={"X-A": "组织"}, timeout=5)
            )
        assert kind(error) == "UnicodeEncodeError"

    def test_pysocks(self) -> None:
        port = closed_port()
        error = raised_by(
            lambda: socks.create_connection(
                ("x", 1), proxy_type=socks.SOCKS5, proxy_addr="127.0.0.1", proxy_port=port
            )
        )
        assert isinstance(error, socks.ProxyConnectionError)
        assert kind(error) == "ECONNREFUSED"

    def test_the_innermost_operation_wins(self) -> None:
        inner = ConnectionResetError(errno.ECONNRESET, "reset")
        assert kind(ProtocolError("Connection aborted.", inner)) == "ECONNRESET"
        assert kind(DecodeError("not gzip", ValueError("zlib"))) == "DecodeError"

    def test_a_chain_that_goes_round_ends(self) -> None:
        first, second = ValueError("a"), ValueError("b")
        first.__cause__, second.__cause__ = second, first
        assert kind(first) == "ValueError"


class TestEncryption:
    @pytest.mark.parametrize(
        ("code", "name"),
        [
            (9, "CERT_NOT_YET_VALID"),
            (10, "CERT_HAS_EXPIRED"),
            (62, "HOSTNAME_MISMATCH"),
            (64, "HOSTNAME_MISMATCH"),
            (18, "SELF_SIGNED"),
            (66, "KEY_TOO_SMALL"),
            (68, "DIGEST_TOO_WEAK"),
            (85, "CERT_NOT_STRICT"),
            (89, "CERT_NOT_STRICT"),
            (20, "CERTIFICATE_VERIFY_FAILED"),
            (0x800B0101, "CERT_HAS_EXPIRED"),
            (-67602, "HOSTNAME_MISMATCH"),
        ],
    )
    def test_a_certificate_is_judged_by_its_number(self, code: int, name: str) -> None:
        error = ssl.SSLCertVerificationError(1, "in whatever words")
        error.verify_code = code
        assert kind_of(error) == f"ssl.{name}"
        assert kind_of(error) in LASTING

    def test_a_handshake_with_what_speaks_no_tls(self) -> None:
        def answer(server: socket.socket) -> None:
            accepted, _ = server.accept()
            with accepted:
                accepted.recv(10_000)
                accepted.sendall(b"HTTP/1.1 400 No\r\n\r\n")

        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=answer, args=(server,), daemon=True).start()
            plain = socket.create_connection(server.getsockname(), timeout=5)
            context = ssl.create_default_context()
            error = raised_by(lambda: context.wrap_socket(plain, server_hostname="localhost"))
            plain.close()
        assert kind_of(error).startswith("ssl.")


def test_a_tunnel_is_told_by_the_status() -> None:
    failure = failure_of(Stage.PROXY, TunnelRefusedError(407, " Proxy Authentication Required "))
    assert failure.kind == "407"
    assert failure.text == "Tunnel connection failed: 407 Proxy Authentication Required"


def test_one_without_words_is_called_by_its_class() -> None:
    assert failure_of(Stage.HTTP, http.client.HTTPException()).text == "HTTPException"
