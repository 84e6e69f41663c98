"""Finding an entry: by id, by an API's code, by a word that is nearly one; with whose words."""

import os
from collections.abc import Mapping
from functools import cached_property

from codegpt_doctor.catalogue import tree
from codegpt_doctor.catalogue.entry import (
    DEFAULT_PROVIDER,
    FAMILIES,
    HEADINGS,
    Entry,
    EntryError,
    Facts,
    in_place,
)
from codegpt_doctor.catalogue.page import sections, split_page

_NOTHING: Facts = {}


class UnknownEntryError(KeyError):
    """No entry has this id."""


class Catalogue:
    """The knowledge under one folder; what has been read once is kept."""

    def __init__(self, root: str, *, from_pages: bool = False) -> None:
        """Read the index of the package in a folder, or see which pages there are.

        Args:
            root: the folder with ``catalogue/entries`` and ``providers`` in it.
            from_pages: whether an index is not to be read even where there is one.
        """
        self._root = root
        index = None if from_pages else tree.read_index(root)
        self._known = index or tree.read_tree(root)
        self._made: dict[tuple[str, str | None], Entry] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id, in the order of the families, then alphabetically."""
        order = list(FAMILIES)
        names = {*self._known.entries, *self._known.variants}
        return tuple(sorted(names, key=lambda name: (order.index(self._family(name)), name)))

    def _family(self, entry_id: str) -> str:
        facts = self._neutral(entry_id) or next(iter(self._known.variants[entry_id].values()))
        return str(facts["family"])

    def _neutral(self, entry_id: str) -> Facts:
        """The facts that hold everywhere; empty where one provider alone has the error."""
        return self._known.entries.get(entry_id, _NOTHING)

    @property
    def providers(self) -> Mapping[str, Facts]:
        """The data of each provider by its id."""
        return self._known.providers

    def has(self, entry_id: str) -> bool:
        """Whether there is an entry with this id."""
        return entry_id in self._known.entries or entry_id in self._known.variants

    def variants(self, entry_id: str) -> tuple[str, ...]:
        """The providers that have words of their own for an entry."""
        return tuple(self._known.variants.get(entry_id, ()))

    def get(self, entry_id: str, provider: str | None = None) -> Entry:
        """The entry of an id, with a provider's variant in place if there is one.

        What one provider alone has is given with that provider's words, whoever is asked for.

        Raises:
            UnknownEntryError: there is none.
        """
        key = entry_id, provider
        if key not in self._made:
            self._made[key] = self._make(entry_id, provider)
        return self._made[key]

    def _make(self, entry_id: str, provider: str | None) -> Entry:
        owner = self._owner(entry_id, provider)
        variant = {**self._known.variants[entry_id][owner], "id": entry_id} if owner else _NOTHING
        data = self._known.providers.get(owner or provider or "", _NOTHING)
        return in_place(self._neutral(entry_id), variant, owner, data)

    def _owner(self, entry_id: str, provider: str | None) -> str | None:
        """The provider whose variant is to be put in place."""
        if not self.has(entry_id):
            raise UnknownEntryError(entry_id)
        having = self.variants(entry_id)
        if provider in having:
            return provider
        return None if entry_id in self._known.entries else having[0]

    def sections(self, entry_id: str, provider: str | None = None) -> dict[str, str]:
        """The prose by heading, a provider's in place of what holds everywhere; with placeholders.

        Raises:
            UnknownEntryError: there is no such entry.
        """
        neutral, variant = self._prose(entry_id, provider)
        found = {**neutral, **variant}
        both = "\n".join(page.get("Sources", "") for page in (variant, neutral)).strip()
        found["Sources"] = "\n".join(dict.fromkeys(both.split("\n")))
        return {heading: found[heading] for heading in HEADINGS if found.get(heading)}

    def sources(self, entry_id: str, provider: str | None = None) -> tuple[str, ...]:
        """The pages that the prose comes from, by their paths from the folder of the package."""
        owner = self._owner(entry_id, provider)
        found = []
        if entry_id in self._known.entries:
            found.append(tree.entry_path(self._family(entry_id), entry_id))
        if owner:
            found.append(tree.variant_path(owner, entry_id))
        return tuple(found)

    def _prose(
        self, entry_id: str, provider: str | None
    ) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The prose of the page that holds everywhere, and of the variant."""
        read = [self._page(path) for path in self.sources(entry_id, provider)]
        if entry_id not in self._known.entries:
            read.insert(0, {})
        return read[0], read[1] if len(read) > 1 else {}

    def _page(self, path: str) -> dict[str, str]:
        return sections(split_page(tree.read_text(os.path.join(self._root, path)))[1])

    @cached_property
    def table(self) -> tuple[Facts, ...]:
        """The rows that the matcher reads: one a signature, with the phrases cut at wildcards.

        Those of a variant name its ``provider``.
        """
        packed = self._known.signatures or {name: self._signatures(name) for name in self.ids}
        return tuple(_row(name, one) for name, found in packed.items() for one in found)

    def _signatures(self, entry_id: str) -> list[str | Facts]:
        """The signatures of an entry and of its variants, packed."""
        found = [_packed(one) for one in self._neutral(entry_id).get("signatures", ())]
        for provider, facts in self._known.variants.get(entry_id, {}).items():
            own = facts.get("signatures", ())
            found += [_packed({**one, "provider": provider}) for one in own]
        return found

    def resolve(self, word: str) -> str | None:
        """The id that one word stands for: an id, an API code or type, an errno name, a status."""
        if self.has(word):
            return word
        said = {"code": word, "type": word, "name": word.upper(), "status": word}
        for key, value in said.items():
            for row in self.table:
                if conditions(row) == {key} and str(row[key]) == value:
                    return str(row["id"])
        return None

    def near(self, word: str, count: int) -> list[str]:
        """The ids and API codes that are spelled most like a word, the nearest one first."""
        import difflib

        words = {*self.ids, *(str(row["code"]) for row in self.table if "code" in row)}
        found = difflib.get_close_matches(word.lower(), sorted(words), n=len(words), cutoff=0.6)
        return [one for one in found if self.resolve(one)][:count]

    def index(self) -> str:
        """All of the catalogue but the prose, for ``tree.read_index``.

        Raises:
            EntryError: a page is not well formed, or one is missing.
        """
        self._check()
        known = self._known
        return tree.index_text(
            tree.Known(
                {name: _without_signatures(known.entries[name]) for name in known.entries},
                {
                    name: {provider: _without_signatures(facts) for provider, facts in own.items()}
                    for name, own in known.variants.items()
                },
                self.providers,
                {name: self._signatures(name) for name in self.ids},
            )
        )

    def _check(self) -> None:
        """See that an entry is whole without the pages of providers that may not be there."""
        for entry_id in self.ids:
            having = self.variants(entry_id)
            if entry_id not in self._known.entries and len(having) > 1:
                raise EntryError(f"{entry_id}: {', '.join(having)} have it, so it needs an entry")
            for provider in having:
                if not self.get(entry_id, provider).example:
                    raise EntryError(f"{entry_id}: there is no example for {provider}")
            if DEFAULT_PROVIDER not in having and entry_id in self._known.entries:
                self._check_whole(entry_id)

    def _check_whole(self, entry_id: str) -> None:
        from codegpt_doctor.catalogue.parsing import Page, require_whole

        page = Page(self._known.entries[entry_id], self._prose(entry_id, None)[0])
        try:
            require_whole(page)
        except EntryError as error:
            raise EntryError(f"{entry_id}: {error}") from error


