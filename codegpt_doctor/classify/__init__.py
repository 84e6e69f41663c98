"""Any text, HTTP response or exception -> signals -> the documented error it is.  Pure: no I/O."""

from typing import Any

from codegpt_doctor.classify.exception_text import chained_texts, text_of
from codegpt_doctor.classify.matching import Candidate, candidates, entry_of
from codegpt_doctor.classify.signals import quote, response_signals, text_signals
from codegpt_doctor.model.explanation import Confidence, Evidence, Match

MAX_OF_REFUSAL = 32 * 1024  # characters; what it is about is said at the start
OWN_FAULT = "server_error"  # the type by which the API says that it failed itself


def classify_text(text: str) -> Match | None:
    """The error that a text of any shape is about, or None when it shows no provider's error."""
    return _match(candidates(text_signals(text)), text)


def classify_response(status: int, body: str, provider: str | None = None) -> Match | None:
    """The error that an HTTP response is: ``status`` and the body as text.

    ``provider`` is the one that was asked, where it is known.

    None for a status below 300 whose body is no known error.
    """
    if 200 <= status < 300 and not body.strip():
        return None
    signals = response_signals(status, body if status < 400 else body[:MAX_OF_REFUSAL])
    own_fault = status >= 500 and OWN_FAULT in signals.types
    found = candidates(signals, "auth" if own_fault else None, provider)
    return _match(found, body)


def classify_exception(error: BaseException) -> Match | None:
    """The error behind an exception: the deepest of its causes that is recognized.

    What the others say goes to ``also``.  What the whole chain tells to be generic, or to be
    explained by another error, is no root.
    """
    texts = list(chained_texts(error))
    whole = "\n".join(text for _, text in texts)
    found = candidates(text_signals(whole))
    known = {candidate.id for candidate in found}
    for _, text in sorted(texts, key=lambda depth_and_text: -depth_and_text[0]):
        for root in candidates(text_signals(text)):
            if root.id in known:
                return _match([root, *(one for one in found if one.id != root.id)], text)
    return _match(found, whole)


def classify_object(thing: Any) -> Match | None:
    """The error that text, bytes, an exception or a response-like object is.

    A response-like object has ``status_code`` (or ``status``) and ``text`` (or ``content``).

    Raises:
        TypeError: it is none of these.
    """
    if isinstance(thing, BaseException):
        return classify_exception(thing)
    if isinstance(thing, bytes | bytearray):
        return classify_text(thing.decode("utf-8", "replace"))
    if isinstance(thing, str):
        return classify_text(thing)
    status = getattr(thing, "status_code", getattr(thing, "status", None))
    if isinstance(status, int):
        return classify_response(status, text_of(thing) or "")
    raise TypeError(
        f"text, bytes, an exception or a response is needed, not {type(thing).__name__}"
    )


def _match(found: list[Candidate], text: str) -> Match | None:
    if not found:
        return None
    best = found[0]
    return Match(
        id=best.id,
        confidence=_confidence(best),
        evidence=(_evidence(best, text),),
        also=_others(best, found[1:]),
    )


def _confidence(candidate: Candidate) -> Confidence:
    weak = candidate.tier == "status" or entry_of(candidate).generic
    return Confidence.LIKELY if weak else Confidence.CERTAIN


def _evidence(candidate: Candidate, text: str) -> Evidence:
    row = candidate.evidence
    if "phrase" in row:
        return Evidence("text", quote(tuple(row["phrase"]), text))
    key = candidate.tier
    return Evidence(key, str(row[key]))


def _others(best: Candidate, rest: list[Candidate]) -> tuple[str, ...]:
    """Other problems in the same text: not the weaker names of the same one."""
    entry = entry_of(best)
    related = {*entry.confused_with, *entry.beats}
    return tuple(
        candidate.id
        for candidate in rest
        if candidate.tier != "status"
        and candidate.id not in related
        and best.id not in entry_of(candidate).confused_with
    )
