"""The knowledge: what each error means everywhere, what each provider says of it, and its data.

An installed package reads ``index.jsonl``, which is made from the pages when the package is built,
and of the prose only the pages of what is shown; a source checkout reads the pages themselves.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache

from codegpt_doctor import redact
from codegpt_doctor.catalogue.entry import DEFAULT_PROVIDER, FAMILIES, Entry, EntryError, Facts
from codegpt_doctor.catalogue.lookup import (
    Catalogue,
    UnknownEntryError,
    conditions,
    squeeze,
)

__all__ = [
    "DEFAULT_PROVIDER",
    "FAMILIES",
    "Catalogue",
    "Entry",
    "EntryError",
    "UnknownEntryError",
    "build_index",
    "conditions",
    "entries",
    "forget",
    "get",
    "having",
    "ids",
    "key_shapes",
    "near",
    "nearest",
    "prose",
    "providers",
    "resolve",
    "sections",
    "sources",
    "squeeze",
    "table",
    "variants",
]


_PACKAGE = os.path.dirname(os.path.dirname(__file__))


@cache
def _own() -> Catalogue:
    """The catalogue of this package."""
    return Catalogue(_PACKAGE)


def forget() -> None:
    """Read everything again when it is needed next; it may have changed."""
    _own.cache_clear()


def ids() -> tuple[str, ...]:
    """Every id, in the order of the families, then alphabetically."""
    return _own().ids


def get(entry_id: str, provider: str | None = None) -> Entry:
    """The entry of an id, with a provider's variant in place if there is one.

    What one provider alone has is given with that provider's words, whoever is asked for.

    Raises:
        UnknownEntryError: there is none.
    """
    return _own().get(entry_id, provider)


def entries(provider: str | None = None) -> tuple[Entry, ...]:
    """Every entry as ``get`` gives it, in the order of ``ids``."""
    return tuple(get(entry_id, provider) for entry_id in ids())


def having(words: Iterable[str], provider: str | None = None) -> tuple[Entry, ...]:
    """The entries whose facts have every one of some words, such as ``quota`` or ``429``.

    Where none has, those that the words mean together, such as ``can't connect``.
    """
    wanted = [word.lower() for word in words]
    known = entries(provider)
    found = tuple(entry for entry in known if all(word in _facts_of(entry) for word in wanted))
    return found or tuple(get(one, provider) for one in _meant_by(" ".join(wanted), known))


def _meant_by(text: str, known: tuple[Entry, ...]) -> tuple[str, ...]:
    from codegpt_doctor.catalogue.everyday import meant_by

    return meant_by(text, known)


def _facts_of(entry: Entry) -> str:
    parts = (entry.id, entry.title, entry.summary, *entry.words, *entry.codes, *entry.types)
    return " ".join((*parts, *map(str, entry.statuses))).lower()


def sections(entry_id: str, provider: str | None = None) -> dict[str, str]:
    """The prose of an entry by heading, as Markdown with placeholders.

    Raises:
        UnknownEntryError: there is no such entry.
    """
    return _own().sections(entry_id, provider)


def prose(entry_id: str, provider: str | None = None) -> dict[str, str]:
    """The prose of an entry by heading, filled for a reader who has run nothing."""
    from codegpt_doctor.catalogue.placeholders import filled, site_values  # no run fills them so

    whose = provider or get(entry_id).provider
    values = site_values(providers().get(whose, {}) if whose else {})
    return filled(sections(entry_id, provider), values)


def sources(entry_id: str, provider: str | None = None) -> tuple[str, ...]:
    """The pages that the prose of an entry comes from, from the folder of the package."""
    return _own().sources(entry_id, provider)


def variants(entry_id: str) -> tuple[str, ...]:
    """The providers that have words of their own for an entry."""
    return _own().variants(entry_id)


def providers() -> Mapping[str, Facts]:
    """The data of each provider by its id: hosts, endpoints, key shapes, pages."""
    return _own().providers


def table() -> tuple[Facts, ...]:
    """The rows that the matcher reads: one a signature, with the phrases cut at their wildcards.

    Those of a provider's variant name it as ``provider``.
    """
    return _own().table


def build_index() -> str:
    """All of the catalogue but the prose, as an installed package reads it.

    Raises:
        EntryError: a page is not well formed.
    """
    return Catalogue(_PACKAGE, from_pages=True).index()


def resolve(word: str) -> str | None:
    """The id that a single word stands for: an id, an API code or type, an errno name, a status."""
    return _own().resolve(word)


def near(word: str, count: int = 3) -> list[str]:
    """The ids and API codes that are spelled most like a word and stand for one error.

    The nearest one comes first.
    """
    return _own().near(word, count)


def key_shapes() -> list[str]:
    """The pattern of every kind of key of every provider, but for a mere number of characters.

    Of that form are many ids and checksums too.
    """
    shapes = (shape for data in providers().values() for shape in data.get("keys", ()))
    return [
        shape["pattern"]
        for shape in shapes
        if shape.get("unique", True) or shape["pattern"][0].isalpha()
    ]


redact.use_shapes(key_shapes)


def nearest(text: str, count: int = 3) -> tuple[str, ...]:
    """The ids whose titles, messages and everyday words are most like a text, the likest first.

    Of a single word, those that have it, the most frequent first. None where too little is alike.
    """
    # only what was not recognized is looked for
    from codegpt_doctor.catalogue.everyday import having_word
    from codegpt_doctor.catalogue.text_search import nearest_of

    entries = [get(entry_id) for entry_id in ids()]
    words = text.split()
    return having_word(words[0], entries) if len(words) == 1 else nearest_of(text, entries, count)
