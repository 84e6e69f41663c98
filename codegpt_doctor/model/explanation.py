"""The words of an explanation; apart from the report's, so that ``explain`` starts at once.

For the same reason they are named tuples: a data class takes eight times as long to make.
"""

from enum import StrEnum
from typing import NamedTuple

SCHEMA_VERSION = 1


class Confidence(StrEnum):
    """How sure a match is; ``CERTAIN`` if a code, a type or distinctive words say so."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Evidence(NamedTuple):
    """A quotation that is evidence; ``origin`` is the id of a check or the kind of the signal."""

    origin: str
    quote: str


class Match(NamedTuple):
    """The documented error that a text, a response or an exception is about.

    ``also`` holds the ids of other problems found in the same input, the likeliest first.
    ``provider`` is the id of the provider whose error it is, None if the input does not show it.
    ``http_status``, ``code``, ``request_id``, ``retry_after_s`` (seconds) and ``program``, in which
    the error occurred, come from the input, and are None if it does not have them.  ``lead`` is a
    sentence about this input, to be shown before the entry's own words.  ``family`` is what the
    error is about, such as quota; ``explain`` adds it.
    """

    id: str
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    also: tuple[str, ...] = ()
    provider: str | None = None
    http_status: int | None = None
    code: str | None = None
    request_id: str | None = None
    retry_after_s: float | None = None
    lead: str = ""
    program: str | None = None
    family: str = ""


class Explanation(NamedTuple):
    """What ``explain`` returns: the match, if there is one, and the ids of what else it can be.

    Without a match, ``nearest`` holds the ids whose words are most like the text, as a suggestion.
    """

    match: Match | None
    also: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
