"""Why a handshake came to nothing: what would have to be otherwise for it to succeed.

The connections here verify nothing, and so carry no key and no request.
"""

import contextlib
import socket
import ssl
import warnings
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

from codegpt_doctor.model.observation import TIMED_OUT, Failure, Obstacle
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer, encrypted
from codegpt_doctor.settings.url import is_loopback, literal

THIS_COMPUTER = "localhost"
PATIENCE = 1.2  # seconds; a server may stay silent when the other protocol is spoken
SMALL = 536  # bytes of data in a packet that every network carries (RFC 9293, section 3.7.1)
OLD = ("TLSv1", "TLSv1.1", "SSLv3")
CERTIFICATE_REQUEST = 13  # a message of the handshake (RFC 8446, section 4)
RECORD_OF_HANDSHAKE = 22


def unverified() -> ssl.SSLContext:
    """A context that takes any certificate; nothing is ever sent over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def obstacle(dialer: Dialer, failure: Failure) -> Obstacle | None:
    """What kept a handshake from succeeding, where changing one thing shows it.

    Args:
        dialer: opens connections to the target.
        failure: of the handshake; one that got no answer is looked into otherwise than a refusal.
    """
    if failure.kind == TIMED_OUT:
        return _of_silence(dialer)
    brief = replace(dialer, deadline=min(dialer.deadline, monotonic() + PATIENCE))
    if _wants_certificate(brief):
        return Obstacle.CERTIFICATE
    return _of_age(brief) or _of_name(dialer)


def _of_name(dialer: Dialer) -> Obstacle | None:
    """Whether the name that is asked for, or that none is, decides."""
    if literal(dialer.host) is None:
        return Obstacle.NAME if _opens(dialer, name=None) else None
    here = is_loopback(dialer.host)
    return Obstacle.NO_NAME if here and _opens(dialer, name=THIS_COMPUTER) else None


def _of_silence(dialer: Dialer) -> Obstacle | None:
    if _opens(dialer, name=None):
        return Obstacle.NAME
    return Obstacle.LARGE_PACKETS if _opens(dialer, dialer.host, SMALL) else None


def asks_for_certificate(dialer: Dialer) -> bool:
    """Whether the server asks for a certificate of the client, be it that it goes on without one.

    With TLS 1.3 the handshake is over for the client before the server refuses it.
    """
    brief = replace(dialer, deadline=min(dialer.deadline, monotonic() + PATIENCE))
    return _wants_certificate(brief, needed=False)


def _wants_certificate(dialer: Dialer, needed: bool = True) -> bool:
    """Whether the server asks for a certificate of the client, and ends the handshake without."""
    context, asked = unverified(), []

    def note(_c: object, way: str, _v: object, kind: int, message: int, _d: bytes) -> None:
        asked.extend([message] if (way, kind) == ("read", RECORD_OF_HANDSHAKE) else [])

    context._msg_callback = note  # type: ignore[attr-defined]  # noqa: SLF001 - messages are seen in no other way
    try:
        dialer.open(context).socket.close()
    except ConnectionFailedError:
        return CERTIFICATE_REQUEST in asked
    return CERTIFICATE_REQUEST in asked and not needed


def _of_age(dialer: Dialer) -> Obstacle | None:
    """Whether only what is out of use by now would have been agreed on."""
    context = unverified()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are what is looked for
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        opened = dialer.open(context)
    except ConnectionFailedError:
        return None
    opened.socket.close()
    old = opened.certificate is not None and opened.certificate.protocol in OLD
    return Obstacle.PROTOCOL if old else Obstacle.CIPHERS


def _opens(dialer: Dialer, name: str | None, packet: int = 0) -> bool:
    """Whether a handshake succeeds directly, with another name or in smaller packets."""
    if dialer.proxy:
        return False
    try:
        with _connected(dialer, packet) as plain:
            encrypted(plain, unverified(), name).close()
    except (OSError, ValueError, ConnectionFailedError):
        return False
    return True


@contextlib.contextmanager
def _connected(dialer: Dialer, packet: int) -> Iterator[socket.socket]:
    address, *_ = dialer.addresses()
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as plain:
        plain.settimeout(min(PATIENCE, dialer.patience()))
        if packet:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, packet)
        plain.connect((address, dialer.port))
        yield plain
