"""The form of the sentences that are known: an id, and a table of how it is said."""

import re
from dataclasses import dataclass

from codegpt_doctor.classify.rule import Rule, Table


@dataclass(frozen=True, slots=True)
class Said:
    """The error that any row of a table tells of."""

    id: str
    table: Table


def said(entry_id: str, *rules: Rule) -> Said:
    """An error with how it is said; letters from A to Z are in lower case in what is read."""
    return Said(entry_id, Table(rules, flags=re.MULTILINE | re.ASCII))


def spoken(entry_id: str, *rows: tuple[str, ...]) -> Said:
    """The same in several languages: the language, the pattern, and an example where it differs."""
    rules = (
        Rule(pattern, f"in {language}", *(example or (pattern,)))
        for language, pattern, *example in rows
    )
    return said(entry_id, *rules)
