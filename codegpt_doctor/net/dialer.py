"""Connections to the target, each stage measured: name, port, proxy, certificate.

The sockets that are measured are the ones that carry the requests, so that what is reported is what
happened.  A connection that fails says at which stage, in ``ConnectionFailedError.stage``.
"""

import errno
import os
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import SplitResult

from codegpt_doctor.model.observation import Failure, Handshake, Timings
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.failures import failure_of
from codegpt_doctor.net.race import race
from codegpt_doctor.net.trust import Trust
from codegpt_doctor.net.tunnel import Proxy, default_port, through_socks
from codegpt_doctor.settings.url import is_loopback

if TYPE_CHECKING:
    from urllib3.util.ssltransport import SSLTransport

# what is wrong with a certificate whose issuer a store knows
OF_ITSELF = (
    *("ssl.HOSTNAME_MISMATCH", "ssl.CERT_HAS_EXPIRED", "ssl.CERT_NOT_YET_VALID"),
    "ssl.CHAIN_NOT_ALLOWED",
)
MAX_PATIENCE = 10.0  # seconds for one connection, about what clients allow
MAX_NEAR = 3.0  # seconds for a handshake on this computer; what waits on is hardly encrypted


Channel: TypeAlias = "socket.socket | SSLTransport"


class ConnectionFailedError(Exception):
    """A connection did not come about; ``failure`` says where and why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.text)
        self.failure = failure


class Opened(NamedTuple):
    """An open connection: its socket, how it came about, and what it leads to."""

    socket: "Channel"
    timings: Timings
    address: str
    certificate: Handshake | None = None

    def shown(self) -> bytes | None:
        """The certificate of an encrypted connection in DER, whether it is trusted or not."""
        plain = isinstance(self.socket, socket.socket) and not isinstance(
            self.socket, ssl.SSLSocket
        )
        return None if plain else self.socket.getpeercert(True)  # type: ignore[union-attr]

    def sent(self) -> int | None:
        """How many certificates the server sent; None where Python does not tell."""
        inner = getattr(self.socket, "_sslobj", None)  # public from Python 3.13 on
        chain = getattr(inner, "get_unverified_chain", None)
        return len(chain() or ()) if chain else None


@dataclass(slots=True)
class Dialer:
    """Opens connections to one target.

    Args:
        url: the base URL of the target.
        addresses: gives the addresses of the target, or of the proxy; may wait and may raise.
        trust: gives the TLS contexts; may wait and may raise.
        proxy: the proxy to go through, or None.
        deadline: the end of the last request on the clock of ``time.monotonic``.
        targets: gives the addresses of the target, where a SOCKS proxy is told one of them.
        fell_back: whether only the second of the trust's contexts accepts the certificate.
    """

    url: SplitResult
    addresses: Callable[[], Sequence[str]]
    trust: Trust
    proxy: Proxy | None
    deadline: float
    targets: Callable[[], Sequence[str]] | None = None
    fell_back: bool = False

    @property
    def host(self) -> str:
        """The host of the target."""
        return self.url.hostname or ""

    @property
    def port(self) -> int:
        """The port of the target."""
        return self.url.port or default_port(self.url)

    @property
    def forwarder(self) -> Proxy | None:
        """The proxy that is given whole requests to pass on, if there is one."""
        proxied = self.proxy and not self.proxy.is_socks and self.url.scheme == "http"
        return self.proxy if proxied else None

    def patience(self) -> float:
        """Seconds that one connection may take."""
        return max(0.1, min(MAX_PATIENCE, 0.8 * (self.deadline - monotonic())))

    def open(self, context: ssl.SSLContext | None = None) -> Opened:
        """Open a connection, encrypted when the URL says https.

        Args:
            context: a TLS context to use instead of the usual ones.

        Raises:
            ConnectionFailedError: at the stage that it names.
        """
        if context:
            return self._open(lambda: context)
        second = self.fell_back  # another connection may fall back while this one comes about
        try:
            return self._open(self.trusted)
        except ConnectionFailedError as error:
            refused = isinstance(error.__cause__, ssl.SSLCertVerificationError)
            if second or not refused or self.trust.otherwise is None:
                raise
            first = error
        # not while the first one is handled, which would then count as its cause
        return self._fall_back(first, self.trust.otherwise)

    def trusted(self) -> ssl.SSLContext:
        """The TLS context that, as far as is known, accepts the certificate."""
        second = self.trust.otherwise if self.fell_back else None
        return (second or self.trust.context)()

    def _fall_back(
        self, refused: ConnectionFailedError, otherwise: Callable[[], ssl.SSLContext]
    ) -> Opened:
        try:
            opened = self._open(otherwise)
        except ConnectionFailedError as error:
            if error.failure.kind in OF_ITSELF:
                raise  # its issuer is accepted, and something else is wrong with it
            raise refused from refused.__cause__
        self.fell_back = True
        return opened

    def _open(self, context: Callable[[], ssl.SSLContext]) -> Opened:
        taken: dict[Stage, int] = {}
        with _stage(Stage.DNS, taken):
            addresses = self.addresses()
            target = self._target()
        with _stage(Stage.PROXY if self.proxy else Stage.TCP, taken):
            plain = self._dial(addresses, target)
            with _closed_on_failure(plain):
                address = _peer(plain)
                if self.proxy and not self.proxy.is_socks and self.url.scheme == "https":
                    plain = self._tunnel(self.proxy, plain, context)
        if self.url.scheme != "https":
            return Opened(plain, _timings(taken), address)
        with _stage(Stage.TLS, taken), _closed_on_failure(plain):
            secured, certificate = self._secure(plain, context())
        return Opened(secured, _timings(taken), address, certificate)

    def _dial(self, addresses: Sequence[str], target: str) -> socket.socket:
        if self.proxy and self.proxy.is_socks:
            there = (target, self.port)
            return through_socks(self.proxy, addresses, there, self.patience())
        return race(addresses, self.proxy.port if self.proxy else self.port, self.patience())

    def _target(self) -> str:
        """The target as a SOCKS proxy is told it: by name, unless names are looked up here."""
        if self.targets is None:
            return self.host
        # version 4 of SOCKS has no room for an address of IPv6
        return min(self.targets(), key=lambda address: ":" in address)

    def _tunnel(
        self, proxy: Proxy, plain: socket.socket, context: Callable[[], ssl.SSLContext]
    ) -> socket.socket:
        plain.settimeout(self.patience())
        if proxy.scheme == "https":
            plain = encrypted(plain, context(), proxy.host)
        from codegpt_doctor.net.http_tunnel import ask_for_tunnel  # most ways have no proxy

        with _closed_on_failure(plain):
            until = monotonic() + self.patience()
            ask_for_tunnel(proxy, plain, self.host, self.port, until)
        return plain

    def _secure(self, plain: socket.socket, context: ssl.SSLContext) -> "tuple[Channel, Handshake]":
        near = self.proxy is None and is_loopback(self.host)
        plain.settimeout(min(self.patience(), MAX_NEAR if near else MAX_PATIENCE))
        secured: Channel
        if isinstance(plain, ssl.SSLSocket):
            from urllib3.util.ssltransport import SSLTransport  # encryption within encryption

            secured = SSLTransport(plain, context, server_hostname=self.host)
        else:
            secured = encrypted(plain, context, self.host)
        with _closed_on_failure(secured):
            return secured, _handshake(secured)


class _Secured(ssl.SSLSocket):
    """Closed also where its peer is gone before the handshake, when ssl leaves it open."""

    def getpeername(self) -> Any:
        try:
            return super().getpeername()
        except OSError:
            self.close()
            raise _was_reset() from None


def encrypted(plain: socket.socket, context: ssl.SSLContext, host: str | None) -> ssl.SSLSocket:
    """A connection after its handshake with a host, which no name is told where it is None.

    Raises:
        OSError: the handshake failed, and the connection is closed.
    """
    context.sslsocket_class = _Secured
    return context.wrap_socket(plain, server_hostname=host)


def _peer(plain: socket.socket) -> str:
    """The address at the other end."""
    try:
        return str(plain.getpeername()[0])
    except OSError:
        raise _was_reset() from None


def _was_reset() -> ConnectionResetError:
    """Said where a connection came about and has no peer anymore; systems word it otherwise."""
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


@contextmanager
def _stage(stage: Stage, taken: dict[Stage, int]) -> Iterator[None]:
    started = perf_counter()
    try:
        yield
    except (OSError, ValueError) as error:
        raise ConnectionFailedError(failure_of(stage, error)) from error
    taken[stage] = round((perf_counter() - started) * 1000)


def _timings(taken: dict[Stage, int]) -> Timings:
    return Timings(**{str(stage): taken.get(stage) for stage in taken})


@contextmanager
def _closed_on_failure(opened: "Channel") -> Iterator[None]:
    try:
        yield
    except BaseException:
        opened.close()
        raise


def _handshake(secured: "ssl.SSLSocket | SSLTransport") -> Handshake:
    shown: Mapping[str, Any] = secured.getpeercert() or {}
    issuer = {str(name): str(value) for part in shown.get("issuer", ()) for name, value in part}
    named = issuer.get("organizationName") or issuer.get("commonName")
    return Handshake(secured.version() or "", named, shown.get("notAfter"))
