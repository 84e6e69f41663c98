"""The dated facts of a guide: what was checked, against which source, on which day.  Pure.

A guide lists them in its front matter; the list at its foot and its own date are made of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from docs._builder.markdown import table


class Fact(NamedTuple):
    """What a guide says that can become untrue.

    ``source`` is Markdown, mostly a link; ``verified_on`` is a day as ISO 8601.
    """

    what: str
    source: str
    verified_on: str


def facts_in(meta: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The dated facts that the front matter of a page lists."""
    return tuple(Fact(**one) for one in meta.get("facts", ()))


def with_facts(meta: Mapping[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """A page with the list of its facts at its foot, and the day of the oldest as its own."""
    facts = facts_in(meta)
    rest = {key: value for key, value in meta.items() if key != "facts"}
    if not facts:
        return rest, text
    rows = [(one.what, one.source, one.verified_on) for one in facts]
    listed = table(("What", "Source", "Checked on"), rows)
    return {**rest, "verified_on": oldest(facts)}, f"{text}\n\n## Sources\n\n{listed}\n"


def oldest(facts: Sequence[Fact]) -> str:
    """The day on which the fact was checked that was not checked for longest."""
    return min(one.verified_on for one in facts)
