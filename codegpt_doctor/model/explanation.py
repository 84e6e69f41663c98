"""The words of an explanation; apart from the report's, so that ``explain`` starts at once.

For the same reason they are named tuples: a data class takes eight times as long to make.
"""

from enum import StrEnum
from typing import NamedTuple

SCHEMA_VERSION = 1


class Confidence(StrEnum):
    """How sure a match is: ``CERTAIN`` when a code, a type or distinctive words say so."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Evidence(NamedTuple):
    """A quotation that made us say so: ``origin`` is a check's id or the kind of the signal."""

    origin: str
    quote: str


class Match(NamedTuple):
    """The documented error that a text, a response or an exception is.

    ``also`` holds the ids of other problems found in the same input, the likeliest first.
    ``provider`` is the one whose error it is, None where nothing tells.  The next four are what
    the input itself says, None where it does not; so is ``program``, in which it was met.
    ``family`` is what the error is about, such as quota; ``explain`` adds it.
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
    """The answer of ``explain``: the match or none, and the ids of what else it can be.

    ``nearest`` are the ids whose words are most like the text, as a suggestion, where there is no
    match.
    """

    match: Match | None
    also: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
