"""A text as events: what stands in it, whose each piece is, and how much of it counts.  Pure.

First what only names errors is taken out: good answers of models, source code, tests, manuals,
prose, lists.  What is left is cut into pieces that were printed as one, and each is judged by what
it names.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from codegpt_doctor.classify import blocks, whose
from codegpt_doctor.classify.clients import API_PATH, CLIENT, SDK_CLASS, SECRET
from codegpt_doctor.classify.elsewhere import ASSERTION, ELSEWHERE
from codegpt_doctor.classify.hosts import Host, hosts
from codegpt_doctor.classify.labels import LABEL
from codegpt_doctor.classify.manuals import CODE_LINE, MANUAL, TRACE
from codegpt_doctor.classify.normalize import taken_apart
from codegpt_doctor.classify.not_errors import NOT_AN_ERROR, PREFIX
from codegpt_doctor.classify.ports import DEV_PORTS, OTHER_PORTS
from codegpt_doctor.classify.prose import SAID
from codegpt_doctor.classify.source_looks import (
    BODY_ENDS,
    BODY_STARTS,
    ERROR_FIELD,
    LOOK,
    MIN_SOURCE,
    RUN,
    is_source,
)
from codegpt_doctor.classify.sources import SOURCE
from codegpt_doctor.classify.speakers import APP, PACKAGES, PROGRAM, SERVICE
from codegpt_doctor.classify.voices import labels, own, refusals, variables

_ADDRESS = re.compile(r"https?://[^\s\"'`<>)\]}]{4,200}", re.ASCII)
MAX_CODE = 2  # lines that begin as source code does; a trace of calls has few at the margin
# what is taken out of a text, one after the other: what it is called, and how it is found
REMOVED = (
    ("a list or a log of access", NOT_AN_ERROR),
    ("source code or a test", SOURCE),
    ("prose about errors", SAID),
)
# the marks that words give to a piece, besides those of the hosts
MARKS = (
    ("secret", SECRET),
    ("packages", PACKAGES),
    ("sdk", SDK_CLASS),
    ("program", PROGRAM),
    ("test", ASSERTION),
    ("service", SERVICE),
    ("path", API_PATH),
    ("client", CLIENT),
    ("app", APP),
    ("label", LABEL),
    ("elsewhere", ELSEWHERE),
)
OF_HOSTS = {"provider": "provider", "site": "site", "llm": "llm", "other": "other"}


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of a text: its words, the hosts in it, how much of it counts, and why.

    ``line`` is where it begins, from 1, in what was left of the text.
    """

    text: str
    line: int
    hosts: tuple[Host, ...]
    counts: int
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, piece by piece, and what was taken out of it: what it is, its words."""

    events: tuple[Event, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()

    def heard(self, least: int = whose.ALL) -> str:
        """The words of the events of which so much counts, or more."""
        return "\n".join(event.text for event in self.events if event.counts >= least)


def read(text: str) -> Reading:
    """Take a text apart."""
    plain, answers = taken_apart(text)
    plain = without_prefixes(plain)
    removed = [("a good answer of a model", answer) for answer in answers]
    if _is_explanation(plain):
        return Reading(removed=(*removed, ("a manual or source code", plain)))
    for what, pattern in REMOVED:
        removed += [(what, match[0]) for match in pattern.finditer(plain)]
        plain = pattern.sub(_addresses, plain)
    return Reading(tuple(_events(plain)), tuple(removed))


def _addresses(match: re.Match[str]) -> str:
    """The addresses in what is taken out: they tell whose the rest of the piece is."""
    return " ".join(_ADDRESS.findall(match[0]))


def without_prefixes(plain: str) -> str:
    """The text without what a collector of logs put before each of several lines."""
    lines = [line for line in plain.split("\n") if line]
    if len(lines) > 1 and all(map(PREFIX.match, lines)):
        return PREFIX.sub("", plain)
    return plain


def _is_explanation(plain: str) -> bool:
    """Whether it is a page of a manual, or source code without a trace of an error."""
    if MANUAL.search(plain):
        return True
    return len(CODE_LINE.findall(plain)) > MAX_CODE and not TRACE.search(plain)


def _events(plain: str) -> Iterator[Event]:
    places = blocks.blocks(plain)
    starts = [start for start, _ in places]
    named: list[list[Host]] = [[] for _ in places]
    for host in hosts(plain):
        named[_number(starts, host.start)].append(host)
    marks: list[set[str]] = [set(_marks_of(found)) for found in named]
    for mark, pattern in _marks():
        for match in pattern.finditer(plain):
            marks[_number(starts, match.start())].add(mark)
    for (start, end), held in zip(places, marks, strict=True):
        if is_source([line for line in plain[start:end].split("\n") if line.strip()]):
            held.add("source")
        if "elsewhere" in held and own().search(plain[start:end]):
            held.add("own")
    verdicts = [whose.verdict(found) for found in marks]
    beside = whose.inherited({one.counts for one in verdicts if one})
    at, line = 0, 1
    for (start, end), found, one in zip(places, named, verdicts, strict=True):
        counts, why = (one.counts, one.why) if one else beside
        line += plain.count("\n", at, start)
        at = start
        yield Event(plain[start:end], line, tuple(found), counts, why)


def _marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The marks that words give, with those that the data of the providers tell of."""
    return (*MARKS, ("client", refusals()), ("client", variables()), ("client", labels()))


def _number(starts: Sequence[int], at: int) -> int:
    """The number of the piece that a place is in."""
    return max(0, bisect_right(starts, at) - 1)


def _marks_of(found: Sequence[Host]) -> Iterator[str]:
    for host in found:
        if host.port in OTHER_PORTS and host.whose not in ("provider", "site"):
            yield "program"
        elif host.whose in OF_HOSTS:
            yield OF_HOSTS[host.whose]
        elif host.provider:
            yield "server"
        elif host.port in DEV_PORTS and host.whose == "own":
            yield "development"
        elif host.has_path:
            yield "page"


def rules() -> dict[str, Any]:
    """The compiled patterns and tables by which the browser does alike."""
    return {
        "prefix": PREFIX,
        "manual": MANUAL,
        "code_line": CODE_LINE,
        "trace": TRACE,
        "max_code": MAX_CODE,
        "body_starts": BODY_STARTS,
        "body_ends": BODY_ENDS,
        "error_field": ERROR_FIELD,
        "look": LOOK,
        "run": RUN,
        "min_source": MIN_SOURCE,
        "own": own(),
        "address": _ADDRESS,
        "removed": [pattern for _, pattern in REMOVED],
        "marks": [list(mark) for mark in _marks()],
        "blocks": blocks.rules(),
        "counts": {
            "nothing": whose.NOTHING,
            "codes": whose.CODES,
            "no_status": whose.NO_STATUS,
            "all": whose.ALL,
            "llm": whose.LLM,
        },
        "verdicts": [[sorted(row.has), row.counts] for row in whose.VERDICTS],
    }
