"""Secrets and the one boundary that all output passes.

``Secret`` prints masked, so that a value that strays into a message or a traceback says nothing.
``Scrubber`` cleans what came from outside: the run's own secrets, anything shaped like a key, and
characters that would steer a terminal.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SPACES = r" \t-\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # within a character class
_SHAPES = (
    r"(?:sk|rk|pk)-[A-Za-z0-9_-]{16,}",  # OpenAI, Anthropic and others
    r"(?:sk|rk|pk)-[A-Za-z0-9_-]{0,40}…[A-Za-z0-9_-]{5,}",  # typed on after a mask
    r"sess-[A-Za-z0-9]{20,}",
    r"ek_[A-Za-z0-9_-]{20,}",
    r"gsk_[A-Za-z0-9]{20,}",  # Groq
    r"AIza[A-Za-z0-9_-]{30,}",  # Google
    r"xai-[A-Za-z0-9_]{20,}",
    r"hf_[A-Za-z0-9]{20,}",
    r"pplx-[A-Za-z0-9]{20,}",
    r"fw_[A-Za-z0-9]{20,}",
    r"nvapi-[A-Za-z0-9_-]{20,}",
    r"csk-[a-z0-9]{20,}",
    r"tgp_v1_[A-Za-z0-9_-]{20,}",
    r"r8_[A-Za-z0-9]{20,}",
    r"gh[pousr]_[0-9A-Za-z]{30,}",
    r"github_pat_[0-9A-Za-z_]{30,}",
    # a run of many such letters is gone through once, or else for a bounded length
    r"(?:(?<![\w-])eyJ[A-Za-z0-9_-]{10,}|eyJ[A-Za-z0-9_-]{10,300})"
    r"\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
)
# only ASCII has letters here: in a sentence without spaces, as in Chinese, a key is a word too
_KEYS = re.compile(rf"\b(?:{'|'.join(_SHAPES)})", re.ASCII)
_BEARER = re.compile(
    rf"\b(bearer|basic)([{_SPACES}]+)(?!YOUR_KEY|auth)([A-Za-z0-9._~+/=-]{{12,}})",
    re.IGNORECASE | re.ASCII,
)
_USERINFO = re.compile(rf"(://)(?!name:password@)[^/{_SPACES}@:]+(?::[^/{_SPACES}@]*)?@")
_HEAD = re.compile(
    r"^(?:(?:sk|rk|pk)-(?:[a-z]{1,8}-)?|[a-z]{1,8}_|[a-z]{2,6}-|AIza)",
    re.IGNORECASE | re.ASCII,
)
PIECE = 12  # characters in a row of a secret that are one too many
_RUN = re.compile(rf"[A-Za-z0-9_.+/=-]{{{PIECE},}}")


class Secret:
    """A value that must not be shown; ``reveal`` is for the header that needs it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __str__(self) -> str:
        return mask(self._value)

    def __repr__(self) -> str:
        return f"Secret({mask(self._value)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def mask(value: str) -> str:
    """The hint that may be shown: the prefix of the key's kind and the last four characters."""
    clean = _CONTROL.sub("", value).strip(" \"'\n\t")
    head = _HEAD.match(clean)
    prefix = head[0] if head else ""
    if len(clean) - len(prefix) < 12:
        return f"{prefix}…"
    return f"{prefix}…{clean[-4:]}"


def keys_in(text: str) -> list[str]:
    """Whatever in a text has the shape of a key."""
    return [match[0] for match in _KEYS.finditer(text)]


class Scrubber:
    """Cleans every string of the output of one run."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        values = {part for secret in secrets for part in _parts(secret.reveal())}
        longest_first = sorted(values, key=len, reverse=True)
        self._secrets = [(_in_pieces(value), mask(value)) for value in longest_first]
        self._pieces = {piece for value in values for piece in _pieces(value)}

    def text(self, text: str) -> str:
        """The text without secrets and without control characters."""
        clean = _CONTROL.sub("", _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
        for secret, hint in self._secrets:
            clean = secret.sub(hint, clean)
        if self._pieces:
            clean = _RUN.sub(lambda match: self._without_pieces(match[0]), clean)
        clean = _KEYS.sub(lambda match: mask(match[0]), clean)
        clean = _BEARER.sub(lambda match: f"{match[1]}{match[2]}{mask(match[3])}", clean)
        return _USERINFO.sub(r"\1…@", clean)

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

    def data(self, value: Any) -> Any:
        """JSON-compatible data with every string in it scrubbed, keys of objects too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.data(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.data(item) for item in value]
        return value


def _in_pieces(secret: str) -> re.Pattern[str]:
    """Finds a secret also where a line break or a space was put into it."""
    return re.compile(r"\s*".join(map(re.escape, secret)))


def _pieces(secret: str) -> Iterable[str]:
    """Every part of a secret that is long enough to be told from an ordinary word."""
    if len(secret) >= PIECE + 4:
        yield from (secret[at : at + PIECE] for at in range(len(secret) - PIECE + 1))


def _parts(secret: str) -> Iterable[str]:
    """The secret, and its pieces where white space or quotes divide it."""
    for part in (secret, *re.split(r"[\s\"']+", secret)):
        if len(part) >= 8:
            yield part


def rules() -> dict[str, re.Pattern[str]]:
    """The compiled patterns by which the browser masks alike what has the shape of a key."""
    return {
        "ansi": _ANSI,
        "control": _CONTROL,
        "keys": _KEYS,
        "bearer": _BEARER,
        "userinfo": _USERINFO,
        "head": _HEAD,
    }
