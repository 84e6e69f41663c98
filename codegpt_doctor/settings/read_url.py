"""How a base URL is read: from the left to the right, taking off what does not belong to it.

This knows addresses and the paths of the openai dialect; it knows no provider and no resolver.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from codegpt_doctor.redact import Secret, keys_in
from codegpt_doctor.settings import pasted
from codegpt_doctor.settings.characters import QUOTES, called, is_invisible, is_odd
from codegpt_doctor.settings.url import (
    ENDPOINTS,
    BaseUrl,
    Fault,
    UrlFault,
    ascii_of,
    is_host,
    is_loopback,
    is_private,
    literal,
)

MAX_PORT = 65535
# schemes of what is no server of HTTP, so that no other address can be meant
NO_WEB = ("file", "data", "mailto", "javascript", "jdbc", "postgres", "postgresql", "redis", "unix")
_ASSIGNMENT = re.compile(
    r"(?:(?:export|set)[ \t]+|\$env:)?[A-Za-z_]{3,40}[ \t]*=[ \t]*(?=\S)", re.IGNORECASE
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*)([:;]?)(/*)")
_AGAIN = re.compile(r"(https?)(?::/+|//)", re.IGNORECASE)
_DOTS, _DASHES = "\u3002\uff61", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


@lru_cache(maxsize=64)
def read(text: str) -> BaseUrl:
    """Read a base URL, whatever it holds; nothing is raised."""
    reading = _Reading(text)
    if not text.strip():
        reading.blame(Fault.EMPTY, "It is set, but empty.")
    elif reading.find_address():
        reading.read_scheme()
        reading.read_authority()
        reading.read_path()
    url = reading.result()
    return url._replace(corrected=_corrected(url, text))


def _corrected(url: BaseUrl, text: str) -> str | None:
    """The better address, unless it is a guess or would be wrong itself."""
    kinds = {fault.kind for fault in url.faults}
    if not url.host or kinds & {Fault.PLACEHOLDER, Fault.HOST, Fault.SEVERAL}:
        return None
    return url.better if url.better == text or not read(url.better).faults else None


class _Reading:
    """A base URL while it is read from the left to the right: ``rest`` is what is left of it."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        self.faults: list[UrlFault] = []
        self.port: int | None = None
        self.stripped = self.scheme = self.host = self.path = self.user_info = self.query = ""

    def blame(self, kind: Fault, words: str) -> None:
        if all(fault.kind is not kind for fault in self.faults):
            self.faults.append(UrlFault(kind, words))

    def result(self) -> BaseUrl:
        return BaseUrl(
            self.scheme,
            self.host,
            self.port,
            self.path,
            Secret(self.user_info) if self.user_info else None,
            Secret(self.query) if self.query else None,
            tuple(self.faults),
            self._written(),
        )

    def _written(self) -> str:
        """The text as it was set, but for its secrets."""
        if not (self.user_info or self.query):
            return self.stripped
        front = self.stripped
        if self.user_info:
            front = front.replace(f"{self.user_info}@", "…@", 1)
        return front.partition("?")[0] + "?…" if self.query else front

    def find_address(self) -> bool:
        """Take off what stands around the address and within it; whether anything is left."""
        self.stripped = self.rest.strip()
        self._take_off_ends()
        line = _ASSIGNMENT.match(self.rest)
        if line:
            self.blame(Fault.LINE, "It holds a whole line of settings, with the variable's name.")
            self.rest = self.rest[line.end() :]
            self._take_off_ends()
        if keys_in(self.rest) and "/" not in self.rest:
            self.blame(Fault.KEY, "It looks like a key, not an address.")
            return False
        self._take_off_key()
        self._take_off_words()
        self._take_out_odd()
        if not self.rest:
            self.blame(Fault.EMPTY, "It is set, but empty.")
        elif pasted.PLACEHOLDER.search(self.rest):
            words = "It is a placeholder: put the address of the real server there."
            self.blame(Fault.PLACEHOLDER, words)
        return bool(self.rest)

    def _take_off_key(self) -> None:
        left = pasted.without_key(self.rest)
        if left is not None:
            self.blame(Fault.KEY, "A key is attached to the address; it needs its own setting.")
            self.rest = left

    def _take_off_words(self) -> None:
        """Leave out what stands around the address; it is not shown, as it may be a command."""
        found = pasted.address_in(self.rest)
        if found.is_one_of_several:
            self.blame(Fault.SEVERAL, "It holds more than one address.")
        elif found.among_words:
            self.blame(Fault.LINE, "It holds more than the address.")
        elif pasted.is_of_words(self.rest):
            self.blame(Fault.HOST, "It has words, but no address.")
        if found.address != self.rest:
            self.stripped, self.rest = f"{found.address} …", found.address

    def _take_off_ends(self) -> None:
        if self.rest.strip().startswith("<http") and self.rest.strip().endswith(">"):
            self.blame(Fault.STRAY, "It has < and > around it.")
            self.rest = self.rest.strip()[1:-1]
        while self.rest and self._is_stray(self.rest[0], at_end=False):
            self.rest = self.rest[1:]
        while self.rest and self._is_stray(self.rest[-1], at_end=True):
            self.rest = self.rest[:-1]

    def _is_stray(self, character: str, at_end: bool) -> bool:
        """Whether a character at an end is no part of the address; if so, it is named."""
        is_sign = is_odd(character) and not character.isalnum()
        if character.isspace():
            words = "It has whitespace around it, which programs take as part of the address."
            self.blame(Fault.WHITE_SPACE, words)
        elif is_invisible(character):
            words = f"It begins or ends with {called(character)}, which is invisible."
            self.blame(Fault.INVISIBLE, words)
        elif character in QUOTES:
            where = "It has quotes around it"
            odd = "" if character.isascii() else f": {called(character)}"
            self.blame(Fault.QUOTES, f"{where}{odd}.")
        elif is_sign or (at_end and self._ends_a_sentence()):
            self.blame(Fault.STRAY, f"It begins or ends with {called(character)}.")
        else:
            return False
        return True

    def _ends_a_sentence(self) -> bool:
        """Whether the address ends as a sentence does; a host may end with one full stop."""
        return self.rest[-1] in ",;)" or (self.rest[-1] == "." and self.rest.count("/") > 2)

    def _take_out_odd(self) -> None:
        if "\\" in self.rest:
            self.blame(Fault.BACKSLASHES, "It has backslashes, where an address has slashes.")
        self.rest = "".join(map(self._as_meant, self.rest))

    def _as_meant(self, character: str) -> str:
        """What a character within the address is meant as; nothing where it is not meant at all."""
        if character == "\\":
            return "/"
        if character.isspace():
            self.blame(Fault.WHITE_SPACE, f"It contains {called(character)}.")
            return ""
        if is_invisible(character):
            words = f"It contains {called(character)}, which is invisible."
            self.blame(Fault.INVISIBLE, words)
            return ""
        if not is_odd(character) or character == "…":
            return character
        self.blame(Fault.STRAY, f"It contains {called(character)}.")
        if "\uff01" <= character <= "\uff5e":  # the wide form of an ASCII character
            return chr(ord(character) - 0xFEE0)
        return "." if character in _DOTS else "-" if character in _DASHES else ""

    def read_scheme(self) -> None:
        found = _SCHEME.match(self.rest)
        name, colon, slashes = found.groups() if found else ("", "", "")
        behind = self.rest[found.end() :] if found else self.rest
        known = name.lower() in ("http", "https")
        if not (colon and slashes) and not (known and (colon or len(slashes) > 1)):
            self._guess_scheme()
            return
        self.scheme, self.rest = name.lower(), behind
        again = _AGAIN.match(self.rest)
        while again:
            self.blame(Fault.SCHEME_TWICE, "It has https:// or http:// in it twice.")
            self.scheme, self.rest = again[1].lower(), self.rest[again.end() :]
            again = _AGAIN.match(self.rest)
        if not known:
            kind = Fault.HOST if name.lower() in NO_WEB else Fault.SCHEME
            self.blame(kind, f"{name}:// is not a web scheme.")
            self.scheme = pasted.nearest_scheme(name.lower()) or self._likely_scheme()
        elif (colon, slashes) != (":", "//"):
            self.blame(Fault.SLASHES, f"{name} is not followed by :// there.")

    def _guess_scheme(self) -> None:
        """Take the scheme that a server at such a host most likely speaks."""
        is_path = re.match(r"/(?!/)", self.rest)
        self.rest = self.rest.lstrip("/:")
        self.scheme = self._likely_scheme()
        name = self._authority_ahead()
        if is_path or not (re.search(r"[.:\[]", name) or is_loopback(name.lower())):
            alone = "It is only a path" if is_path else f"{name[:40]!r} alone is not an address"
            self.blame(Fault.HOST, f"{alone}.")
        self.blame(Fault.NO_SCHEME, f"It has no scheme: it must begin with {self.scheme}://")

    def _likely_scheme(self) -> str:
        """What a server at the host that follows speaks: hardly one near has a certificate."""
        host = self._authority_ahead()
        name = host[1:].partition("]")[0] if host[:1] == "[" else host.partition(":")[0]
        near = is_loopback(name.lower()) or (literal(name) is not None and is_private(name))
        return "http" if near else "https"

    def _authority_ahead(self) -> str:
        return re.split(r"[/?#]", self.rest, maxsplit=1)[0].rpartition("@")[2]

    def read_authority(self) -> None:
        end = re.search(r"[/?#]", self.rest)
        authority, tail = self.rest, ""
        if end:
            authority, tail = self.rest[: end.start()], self.rest[end.start() :]
        if "@" not in authority and "@" in tail and pasted.has_no_port(authority):
            # a password with one of /?# in it, which have to be encoded there
            words = "Its password has characters that must be percent-encoded: / is %2F, ? is %3F."
            self.blame(Fault.USER_INFO, words)
            self.user_info, _, behind = self.rest.rpartition("@")
            authority, slash, tail = behind.partition("/")
            tail = slash + tail
        elif "@" in authority:
            self.user_info, _, authority = authority.rpartition("@")
        self.rest = tail
        self._read_host(*self._divided(authority))

    def _divided(self, authority: str) -> tuple[str, str]:
        """Host and port of an authority."""
        if authority.startswith("[") and "]" in authority:
            host, _, port = authority[1:].partition("]")
            if literal(host.replace("%25", "%")) is None or ":" not in host:
                self.blame(Fault.BRACKETS, "Only an IPv6 address has brackets.")
            return host.replace("%25", "%"), port.removeprefix(":")
        authority = authority.strip("[]")
        if authority.count(":") < 2:
            host, _, port = authority.partition(":")
            return host, port
        self.blame(Fault.BRACKETS, "An IPv6 address must be in brackets, such as [::1].")
        host, _, port = authority.rpartition(":")
        return (host, port) if literal(host) and port.isdecimal() else (authority, "")

    def _read_host(self, host: str, port: str) -> None:
        if port and not (port.isascii() and port.isdecimal() and 0 < int(port[:9]) <= MAX_PORT):
            self.blame(
                Fault.PORT, f"{port[:20]} is not a port: a port is a number from 1 to {MAX_PORT}."
            )
        elif port:
            self.port = int(port)
        self.host = ascii_of(host)
        if not host:
            self.blame(Fault.HOST, "It is not a URL with a host.")
        elif not is_host(self.host):
            self.blame(Fault.HOST, f"{host[:80]} is not a host name or an IP address.")
        elif self.host == "example.com" or self.host.endswith(".example.com"):
            words = "It is a placeholder: put the address of the real server there."
            self.blame(Fault.PLACEHOLDER, words)

    def read_path(self) -> None:
        rest, hash_sign, _ = self.rest.partition("#")
        path, question, self.query = rest.partition("?")
        if question:
            words = "It has a query (?…), and clients append the path of each request to it."
            self.blame(Fault.QUERY, words)
        if hash_sign:
            words = "It has a fragment (#…), and clients append the path of each request to it."
            self.blame(Fault.FRAGMENT, words)
        self.path = quote(path, safe="/%:@!$&'()*+,;=~-._", errors="replace").rstrip("/")
        self._judge_path(path)

    def _judge_path(self, path: str) -> None:
        ending = next((one for one in ENDPOINTS if self.path.endswith(one)), None)
        if ending:
            words = f"The base URL ends with {ending}, which clients add on their own."
            self.blame(Fault.ENDPOINT, words)
        if "/v1/v1" in self.path:
            self.blame(Fault.VERSION_TWICE, "The base URL has /v1 twice.")
        if "//" in path.rstrip("/") or self.path.endswith("/V1"):
            self.blame(Fault.PATH, f"The path {path} is spelled in an unusual way.")
