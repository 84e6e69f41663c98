"""What the failures of this program's own operations are called: a table, and no reading of words.

What is in no row is not guessed at.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from codegpt_doctor.model.explanation import Confidence, Match
from codegpt_doctor.model.observation import TIMED_OUT, Failure
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.failures import SLOW_ANSWER

UNNAMED = "connection_error"
CONNECTING = (Stage.DNS, Stage.TCP, Stage.PROXY, Stage.TLS)
ANYWHERE = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Row:
    """Kinds of failure (patterns as in a shell) at some stages, what they are called, and why."""

    stages: tuple[Stage, ...]
    kinds: tuple[str, ...]
    entry_id: str
    why: str


# the first row that fits counts
TABLE = (
    Row(
        (Stage.PROXY,),
        ("407", "401"),
        "proxy_authentication_required",
        "the status with which a proxy asks who it is for; some refuse a wrong password with 401",
    ),
    Row(
        (Stage.PROXY,),
        ("SOCKS5AuthError",),
        "proxy_authentication_required",
        "a SOCKS proxy took none of the ways to sign in, or refused the password",
    ),
    Row(
        (Stage.PROXY,),
        ("500", "502", "503", "504"),
        "proxy_cannot_connect",
        "the proxy took the request, and did not get through to the target itself",
    ),
    Row(
        (Stage.PROXY,),
        tuple(f"SOCKS5Error.0{reply}" for reply in (1, 3, 4, 5, 6)),
        "proxy_cannot_connect",
        "replies of SOCKS (RFC 1928, section 6): it failed, or met no network, host or open port",
    ),
    Row(
        (Stage.PROXY,),
        ("*",),
        "proxy_unreachable",
        "the connection ended at the proxy, whatever it met there; the target was not asked",
    ),
    Row(
        (Stage.DNS,),
        ("Unicode*",),
        "bad_base_url",
        "no name of a host can be written so; the resolver was not asked",
    ),
    Row((Stage.DNS,), ("EAI_*",), "dns_failure", "the answers of the system's resolver"),
    Row((Stage.DNS,), (TIMED_OUT,), "dns_failure", "the resolver did not answer in time"),
    Row(
        ANYWHERE,
        ("ECONNREFUSED",),
        "connection_refused",
        "the machine answered that nobody listens on the port, or a firewall did",
    ),
    Row(
        ANYWHERE,
        ("ECONNRESET", "ECONNABORTED", "EPIPE"),
        "connection_reset",
        "an open connection was broken off by the other side or something on the way",
    ),
    Row(
        (Stage.HTTP,),
        ("RemoteDisconnected",),
        "connection_reset",
        "the connection was closed instead of an answer",
    ),
    Row(
        (Stage.TCP, Stage.TLS, Stage.HTTP),
        (TIMED_OUT,),
        "request_timeout",
        "nothing came in the time that there was, at whichever stage",
    ),
    Row(
        (Stage.HTTP,),
        (SLOW_ANSWER,),
        "request_timeout",
        "the answer began, and its end did not come in the time that there was",
    ),
    Row(
        ANYWHERE,
        ("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EHOSTDOWN", "EADDRNOTAVAIL"),
        "network_unreachable",
        "this system or a router knows no way to the address",
    ),
    Row(
        (Stage.TCP,),
        ("EACCES", "EPERM", "EINVAL"),
        "network_unreachable",
        "this system itself forbids the way: a rule of its firewall, or a route that prohibits",
    ),
    Row(
        (Stage.TLS,),
        ("ssl.CERT_HAS_EXPIRED", "ssl.CERT_NOT_YET_VALID"),
        "tls_certificate_expired",
        "the local clock is outside the certificate's time; a closer look tells whose fault it is",
    ),
    Row(
        (Stage.TLS,),
        ("ssl.HOSTNAME_MISMATCH",),
        "tls_hostname_mismatch",
        "the chain is trusted, and is for another name",
    ),
    Row(
        (Stage.TLS,),
        ("ssl.CERT_NOT_STRICT",),
        "tls_certificate_not_strict",
        "the chain is trusted, and is not made by the letter of the standard",
    ),
    Row(
        (Stage.TLS,),
        (
            "ssl.CERTIFICATE_VERIFY_FAILED",
            "ssl.SELF_SIGNED",
            "ssl.*_TOO_WEAK",
            "ssl.*_TOO_SMALL",
            "ssl.CHAIN_NOT_ALLOWED",
        ),
        "tls_untrusted_certificate",
        "every other reason for which the chain was not accepted",
    ),
    Row(
        (Stage.TLS, Stage.HTTP),
        ("ssl.*CERTIFICATE_REQUIRED",),
        "client_certificate_required",
        "the alert that says so; with TLS 1.3 it comes with the first byte read",
    ),
    Row(
        (Stage.TLS,),
        ("ssl.*",),
        "tls_protocol_error",
        "the handshake failed before a certificate was judged",
    ),
    Row(
        (Stage.HTTP,),
        ("ssl.*ALERT*",),
        "tls_protocol_error",
        "with TLS 1.3 the server's refusal of a handshake comes with the first byte read",
    ),
    Row(
        (Stage.HTTP,),
        ("ssl.SSLEOFError", "ssl.UNEXPECTED_EOF_WHILE_READING"),
        "tls_protocol_error",
        "the server hung up right after the handshake, before it had taken the request",
    ),
    Row((Stage.HTTP,), ("IncompleteRead",), "malformed_response", "the body ended too early"),
    Row(
        (Stage.HTTP,),
        ("BadStatusLine", "SocksReply", "Http2Frame", "Unknown*", "HTTPException"),
        "malformed_response",
        "what came was no answer of HTTP, or had too many headers or interim answers",
    ),
    Row(
        (Stage.HTTP,),
        ("InvalidChunkLength", "ResponseNotChunked", "InvalidHeader", "ProtocolError"),
        "malformed_response",
        "the frame of the answer contradicts itself",
    ),
    Row(
        (Stage.HTTP,),
        ("DecodeError",),
        "malformed_response",
        "the body is not compressed in the way that its header says",
    ),
    Row((Stage.HTTP,), ("LineTooLong",), "response_too_large", "a status or header without end"),
    Row(
        (Stage.HTTP,),
        ("InvalidURL", "InvalidSchema", "MissingSchema", "Location*Error"),
        "bad_base_url",
        "no request can be made of such an address; nothing was sent",
    ),
)


def entry_of(failure: Failure) -> str | None:
    """The documented error that a failure is; None where no row of the table has it."""
    rows = (row for row in TABLE if failure.stage in row.stages)
    found = (row for row in rows if any(fnmatchcase(failure.kind, kind) for kind in row.kinds))
    row = next(found, None)
    return row.entry_id if row else None


def match_of(failure: Failure) -> Match | None:
    """What a failure is; a connection that failed in a way of its own is just called that.

    None where nothing can be said: an answer that broke in a way that no row has.
    """
    entry_id = entry_of(failure)
    if entry_id:
        return Match(entry_id, Confidence.CERTAIN, ())
    return Match(UNNAMED, Confidence.LIKELY, ()) if failure.stage in CONNECTING else None
