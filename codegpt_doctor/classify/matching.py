"""Signals against signatures: which documented errors a text can be, the root first.

The rules are few and use nothing that another language lacks, so that the page in the browser can
give the same answers: what a provider says of itself beats what anybody may say; a code beats a
type, a type an errno, an errno a phrase, a phrase a bare status; a generic entry never beats a
specific one; an entry goes before those it names in ``beats``.
"""

import sys
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER

TIERS = ("status", "phrase", "name", "type", "code")
GAP = 160  # characters that one wildcard may stand for, white space not counted
SHARED = ("network", "server")  # families whose words any program prints
SHARED_TYPES = ("invalid_request_error", "api_error", "authentication_error")
NOBODY = "custom"  # the provider of a host that is nobody's
REFUSING = ("auth", "quota")  # families of what only an answer tells
# statuses of errors that say more than that the request was refused
TELLING = frozenset((401, 402, 403, 407, 408, 413, 429, 500, 502, 503, 504, 529))
VAGUE_TYPE = "invalid_request_error"  # which is said of most refusals, whatever their status
# refusals for which waiting helps, before which goes a want of money
SPEED = ("rate_limit_", "slow_down", "engine_overloaded", "request_too_large", "flex_capacity")
PIECE = 4  # bytes; of which runs of so many a long text has is looked up at once
LONG = 4096  # characters of a text for which that pays


