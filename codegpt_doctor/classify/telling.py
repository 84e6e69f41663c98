"""What was read of a text, and why it counted or not: for a person who wonders at an answer."""

import re
from collections.abc import Iterator, Mapping

from codegpt_doctor.classify import whose
from codegpt_doctor.classify.events import Event, read
from codegpt_doctor.classify.rule import Rule, Table
from codegpt_doctor.classify.signals import signals_of
from codegpt_doctor.classify.voices import voices

MAX_TOLD = 300  # characters of a piece that are told
COUNTS = {
    whose.NOTHING: "nothing",
    whose.CODES: "codes",
    whose.NO_STATUS: "all but a status",
    whose.ALL: "all",
    whose.LLM: "all",
}
# what a piece is called, by the first row that finds something
KINDS = Table(
    rules=(
        Rule(
            r"Traceback \(most|\b[A-Z]\w{2,60}(?:Error|Exception)\b",
            "an exception",
            "openai.RateLimitError: 429",
        ),
        Rule(r"^[<>*]? ?HTTP/[\d.]{1,3} \d{3}", "a response", "HTTP/1.1 429 Too Many Requests"),
        Rule(r"^\s{0,9}[{\[]", "a body", '{"error": {}}'),
        Rule(
            r"^\[?(?:\d{4}[-/]\d\d|\d\d:\d\d:\d\d|[A-Z]{4,8}\b)",
            "a record of a log",
            "2026-11-28 08:00:00 ERROR x",
        ),
    )
)
OTHERWISE = "a text"
_KINDS = tuple((re.compile(rule.pattern, KINDS.flags), rule.why) for rule in KINDS.rules)


def told(text: str) -> list[Mapping[str, object]]:
    """The pieces of a text as JSON-compatible data, those first that are left of it."""
    reading = read(text)
    return [
        *map(_of_event, reading.events),
        *(_of_removed(what, words) for what, words in reading.removed if words.strip()),
    ]


def _of_event(event: Event) -> Mapping[str, object]:
    signals = signals_of(event.text)
    return {
        "kind": next((why for kind, why in _KINDS if kind.search(event.text)), OTHERWISE),
        "line": event.line,
        "text": event.text[:MAX_TOLD],
        "counts": COUNTS[event.counts],
        "why": event.why,
        "hosts": [
            {"name": host.name, "port": host.port, "whose": host.whose, "provider": host.provider}
            for host in event.hosts
        ],
        "providers": sorted({provider for provider, _ in voices(event.text)}),
        "statuses": sorted(signals.statuses),
        "types": sorted(signals.types),
        "codes": sorted(signals.codes),
        "names": sorted(_telling(signals.names)),
    }


def _telling(names: frozenset[str]) -> Iterator[str]:
    """The names that can be one of an error: more than a word in capitals."""
    return (name for name in names if name.startswith("E") or "_" in name)


def _of_removed(what: str, words: str) -> Mapping[str, object]:
    return {
        "kind": what,
        "line": None,
        "text": words.strip()[:MAX_TOLD],
        "counts": COUNTS[whose.NOTHING],
        "why": "it names errors without one having happened",
    }
