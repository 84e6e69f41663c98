"""Secrets and the one boundary that all output passes.

``Secret`` prints masked, so that a value that strays into a message or a traceback says nothing.
A ``Scrubber`` cleans what came from outside: the run's own secrets, anything shaped like a key or
labeled as a password, and characters that would steer a terminal.  The process has one, which is
told the secrets of a run where its settings are resolved; all output goes through it.
"""

import re
from binascii import b2a_base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar, cast

from codegpt_doctor.redact import patterns

D = TypeVar("D")

PIECE = 12  # characters in a row of a secret that are one too many
MAX_SECRET = 2000  # characters; the longest are sign-in tokens
MIN_SECRET = 8  # characters below which a secret may be an ordinary word
MIN_PASSWORD = 4  # the same for a password that has more than letters, or more than digits, in it
# what a key is pasted together with, and what the program's own words are full of
_LABEL = re.compile(
    r"(?<![A-Za-z0-9_])(?:(?:[A-Z0-9]{1,30}_){1,4}API_(?:KEY|TOKEN)"
    r"|(?i:(?:proxy-)?authorization|x-api-key|openai_api_key))(?![A-Za-z0-9_])"
)
_RUN = re.compile(rf"[A-Za-z0-9_.+/=-]{{{PIECE},}}")


def repr_without(record: tuple[object, ...], *secret: str) -> str:
    """A named tuple as ``repr`` shows it, without the fields that may hold a secret."""
    named = zip(record._fields, record, strict=True)  # type: ignore[attr-defined]
    shown = ", ".join(f"{name}={value!r}" for name, value in named if name not in secret)
    return f"{type(record).__name__}({shown})"


class Secret:
    """A value that must not be shown; ``reveal`` is for the header that needs it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    @property
    def hint(self) -> str:
        """What may be shown in its place."""
        return mask(self._value)

    def forms(self) -> Iterator[str]:
        """Every text by which the value would be known: itself, and what white space divides."""
        for part in (self._value, *re.split(r"[\s\"']+", self._value)):
            if len(_LABEL.sub("", part)) >= MIN_SECRET:
                yield part

    def __str__(self) -> str:
        return self.hint

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.hint})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


class Password(Secret):
    """A secret of which not even the end may be shown, as people make passwords of words."""

    __slots__ = ()

    @property
    def hint(self) -> str:
        """Nothing of it."""
        return "…"

    def forms(self) -> Iterator[str]:
        """Itself, as it is written in addresses, and as HTTP writes a name with a password."""
        from base64 import b64encode  # imported here, as most runs have no password
        from urllib.parse import quote, unquote

        plain = unquote(self._value)
        for form in {self._value, plain, quote(plain, safe="", errors="replace")}:
            if len(form) >= (MIN_PASSWORD if _has_more_than_a_word(form) else MIN_SECRET):
                yield form
            if ":" in form:
                yield b64encode(form.encode("utf-8", "replace")).decode()


def _has_more_than_a_word(text: str) -> bool:
    """Whether a text cannot be an ordinary word, or a number such as that of a port."""
    return not text.isalpha() and not text.isdigit()


def mask(value: str) -> str:
    """The hint that may be shown: the prefix of the key's kind and the last four characters."""
    clean = re.sub(patterns.CONTROL, "", value).strip(" \"'\n\t")
    head = re.match(patterns.HEAD, clean, re.IGNORECASE | re.ASCII)
    prefix = head[0] if head else ""
    if len(clean) - len(prefix) < 12:
        return f"{prefix}…"
    return f"{prefix}…{clean[-4:]}"


def passwords_in(address: str) -> tuple[Password, ...]:
    """The password in the address of a proxy or an API, alone and with the name before it.

    It may stand there as it is, with characters that no address should have: all before the last
    ``@`` is taken for name and password, unless the ``@`` belongs to a path.
    """
    rest = address.strip().partition("://")[2] or address.strip()
    who, at, _ = rest.rpartition("@")
    name, colon, password = who.partition(":")
    is_port = re.match(r"[^:/@]{0,253}:\d{1,5}[/?#]", who)
    if not at or not colon or not password or "/" in name or is_port:
        return ()
    return Password(password), Password(who)


