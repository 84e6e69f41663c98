"""What a base URL is, with everything that is wrong with it and how it should be.

``read_url`` makes one of a text, once; nothing else in the program takes an address apart.
"""

import ipaddress
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl

from codegpt_doctor.redact import Password, Secret

DEFAULT_PORTS = {"https": 443, "http": 80}
ENDPOINTS = (
    *("/chat/completions", "/completions", "/responses", "/models", "/embeddings", "/messages"),
    *("/images/generations", "/audio/speech", "/audio/transcriptions", "/moderations"),
    *("/api/generate", "/api/tags", "/api/chat", "/chat"),  # those of Ollama's own API, in whole
)
_PRIVATE_ENDINGS = (".local", ".lan", ".internal", ".intranet", ".corp", ".home.arpa")
_PATH_FAULTS = ("a query", "a fragment", "an endpoint", "the version twice", "the path")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


class Fault(StrEnum):
    """A kind of what can be wrong with a base URL."""

    EMPTY = "empty"
    KEY = "a key"
    LINE = "a whole line"
    SEVERAL = "several addresses"
    WHITE_SPACE = "whitespace"
    INVISIBLE = "an invisible character"
    STRAY = "a stray character"
    QUOTES = "quotes"
    BACKSLASHES = "backslashes"
    NO_SCHEME = "no scheme"
    SCHEME = "the wrong scheme"
    SCHEME_TWICE = "the scheme twice"
    SLASHES = "the slashes after the scheme"
    USER_INFO = "the user name or password"
    HOST = "the host"
    BRACKETS = "the brackets"
    PORT = "the port"
    PLACEHOLDER = "a placeholder"
    WEBSITE = "a website"  # only a provider's data tells; see checks/settings.py
    QUERY = "a query"
    FRAGMENT = "a fragment"
    ENDPOINT = "an endpoint"
    VERSION_TWICE = "the version twice"
    PATH = "the path"

    @property
    def is_about_path(self) -> bool:
        """Whether the address can be read, and only what is below it cannot be there."""
        return self.value in _PATH_FAULTS

    @property
    def is_certain(self) -> bool:
        """Whether no client can make a working address of it; a server may serve an odd path."""
        return self.value not in _PATH_FAULTS[2:]


class UrlFault(NamedTuple):
    """One thing that is wrong: its kind, and a sentence about it that shows no secret."""

    kind: Fault
    words: str


class BaseUrl(NamedTuple):
    """A base URL, read.  What could not be read is empty, and ``faults`` says why.

    Args:
        scheme: ``https`` or ``http``.
        host: in lower case and ASCII, an IPv6 address without brackets but with its zone.
        port: the one that is named, or None.
        path: percent-encoded, without a slash at its end; empty when there is none.
        user_info: user and password as written, or None; it is not sent and not shown.
        query: what stands behind ``?`` as written; it is not sent.
        faults: what is wrong, in the order of reading.
        written: the text without whitespace around it and without its secrets.
        corrected: the address with all faults put right; None where nobody can know what was meant.
    """

    scheme: str = ""
    host: str = ""
    port: int | None = None
    path: str = ""
    user_info: Secret | None = None
    query: Secret | None = None
    faults: tuple[UrlFault, ...] = ()
    written: str = ""
    corrected: str | None = None

    @property
    def authority(self) -> str:
        """Host and port as a ``Host`` header has them: without user info and zone."""
        host = self.host.partition("%")[0]
        return self._with_port(f"[{host}]" if ":" in host else host)

    @property
    def text(self) -> str:
        """The address that requests are made with, without a slash at its end."""
        host = self.host.replace("%", "%25")
        authority = self._with_port(f"[{host}]" if ":" in host else host)
        return f"{self.scheme}://{authority}{self.path}" if self.host else ""

    @property
    def split(self) -> SplitResult:
        """The address in the form of ``urlsplit``; a zone is not encoded, as resolvers want it."""
        authority = self._with_port(f"[{self.host}]" if ":" in self.host else self.host)
        return SplitResult(self.scheme, authority, self.path, "", "")

    def _with_port(self, host: str) -> str:
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def actual_port(self) -> int:
        """The port that is connected to."""
        return self.port or DEFAULT_PORTS.get(self.scheme, 443)

    @property
    def is_encrypted(self) -> bool:
        """Whether the scheme is https."""
        return self.scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine by its literal address, or is called localhost.

        A name can be made to lead elsewhere, so that this is no leave to send a key.
        """
        return is_loopback(self.host)

    @property
    def is_private(self) -> bool:
        """Whether the host can only be reached from within one's own network, as it looks."""
        return is_private(self.host)

    @property
    def better(self) -> str:
        """The address with what is surely wrong in its path put right; ``text`` when nothing is."""
        return self._replace(path=_better(self.path)).text

    def at(self, address: str) -> "BaseUrl":
        """The same place below an address that the host is known to have."""
        return self._replace(host=address)

    @property
    def secrets(self) -> Iterator[Secret]:
        """What must not be shown: the password, alone and with the name before it; the query."""
        if self.user_info:
            written = self.user_info.reveal()
            yield from (Password(written.partition(":")[2] or written), Password(written))
        if self.query:
            yield from (Secret(value) for _, value in parse_qsl(self.query.reveal()))


def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is; None for a name.  A mapped IPv4 address is the IPv4 address."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its address or by what it is called."""
    address = literal(host)
    if address:
        return address.is_loopback
    name = host.removesuffix(".")
    return name == "localhost" or name.endswith(".localhost")


def is_this_computer(address: str) -> bool:
    """Whether packets for an address never leave this machine; a name is no address."""
    parsed = literal(address)
    return parsed is not None and (parsed.is_loopback or parsed.is_unspecified)


def is_private(host: str) -> bool:
    """Whether a host can only be reached from within one's own network, as its name tells."""
    address = literal(host)
    if address:
        return address.is_private or address.is_loopback
    return is_loopback(host) or "." not in host or host.endswith(_PRIVATE_ENDINGS)


def _better(path: str) -> str:
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    for ending in ENDPOINTS:
        path = path.removesuffix(ending)
    while "/v1/v1" in path:
        path = path.replace("/v1/v1", "/v1")
    return f"{path[:-3]}/v1" if path.endswith("/V1") else path or "/v1"


def ascii_of(host: str) -> str:
    """The host in lower case, with its labels as the resolver is asked for them."""
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _is_short_address(labels: list[str]) -> bool:
    """Whether numbers are an IPv4 address in one of its shorter forms, such as 127.1."""
    numbers = [int(one) if one.isdecimal() else 256 for one in labels]
    whole, last = all(one < 256 for one in numbers[:-1]), numbers[-1]
    return len(numbers) <= 4 and whole and last < 256 ** (5 - len(numbers))


def is_host(host: str) -> bool:
    """Whether it can be a host: an address, or a name of labels."""
    if ":" in host or literal(host):
        return literal(host) is not None
    labels = host.removesuffix(".").split(".")
    if labels[-1].isdecimal():
        return _is_short_address(labels)
    return len(host) < 255 and all(_LABEL.fullmatch(label) for label in labels)
