"""Ordinary text search over the entries: which are most like a text that is none of them.

The measure is BM25: a word counts the more, the fewer entries have it, and less in a long entry.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from codegpt_doctor.catalogue.entry import Entry

MAX_TEXT = 4000  # characters of a text that are looked at, at its end
SATURATION, LENGTH = 1.2, 0.75  # the usual constants of BM25
MIN_SCORE = 6.0  # of an entry that is worth a suggestion
MIN_WORDS = 2  # that a text has in common with it
_WORD = re.compile(r"[a-z][a-z0-9]{2,30}|[45]\d\d", re.ASCII)
_ENDING = re.compile(r"(?:ing|ies|ed|es|s)$", re.ASCII)
_COMMON = frozenset(
    {
        *("the", "and", "for", "not", "with", "you", "your", "are", "was", "has", "have", "can"),
        *("this", "that", "from", "but", "its", "than", "then", "what", "why", "how", "does"),
        *("did", "any", "all", "one", "out", "into", "when", "where", "which", "who", "will"),
        *("would", "there", "here", "they", "them", "our", "error", "errors", "message", "please"),
    }
)


def nearest_of(text: str, entries: Sequence[Entry], count: int) -> tuple[str, ...]:
    """The ids of the entries most like a text, the likest first."""
    asked = set(_words_of(text[-MAX_TEXT:]))
    documents = {entry.id: Counter(_words_of(said(entry))) for entry in entries}
    average = sum(map(Counter.total, documents.values())) / max(1, len(documents))
    frequency = Counter(word for words in documents.values() for word in words)
    scores = []
    for entry_id, words in documents.items():
        shared = sorted(asked & words.keys())
        length = 1 - LENGTH + LENGTH * words.total() / average
        score = sum(
            log(1 + (len(documents) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            * (words[word] * (SATURATION + 1) / (words[word] + SATURATION * length))
            for word in shared
        )
        if len(shared) >= MIN_WORDS and score >= MIN_SCORE:
            scores.append((-round(score, 6), entry_id))
    return tuple(entry_id for _, entry_id in sorted(scores)[:count])


def said(entry: Entry) -> str:
    """What is searched of an entry: its title twice, as it tells most; words, summary, codes."""
    parts = (entry.title, entry.title, *entry.words, entry.summary, *entry.codes, entry.id)
    return " ".join(parts).replace("_", " ")


def _words_of(text: str) -> Iterable[str]:
    """The words of a text that tell something, without their endings."""
    for word in _WORD.findall(text.lower()):
        if word not in _COMMON:
            yield _ENDING.sub("", word) if len(word) > 4 else word


def rules() -> dict[str, object]:
    """The patterns and tables by which the browser finds the same."""
    return {
        "max_text": MAX_TEXT,
        "saturation": SATURATION,
        "length": LENGTH,
        "min_score": MIN_SCORE,
        "min_words": MIN_WORDS,
        "word": _WORD,
        "ending": _ENDING,
        "common": sorted(_COMMON),
    }
