r"""Tables of patterns, a row for each thing to be found: the pattern, why, and an example.

Every pattern takes time linear in the text that it is run on, whoever wrote that text.  So a
quantifier is bounded, or what it repeats cannot hold the start of another match; two neighbors
never match the same characters; and white space at the start of a line is ``[ \t]``, as ``\s``
runs on over empty lines.  The browser gets the same patterns: they use nothing that JavaScript
lacks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table: what it finds, and what looks like it and must not be found."""

    pattern: str
    why: str
    example: str
    counterexample: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are looked for at the same places, which ``before`` and ``after`` frame."""

    rules: tuple[Rule, ...]
    before: str = ""
    after: str = ""
    flags: re.RegexFlag = re.MULTILINE | re.ASCII

    def source(self) -> str:
        """The rows as one pattern."""
        rows = "|".join(rule.pattern for rule in self.rules)
        return f"{self.before}(?:{rows}){self.after}"


def compiled(*tables: Table) -> re.Pattern[str]:
    """A pattern that finds what any row of the tables, of the same flags, does."""
    (flags,) = {table.flags for table in tables}
    return re.compile("|".join(table.source() for table in tables), flags)


def reason(found: str, *tables: Table) -> str:
    """Why a row of the tables finds what their pattern found; looked up only to be shown."""
    for table in tables:
        for rule in table.rules:
            if re.match(rule.pattern, found, table.flags):
                return rule.why
    return tables[0].rules[0].why


def spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where a pattern finds something: start and end of each place."""
    return (match.span() for match in pattern.finditer(text))
