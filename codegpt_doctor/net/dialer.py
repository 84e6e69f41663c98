"""Connections to the target, each stage measured: name, port, proxy, certificate.

The sockets that are measured are the ones that carry the requests, so that what is reported is what
happened.  A connection that fails says at which stage, in ``ConnectionFailedError.stage``.
"""

import base64
import os
import selectors
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import SplitResult, unquote, urlsplit

from codegpt_doctor.model.observation import Failure, Handshake, ProxyAnswer, Timings
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.failures import TunnelRefusedError, failure_of
from codegpt_doctor.net.interim import FinalResponse
from codegpt_doctor.net.trust import Trust

if TYPE_CHECKING:
    from urllib3.util.ssltransport import SSLTransport

MAX_ADDRESSES = 6  # tried at once
MAX_PAGE = 16 * 1024  # bytes of the page of a proxy that refuses
PAGE_PATIENCE = 0.5  # seconds in which that page comes, if it comes
MAX_PATIENCE = 10.0  # seconds for one connection, about what clients allow
_WINDOWS_WORDS: dict[int, str] = getattr(socket, "errorTab", {})  # where strerror knows them not


Channel: TypeAlias = "socket.socket | SSLTransport"


class ConnectionFailedError(Exception):
    """A connection did not come about; ``failure`` says where and why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.text)
        self.failure = failure


# how each kind is spoken to, and whether it also looks up the name of the target
SOCKS = {
    "socks": (5, True),
    "socks5": (5, False),
    "socks5h": (5, True),
    "socks4": (4, False),
    "socks4a": (4, True),
}
SOCKS_PORT = 1080


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy of HTTP or SOCKS: its address, and the user and password that its URL holds."""

    host: str
    port: int
    scheme: str = "http"
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> "Proxy":
        """Read a proxy from the value of a proxy variable.

        Raises:
            ValueError: it is no address of a proxy; says why.
        """
        if any(character.isspace() for character in url):
            raise ValueError("it has white space in it")
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme.startswith("pac+") or parts.path.endswith((".pac", "/wpad.dat")):
            raise ValueError(
                "it leads to a script that chooses a proxy (PAC), which only browsers read"
            )
        if not parts.hostname:
            raise ValueError("it names no host")
        if parts.scheme not in ("http", "https", *SOCKS):
            raise ValueError(f"{parts.scheme}:// is not a kind of proxy")
        usual = SOCKS_PORT if parts.scheme in SOCKS else default_port(parts)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, parts.port or usual, parts.scheme, user, password)

    @property
    def is_socks(self) -> bool:
        """Whether it speaks SOCKS, and not HTTP."""
        return self.scheme in SOCKS

    @property
    def resolves(self) -> bool:
        """Whether the proxy, and not this machine, looks up the name of the target."""
        return not self.is_socks or SOCKS[self.scheme][1]

    @property
    def headers(self) -> dict[str, str]:
        """What a proxy of HTTP is told with each connection."""
        if not self.user:
            return {}
        plain = f"{self.user}:{self.password}".encode()
        return {"Proxy-Authorization": f"Basic {base64.b64encode(plain).decode()}"}


def default_port(parts: SplitResult) -> int:
    """The port of a URL that names none."""
    return 443 if parts.scheme == "https" else 80


@dataclass(frozen=True, slots=True)
class Opened:
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
        try:
            return self._open(self.trusted)
        except ConnectionFailedError as error:
            refused = isinstance(error.__cause__, ssl.SSLCertVerificationError)
            if self.fell_back or not refused or self.trust.otherwise is None:
                raise
            return self._fall_back(error, self.trust.otherwise)

    def trusted(self) -> ssl.SSLContext:
        """The TLS context that, as far as is known, accepts the certificate."""
        second = self.trust.otherwise if self.fell_back else None
        return (second or self.trust.context)()

    def _fall_back(
        self, refused: ConnectionFailedError, otherwise: Callable[[], ssl.SSLContext]
    ) -> Opened:
        try:
            opened = self._open(otherwise)
        except ConnectionFailedError:
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
                address = str(plain.getpeername()[0])
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
            return _through_socks(self.proxy, addresses, there, self.patience())
        return race(addresses, self.proxy.port if self.proxy else self.port, self.patience())

    def _target(self) -> str:
        """The target as a SOCKS proxy is told it: by name, unless names are looked up here."""
        if self.targets is None:
            return self.host
        # version 4 of SOCKS has no room for an address of IPv6
        return sorted(self.targets(), key=lambda address: ":" in address)[0]

    def _tunnel(
        self, proxy: Proxy, plain: socket.socket, context: Callable[[], ssl.SSLContext]
    ) -> socket.socket:
        plain.settimeout(self.patience())
        if proxy.scheme == "https":
            plain = _encrypted(plain, context(), proxy.host)
        with _closed_on_failure(plain):
            _ask_for_tunnel(proxy, plain, self.host, self.port)
        return plain

    def _secure(self, plain: socket.socket, context: ssl.SSLContext) -> "tuple[Channel, Handshake]":
        plain.settimeout(self.patience())
        secured: Channel
        if isinstance(plain, ssl.SSLSocket):
            from urllib3.util.ssltransport import SSLTransport  # encryption within encryption

            secured = SSLTransport(plain, context, server_hostname=self.host)
        else:
            secured = _encrypted(plain, context, self.host)
        with _closed_on_failure(secured):
            return secured, _handshake(secured)


