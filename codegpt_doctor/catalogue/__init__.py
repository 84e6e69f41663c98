"""The knowledge: one page an error, and the data of each provider.

An installed package reads ``index.json``, which is made from the pages when the package is built;
a source checkout without it reads the pages themselves, one of them where one is enough.
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from codegpt_doctor import redact
from codegpt_doctor.catalogue.entry import FAMILIES, Entry, EntryError, parse_page, split_page

__all__ = [
    "FAMILIES",
    "Entry",
    "EntryError",
    "UnknownEntryError",
    "body",
    "build_index",
    "entries",
    "forget",
    "get",
    "ids",
    "key_shapes",
    "near",
    "providers",
    "resolve",
    "table",
]

_HERE = os.path.dirname(__file__)
_ENTRIES = os.path.join(_HERE, "entries")
_PROVIDERS = os.path.join(_HERE, "providers")
INDEX = os.path.join(_HERE, "index.json")


class UnknownEntryError(KeyError):
    """No entry has this id."""


@cache
def _index() -> dict[str, Any] | None:
    try:
        with open(INDEX, encoding="utf-8") as file:
            data: dict[str, Any] = json.load(file)
            return data
    except FileNotFoundError:
        return None


@cache
def _paths() -> dict[str, str]:
    """The page of each id, in the order of the families, then by id."""
    return {
        name.removesuffix(".md"): os.path.join(_ENTRIES, family, name)
        for family in FAMILIES
        for name in sorted(os.listdir(os.path.join(_ENTRIES, family)))
        if name.endswith(".md")
    }


def forget() -> None:
    """Read the pages again when they are needed next; they may have changed."""
    for read in (_paths, get, table):
        read.cache_clear()


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def ids() -> tuple[str, ...]:
    """Every id, in the order of the families, then alphabetically."""
    index = _index()
    return tuple(index["entries"]) if index else tuple(_paths())


@cache
def get(entry_id: str) -> Entry:
    """The entry of an id.

    Raises:
        UnknownEntryError: there is none.
    """
    index = _index()
    try:
        if index:
            return Entry.from_record(index["entries"][entry_id])
        path = _paths()[entry_id]
    except KeyError:
        raise UnknownEntryError(entry_id) from None
    try:
        return parse_page(_read(path))
    except EntryError as error:
        raise EntryError(f"{path}: {error}") from error


def entries() -> tuple[Entry, ...]:
    """Every entry, in the order of ``ids``."""
    return tuple(get(entry_id) for entry_id in ids())


def body(entry_id: str) -> str:
    """The prose of an entry's page, as Markdown."""
    family = get(entry_id).family
    return split_page(_read(os.path.join(_ENTRIES, family, f"{entry_id}.md")))[1]


@cache
def providers() -> dict[str, Mapping[str, Any]]:
    """The data of each provider by its id: hosts, endpoints, key shapes, pages."""
    index = _index()
    return index["providers"] if index else _read_providers()


def _read_providers() -> dict[str, Mapping[str, Any]]:
    import tomllib

    names = sorted(name for name in os.listdir(_PROVIDERS) if name.endswith(".toml"))
    read = {name[:-5]: tomllib.loads(_read(os.path.join(_PROVIDERS, name))) for name in names}
    return {provider: {"id": provider, **data} for provider, data in read.items()}


@cache
def table() -> tuple[dict[str, Any], ...]:
    """The rows that the matcher reads: one a signature, with the phrases cut at their wildcards."""
    rows = []
    for entry in entries():
        for signature in entry.signatures:
            row = {"id": entry.id, **signature}
            if "phrase" in row:
                row["phrase"] = squeeze(row["phrase"]).strip("*").split("*")
            rows.append(row)
    return tuple(rows)


def squeeze(text: str) -> str:
    """The text without any white space, which line wrapping cannot change, in lower case.

    Only A to Z have a lower case here: each version of Unicode knows another set of letters.
    """
    squeezed = "".join(text.split()).encode("utf-8", "surrogatepass")
    return squeezed.lower().decode("utf-8", "surrogatepass")


def build_index() -> dict[str, Any]:
    """All of the catalogue but the prose, as JSON-compatible data.

    Raises:
        EntryError: a page is not well formed.
    """
    all_entries = tuple(parse_page(_read(path)) for path in _paths().values())
    return {
        "entries": {entry.id: _facts(entry) for entry in all_entries},
        "providers": _read_providers(),
    }


def _facts(entry: Entry) -> dict[str, Any]:
    return {key: value for key, value in entry.to_record().items() if value}


def resolve(word: str) -> str | None:
    """The id that a single word stands for: an id, an API code or type, an errno name, a status."""
    if word in ids():
        return word
    for key, value in (("code", word), ("type", word), ("name", word.upper()), ("status", word)):
        for row in table():
            if len(row) == 2 and key in row and str(row[key]) == value:
                return str(row["id"])
    return None


def near(word: str, count: int = 3) -> list[str]:
    """The ids and API codes that are spelled most like a word and stand for one error.

    The nearest one comes first.
    """
    import difflib

    words = {*ids(), *(code for entry in entries() for code in entry.codes)}
    found = difflib.get_close_matches(word.lower(), sorted(words), n=len(words), cutoff=0.6)
    return [one for one in found if resolve(one)][:count]


def key_shapes() -> list[str]:
    """The pattern of every kind of key of every provider."""
    return [shape["pattern"] for data in providers().values() for shape in data.get("keys", ())]


redact.use_shapes(key_shapes)
