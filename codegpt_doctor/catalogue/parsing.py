"""Reading a page: TOML front matter between two ``+++`` lines, then prose under fixed headings.

There are three kinds: what is true of an error everywhere, what one provider has of its own
(its variant), and an error that one provider alone has, which says everything on its own page.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from codegpt_doctor.catalogue import placeholders, steps
from codegpt_doctor.catalogue.entry import (
    FAMILIES,
    HEADINGS,
    RETRY,
    SEVERITIES,
    WHO,
    EntryError,
    Facts,
)
from codegpt_doctor.catalogue.page import sections, split_page
from codegpt_doctor.model.report import Stage

SIGNATURE_KEYS = ("code", "type", "name", "phrase", "status")

_TEXTS = ("id", "title", "summary", "family", "stage", "retry", "who", "since")
_LISTS = {"words": str, "beats": str, "renamed_from": str}
_OF_PROVIDER = {"statuses": int, "types": str, "codes": str}
_KINDS: dict[str, type] = {
    **dict.fromkeys((*_TEXTS, "severity", "retired", "verified_on"), str),
    **dict.fromkeys((*_LISTS, *_OF_PROVIDER, "signatures"), list),
    **dict.fromkeys(("example", "simulate"), dict),
    "generic": bool,
}
_CHOICES: dict[str, Collection[str]] = {
    "family": FAMILIES,
    "stage": tuple(Stage),
    "retry": RETRY,
    "who": WHO,
    "severity": SEVERITIES,
}
_OVERRIDES = ("title", "summary", "retry", "who", "beats")
_VARIANT = (*_OVERRIDES, *_OF_PROVIDER, "verified_on", "signatures", "example", "simulate")

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+|\{\{\w+\}\})\)")
_ID = re.compile(r"`([a-z][a-z0-9_]+)`")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its facts, and its prose by heading."""

    facts: Facts
    prose: Mapping[str, str]


def neutral_page(text: str) -> Page:
    """Read what is true of an error everywhere.

    Raises:
        EntryError: the page is not well formed.
    """
    page = _page(text, _KINDS)
    _require(page, (*_TEXTS, "words"), HEADINGS[1:-1])
    return page


def variant_page(text: str) -> Page:
    """Read what a provider has of its own for an error that others can have, too.

    Raises:
        EntryError: the page is not well formed.
    """
    page = _page(text, _VARIANT)
    _require(page, ("verified_on",), ("What you see", "Sources"))
    return page


def own_page(text: str) -> Page:
    """Read the page of an error that one provider alone has.

    Raises:
        EntryError: the page is not well formed.
    """
    page = _page(text, _KINDS)
    require_whole(page)
    return page


def require_whole(page: Page) -> None:
    """See that a page needs no other one beside it.

    Raises:
        EntryError: something is missing.
    """
    _require(page, (*_TEXTS, "words", "verified_on", "example", "signatures"), HEADINGS)


def _require(page: Page, names: Collection[str], headings: Collection[str]) -> None:
    missing = [name for name in names if name not in page.facts]
    missing += [f"## {heading}" for heading in headings if heading not in page.prose]
    if missing:
        raise EntryError(f"the page has no {', '.join(missing)}")


def _page(text: str, names: Collection[str]) -> Page:
    front, body = split_page(text)
    facts = _front_matter(front, names)
    prose = sections(body)
    _check_prose(prose)
    return Page({**facts, **_linked(prose)}, prose)


def _front_matter(front: str, names: Collection[str]) -> dict[str, Any]:
    import tomllib  # costs 5 ms, and an installed package reads its index instead

    try:
        facts = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise EntryError(f"front matter: {error}") from error
    if "verified_on" in facts:
        facts["verified_on"] = str(facts["verified_on"])
    for name, value in facts.items():
        _check_fact(name, value, names)
    return facts


def _check_fact(name: str, value: object, names: Collection[str]) -> None:
    if name not in names:
        raise EntryError(f"front matter: {name} is not one of {', '.join(names)}")
    if not isinstance(value, _KINDS[name]):
        raise EntryError(f"front matter: {name} is {value!r}, not a {_KINDS[name].__name__}")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise EntryError(f"{name} is {value!r}, not one of {', '.join(_CHOICES[name])}")
    if isinstance(value, list):
        _check_list(name, value)
    if name in ("title", "summary") and "{{" in str(value):
        raise EntryError(f"{name} has a placeholder, and is shown where none is filled")


def _check_list(name: str, value: list[Any]) -> None:
    kind = {**_LISTS, **_OF_PROVIDER, "signatures": dict}[name]
    if not all(type(item) is kind for item in value):
        raise EntryError(f"front matter: {name} has something else than a {kind.__name__} in it")
    if name == "signatures" and any(
        not one or not set(one) <= set(SIGNATURE_KEYS) for one in value
    ):
        raise EntryError(f"a signature has only the keys {', '.join(SIGNATURE_KEYS)}")


def _check_prose(prose: Mapping[str, str]) -> None:
    if tuple(prose) != tuple(heading for heading in HEADINGS if heading in prose):
        raise EntryError(f"the headings are {', '.join(prose)}, not {', '.join(HEADINGS)}")
    for heading, text in prose.items():
        try:
            placeholders.validate(text)
            if heading == "Fix":
                steps.parse(text)
        except EntryError as error:
            raise EntryError(f"{heading}: {error}") from error


def _linked(prose: Mapping[str, str]) -> dict[str, Any]:
    """What the prose refers to; what a page does not have a section for, it says nothing of."""
    found: dict[str, Any] = {}
    for name, heading in (("sources", "Sources"), ("fix_links", "Fix")):
        if heading in prose:
            found[name] = list(map(list, _LINK.findall(prose[heading])))
    if "Similar errors" in prose:
        found["confused_with"] = _ID.findall(prose["Similar errors"])
    return found
