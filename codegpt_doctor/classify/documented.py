"""What the provider that was asked documents for an answer which says no more than its kind."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.classify.matching import SHARED_TYPES, Signals
from codegpt_doctor.model.explanation import Confidence, Evidence, Match

# rare statuses that mean one thing where a provider gives them, and the families that this is of
TELLING = {402: ("quota",), 410: ("model",), 498: ("auth",), 529: ("quota",)}

UNKNOWN_MODEL, NOT_PULLED = "model_not_found", "model_not_pulled"


def documented(match: Match | None, status: int, said: Signals, provider: str) -> Match | None:
    """The one error that a provider documents for a code, a type or a rare status; else ``match``.

    Several that fit prove nothing: what was found before stays.
    """
    if match and match.id == UNKNOWN_MODEL and _has_own_models(provider):
        return match._replace(id=NOT_PULLED)
    if match and not _is_weak(match):
        return match
    own = [one for one in catalogue.entries(provider) if one.provider == provider]
    at = [one for one in own if status in one.statuses]
    for key, told, of_entry in _ways(status, said):
        found = [one.id for one in at if told & set(of_entry(one))]
        if len(found) == 1:
            return _match(
                match, found[0], Evidence(key, ", ".join(sorted(map(str, told)))), provider
            )
    return match


def _has_own_models(provider: str) -> bool:
    """Whether a server has only the models that were downloaded to it."""
    is_pulled = provider in catalogue.variants(NOT_PULLED)
    return is_pulled and provider not in catalogue.variants(UNKNOWN_MODEL)


def _is_weak(match: Match) -> bool:
    by_status = all(one.origin == "status" for one in match.evidence)
    return by_status or catalogue.get(match.id).generic


def _ways(
    status: int, said: Signals
) -> list[tuple[str, AbstractSet[object], Callable[[Entry], tuple[object, ...]]]]:
    """What a refusal tells of itself, the most exact first, and where an entry has the same."""
    families = TELLING.get(status, ())
    return [
        ("code", said.codes - set(SHARED_TYPES), lambda one: one.codes),
        ("type", said.types - set(SHARED_TYPES), lambda one: one.types),
        ("status", {status}, lambda one: one.statuses if one.family in families else ()),
    ]


def _match(before: Match | None, entry_id: str, evidence: Evidence, provider: str) -> Match:
    found = Match(entry_id, Confidence.LIKELY, (evidence,), provider=provider)
    return (
        before._replace(id=entry_id, evidence=(evidence,), provider=provider) if before else found
    )
