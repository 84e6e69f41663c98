"""The proxies that lead to a target, and the way through one of SOCKS."""

import base64
import socket
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from codegpt_doctor.net.race import MAX_ADDRESSES
from codegpt_doctor.redact import repr_without

# how each kind is spoken to, and whether it also looks up the name of the target
SOCKS = {
    "socks": (5, True),
    "socks5": (5, False),
    "socks5h": (5, True),
    "socks4": (4, False),
    "socks4a": (4, True),
}
SOCKS_PORT = 1080
ENCODED = set("/?#[]")  # characters that a password may only have as % and two digits
NOT_ENCODED = "its password has characters that must be percent-encoded"


class Proxy(NamedTuple):
    """A proxy of HTTP or SOCKS: its address, and the user and password that its URL holds."""

    host: str
    port: int
    scheme: str = "http"
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return repr_without(self, "user", "password")

    @classmethod
    def from_url(cls, url: str) -> "Proxy":
        """Read a proxy from the value of a proxy variable.

        Raises:
            ValueError: it is no address of a proxy; says why.
        """
        if url.strip() != _bare(url):
            raise ValueError("it has quotation marks around it")
        if any(character.isspace() for character in url):
            raise ValueError("it contains whitespace")
        parts, port = _parts(url if "://" in url else f"http://{url}")
        if parts.scheme.startswith("pac+") or parts.path.endswith((".pac", "/wpad.dat")):
            raise ValueError("it is the address of a proxy script (PAC), which only browsers use")
        if not parts.hostname:
            raise ValueError("it has no host")
        if parts.scheme not in ("http", "https", *SOCKS):
            raise ValueError(f"{parts.scheme}:// is not a proxy scheme")
        usual = SOCKS_PORT if parts.scheme in SOCKS else default_port(parts)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port or usual, parts.scheme, user, password)

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
        plain = f"{self.user}:{self.password}".encode("utf-8", "surrogateescape")
        return {"Proxy-Authorization": f"Basic {base64.b64encode(plain).decode()}"}


def _bare(url: str) -> str:
    return url.strip().strip("\"'")


def _parts(url: str) -> tuple[SplitResult, int | None]:
    """The parts of an address and its port, and no words of a library, which would quote it.

    Raises:
        ValueError: it cannot be read; says why, and nothing of what stands in it.
    """
    who, at, _ = url.partition("://")[2].rpartition("@")
    if at and ":" in who and not ENCODED.isdisjoint(who):
        raise ValueError(NOT_ENCODED)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError("it has characters that no address may have") from None
    try:
        return parts, parts.port
    except ValueError:
        raise ValueError("its port is not a number from 1 to 65535") from None


def default_port(parts: SplitResult) -> int:
    """The port of a URL that names none."""
    return 443 if parts.scheme == "https" else 80


def through_socks(
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
