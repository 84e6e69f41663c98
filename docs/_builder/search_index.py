"""What the search of the site knows: the words of each page, and the everyday words for it.  Pure.

It is a script that assigns data, so that a site that was opened from a folder can load it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.catalogue.everyday import FREQUENT
from codegpt_doctor.providers.provider import all_providers
from docs._builder.search_synonyms import synonyms
from docs._builder.search_words import WORDS

PATH = "assets/search/index.js"
_FENCE = re.compile(r"^ *```.*$", re.MULTILINE)
_LINK = re.compile(r"\]\([^)]*\)(?:\{[^}]*\})?")
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"^##+ (.+?)(?: \{ #([\w-]+) \})?$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]{3,30}")
_BOOSTS = {
    "providers/openai": 1.4,
    "codegpt": 1.4,
    "billing": 1.3,
    "company-networks": 1.3,
    "organizations": 1.2,
    "index": 0.6,
    "errors/index": 0.5,
    "contributing": 0.4,
}


def script(pages: Mapping[str, Any]) -> str:
    """The index of pages, which have ``meta`` and ``text``, by their path."""
    known = {entry.id: entry for entry in catalogue.entries(catalogue.DEFAULT_PROVIDER)}
    found = [_record(path.removesuffix(".md"), page, known) for path, page in pages.items()]
    said = {"pages": found, "synonyms": synonyms()}
    data = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return f"Object.assign((globalThis.codegptDoctor ??= {{}}), {data});\n"


def _record(path: str, page: Any, known: Mapping[str, Entry]) -> dict[str, Any]:
    entry = known.get(path.removeprefix("errors/"))
    plain = _TAG.sub(" ", _LINK.sub("]", _FENCE.sub("", page.text)))
    return {
        "path": path,
        "title": page.meta["title"],
        "about": page.meta["description"],
        "keys": " ".join([*(_keys(entry) if entry else ()), *WORDS.get(path, ()), *_named(path)]),
        "headings": [] if entry else [*_headings(page.text)],
        "body": " ".join(dict.fromkeys(word.lower() for word in _WORD.findall(plain))),
        "boost": _boost(path, entry),
    }


def _keys(entry: Entry) -> Iterator[str]:
    """All by which an error is called: its id, the codes of all providers, everyday words."""
    views = [entry, *(catalogue.get(entry.id, one) for one in catalogue.variants(entry.id))]
    yield entry.id
    for view in views:
        yield from view.codes
        yield from map(str, view.statuses)
    yield from entry.words


def _named(path: str) -> Iterator[str]:
    """The names under which a provider is known."""
    for provider in all_providers():
        if path == f"providers/{provider.id}":
            yield from (provider.name, provider.id, *provider.key_variables)


def _headings(text: str) -> Iterator[tuple[str, str]]:
    for found in _HEADING.finditer(text):
        name = re.sub(r"[`*\[\]]", "", _LINK.sub("", found[1]))
        yield found[2] or _slug(name), name


def _slug(name: str) -> str:
    """The anchor that the site's converter gives a heading."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", name).strip().lower())


def _boost(path: str, entry: Entry | None) -> float:
    if entry is None:
        return _BOOSTS.get(path, 0.7 if path.startswith("reference/") else 1.1)
    place = FREQUENT.index(entry.id) if entry.id in FREQUENT else len(FREQUENT)
    return round(1.3 - 0.3 * place / len(FREQUENT), 2)