def conditions(row: Facts) -> set[str]:
    """What has to hold for a row of the table to match."""
    return set(row) - {"id", "provider"}


def _packed(signature: Facts) -> str | Facts:
    """A signature without what a row has for speed; a phrase alone, as most are, is its text.

    All of them are read at each start, and rows are needed only where a text is explained.
    """
    if "phrase" not in signature:
        return signature
    phrase = squeeze(signature["phrase"]).strip("*")
    return phrase if len(signature) == 1 else {**signature, "phrase": phrase}


def _row(entry_id: str, packed: str | Facts) -> Facts:
    if isinstance(packed, str):
        return {"id": entry_id, "phrase": packed.split("*")}
    row = {"id": entry_id, **packed}
    if "phrase" in row:
        row["phrase"] = row["phrase"].split("*")
    return row


def _without_signatures(facts: Facts) -> Facts:
    """Facts as the index has them; the signatures of all entries are together."""
    return {name: value for name, value in facts.items() if name != "signatures"}


_QUOTES = str.maketrans(dict.fromkeys("'\u2018\u2019\u201c\u201d", '"'))


def squeeze(text: str) -> str:
    """The text without any white space, which line wrapping cannot change, in lower case.

    Only A to Z have a lower case here: each version of Unicode knows another set of letters.
    All quotation marks are alike, as languages print an object with one or the other.
    """
    squeezed = "".join(text.split()).encode("utf-8", "surrogatepass")
    return squeezed.lower().decode("utf-8", "surrogatepass").translate(_QUOTES)
