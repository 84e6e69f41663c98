"""Exceptions -> failures: the kind comes from the class and the number, never from the words."""

import errno
import re
import socket
import ssl
from collections.abc import Iterator

from codegpt_doctor.model.observation import TIMED_OUT, Failure, ProxyAnswer
from codegpt_doctor.model.report import Stage

_RESOLVER = {
    getattr(socket, name): name
    for name in ("EAI_FAIL", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME")  # of equal ones, the last
    if hasattr(socket, name)
}
# the numbers of OpenSSL, of Windows (CERT_E_*) and of macOS (errSec*)
_VERIFICATION = {
    18: "SELF_SIGNED",
    66: "KEY_TOO_SMALL",
    67: "KEY_TOO_SMALL",
    68: "DIGEST_TOO_WEAK",
    9: "CERT_NOT_YET_VALID",
    10: "CERT_HAS_EXPIRED",
    # not allowed to sign, to serve, for the name, or so far from the root
    **dict.fromkeys((25, 26, 32, 37, *range(47, 54), 79), "CHAIN_NOT_ALLOWED"),
    **dict.fromkeys(range(80, 95), "CERT_NOT_STRICT"),  # what only X509_V_FLAG_X509_STRICT rejects
    0x800B0101: "CERT_HAS_EXPIRED",
    -67818: "CERT_HAS_EXPIRED",
    62: "HOSTNAME_MISMATCH",
    64: "HOSTNAME_MISMATCH",
    0x800B010F: "HOSTNAME_MISMATCH",
    -67602: "HOSTNAME_MISMATCH",
}
SOCKS_REPLY, SLOW_ANSWER = "SocksReply", "SlowAnswer"
# a reply of version 5, and of version 4 that refuses; http.client spells what is not printable
SOCKS_STARTS = ("\x05", "\\x05", "\x00[", "\\x00[")
HTTP2_FRAME = "Http2Frame"
_SETTINGS = re.compile(r"\0\0.\x04", re.DOTALL)  # the first frame of a server (RFC 9113, 3.4)
NUMBERED = ("SOCKS4Error", "SOCKS5Error")  # of PySocks, which puts the number of the reply first
_NUMBER = re.compile(r"0x([0-9a-f]{2}):")
MAX_SHOWN = 20  # characters of what is no text
UNTRUSTED = "ssl.CERTIFICATE_VERIFY_FAILED"
# sent again, these would fail again
LASTING = (
    UNTRUSTED,
    *sorted({f"ssl.{name}" for name in _VERIFICATION.values()}),
    *("InvalidURL", "InvalidHeader", "InvalidSchema", "MissingSchema", "LocationParseError"),
    *("UnicodeEncodeError", "UnicodeError"),
)


class SlowAnswerError(TimeoutError):
    """An answer began, and had not ended when time was up."""


class TunnelRefusedError(OSError):
    """A proxy did not open the tunnel: ``status`` and ``answer`` are what it said."""

    def __init__(self, status: int, reason: str, answer: ProxyAnswer | None = None) -> None:
        super().__init__(f"Tunnel connection failed: {status} {reason.strip()}")
        self.status = status
        self.answer = answer


def failure_of(stage: Stage, error: BaseException) -> Failure:
    """The failure that an exception is, told by the innermost operation in its chain of causes.

    Libraries wrap what the system said in exceptions of their own, some several times over.
    """
    from http.client import HTTPException  # only a failure needs it

    operations = [one for one in _chain(error) if isinstance(one, OSError | HTTPException)]
    inner = operations[-1] if operations else error
    return Failure(stage, kind_of(inner), _text(inner), getattr(inner, "answer", None))


def kind_of(error: BaseException) -> str:
    """What an exception is, by its class and number."""
    from http.client import BadStatusLine

    match error:
        case ssl.SSLCertVerificationError():
            return f"ssl.{_VERIFICATION.get(error.verify_code, 'CERTIFICATE_VERIFY_FAILED')}"
        case ssl.SSLError():
            return f"ssl.{error.reason or type(error).__name__}"
        case socket.gaierror():
            return _RESOLVER.get(error.errno or 0, "EAI_OTHER")
        case TunnelRefusedError():
            return str(error.status)
        case OSError() if type(error).__name__ in NUMBERED and (found := _NUMBER.match(str(error))):
            return f"{type(error).__name__}.{found[1]}"
        case BadStatusLine():
            return _kind_of_start(str(error)) or type(error).__name__
        case SlowAnswerError():
            return SLOW_ANSWER
        case TimeoutError():
            return TIMED_OUT
        case OSError(errno=int() as number) if number in errno.errorcode:
            return errno.errorcode[number].removeprefix("WSA")
    return type(error).__name__


def _kind_of_start(line: str) -> str:
    """Which other protocol an answer begins with that is none of HTTP/1, if it is a known one."""
    if line.strip("'").startswith(SOCKS_STARTS):
        return SOCKS_REPLY
    return HTTP2_FRAME if _SETTINGS.match(line) else ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it was raised for, from the outermost to the innermost."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = _inside(one)


def _inside(error: BaseException) -> BaseException | None:
    given = (getattr(error, "reason", None), getattr(error, "socket_err", None), *error.args)
    wrapped = next((one for one in given if isinstance(one, BaseException)), None)
    context = None if error.__suppress_context__ else error.__context__
    return error.__cause__ or wrapped or context


def _text(error: BaseException) -> str:
    from http.client import BadStatusLine

    text = str(error).strip()
    if isinstance(error, BadStatusLine) and not text.isprintable():
        return "the response is not HTTP: it begins with " + ascii(text[:MAX_SHOWN])
    return text or type(error).__name__
