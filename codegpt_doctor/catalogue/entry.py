"""One documented error: what is true of it everywhere, with a provider's words in place."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

Facts = Mapping[str, Any]
"""The front matter of a page, with what its prose links to."""

DEFAULT_PROVIDER = "openai"  # whose words are shown where nothing says whose error it is
FAMILIES = {
    "auth": "Key and identity",
    "model": "Model and endpoint",
    "quota": "Quota, billing and limits",
    "request": "Request",
    "server": "Server",
    "network": "Network and client",
    "codegpt": "CodeGPT extension",
}
HEADINGS = (
    "What you see",
    "What it means",
    "Causes",
    "Fix",
    "Verify the fix",
    "Similar errors",
    "Sources",
)
RETRY = ("no", "later", "now")
WHO = ("you", "account owner", "IT", "provider")
SEVERITIES = ("fail", "warn", "pass")

_OF_PAGES = ("sources", "fix_links", "signatures")  # facts of which an entry is made, or the rows
_NONE: Facts = MappingProxyType({})


class EntryError(ValueError):
    """A page that is not well formed; the message names the page and the fault."""


class Entry(NamedTuple):
    """The facts of one documented error.

    ``provider`` is the one whose words are in place, or None where those that hold everywhere are.
    ``severity`` is what the error means to a check that meets it: ``fail`` nearly always, ``warn``
    for what works but not well, ``pass`` for the refusals that prove that all is well.
    ``generic`` entries say what went wrong only in kind; any specific entry goes before them.
    ``beats`` names entries whose signature may match in the same text but which this one explains.
    ``words`` are everyday phrases by which people search for the error.
    ``example`` holds ``status``, ``headers`` and ``body`` of a response, or a console ``text``.
    ``simulate`` says where the simulator answers with the example (``on``), or which network
    ``fault`` it makes.
    """

    id: str
    title: str
    summary: str
    family: str
    stage: str
    retry: str
    who: str
    since: str = ""
    verified_on: str = ""
    provider: str | None = None
    words: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    severity: str = "fail"
    generic: bool = False
    beats: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()
    example: Facts = _NONE
    simulate: Facts = _NONE
    links: tuple[tuple[str, str], ...] = ()
    retired: str = ""
    renamed_from: tuple[str, ...] = ()


def in_place(neutral: Facts, variant: Facts, provider: str | None, data: Facts) -> Entry:
    """The entry that the facts of its pages make.

    Args:
        neutral: the facts that hold everywhere; empty where one provider alone has the error.
        variant: what the provider has of its own; empty where it has nothing.
        provider: the id of that provider.
        data: the provider's data, for the links to its pages and the host of an example.
    """
    facts = {**neutral, **variant}
    entry: dict[str, Any] = {
        name: tuple(value) if type(value) is list else value
        for name, value in facts.items()
        if name not in _OF_PAGES
    }
    sources = [*variant.get("sources", ()), *neutral.get("sources", ())]
    entry["provider"] = provider if variant else None
    entry["links"] = _links([*sources, *facts.get("fix_links", ())], data)
    entry["example"] = _at_host(facts.get("example", {}), data)
    return Entry(**entry)


def _links(found: Iterable[tuple[str, str]], data: Facts) -> tuple[tuple[str, str], ...]:
    """The links, each once; one to a page that the provider does not have is left out."""
    pages = pages_of(data)
    known = (
        (title, pages.get(target[2 : -len("_page}}")], "") if target[:2] == "{{" else target)
        for title, target in found
    )
    return tuple(dict.fromkeys(link for link in known if link[1].startswith("https://")))


def pages_of(data: Facts) -> dict[str, str]:
    """The pages of a provider's data by name, that of its status among them."""
    status = data.get("status", {}).get("page")
    return {**data.get("pages", {}), **({"status": status} if status else {})}


def _at_host(example: Facts, data: Facts) -> Facts:
    """The example with the provider's host where it names one."""
    if not data.get("hosts") or "text" not in example:
        return example
    return {**example, "text": example["text"].replace("{{host}}", data["hosts"][0])}