@dataclass(frozen=True, slots=True)
class Signals:
    """What a text, a response or an exception says, taken apart.

    ``squeezed`` is the text in lower case without white space.  ``foreign`` is true where a program
    or service that has nothing to do with an LLM provider speaks, too: words of the network or of
    HTTP are no evidence then.  ``elsewhere`` is true where a host is named, but no provider: a bare
    status, or its name, says nothing then.  ``proven`` are the providers whose words they are.
    """

    squeezed: str = ""
    codes: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    statuses: frozenset[int] = frozenset()
    foreign: bool = False
    elsewhere: bool = False
    proven: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry whose signature matches, and the conditions that did (key and value).

    ``owner`` is the provider whose own words tell the same, where one alone has them.
    """

    id: str
    rank: tuple[int, ...]
    evidence: Mapping[str, Any]
    owner: str | None = None

    @property
    def tier(self) -> str:
        """The strongest kind of evidence: one of ``TIERS``."""
        return TIERS[self.rank[1]]


def candidates(signals: Signals, leave_out: str | None = None) -> list[Candidate]:
    """The entries that the signals fit, the best first; what another one explains is left out.

    A provider's signature never speaks for another provider.  Only where nothing else says more
    than a kind of error, those of the default provider count for those who speak its dialect.
    ``leave_out`` is a family that it cannot be.
    """
    # a server that is nobody's may hand on what the default provider says
    relayed = {DEFAULT_PROVIDER} if signals.proven == {NOBODY} else set()
    found = _candidates(signals, leave_out, signals.proven | relayed)
    if signals.proven and (not found or entry_of(found[0]).generic):
        # and what any provider says, whose gateway it may be
        speaking = set() if relayed else signals.proven | {DEFAULT_PROVIDER}
        widened = _candidates(signals, leave_out, speaking)
        return widened if widened and _is_telling(widened[0]) else found
    return found


def _is_telling(candidate: Candidate) -> bool:
    return candidate.tier != "status" and not entry_of(candidate).generic


def _candidates(
    signals: Signals, leave_out: str | None, speaking: AbstractSet[str]
) -> list[Candidate]:
    best: dict[str, Candidate] = {}
    owned: dict[str, list[Candidate]] = {}
    seen = _pieces(signals.squeezed)
    for row in catalogue.table():
        if not _holds(row, signals, speaking, seen):
            continue
        candidate = Candidate(row["id"], _rank(row, signals), row)
        left_out = entry_of(candidate).family == leave_out
        if left_out or _is_meaningless(candidate, signals):
            continue
        owned.setdefault(row["id"], []).append(candidate)
        if row["id"] not in best or best[row["id"]].rank < candidate.rank:
            best[row["id"]] = candidate
    named = [replace(one, owner=_owner(owned[one.id], one)) for one in best.values()]
    found = sorted(_unexplained(named), key=lambda candidate: candidate.rank, reverse=True)
    return _root_first(found, signals.squeezed)


def _root_first(found: list[Candidate], text: str) -> list[Candidate]:
    """Of several refusals by their codes, money before speed, else the one that came last."""
    coded = [one for one in found if one.tier == "code"]
    if len(coded) < 2:
        return found
    is_about_money = any(map(_is_money, coded))

    def order(one: Candidate) -> tuple[bool, int]:
        return is_about_money and _is_speed(one), -text.rfind(str(one.evidence["code"]).lower())

    return [*sorted(coded, key=order), *(one for one in found if one.tier != "code")]


def _is_speed(candidate: Candidate) -> bool:
    return candidate.id.startswith(SPEED)


def _is_money(candidate: Candidate) -> bool:
    return entry_of(candidate).family == "quota" and not _is_speed(candidate)


def _owner(found: Iterable[Candidate], best: Candidate) -> str | None:
    """The provider whose own words are the most telling; what two have alike is nobody's.

    What the default provider says, others say as well: it is the default one's where nothing
    general tells more.
    """
    own = [one for one in found if "provider" in one.evidence and one.tier != "status"]
    most = max((one.rank for one in own), default=None)
    providers = {one.evidence["provider"] for one in own if one.rank == most}
    if DEFAULT_PROVIDER in providers:
        return DEFAULT_PROVIDER if "provider" in best.evidence else None
    if not providers:
        return best.evidence.get("provider")
    return providers.pop() if len(providers) == 1 else None


def _holds(
    row: Mapping[str, Any],
    signals: Signals,
    speaking: AbstractSet[str],
    seen: AbstractSet[int] | None,
) -> bool:
    return (
        not _is_vague(row, signals)
        and ("code" not in row or row["code"] in signals.codes)
        and ("type" not in row or row["type"] in signals.types)
        and ("name" not in row or row["name"] in signals.names)
        and ("status" not in row or row["status"] in signals.statuses)
        and (not speaking or row.get("provider", "") in speaking or "provider" not in row)
        and ("phrase" not in row or _has_phrase(row["phrase"], signals.squeezed, seen))
    )


def _is_vague(row: Mapping[str, Any], signals: Signals) -> bool:
    """Whether it is no more than a type that is said of anything, where a status tells more."""
    if row.get("type") != VAGUE_TYPE or len(catalogue.conditions(row)) > 1:
        return False
    is_heard = not signals.foreign and not signals.elsewhere
    return is_heard and 400 not in signals.statuses and bool(signals.statuses & TELLING)


def _pieces(text: str) -> AbstractSet[int] | None:
    """The runs of four bytes in a long text: most phrases need no search then."""
    if len(text) < LONG:
        return None
    data = text.encode("utf-8", "surrogatepass")
    found: set[int] = set()
    for at in range(PIECE):
        end = at + (len(data) - at) // PIECE * PIECE
        found.update(memoryview(data[at:end]).cast("I"))
    return found


def _has_phrase(parts: Iterable[str], text: str, seen: AbstractSet[int] | None) -> bool:
    if seen is not None:
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            if len(data) >= PIECE:
                ends = data[:PIECE], data[-PIECE:]
                if not all(int.from_bytes(end, sys.byteorder) in seen for end in ends):
                    return False
    return find_phrase(parts, text) is not None


def find_phrase(parts: Iterable[str], text: str) -> tuple[int, int] | None:
    """Where the parts of a phrase stand in order, at most ``GAP`` characters apart: start, end."""
    first, *rest = parts
    start = text.find(first)
    while start != -1:
        end = start + len(first)
        for part in rest:
            at = text.find(part, end, end + GAP + len(part))
            if at == -1:
                break
            end = at + len(part)
        else:
            return start, end
        start = text.find(first, start + 1)
    return None


def _rank(row: Mapping[str, Any], signals: Signals) -> tuple[int, ...]:
    keys = catalogue.conditions(row)
    tier = max(map(TIERS.index, keys))
    is_own = tier > 0 and row.get("provider") in signals.proven
    return int(is_own), tier, len(keys), sum(map(len, row.get("phrase", ())))


def entry_of(candidate: Candidate) -> catalogue.Entry:
    """The entry of a candidate, with the words of the provider whose signature matched."""
    return catalogue.get(candidate.id, candidate.evidence.get("provider", DEFAULT_PROVIDER))


def _is_meaningless(candidate: Candidate, signals: Signals) -> bool:
    """Whether what matched is what others say as well, in a text that is not a provider's alone."""
    family = entry_of(candidate).family
    if candidate.tier == "status" or (candidate.tier == "phrase" and family == "server"):
        return signals.foreign or signals.elsewhere
    if candidate.tier == "code" or not signals.foreign:
        return False
    if candidate.tier == "type":
        return candidate.evidence["type"] in SHARED_TYPES
    return family in SHARED


def _unexplained(found: list[Candidate]) -> list[Candidate]:
    by_entry = {candidate.id: entry_of(candidate) for candidate in found}
    beaten = {other for entry in by_entry.values() for other in entry.beats}
    left = [candidate for candidate in found if candidate.id not in beaten] or found
    specific = [candidate for candidate in left if not by_entry[candidate.id].generic]
    if specific and all(map(_is_speed, specific)):
        return [one for one in left if one in specific or (one.tier == "code" and _is_money(one))]
    if specific:
        return specific
    # who refused was reached, so what says no more than that there was no connection is no root
    answered = [candidate for candidate in left if by_entry[candidate.id].family in REFUSING]
    return answered or left


def rules() -> dict[str, Any]:
    """The tables by which the browser finds the same."""
    return {
        "tiers": TIERS,
        "gap": GAP,
        "shared": SHARED,
        "shared_types": SHARED_TYPES,
        "refusing": REFUSING,
        "speed": SPEED,
        "telling": sorted(TELLING),
        "vague_type": VAGUE_TYPE,
        "nobody": NOBODY,
        "default": DEFAULT_PROVIDER,
    }
