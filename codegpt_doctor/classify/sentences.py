"""Errors that only a sentence tells: what a system says in its language, a client in its own words.

They are looked for where nothing else tells more than a kind of error.  What other programs say as
well counts only beside a client of LLMs.  The tables are long and seldom needed, so that they are
loaded when they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from codegpt_doctor.catalogue import squeeze
from codegpt_doctor.classify import whose
from codegpt_doctor.classify.events import Reading
from codegpt_doctor.classify.matching import SHARED_TYPES, TIERS, Candidate, entry_of
from codegpt_doctor.classify.rule import Rule, Table, compiled
from codegpt_doctor.classify.saying import Said

MAX = 12 * 1024  # characters of a text that are looked at, at its ends
MAX_REQUEST = 240  # characters of a text that does no more than ask a person for something
UNSURE = ("network", "server")  # families of which an HTTP status tells more than a sentence
VAGUE = "connection_error"
_CAPITALS = re.compile(r"[A-Z]+", re.ASCII)
_BLANKS = re.compile(r"[ \t]+", re.ASCII)
# what stands before a sentence on its line where it only speaks of such an error
CONDITIONS = Table(
    flags=re.ASCII,
    rules=(
        Rule(
            r"\b(?:before (?:i|we|you|they|it)|(?:when|if|whenever)(?! (?:i|we|trying)\b)"
            r"|whether|unless|until|once"
            r"|handles?|handling|should|would|how to"
            r"|in case|e\.g\.|such as|like|tests?|retry on|retries on|avoid|prevents?|checks?"
            r"|simulates?|mocks?)\b(?!: )[^\n]{0,100}$",
            "a condition, a plan or a test",
            "it tries again when ",
            "openai: ",
        ),
        Rule(r"^ ?(?:#|//|/\*|\* |--|<!--|\|)", "a comment, an item or a cell", "# "),
    ),
)
_CONDITION = compiled(CONDITIONS)


@dataclass(frozen=True, slots=True)
class _Group:
    """Sentences, how much of a piece must count for them, and how strong an evidence they are.

    ``most`` is how many characters all that is said may have.
    """

    least: int
    tier: str
    most: int
    said: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _groups() -> tuple[_Group, ...]:
    from codegpt_doctor.classify import (
        people_abroad,
        people_cannot_connect,
        people_farther_east,
        people_in_other_scripts,
        people_of_codes,
        people_of_models,
        people_of_servers,
        people_say,
        people_tell,
        systems_say,
        windows_says,
    )

    abroad = (people_abroad, people_in_other_scripts, people_farther_east)
    people = (
        people_say,
        people_tell,
        people_of_codes,
        people_cannot_connect,
        *abroad,
        people_of_models,
        people_of_servers,
    )
    return (
        _group(whose.ALL, "phrase", windows_says.WINDOWS),
        *(_group(whose.LLM, "status", one.SENTENCES) for one in people),
        _group(whose.LLM, "phrase", systems_say.SHORT),
        *(
            _group(whose.LLM, "status", one.REQUESTS, MAX_REQUEST)
            for one in people
            if hasattr(one, "REQUESTS")
        ),
        _group(whose.LLM, "status", systems_say.CLASSES),
    )


def _group(least: int, tier: str, said: tuple[Said, ...], most: int = MAX) -> _Group:
    return _Group(least, tier, most, tuple((one.id, compiled(one.table)) for one in said))


def with_sentences(found: list[Candidate], reading: Reading) -> list[Candidate]:
    """The candidates, after those that sentences tell where these say more."""
    best = found[0] if found else None
    if best and best.tier != "status" and not entry_of(best).generic:
        return found
    told = [one for one in _told(reading) if not best or _says_more(one, best)]
    told.sort(key=lambda one: one.id == VAGUE)  # what else is said tells more
    return [*told, *(one for one in found if one.id not in {other.id for other in told})]


def _says_more(told: Candidate, best: Candidate) -> bool:
    """Whether a sentence tells more than a kind of error, of which there is other evidence.

    An HTTP status, and a type that stands for many errors, tell more of a connection or a server
    than a sentence beside it.
    """
    entry = entry_of(told)
    if entry.generic:
        return False
    if best.tier == "status" or best.evidence.get("type") in SHARED_TYPES:
        return entry.family not in UNSURE
    return told.rank[1] >= best.rank[1]


def _told(reading: Reading) -> Iterator[Candidate]:
    seen: set[str] = set()
    for group in _groups():
        text = _read(reading.heard(group.least))
        if len(text) > group.most:
            continue
        for entry_id, pattern in group.said:
            words = _said(pattern, text) if entry_id not in seen else None
            if words:
                seen.add(entry_id)
                rank = (0, TIERS.index(group.tier), 1, len(words))
                yield Candidate(entry_id, rank, {"phrase": [squeeze(words)]})


def _read(text: str) -> str:
    """The ends of a text in lower case, which only A to Z have, with single blanks."""
    if len(text) > MAX:
        text = text[: MAX // 2] + "\n" + text[-MAX // 2 + 1 :]
    return _BLANKS.sub(" ", _CAPITALS.sub(lambda match: match[0].lower(), text))


def _said(pattern: re.Pattern[str], text: str) -> str | None:
    """The first words that a pattern finds, where they are no condition."""
    for match in pattern.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if not _CONDITION.search(text[line : match.start()]):
            return match[0]
    return None


def rules() -> dict[str, Any]:
    """The tables by which the browser finds the same."""
    return {
        "max": MAX,
        "unsure": UNSURE,
        "vague": VAGUE,
        "condition": _CONDITION,
        "groups": [
            {
                "least": group.least,
                "tier": group.tier,
                "most": group.most,
                "said": [list(one) for one in group.said],
            }
            for group in _groups()
        ],
    }