class Scrubber:
    """Cleans every string of an output; more secrets can be told to it at any time."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._hints: dict[str, str] = {}
        self._secrets: list[tuple[re.Pattern[str], str]] = []
        self._pieces: set[str] = set()
        self.learn(secrets)

    def learn(self, secrets: Iterable[Secret]) -> None:
        """Keep these secrets out of everything from now on."""
        new = {form: secret for secret in secrets for form in secret.forms()}
        for form, secret in new.items():
            hint = mask(form) if type(secret) is Secret else secret.hint
            self._hints.setdefault(form, hint)
            if type(secret) is Secret:
                bare = _LABEL.sub("", form)
                self._pieces.update(*map(_pieces, (bare, *_disguises(bare))))
        longest_first = sorted(self._hints, key=len, reverse=True)
        self._secrets = [(_anywhere(one), _as_it_is(self._hints[one])) for one in longest_first]

    def text(self, text: str) -> str:
        """The text without secrets, control characters and what no encoding has."""
        clean = patterns.visible(text.replace("\r\n", "\n").replace("\r", "\n"))
        for secret, hint in self._secrets:
            clean = secret.sub(hint, clean)
        if self._pieces:
            clean = _RUN.sub(lambda match: self._without_pieces(match[0]), clean)
        if patterns.may_have_key(clean):
            clean = _keys.pattern.sub(lambda match: mask(match[0]), clean)
        clean = patterns.BEARER.sub(lambda match: f"{match[1]}{match[2]}{mask(match[3])}", clean)
        for hidden in patterns.HIDDEN:
            clean = hidden.sub(r"\1…", clean)
        return clean

    def _without_pieces(self, run: str) -> str:
        """A run of letters and digits, with whatever it has of a secret left out."""
        kept, start, at = [], 0, 0
        while at <= len(run) - PIECE:
            end = at
            while run[end : end + PIECE] in self._pieces:
                end += 1
            if end > at:
                kept += [run[start:at], "…"]
                start = at = end + PIECE - 1
            else:
                at += 1
        return "".join((*kept, run[start:]))

    def data(self, value: D) -> D:
        """JSON-compatible data with every string in it scrubbed, keys of objects too.

        Only the members of our own enumerations and the names of our own fields stay as they are,
        whatever somebody's password is.
        """
        if isinstance(value, str):
            return value if isinstance(value, Enum) else cast("D", self.text(value))
        if isinstance(value, Mapping):
            return cast("D", {self._name(str(key)): self.data(one) for key, one in value.items()})
        if isinstance(value, list | tuple):
            return cast("D", [self.data(item) for item in value])
        return value

    def _name(self, key: str) -> str:
        is_our_own = re.fullmatch(r"[a-z_]{1,40}", key)  # so our own data names its fields
        return key if is_our_own else self.text(key)


def _as_it_is(hint: str) -> str:
    """A hint as what a pattern is replaced with, which may end with a backslash."""
    return hint.replace("\\", r"\\")


def _anywhere(secret: str) -> re.Pattern[str]:
    """Finds a secret also where a line break or a space was put into it; a word only as a word."""
    pattern = r"\s*".join(map(re.escape, secret))
    whole = len(secret) < MIN_SECRET or secret.isalpha()
    return re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])" if whole else pattern)


def _pieces(secret: str) -> Iterator[str]:
    """Every part of a secret that is long enough to be told from an ordinary word."""
    if len(secret) >= PIECE + 4:
        yield from (secret[at : at + PIECE] for at in range(len(secret) - PIECE + 1))


def _disguises(secret: str) -> Iterator[str]:
    """Other spellings in which a server may hand a secret back, from which anybody can read it."""
    data = secret.encode("utf-8", "replace")
    yield from (secret.upper(), secret.lower(), secret[::-1], data.hex(), data.hex().upper())
    for before in range(3):  # in base64 it depends on what stands before
        encoded = b2a_base64(bytes(before) + data, newline=False).decode()
        yield encoded[4 if before else 0 :].rstrip("=")


class _Keys:
    """The pattern of all keys, which is made when it is first needed."""

    def __init__(self) -> None:
        self._shapes: Callable[[], Iterable[str]] = tuple
        self._pattern: re.Pattern[str] | None = None

    def use(self, shapes: Callable[[], Iterable[str]]) -> None:
        self._shapes, self._pattern = shapes, None

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._pattern is None:
            self._pattern = patterns.keys(self._shapes())
        return self._pattern


_keys = _Keys()
_process = Scrubber()


def use_shapes(shapes: Callable[[], Iterable[str]]) -> None:
    """Say where the shapes of the keys of providers are found; they are read when first needed.

    This module knows no provider: the catalogue, which does, calls this when it is imported.
    """
    _keys.use(shapes)


def learn(secrets: Iterable[Secret]) -> None:
    """Keep secrets out of all output of this process."""
    _process.learn(secrets)


def scrub(text: str) -> str:
    """A text as it may be shown: see ``Scrubber.text``."""
    return _process.text(text)


def cut(text: str, most: int) -> str:
    """The beginning of a text as it may be shown; a key that was cut first is not known as one."""
    return scrub(text[: most + MAX_SECRET])[:most]


def scrub_data(value: D) -> D:
    """JSON-compatible data as it may be shown, of the same shape: see ``Scrubber.data``."""
    return _process.data(value)


def keys_in(text: str) -> list[str]:
    """Whatever in a text has the shape of a key."""
    found = _keys.pattern.finditer(text) if patterns.may_have_key(text) else ()
    return [match[0] for match in found]


def rules() -> dict[str, object]:
    """The compiled patterns by which the browser masks alike what has the shape of a key."""
    return {**patterns.rules(), "keys": _keys.pattern}
