"""Connections to the target, each stage measured: name, port, proxy, certificate.

The sockets that are measured are the ones that carry the requests, so that what is reported is what
happened.  A connection that fails says at which stage, in ``ConnectionFailedError.stage``.
"""

import base64
import os
import selectors
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from time import monotonic, perf_counter
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from codegpt_doctor.net.interim import FinalResponse
from codegpt_doctor.net.trust import Trust

MAX_ADDRESSES = 6  # tried at once
MAX_PATIENCE = 10.0  # seconds for one connection, about what clients allow
_WINDOWS_WORDS: dict[int, str] = getattr(socket, "errorTab", {})  # where strerror knows them not


class ConnectionFailedError(Exception):
    """A connection did not come about; ``stage`` says where, ``__cause__`` says why."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage


# how each kind is spoken to, and whether it also looks up the name of the target
SOCKS = {
    "socks": (5, True),
    "socks5": (5, False),
    "socks5h": (5, True),
    "socks4": (4, False),
    "socks4a": (4, True),
}
SOCKS_PORT = 1080


class TunnelRefusedError(OSError):
    """A proxy did not open the tunnel; ``status`` is what it answered."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Tunnel connection failed: {status} {reason.strip()}")
        self.status = status


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
    """An open connection: the socket, and ``facts`` with the milliseconds of each stage."""

    socket: Any
    facts: dict[str, Any]


@dataclass(slots=True)
class Dialer:
    """Opens connections to one target.

    Args:
        url: the base URL of the target.
        addresses: gives the addresses of the target, or of the proxy; may wait and may raise.
        trust: gives the TLS contexts; may wait and may raise.
        proxy: the proxy to go through, or None.
        deadline: the end of the run on the clock of ``time.monotonic``.
        fell_back: whether only the second of the trust's contexts accepts the certificate.
    """

    url: SplitResult
    addresses: Callable[[], Sequence[str]]
    trust: Trust
    proxy: Proxy | None
    deadline: float
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
        facts: dict[str, Any] = {}
        with _stage("dns", facts):
            addresses = self.addresses()
            target = self._target_for_socks()
        with _stage("proxy" if self.proxy else "tcp", facts):
            if self.proxy and self.proxy.is_socks:
                plain = _through_socks(self.proxy, addresses, target, self.patience())
            else:
                port = self.proxy.port if self.proxy else self.port
                plain = race(addresses, port, self.patience())
            with _closed_on_failure(plain):
                facts["address"] = plain.getpeername()[0]
                if self.proxy and not self.proxy.is_socks and self.url.scheme == "https":
                    plain = self._tunnel(self.proxy, plain, context)
        if self.url.scheme != "https":
            return Opened(plain, facts)
        with _stage("tls", facts), _closed_on_failure(plain):
            return Opened(self._secure(plain, context(), facts), facts)

    def _target_for_socks(self) -> tuple[str, int]:
        """The target as a SOCKS proxy is told it: by name, unless names are looked up here."""
        if self.proxy is None or self.proxy.resolves:
            return self.host, self.port
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        # version 4 of SOCKS has no room for an address of IPv6
        families = sorted(found, key=lambda info: info[0] != socket.AF_INET)
        return str(families[0][4][0]), self.port

    def _tunnel(
        self, proxy: Proxy, plain: socket.socket, context: Callable[[], ssl.SSLContext]
    ) -> socket.socket:
        plain.settimeout(self.patience())
        if proxy.scheme == "https":
            plain = _encrypted(plain, context(), proxy.host)
        with _closed_on_failure(plain):
            _ask_for_tunnel(proxy, plain, self.host, self.port)
        return plain

    def _secure(self, plain: socket.socket, context: ssl.SSLContext, facts: dict[str, Any]) -> Any:
        plain.settimeout(self.patience())
        if isinstance(plain, ssl.SSLSocket):
            from urllib3.util.ssltransport import SSLTransport  # encryption within encryption

            secured: Any = SSLTransport(plain, context, server_hostname=self.host)
        else:
            secured = _encrypted(plain, context, self.host)
        with _closed_on_failure(secured):
            facts["protocol"] = secured.version()
            facts.update(_certificate(secured))
        return secured


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
    response.close()
    if not 200 <= response.status < 300:
        raise TunnelRefusedError(response.status, response.reason)


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
def _stage(name: str, facts: dict[str, Any]) -> Iterator[None]:
    started = perf_counter()
    try:
        yield
    except (OSError, ValueError, HTTPException) as error:
        raise ConnectionFailedError(name) from error
    facts[f"{name}_ms"] = round((perf_counter() - started) * 1000)


@contextmanager
def _closed_on_failure(opened: Any) -> Iterator[None]:
    try:
        yield
    except BaseException:
        opened.close()
        raise


def _certificate(secured: Any) -> dict[str, Any]:
    certificate: dict[str, Any] = secured.getpeercert() or {}
    issuer = {name: value for ((name, value),) in certificate.get("issuer", ())}
    return {
        "issuer": issuer.get("organizationName") or issuer.get("commonName"),
        "not_after": certificate.get("notAfter"),
    }


def race(addresses: Sequence[str], port: int, timeout: float) -> socket.socket:
    """Connect to the addresses at once, and keep the connection that comes first.

    Raises:
        OSError: of the last attempt, when none succeeds.
    """
    deadline = monotonic() + timeout
    error: OSError = TimeoutError("timed out")
    with selectors.DefaultSelector() as selector:
        for address in addresses[:MAX_ADDRESSES]:
            try:
                selector.register(_begin(address, port), selectors.EVENT_WRITE)
            except OSError as failure:
                error = failure
        while selector.get_map() and monotonic() < deadline:
            for key, _ in selector.select(max(0.0, deadline - monotonic())):
                attempt = key.fileobj
                selector.unregister(attempt)
                number = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)  # type: ignore[union-attr]
                if number == 0:
                    _close_all(selector)
                    attempt.setblocking(True)  # type: ignore[union-attr]
                    return attempt  # type: ignore[return-value]
                attempt.close()  # type: ignore[union-attr]
                error = OSError(number, _WINDOWS_WORDS.get(number) or os.strerror(number))
        if selector.get_map():
            error = TimeoutError("timed out")
        _close_all(selector)
    raise error


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


def _close_all(selector: selectors.BaseSelector) -> None:
    for key in list((selector.get_map() or {}).values()):
        selector.unregister(key.fileobj)
        key.fileobj.close()  # type: ignore[union-attr]
