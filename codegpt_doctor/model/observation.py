"""What the probes measured, as typed facts.  A measurement never judges; ``findings`` does."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from codegpt_doctor.model.report import Stage

TIMED_OUT = "ETIMEDOUT"
TOO_LONG = "Request timed out."


class ProxyAnswer(NamedTuple):
    """What a proxy said that opened no tunnel: the ways to sign in that it takes, and its page."""

    schemes: tuple[str, ...] = ()
    page: str = ""


class Failure(NamedTuple):
    """What went wrong in an operation of this program itself.

    ``stage`` is where it happened.  ``kind`` is what it was, by the class and the number of the
    innermost exception, such as ``ECONNREFUSED``, ``EAI_NONAME``, ``ssl.CERT_HAS_EXPIRED``,
    ``IncompleteRead``, or the status with which a proxy refused a tunnel.  ``text`` is for a person
    and is never read by the program.  ``answer`` is what a proxy said that opened no tunnel.
    """

    stage: Stage
    kind: str
    text: str
    answer: ProxyAnswer | None = None


def late(stage: Stage, text: str = TOO_LONG) -> Failure:
    """The failure of what had not come when time was up."""
    return Failure(stage, TIMED_OUT, text)


class Resolution(NamedTuple):
    """The addresses of a name; ``first_attempt`` is one that failed before this one worked."""

    operation: str
    duration_ms: int = 0
    failure: Failure | None = None
    addresses: tuple[str, ...] = ()
    first_attempt: "Resolution | None" = None


class Connections(NamedTuple):
    """Connections to the first address of each family, by ``IPv4`` and ``IPv6``.

    It fails only where all of them do; the failure is that of the first.
    """

    operation: str
    duration_ms: int = 0
    failure: Failure | None = None
    attempts: Mapping[str, "Attempt"] = {}


class Attempt(NamedTuple):
    """A connection to one address."""

    address: str
    duration_ms: int
    failure: Failure | None = None


class Timings(NamedTuple):
    """Milliseconds that each stage of a connection and its request took; None if not reached."""

    dns: int | None = None
    proxy: int | None = None
    tcp: int | None = None
    tls: int | None = None
    http: int | None = None


NOT_REACHED = Timings()


class Handshake(NamedTuple):
    """An encrypted connection: its protocol, and of whom and until when the certificate is."""

    protocol: str
    issuer: str | None = None
    not_after: str | None = None


class Exchange(NamedTuple):
    """One request and what came back; ``http_status`` is 0 when no response came.

    Timings, address and certificate are those of its connection, as far as it came.  ``url`` is
    empty where only a connection was asked for.  ``headers`` have lower-case names.  ``body`` is
    text of at most the read limit; ``truncated`` says that there was more.  ``first_attempt`` is
    one that failed before this one was made.  ``provider`` is the id of the one that was asked,
    empty where nobody said, at ``base_url``.
    """

    operation: str
    duration_ms: int = 0
    failure: Failure | None = None
    timings: Timings = NOT_REACHED
    address: str | None = None
    certificate: Handshake | None = None
    url: str = ""
    http_status: int = 0
    headers: Mapping[str, str] = {}
    body: str = ""
    truncated: bool = False
    first_attempt: "Exchange | None" = None
    provider: str = ""
    base_url: str = ""


# what one probe measured: ``operation`` says what was tried, ``failure`` what went wrong
Observation: TypeAlias = Resolution | Connections | Exchange


def failed_at(seen: Observation) -> Stage | None:
    """The stage where it went wrong, or None."""
    return seen.failure.stage if seen.failure else None


class Certificate(NamedTuple):
    """What a certificate says of itself; the times are in UTC."""

    issuer: str
    not_before: datetime
    not_after: datetime
    names: tuple[str, ...]


class Obstacle(StrEnum):
    """What a handshake fails at that succeeds without it."""

    CERTIFICATE = "the server requires a client certificate"
    PROTOCOL = "the server supports only TLS versions before 1.2"
    CIPHERS = "the server supports only outdated ciphers"
    NAME = "the host name is refused"
    NO_NAME = "the server needs a host name, and an IP address gives none"
    LARGE_PACKETS = "large packets are lost"


class CertificateLook(NamedTuple):
    """A closer look at a handshake that failed.

    ``shown`` is the certificate, None where none could be read.  ``server_date`` is the server's
    clock in UTC.  ``accepted_by`` are the trust stores that accept the chain: ``system``,
    ``certifi`` and the variables that name one.  ``plain_http`` says that the port answers
    unencrypted.  ``only_strictly`` says that the chain is refused by the strict rules alone, and
    ``is_alone`` that the server sent its own certificate and none that signed it.
    """

    shown: Certificate | None = None
    server_date: datetime | None = None
    accepted_by: tuple[str, ...] = ()
    plain_http: bool = False
    only_strictly: bool = False
    obstacle: Obstacle | None = None
    is_alone: bool = False


class Neutral(NamedTuple):
    """What a neutral host tells of the network: a way out, a name, a connection."""

    route: bool
    name: bool = False
    connection: bool = False
