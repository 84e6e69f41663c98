"""Any text, HTTP response or exception -> signals -> the documented error it is.  Pure: no I/O."""

from dataclasses import replace
from typing import Any

from codegpt_doctor.classify import whose
from codegpt_doctor.classify.documented import documented
from codegpt_doctor.classify.events import Reading, read
from codegpt_doctor.classify.exception_text import chained_texts, text_of
from codegpt_doctor.classify.matching import Candidate, candidates, entry_of
from codegpt_doctor.classify.programs import program_in
from codegpt_doctor.classify.roots import moved
from codegpt_doctor.classify.sentences import with_sentences
from codegpt_doctor.classify.signals import near_clients, quote, signals_of
from codegpt_doctor.classify.speaking import Speaking, speaking_in
from codegpt_doctor.model.explanation import Confidence, Evidence, Match

MAX_OF_REFUSAL = 32 * 1024  # characters; what it is about is said at the start
OWN_FAULT = "server_error"  # the type by which the API says that it failed itself


def classify_text(text: str) -> Match | None:
    """The error that a text of any shape is about, or None when it shows no provider's error."""
    return _match(*_found(read(text)))


def _found(reading: Reading) -> tuple[list[Candidate], str, Speaking]:
    """What a text is, the root first, by what its hosts tell as well."""
    found, heard, speaking = _candidates(reading)
    hosts = [host for event in reading.events if event.counts for host in event.hosts]
    return moved(found, speaking, hosts), heard, speaking


def _candidates(reading: Reading) -> tuple[list[Candidate], str, Speaking]:
    """What a text can be, the words in which that was found, and who speaks there.

    What another program or service says, too, is looked at only where nobody else says anything.
    """
    heard = reading.heard()
    speaking = speaking_in(heard, reading.events)
    said = replace(signals_of(heard), proven=speaking.own)
    if not said.statuses and not said.foreign:
        said = replace(said, statuses=near_clients(reading.heard(whose.LLM)))
    found = with_sentences(candidates(said) if heard else [], reading)
    if found:
        return found, heard, speaking
    return _of_others(reading)


def _of_others(reading: Reading) -> tuple[list[Candidate], str, Speaking]:
    heard = reading.heard(whose.CODES)
    counts = {event.counts for event in reading.events}
    if not counts & {whose.CODES, whose.NO_STATUS}:
        return [], heard, Speaking()
    speaking = speaking_in(heard, reading.events)
    said = signals_of(heard)
    foreign = said.foreign or whose.CODES in counts
    signals = replace(said, proven=speaking.own, foreign=foreign, elsewhere=True)
    return candidates(signals), heard, speaking


def classify_response(status: int, body: str, provider: str | None = None) -> Match | None:
    """The error that an HTTP response is: ``status`` and the body as text.

    ``provider`` is the one that was asked, where it is known.

    None for a status below 300 whose body is no known error.
    """
    if 200 <= status < 300 and not body.strip():
        return None
    reading = read(body if status < 400 else body[:MAX_OF_REFUSAL])
    heard = reading.heard(whose.NOTHING)
    speaking = speaking_in(heard, reading.events)
    if provider:
        speaking = replace(speaking, asked=frozenset((provider,)))
    said = signals_of(heard)
    signals = replace(
        said, statuses=frozenset((status,)), foreign=False, elsewhere=False, proven=speaking.own
    )
    own_fault = status >= 500 and OWN_FAULT in signals.types
    found = candidates(signals, leave_out="auth" if own_fault else None)
    match = _match(found, heard, speaking)
    return documented(match, status, signals, provider) if provider else match


def classify_exception(error: BaseException) -> Match | None:
    """The error behind an exception: the deepest of its causes that is recognized.

    What the others say goes to ``also``.  What the whole chain tells to be generic, or to be
    explained by another error, is no root.
    """
    texts = list(chained_texts(error))
    found, whole, speaking = _of_all(read("\n".join(text for _, text in texts)))
    known = {candidate.id for candidate in found}
    for _, text in sorted(texts, key=lambda depth_and_text: -depth_and_text[0]):
        roots, heard, _ = _of_all(read(text))
        for root in roots:
            if root.id in known:
                rest = (one for one in found if one.id != root.id)
                return _match([root, *rest], heard, speaking)
    return _match(found, whole, speaking)


def _of_all(reading: Reading) -> tuple[list[Candidate], str, Speaking]:
    """What an exception can be: whoever asks knows which host was asked, so all of it counts."""
    heard = reading.heard(whose.NOTHING)
    speaking = speaking_in(heard, reading.events)
    return candidates(replace(signals_of(heard), proven=speaking.own)), heard, speaking


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


def _match(found: list[Candidate], heard: str, speaking: Speaking) -> Match | None:
    if not found:
        return None
    best = found[0]
    return Match(
        id=best.id,
        provider=speaking.provider(best.owner),
        confidence=_confidence(best),
        evidence=(_evidence(best, heard),),
        also=_others(best, found[1:]),
        program=program_in(heard),
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
