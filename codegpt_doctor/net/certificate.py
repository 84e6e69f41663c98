"""Why a TLS handshake failed: the certificate as it was shown, and who would accept it.

The connections here verify nothing, and so carry no key and no request but one for the date.
"""

import contextlib
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import Any

from codegpt_doctor.model.observation import Observation
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.trust import system_context, tls_context

PATIENCE = 1.2  # seconds; a server may stay silent when the other protocol is spoken
_ISSUER_NAMES = {b"\x55\x04\x0a": "organization", b"\x55\x04\x03": "name"}
_SUBJECT_ALT_NAME = b"\x55\x1d\x11"


def examine(dialer: Dialer) -> Observation:
    """Look at the certificate that the host shows.

    ``facts``: ``issuer``, ``not_before``, ``not_after`` (UTC), ``names``, ``server_date`` (UTC),
    ``accepted_by`` (the trust stores, of ``system`` and ``certifi``, that accept the chain), and
    ``plain_http`` when the port answers unencrypted.
    """
    facts: dict[str, Any] = {}
    try:
        opened = dialer.open(_unverified())
    except ConnectionFailedError:
        return Observation("look at the certificate", facts={"plain_http": _speaks_plain(dialer)})
    shown = opened.socket.getpeercert(True)
    with contextlib.suppress(ValueError, IndexError):
        facts.update(read(shown or b""))
    facts["server_date"] = _date(dialer, opened.socket)
    facts["accepted_by"] = [name for name, store in _stores() if _accepts(dialer, store)]
    return Observation("look at the certificate", facts=facts)


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def speaks_tls(dialer: Dialer) -> bool:
    """Whether the port of an http:// address answers to a TLS handshake."""
    try:
        _with_scheme(dialer, "https").open(_unverified()).socket.close()
    except ConnectionFailedError:
        return False
    return True


def _with_scheme(dialer: Dialer, scheme: str) -> Dialer:
    host = f"[{dialer.host}]" if ":" in dialer.host else dialer.host
    url = dialer.url._replace(scheme=scheme, netloc=f"{host}:{dialer.port}")
    return replace(dialer, url=url, deadline=min(dialer.deadline, monotonic() + PATIENCE))


def _date(dialer: Dialer, sock: Any) -> datetime | None:
    """The clock of the server, from the answer to a request without a key."""
    try:
        sock.settimeout(min(2.0, dialer.patience()))
        connection = HTTPConnection(dialer.host)
        connection.sock = sock
        connection.request("HEAD", "/")
        said = connection.getresponse().headers.get("date")
        return parsedate_to_datetime(said) if said else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        sock.close()


def _stores() -> Iterator[tuple[str, ssl.SSLContext]]:
    with contextlib.suppress(OSError, ImportError):
        yield "system", system_context()
    with contextlib.suppress(OSError):
        yield "certifi", tls_context(None)


def _accepts(dialer: Dialer, context: ssl.SSLContext) -> bool:
    try:
        dialer.open(context).socket.close()
    except ConnectionFailedError:
        return False
    return True


def _speaks_plain(dialer: Dialer) -> bool:
    """Whether the port answers HTTP without encryption."""
    plain = _with_scheme(dialer, "http")
    try:
        sock = plain.open().socket
    except ConnectionFailedError:
        return False
    return _date(plain, sock) is not None


def read(der: bytes) -> dict[str, Any]:
    """Issuer, dates and names of a certificate in DER (RFC 5280, section 4.1).

    Raises:
        ValueError, IndexError: it is no certificate.
    """
    fields = [value for _, value in _items(next(_items(next(_items(der))[1]))[1])]
    tags = [tag for tag, _ in _items(next(_items(next(_items(der))[1]))[1])]
    start = 3 if tags[0] == 0xA0 else 2  # after the version, the serial number and the algorithm
    not_before, not_after = (_time(tag, value) for tag, value in _items(fields[start + 1]))
    return {
        "issuer": _issuer(fields[start]),
        "not_before": not_before,
        "not_after": not_after,
        "names": _names(der),
    }


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


def _names(der: bytes) -> list[str]:
    at = der.find(_SUBJECT_ALT_NAME)
    if at == -1:
        return []
    content = next(value for tag, value in _items(der[at + 3 :]) if tag == 0x04)
    names = next(_items(content))[1]
    return [value.decode("ascii", "replace") for tag, value in _items(names) if tag == 0x82]
