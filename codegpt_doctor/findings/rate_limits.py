"""Rate limits: what the headers of an answer say, and how long to wait."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_PART = r"(\d{1,15}(?:\.\d{1,30})?)(h|ms|m|us|µs|ns|s)"
_DURATION = re.compile(rf"(?:{_PART})+")
_LIMIT = "x-ratelimit-limit-"
_TRY_AGAIN = re.compile(
    r"try again in\s+((?:\d{1,15}(?:\.\d{1,30})?\s?(?:h|ms|m|s))+)", re.IGNORECASE
)
MINUTE, DAY = 60, 86400
MAX_SECONDS = 366 * DAY
MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Window:
    """One limit that the headers of an answer tell.

    ``kind`` is what is counted, such as requests, tokens or project-tokens.  ``left`` and
    ``resets_in`` (seconds until the whole limit is free again) are None where they are not told.
    ``said`` is the time of the reset as it was written.
    """

    kind: str
    limit: int
    left: int | None
    resets_in: float | None
    said: str = ""

    @property
    def per(self) -> str | None:
        """The length of the window, minute or day, which no header tells.

        What was used comes back evenly, so that the reset tells it: one of 200 requests that is
        back after 7m12s is one of 200 a day.
        """
        if self.left is None or not self.resets_in or not self.limit - self.left > 0:
            return None
        whole = self.resets_in * self.limit / (self.limit - self.left)
        near = {"minute": MINUTE, "day": DAY}
        return next((name for name, length in near.items() if abs(whole / length - 1) < 0.1), None)

    @property
    def exhausted(self) -> bool:
        """Whether nothing is left of it now."""
        return self.left == 0


def seconds(text: str) -> float | None:
    """A duration such as ``6m0s``, ``558ms`` or plain ``20`` in seconds; None when it is none."""
    clean = text.strip().replace(" ", "").lower()
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", clean):
        found = float(clean)
    elif len(clean) <= 60 and _DURATION.fullmatch(clean):
        found = sum(float(number) * _UNITS[unit] for number, unit in re.findall(_PART, clean))
    else:
        return None
    return found if found <= MAX_SECONDS else None


def windows(headers: Mapping[str, str]) -> tuple[Window, ...]:
    """The limits that the headers of an answer tell, in their order; names in lower case."""
    found = []
    for name, value in headers.items():
        limit = _number(value)
        if name.startswith(_LIMIT) and limit is not None:
            kind = name.removeprefix(_LIMIT)
            said = headers.get(f"x-ratelimit-reset-{kind}", "").strip()
            left = _number(headers.get(f"x-ratelimit-remaining-{kind}", ""))
            found.append(Window(kind, limit, left, seconds(said), said))
    return tuple(found)


def _number(value: str) -> int | None:
    clean = value.strip()
    fits = clean.isascii() and clean.isdigit() and len(clean) <= MAX_DIGITS
    return int(clean) if fits else None


def wait_said(headers: Mapping[str, str], message: str) -> float | None:
    """How many seconds a refusal itself says to wait, in a header or in words; None if it does not.

    The header counts first: it is what clients follow.
    """
    milliseconds = seconds(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    after = seconds(headers.get("retry-after", ""))
    if after is not None:
        return after
    words = _TRY_AGAIN.search(message)
    return seconds(words[1]) if words else None


def wait_of(found: Iterable[Window]) -> tuple[float, Window] | None:
    """The longest wait until a window that has nothing left is whole again; None when all have."""
    empty = [(one.resets_in, one) for one in found if one.exhausted and one.resets_in is not None]
    return max(empty, key=lambda pair: pair[0], default=None)
