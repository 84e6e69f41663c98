"""Exceptions -> failures: the kind comes from the class and the number, never from the words."""

import errno
import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPException

from codegpt_doctor.model.observation import TIMED_OUT, Failure
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
    **dict.fromkeys(range(80, 95), "CERT_NOT_STRICT"),  # what only X509_V_FLAG_X509_STRICT rejects
    0x800B0101: "CERT_HAS_EXPIRED",
    -67818: "CERT_HAS_EXPIRED",
    62: "HOSTNAME_MISMATCH",
    64: "HOSTNAME_MISMATCH",
    0x800B010F: "HOSTNAME_MISMATCH",
    -67602: "HOSTNAME_MISMATCH",
}
UNTRUSTED = "ssl.CERTIFICATE_VERIFY_FAILED"
# sent again, these would fail again
LASTING = (
    UNTRUSTED,
    *sorted({f"ssl.{name}" for name in _VERIFICATION.values()}),
    *("InvalidURL", "InvalidHeader", "InvalidSchema", "MissingSchema", "LocationParseError"),
    *("UnicodeEncodeError", "UnicodeError"),
)


class TunnelRefusedError(OSError):
    """A proxy did not open the tunnel; ``status`` is what it answered."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Tunnel connection failed: {status} {reason.strip()}")
        self.status = status


def failure_of(stage: Stage, error: BaseException) -> Failure:
    """The failure that an exception is, told by the innermost operation in its chain of causes.

    Libraries wrap what the system said in exceptions of their own, some several times over.
    """
    operations = [one for one in _chain(error) if isinstance(one, OSError | HTTPException)]
    inner = operations[-1] if operations else error
    return Failure(stage, kind_of(inner), _text(inner))


def kind_of(error: BaseException) -> str:
    """What an exception is, by its class and number."""
    match error:
        case ssl.SSLCertVerificationError():
            return f"ssl.{_VERIFICATION.get(error.verify_code, 'CERTIFICATE_VERIFY_FAILED')}"
        case ssl.SSLError():
            return f"ssl.{error.reason or type(error).__name__}"
        case socket.gaierror():
            return _RESOLVER.get(error.errno or 0, "EAI_OTHER")
        case TunnelRefusedError():
            return str(error.status)
        case TimeoutError():
            return TIMED_OUT
        case OSError(errno=int() as number) if number in errno.errorcode:
            return errno.errorcode[number].removeprefix("WSA")
    return type(error).__name__


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
    return str(error).strip() or type(error).__name__
