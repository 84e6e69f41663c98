"""How long to wait, as a refusal itself says it; and durations as headers write them."""

import re
from collections.abc import Mapping

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_PART = r"(\d{1,15}(?:\.\d{1,30})?)(h|ms|m|us|µs|ns|s)"
_DURATION = re.compile(rf"(?:{_PART})+")
_TRY_AGAIN = re.compile(
    r"try again in\s+((?:\d{1,15}(?:\.\d{1,30})?\s?(?:h|ms|m|s))+)", re.IGNORECASE
)
MAX_SECONDS = 366 * 86400


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
