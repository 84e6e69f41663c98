"""Certificates as bytes, and ports that are asked whether they speak plain HTTP."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import certifi
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from helpers.authorities import Authority
from helpers.plans import settings_of
from helpers.servers import always, closed_port, listening
from helpers.worlds import shake_hands

from codegpt_doctor.findings.certificates import judge_certificate
from codegpt_doctor.model.observation import Failure
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.certificate import look_closer, read, speaks_tls, with_judges
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.handshake import asks_for_certificate
from codegpt_doctor.net.trust import Trust, not_strict, tls_context

REFUSED = Failure(Stage.TLS, "ssl.SSLV3_ALERT_HANDSHAKE_FAILURE", "handshake failure")


def dialer(port: int, scheme: str = "https") -> Dialer:
    url = urlsplit(f"{scheme}://127.0.0.1:{port}")
    trust = Trust(lambda: tls_context(None))
    return Dialer(url, lambda: ["127.0.0.1"], trust, None, monotonic() + 10)


@pytest.mark.parametrize(
    "names",
    [
        ("llm.example.net",),
        ("a.example", "*.b.example", "xn--mnchen-3ya.example"),
        ("127.0.0.1", "2001:db8::7"),
    ],
)
def test_a_certificate_is_read_as_a_library_reads_it(names: tuple[str, ...]) -> None:
    start, end = datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2051, 1, 2, 3, 4, 5, tzinfo=UTC)
    authority = trustme.CA(organization_name="Initech, Ltd.", organization_unit_name="Web")
    issued = authority.issue_cert(*names, not_before=start, not_after=end).cert_chain_pems[0]
    told = x509.load_pem_x509_certificate(issued.bytes())
    seen = read(told.public_bytes(Encoding.DER))
    assert (seen.not_before, seen.not_after) == (start, end)
    assert seen.names == names
    assert "Initech, Ltd." in seen.issuer


@pytest.mark.parametrize("der", [b"", b"\x30", b"\x30\x82\xff\xff", b"\x00" * 40, b"no DER at all"])
def test_what_is_no_certificate_says_so(der: bytes) -> None:
    with pytest.raises((ValueError, IndexError, StopIteration)):
        read(der)


class TestPlainHttp:
    @pytest.mark.parametrize(
        ("status", "headers", "plain"),
        [
            (200, {}, True),
            (401, {}, True),
            (404, {}, True),
            (400, {"Date": "Sat, 28 Nov 2026 05:00:00 GMT"}, False),
            (301, {"Location": "https://llm.example.net/"}, False),
            (301, {"Location": "/v1/"}, True),
        ],
    )
    def test_is_shown_by_an_answer_that_is_no_refusal_of_it(
        self, status: int, headers: dict[str, str], plain: bool
    ) -> None:
        with listening(always(status, b"", headers=headers)) as server:
            assert look_closer(dialer(server.port), REFUSED).plain_http is plain

    def test_is_not_shown_by_another_protocol_or_by_nobody(self) -> None:
        banner = b"SSH-2.0-OpenSSH_9.6\r\n"
        with listening(lambda connection, *_: connection.sendall(banner)) as server:
            assert not look_closer(dialer(server.port), REFUSED).plain_http
        assert not look_closer(dialer(closed_port()), REFUSED).plain_http


def test_a_port_that_answers_plain_http_does_not_speak_tls() -> None:
    with listening(always(200, b"")) as server:
        assert not speaks_tls(dialer(server.port, "http"))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize(
    ("mode", "asks"), [(ssl.CERT_NONE, False), (ssl.CERT_OPTIONAL, True), (ssl.CERT_REQUIRED, True)]
)
def test_a_server_that_asks_for_a_certificate_is_heard(
    version: ssl.TLSVersion, mode: ssl.VerifyMode, asks: bool
) -> None:
    context = Authority().shown("127.0.0.1")
    context.maximum_version = version
    context.load_verify_locations(certifi.where())
    context.verify_mode = mode
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=shake_hands, args=(server, context), daemon=True).start()
        assert asks_for_certificate(dialer(server.getsockname()[1])) is asks
        server.shutdown(socket.SHUT_RDWR)


@contextmanager
def showing(folder: Path, authority: Authority) -> Iterator[Dialer]:
    """A server with a certificate of an authority, and a dialer that trusts it by strict rules."""
    context = authority.shown("127.0.0.1")
    bundle = folder / "ca.pem"
    bundle.write_bytes(authority.pem)

    def strict() -> ssl.SSLContext:
        made = tls_context(str(bundle))
        made.verify_flags |= ssl.VERIFY_X509_STRICT  # as Python sets it from 3.13 on
        return made

    with socket.create_server(("127.0.0.1", 0)) as server:
        shaking = threading.Thread(target=shake_hands, args=(server, context), daemon=True)
        shaking.start()
        trust = Trust(strict, None, lambda: not_strict(strict()))
        yield replace(dialer(server.getsockname()[1]), trust=trust)
        server.shutdown(socket.SHUT_RDWR)


class TestStrictness:
    """The authorities of companies are often not made by the letter of the standard."""

    def test_is_named_where_it_alone_refuses(self, tmp_path: Path) -> None:
        with showing(tmp_path, Authority(critical=False)) as to:
            failure = failure_at(to)
            look = with_judges(look_closer(to, failure), to, {})
        assert look.only_strictly
        finding = judge_certificate(failure, look, settings_of()).finding
        assert finding
        assert finding.id == "tls_certificate_not_strict"

    def test_is_not_why_an_unknown_authority_is_refused(self, tmp_path: Path) -> None:
        with showing(tmp_path, Authority(critical=False)) as to:
            unknown = Trust(to.trust.context, None, lambda: not_strict(tls_context(None)))
            failure, other = failure_at(to), replace(to, trust=unknown)
            look = with_judges(look_closer(other, failure), other, {})
        assert look.shown
        assert not look.only_strictly


def failure_at(to: Dialer) -> Failure:
    with pytest.raises(ConnectionFailedError) as raised:
        to.open()
    return raised.value.failure
