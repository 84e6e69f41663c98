"""Why a TLS handshake failed: the certificate as it was shown, and who would accept it.

The connections here verify nothing, and so carry no key and no request but one for the date.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from time import monotonic

from codegpt_doctor.model.http_date import date_of
from codegpt_doctor.model.observation import TIMED_OUT, Certificate, CertificateLook, Failure
from codegpt_doctor.net.accepting import accepting, accepts
from codegpt_doctor.net.dialer import Channel, ConnectionFailedError, Dialer
from codegpt_doctor.net.handshake import PATIENCE, obstacle, unverified

NO_PLAIN = (400, 426, 497)  # with which a port for TLS answers a plain request
_ISSUER_NAMES = {b"\x55\x04\x0a": "organization", b"\x55\x04\x03": "name"}
_SUBJECT_ALT_NAME = b"\x55\x1d\x11"


def look_closer(dialer: Dialer, failure: Failure) -> CertificateLook:
    """Look at the certificate that the host shows, or at why it shows none.

    Args:
        dialer: opens connections to the host.
        failure: of the handshake.
    """
    if failure.kind == TIMED_OUT:  # so does a server that waits for the end of a plain request
        return _without_certificate(dialer, failure)
    try:
        opened = dialer.open(unverified())
    except ConnectionFailedError:
        return _without_certificate(dialer, failure)
    shown: Certificate | None = None
    with contextlib.suppress(ValueError, IndexError, StopIteration):
        shown = read(opened.shown() or b"")
    alone = opened.sent() == 1
    return CertificateLook(shown, _date(dialer, opened.socket), is_alone=alone)


def with_judges(
    look: CertificateLook, dialer: Dialer, environment: Mapping[str, str]
) -> CertificateLook:
    """A look with who would accept the certificate.

    Args:
        look: as ``look_closer`` gives it.
        dialer: opens connections to the host.
        environment: whose variables name further stores.
    """
    return look._replace(
        accepted_by=accepting(dialer, environment), only_strictly=_is_only_strictness(dialer)
    )


def _without_certificate(dialer: Dialer, failure: Failure) -> CertificateLook:
    plain = _speaks_plain(dialer)
    return CertificateLook(plain_http=plain, obstacle=None if plain else obstacle(dialer, failure))


def _is_only_strictness(dialer: Dialer) -> bool:
    """Whether a chain is refused by the rules that Python 3.13 keeps and others do not."""
    try:
        lenient = dialer.trust.lenient()
    except OSError:
        return False
    return lenient is not None and accepts(dialer, lenient)


def speaks_tls(dialer: Dialer) -> bool:
    """Whether the port of an http:// address answers to a TLS handshake."""
    try:
        _with_scheme(dialer, "https").open(unverified()).socket.close()
    except ConnectionFailedError:
        return False
    return True


def _with_scheme(dialer: Dialer, scheme: str) -> Dialer:
    host = f"[{dialer.host}]" if ":" in dialer.host else dialer.host
    url = dialer.url._replace(scheme=scheme, netloc=f"{host}:{dialer.port}")
    return replace(dialer, url=url, deadline=min(dialer.deadline, monotonic() + PATIENCE))


def _date(dialer: Dialer, channel: Channel) -> datetime | None:
    """The clock of the server, from the answer to a request without a key."""
    with contextlib.suppress(OSError, HTTPException, ValueError):
        return date_of(_asked(dialer, channel).headers.get("date") or "")
    return None


def _asked(dialer: Dialer, channel: Channel) -> HTTPResponse:
    try:
        channel.settimeout(min(2.0, dialer.patience()))
        connection = HTTPConnection(dialer.host, dialer.port)
        connection.sock = channel
        connection.request("HEAD", "/")
        return connection.getresponse()
    finally:
        channel.close()


def _speaks_plain(dialer: Dialer) -> bool:
    """Whether the port answers HTTP without encryption.

    A port for TLS answers a plain request too, with a 400 or by leading to https:// (nginx, Apache,
    Go, HAProxy), which shows the opposite.
    """
    if dialer.proxy:
        return False  # it is the proxy that would answer
    plain = _with_scheme(dialer, "http")
    with contextlib.suppress(ConnectionFailedError, OSError, HTTPException, ValueError):
        said = _asked(plain, plain.open().socket)
        elsewhere = (said.headers.get("location") or "").lower().startswith("https:")
        return said.status not in NO_PLAIN and not elsewhere
    return False


def read(der: bytes) -> Certificate:
    """Issuer, dates and names of a certificate in DER (RFC 5280, section 4.1).

    Raises:
        ValueError, IndexError, StopIteration: it is no certificate.
    """
    fields = [value for _, value in _items(next(_items(next(_items(der))[1]))[1])]
    tags = [tag for tag, _ in _items(next(_items(next(_items(der))[1]))[1])]
    start = 3 if tags[0] == 0xA0 else 2  # after the version, the serial number and the algorithm
    not_before, not_after = (_time(tag, value) for tag, value in _items(fields[start + 1]))
    return Certificate(_issuer(fields[start]), not_before, not_after, _names(der))


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tag and the content of each element of a DER sequence."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        yield tag, data[at : at + length]
        at += length


def _time(tag: int, value: bytes) -> datetime:
    form = "%y%m%d%H%M%SZ" if tag == 0x17 else "%Y%m%d%H%M%SZ"
    return datetime.strptime(value.decode("ascii"), form).replace(tzinfo=UTC)


def _issuer(name: bytes) -> str:
    found: dict[str, str] = {}
    for _, group in _items(name):
        for _, pair in _items(group):
            (_, kind), (_, value) = _items(pair)
            if kind in _ISSUER_NAMES:
                found[_ISSUER_NAMES[kind]] = value.decode("utf-8", "replace")
    return ", ".join(dict.fromkeys(found[key] for key in ("name", "organization") if key in found))


def _names(der: bytes) -> tuple[str, ...]:
    at = der.find(_SUBJECT_ALT_NAME)
    if at == -1:
        return ()
    content = next(value for tag, value in _items(der[at + 3 :]) if tag == 0x04)
    names = next(_items(content))[1]
    found = (_name_of(tag, value) for tag, value in _items(names))
    return tuple(filter(None, found))


def _name_of(tag: int, value: bytes) -> str:
    """A name of a host or an address (RFC 5280, section 4.2.1.6); nothing for any other name."""
    if tag == 0x82:
        return value.decode("ascii", "replace")
    return str(ip_address(value)) if tag == 0x87 and len(value) in (4, 16) else ""
