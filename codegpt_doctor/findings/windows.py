"""Rate limits: what the headers of an answer say, in the way of each provider."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from codegpt_doctor.findings.rate_limits import MAX_SECONDS, seconds
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.providers.provider import CUSTOM, Limits, load

USUAL = Limits()  # the headers that most providers have
# a kind with the length of its window behind it: requests-minute, tokens-5-minute, req-60-second
_KIND = re.compile(r"(.{1,80}?)-(?:(\d{1,5})-)?(second|minute|hour|day|week|month)")
_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_NAMES = {"req": "requests"}
_EPOCH = 10**9  # what is larger is no duration in seconds, but a time since 1970
MINUTE, DAY = 60, 86400
MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Window:
    """One limit that the headers of an answer tell.

    ``kind`` is what is counted, such as requests, tokens or project-tokens.  ``left`` and
    ``resets_in`` (seconds until the whole limit is free again) are None where they are not told.
    ``said`` is the time of the reset as it was written, ``told_per`` the length of the window where
    the headers or the provider's data tell it.
    """

    kind: str
    limit: int
    left: int | None
    resets_in: float | None
    said: str = ""
    told_per: str = ""

    @property
    def per(self) -> str | None:
        """The length of the window, minute or day, which few headers tell.

        What was used comes back evenly, so that the reset tells it: one of 200 requests that is
        back after 7m12s is one of 200 a day.
        """
        if self.told_per:
            return self.told_per
        if self.left is None or not self.resets_in or not self.limit - self.left > 0:
            return None
        whole = self.resets_in * self.limit / (self.limit - self.left)
        near = {"minute": MINUTE, "day": DAY}
        return next((name for name, length in near.items() if abs(whole / length - 1) < 0.1), None)

    @property
    def name(self) -> str:
        """What is counted, in words, with the length of the window where that was told."""
        return self.kind.replace("-", " ") + (f" a {self.told_per}" if self.told_per else "")

    @property
    def exhausted(self) -> bool:
        """Whether nothing is left of it now."""
        return self.left == 0


def windows_of(answer: Exchange) -> tuple[Window, ...]:
    """The limits that an answer tells, in the way of the provider that was asked."""
    limits = load(answer.provider or CUSTOM).limits
    return (windows(answer.headers, limits) if limits else ()) or windows(answer.headers)


def windows(headers: Mapping[str, str], limits: Limits = USUAL) -> tuple[Window, ...]:
    """The limits that the headers of an answer tell, in their order; names in lower case."""
    start, _, end = limits.header.replace("{field}", "limit").partition("{kind}")
    found = []
    for name, value in headers.items():
        limit = _number(value)
        kind = name.removeprefix(start).removesuffix(end) if end else name.removeprefix(start)
        if name == start + kind + end and limit is not None:
            found.append(_window(kind, limit, headers, limits))
    return tuple(found)


def _window(kind: str, limit: int, headers: Mapping[str, str], limits: Limits) -> Window:
    left, said = (
        headers.get(limits.header.replace("{field}", field).replace("{kind}", kind), "").strip()
        for field in ("remaining", "reset")
    )
    name, per = _taken_apart(kind or "requests")
    resets = seconds(said) if not is_time(said) else _until(said, headers.get("date", ""))
    return Window(name, limit, _number(left), resets, said, per or limits.per.get(name, ""))


def _taken_apart(kind: str) -> tuple[str, str]:
    """What is counted, and the length of the window where the name tells it."""
    found = _KIND.fullmatch(kind)
    if found is None:
        return kind, ""
    name, count, unit = found.groups()
    whole = int(count or 1) * _LENGTHS.get(unit, 0)
    same = next((one for one, length in _LENGTHS.items() if length == whole), None)
    per = same or (f"{count} {unit}s" if count else unit)
    return _NAMES.get(name, name), per


def is_time(said: str) -> bool:
    """Whether a reset is a point in time: a date, or a number since 1970."""
    number = _number(said)
    return "T" in said or (number is not None and number > _EPOCH)


def _until(said: str, sent: str) -> float | None:
    """The seconds from when an answer was sent to a point in time; None where that is unclear."""
    number = _number(said)
    try:
        now = parsedate_to_datetime(sent) if sent else datetime.now(UTC)
        if number is not None:
            number = number // 1000 if number > _EPOCH * 1000 else number
            at = datetime.fromtimestamp(number, UTC)
        else:
            at = datetime.fromisoformat(said)
        wait = (at - now).total_seconds()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return wait if 0 <= wait <= MAX_SECONDS else None


def _number(value: str) -> int | None:
    clean = value.strip()
    fits = clean.isascii() and clean.isdigit() and len(clean) <= MAX_DIGITS
    return int(clean) if fits else None


def wait_of(found: Iterable[Window]) -> tuple[float, Window] | None:
    """The longest wait until a window that has nothing left is whole again; None when all have."""
    empty = [(one.resets_in, one) for one in found if one.exhausted and one.resets_in is not None]
    return max(empty, key=lambda pair: pair[0], default=None)