def _ask_for_tunnel(proxy: Proxy, plain: socket.socket, host: str, port: int) -> None:
    """Have a proxy pass on all that follows (RFC 9110, section 9.3.6).

    Raises:
        TunnelRefusedError: it does not.
    """
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    connection = HTTPConnection(proxy.host, proxy.port)
    connection.sock = plain
    connection.request("CONNECT", target, headers={"Host": target, **proxy.headers})
    # a response of its own: that of the connection would close the socket of HTTP/1.0
    response = FinalResponse(plain, method="CONNECT")
    response.begin()
    if 200 <= response.status < 300:
        response.close()
        return
    schemes = response.headers.get_all("proxy-authenticate") or []
    names = tuple(one.split()[0] for line in schemes for one in line.split(",") if one.split())
    names = tuple(name for name in names if "=" not in name)
    answer = ProxyAnswer(names, _page_of(plain, response))
    response.close()
    raise TunnelRefusedError(response.status, response.reason, answer)


def _page_of(plain: socket.socket, response: FinalResponse) -> str:
    """The beginning of the page with which a proxy refuses, as far as it comes with the refusal."""
    plain.settimeout(PAGE_PATIENCE)
    with suppress(OSError, HTTPException, ValueError):
        return response.read1(MAX_PAGE).decode("utf-8", "replace")
    return ""


def _through_socks(
    proxy: Proxy, addresses: Sequence[str], target: tuple[str, int], timeout: float
) -> socket.socket:
    """Connect to the target through a SOCKS proxy, at the first of its addresses that answers.

    Raises:
        OSError: of the last attempt, when none succeeds; those of PySocks are of that family.
    """
    import socks

    version, by_name = SOCKS[proxy.scheme]
    kind = socks.SOCKS5 if version == 5 else socks.SOCKS4
    error: OSError = TimeoutError("timed out")
    tried = addresses[:MAX_ADDRESSES]
    for address in tried:
        try:
            return _plain(
                socks.create_connection(
                    target,
                    timeout=timeout / len(tried),
                    proxy_type=kind,
                    proxy_addr=address,
                    proxy_port=proxy.port,
                    proxy_rdns=by_name,
                    proxy_username=proxy.user or None,
                    proxy_password=proxy.password or None,
                )
            )
        except OSError as failure:
            error = failure
    raise error


def _plain(opened: socket.socket) -> socket.socket:
    """An ordinary socket in the place of that of PySocks, which has methods of its own."""
    return socket.socket(fileno=opened.detach())


def _encrypted(plain: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
    plain.getpeername()  # of one that was reset by now ssl would leave a socket open
    return context.wrap_socket(plain, server_hostname=host)


@contextmanager
def _stage(stage: Stage, taken: dict[Stage, int]) -> Iterator[None]:
    started = perf_counter()
    try:
        yield
    except (OSError, ValueError, HTTPException) as error:
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


def race(addresses: Sequence[str], port: int, timeout: float) -> socket.socket:
    """Connect to the addresses at once, and keep the connection that comes first.

    Raises:
        OSError: of the last attempt, when none succeeds.
    """
    end = monotonic() + timeout
    error: OSError = TimeoutError("timed out")
    attempts: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as selector, _closing(attempts):
        for address in addresses[:MAX_ADDRESSES]:
            try:
                attempt = _begin(address, port)
            except OSError as failure:
                error = failure
                continue
            attempts[attempt.fileno()] = attempt
            selector.register(attempt, selectors.EVENT_WRITE)
        while attempts and monotonic() < end:
            for key, _ in selector.select(max(0.0, end - monotonic())):
                selector.unregister(key.fileobj)
                attempt = attempts.pop(key.fd)
                number = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if number == 0:
                    attempt.setblocking(True)
                    return attempt
                attempt.close()
                error = OSError(number, _WINDOWS_WORDS.get(number) or os.strerror(number))
        raise TimeoutError("timed out") if attempts else error


@contextmanager
def _closing(attempts: dict[int, socket.socket]) -> Iterator[None]:
    """Close whatever is left of the attempts in the end."""
    try:
        yield
    finally:
        for attempt in attempts.values():
            attempt.close()


def first_of_each_family(addresses: Sequence[str]) -> list[str]:
    """The first IPv6 and the first IPv4 address, in the order given."""
    by_family: dict[bool, str] = {}
    for address in addresses:
        by_family.setdefault(":" in address, address)
    return list(by_family.values())


def _begin(address: str, port: int) -> socket.socket:
    attempt = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    attempt.setblocking(False)
    try:
        attempt.connect((address, port))
    except BlockingIOError:
        pass
    except OSError:
        attempt.close()
        raise
    return attempt
