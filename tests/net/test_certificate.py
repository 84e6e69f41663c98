"""Certificates as bytes, and ports that are asked whether they speak plain HTTP."""

from datetime import UTC, datetime
from time import monotonic
from urllib.parse import urlsplit

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from helpers.servers import always, closed_port, listening

from codegpt_doctor.net.certificate import look_closer, read, speaks_tls
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import Trust, tls_context


def dialer(port: int, scheme: str = "https") -> Dialer:
    url = urlsplit(f"{scheme}://127.0.0.1:{port}")
    trust = Trust(lambda: tls_context(None))
    return Dialer(url, lambda: ["127.0.0.1"], trust, None, monotonic() + 10)


@pytest.mark.parametrize(
    "names", [("llm.example.net",), ("a.example", "*.b.example", "xn--mnchen-3ya.example"), ()]
)
def test_a_certificate_is_read_as_a_library_reads_it(names: tuple[str, ...]) -> None:
    start, end = datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2051, 1, 2, 3, 4, 5, tzinfo=UTC)
    authority = trustme.CA(organization_name="Initech, Ltd.", organization_unit_name="Web")
    issued = authority.issue_cert(
        *(names or ("127.0.0.1",)), not_before=start, not_after=end
    ).cert_chain_pems[0]
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
            assert look_closer(dialer(server.port)).plain_http is plain

    def test_is_not_shown_by_another_protocol_or_by_nobody(self) -> None:
        banner = b"SSH-2.0-OpenSSH_9.6\r\n"
        with listening(lambda connection, *_: connection.sendall(banner)) as server:
            assert not look_closer(dialer(server.port)).plain_http
        assert not look_closer(dialer(closed_port())).plain_http


def test_a_port_that_answers_plain_http_does_not_speak_tls() -> None:
    with listening(always(200, b"")) as server:
        assert not speaks_tls(dialer(server.port, "http"))
