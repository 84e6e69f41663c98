"""Where the pages are, and the index that an installed package reads in place of their facts."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from codegpt_doctor.catalogue.entry import FAMILIES, EntryError, Facts

V = TypeVar("V")

_ENTRIES = os.path.join("catalogue", "entries")
_PROVIDERS = "providers"
INDEX = os.path.join("catalogue", "index.jsonl")
_FOR_THE_SITE = ("source", "verified_on")  # beside each group of facts; no run needs them


class Known(NamedTuple):
    """All facts: of the pages in ``entries``, of the variants by provider, of the providers.

    ``signatures`` are those of an index, packed; None where they are among the facts.
    """

    entries: Mapping[str, Facts]
    variants: Mapping[str, Mapping[str, Facts]]
    providers: Mapping[str, Facts]
    signatures: Mapping[str, Sequence[str | Facts]] | None = None


class Lazy(Mapping[str, V], Generic[V]):
    """Files or lines by name, each read when it is first asked for."""

    def __init__(self, sources: Mapping[str, Any], read: Callable[[Any], V]) -> None:
        self._sources = sources
        self._read = read
        self._values: dict[str, V] = {}

    def __getitem__(self, name: str) -> V:
        if name not in self._values:
            self._values[name] = self._read(self._sources[name])
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def read_bytes(path: str) -> bytes:
    """What a file holds, which may be within an archive that the package is run from."""
    if getattr(__spec__.loader, "archive", None) is None:
        with open(path, "rb") as file:
            return file.read()
    data: bytes = __spec__.loader.get_data(path)  # type: ignore[union-attr]
    return data


def read_text(path: str) -> str:
    """The text of such a file."""
    return read_bytes(path).decode().replace("\r\n", "\n")


def entry_path(family: str, entry_id: str) -> str:
    """Where the page of an entry is, from the folder of the package."""
    return os.path.join(_ENTRIES, family, f"{entry_id}.md")


def variant_path(provider: str, entry_id: str) -> str:
    """Where the page of a provider's variant is, from the folder of the package."""
    return os.path.join(_PROVIDERS, provider, "errors", f"{entry_id}.md")


def index_text(known: Known) -> str:
    """An index: a line with the names of all that follows, then a line of JSON for each.

    So a start costs what is looked at, and not what there is.
    """
    signatures = known.signatures or {}
    names = {
        "entries": [*known.entries],
        "variants": {name: [*own] for name, own in known.variants.items()},
        "providers": [*known.providers],
        "signatures": [*signatures],
    }
    of_variants = (facts for own in known.variants.values() for facts in own.values())
    rest = (known.entries.values(), of_variants, known.providers.values(), signatures.values())
    lines = (names, *(value for values in rest for value in values))
    return "\n".join(json.dumps(one, separators=(",", ":")) for one in lines)  # quick to decode


def read_index(root: str) -> Known | None:
    """What the index of a built package holds; None where there is none."""
    try:
        first, *lines = read_bytes(os.path.join(root, INDEX)).split(b"\n")
    except FileNotFoundError:
        return None
    rest = iter(lines)

    def next_of(names: Sequence[str]) -> Lazy[Any]:
        return Lazy(dict(zip(names, rest, strict=False)), json.loads)

    names = json.loads(first)
    return Known(
        entries=next_of(names["entries"]),
        variants={name: next_of(own) for name, own in names["variants"].items()},
        providers=next_of(names["providers"]),
        signatures=next_of(names["signatures"]),
    )


def read_tree(root: str) -> Known:
    """What the pages under the folder of a package hold, read when it is asked for."""
    from codegpt_doctor.catalogue import parsing  # an installed package does without

    entries = {
        entry_id: os.path.join(root, entry_path(family, entry_id))
        for family in FAMILIES
        for entry_id in _names(os.path.join(root, _ENTRIES, family))
    }

    def read(parse: Callable[[str], parsing.Page], path: str) -> Facts:
        try:
            return parse(read_text(path)).facts
        except EntryError as error:
            raise EntryError(f"{path}: {error}") from error

    return Known(
        entries=Lazy(entries, partial(read, parsing.neutral_page)),
        variants={
            entry_id: Lazy(
                paths,
                partial(read, parsing.variant_page if entry_id in entries else parsing.own_page),
            )
            for entry_id, paths in _variants(root).items()
        },
        providers=Lazy(_provider_files(root), _provider),
    )


def _variants(root: str) -> dict[str, dict[str, str]]:
    """The paths of the variants by id, then by provider."""
    found: dict[str, dict[str, str]] = {}
    for provider in _provider_files(root):
        for entry_id in _names(os.path.join(root, _PROVIDERS, provider, "errors")):
            path = os.path.join(root, variant_path(provider, entry_id))
            found.setdefault(entry_id, {})[provider] = path
    return found


def _provider_files(root: str) -> dict[str, str]:
    folder = os.path.join(root, _PROVIDERS)
    found = {one: os.path.join(folder, one, "provider.toml") for one in sorted(_listed(folder))}
    return {provider: path for provider, path in found.items() if os.path.exists(path)}


def _provider(path: str) -> Facts:
    import tomllib

    try:
        facts = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise EntryError(f"{path}: {error}") from error
    return {
        "id": os.path.basename(os.path.dirname(path)),
        **{name: _plain(value) for name, value in facts.items() if name not in _FOR_THE_SITE},
    }


def _plain(value: object) -> object:
    """Facts without where they are from, each date as text, since JSON has none."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name not in _FOR_THE_SITE}
    if isinstance(value, list):
        return list(map(_plain, value))
    return value.isoformat() if isinstance(value, date) else value


def _names(folder: str) -> list[str]:
    return sorted(name[:-3] for name in _listed(folder) if name.endswith(".md"))


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
