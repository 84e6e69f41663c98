"""When each group of a provider's facts was checked, and against what.  Pure.

Every table of ``provider.toml`` has ``source`` and ``verified_on``; only the site reads them.  A
source is a list of names, each with its grade in brackets, as in ``groq 1.7.0 [sdk]``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from codegpt_doctor.providers.facts import FactsError, read_facts

GROUPS = {
    "": "Addresses and variables",
    "ended": "End of the service",
    "auth": "How a key is sent",
    "keys": "What keys look like",
    "models": "List of models, and those the doctor tests with",
    "inference": "The smallest request",
    "key_info": "What a key may ask about itself",
    "limits": "Headers with the limits",
    "tiers": "Usage tiers",
    "status": "Status page",
    "pages": "Links to the console and the documentation",
    "lifecycle": "Days on which models end",
}
GRADES = {
    "sdk": "official client",
    "doc": "documentation",
    "lib": "another project",
    "iss": "reports",
    "str": "public code",
    "rec": "recorded responses",
    "src": "source code",
}
_UNDATED = ("id", "text")  # patterns of texts, each with an example of its own
_GRADE = re.compile(r"([^\[\]]*) \[([a-z, ]+)\]")
_ADDRESS = re.compile(r"https://[^\s,]+")


def file_of(provider: str) -> str:
    """The path of a provider's file from the root of the repository."""
    return f"codegpt_doctor/providers/{provider}/provider.toml"


class Origin(NamedTuple):
    """Where facts are from, and the day on which they were compared with it."""

    source: str
    verified_on: date


class Checked(NamedTuple):
    """A table of facts: its group, which is empty for the file itself, and its origin."""

    group: str
    origin: Origin


def checked(facts: Mapping[str, object], file: str) -> tuple[Checked, ...]:
    """Where each table of a provider's file is from.

    Args:
        facts: the whole file, as TOML has it.
        file: its name, for the message.

    Raises:
        FactsError: a table has no source or no day, or a grade is unknown.
    """
    found = [Checked("", _origin(facts, file, ""))]
    for group, value in facts.items():
        rows = value if isinstance(value, list) else [value]
        tables = [one for one in rows if isinstance(one, dict) and one.keys() != {"link_hosts"}]
        if group not in _UNDATED:
            found += [Checked(group, _origin(one, file, f"{group}.")) for one in tables]
    return tuple(found)


def _origin(table: Mapping[str, object], file: str, where: str) -> Origin:
    fields = {name: table[name] for name in Origin._fields if name in table}
    origin = read_facts(Origin, fields, file, where)
    said = [one for _, grades in _GRADE.findall(origin.source) for one in grades.split(", ")]
    if not said or any(one not in GRADES for one in said):
        raise FactsError(f"{file}: {where}source has no grade of {', '.join(GRADES)}")
    return origin


def shown(source: str, documentation: str = "") -> str:
    """A source as Markdown: addresses as links, grades in words.

    Args:
        source: as the file has it.
        documentation: the address of the provider's documentation, where there is one.
    """
    own = f"[its documentation]({documentation})" if documentation else "its documentation"
    text = re.sub(r"\bdocumentation \[doc\]", "\0", source)
    text = _GRADE.sub(lambda found: found[1] + _words(found[1], found[2]), text)
    text = _ADDRESS.sub(lambda found: f"[{_short(found[0])}]({found[0]})", text)
    return text.replace("\0", own)


def _words(name: str, grades: str) -> str:
    """What kind of source it is, unless its name says so."""
    words = [GRADES[one] for one in grades.split(", ") if GRADES[one] not in name]
    return f" ({', '.join(words)})" if words else ""


def _short(address: str) -> str:
    return address.removeprefix("https://")


def rows(found: Iterable[Checked], documentation: str) -> Iterator[tuple[str, str, str]]:
    """A row for each source and day: which groups are from it."""
    groups: dict[Origin, dict[str, None]] = {}
    for one in sorted(found, key=lambda one: [*GROUPS].index(one.group)):
        groups.setdefault(one.origin, {})[GROUPS[one.group]] = None
    for origin, names in groups.items():
        first, *others = names
        yield (
            "; ".join((first, *(name[0].lower() + name[1:] for name in others))),
            shown(origin.source, documentation),
            str(origin.verified_on),
        )
