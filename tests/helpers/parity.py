"""Python and JavaScript side by side: texts for both, and what each of them says."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from classify.test_corpus import CLIENTS, FORMS, REFUSALS, TEXTS, UNRELATED
from classify.test_silence import none_rows

from codegpt_doctor.api import explain
from codegpt_doctor.classify.events import read
from codegpt_doctor.classify.signals import signals_of
from docs._builder.explainer import FOLDER, generated

__all__ = ["none_rows"]

SOURCES = Path(__file__).parents[2] / "docs" / FOLDER
WRITTEN = (
    "redact",
    "normalize",
    "events",
    "signals",
    "matching",
    "sentences",
    "nearest",
    "everyday",
    "answer",
)  # the scripts that need no page
NODE = shutil.which("node") or shutil.which("nodejs")


@cache
def scripts() -> tuple[tuple[str, str], ...]:
    """The scripts of the explainer by name, in the order in which a page loads them."""
    written = ((name, (SOURCES / f"{name}.js").read_text(encoding="utf-8")) for name in WRITTEN)
    return (*generated().items(), *written)


def in_node(**jobs: list[Any]) -> dict[str, list[Any]]:
    """What the scripts answer to the things given of each kind of job in ``explainer.js``."""
    assert NODE
    result = subprocess.run(
        (NODE, str(Path(__file__).with_name("explainer.js"))),
        input=json.dumps({"scripts": scripts(), "jobs": jobs}).encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()
    answers: dict[str, list[Any]] = json.loads(result.stdout)
    return answers


def answer(text: str) -> dict[str, Any] | None:
    """What Python says, in the shape of the browser's answer."""
    match = explain(text).match
    if match is None:
        return None
    (evidence,) = match.evidence
    return {
        "id": match.id,
        "provider": match.provider,
        "confidence": str(match.confidence),
        "evidence": {"origin": evidence.origin, "quote": evidence.quote},
        "also": list(match.also),
        "program": match.program,
    }


def plain_events(text: str) -> list[Any]:
    """The events that Python reads, in the shape of the browser's: their words, what counts."""
    return [
        [event.text, event.counts, [[host.name, host.port, host.whose] for host in event.hosts]]
        for event in read(text).events
    ]


def plain_signals(text: str) -> list[Any]:
    """The signals that Python finds, in the shape of the browser's."""
    said = signals_of(read(text).heard(0))
    words = [sorted(said.codes), sorted(said.types), sorted(said.names), sorted(said.statuses)]
    return [*words, said.squeezed, said.foreign]


def wrapped_examples() -> Iterator[str]:
    """Every example as each client prints it, and as it comes out of logs and terminals."""
    for entry in REFUSALS:
        status, body = entry.example["status"], entry.example["body"]
        for number, client in enumerate(CLIENTS):
            yield client(status, body)
            yield FORMS[number % len(FORMS)](client(status, body))
    for entry in TEXTS:
        yield from (form(entry.example["text"]) for form in FORMS)


ODD = (
    *"\x00\x0b\x0c\r\x1c\x1f\x7f\x85\xa0\xad\u1680\u180e\u2003\u200b\u2028\u2029\u202e\u202f\u3000\ufeff",
    *"İı\u017f\u212a²٣\uff19é\u2019ß中Σς🦙\U0001d400",
    "\x1b[31m",
    "\x1b]8;;",
    "\x07",
    "\r\n",
    "\n" + "x" * 79 + "\n",
    r"\ud83e\udd99",
    r"\ud83e",
    r"\udd99 ",
    r"\u00a0",
    r"\u2028",
    r"\u0130",
    r"\\n",
    r"\x85",
    "&nbsp;",
    "&amp;quot;",
    " HTTP/1.1 ",
    "code: ",
    '"status": ',
    "é429",
    "429é",
)


def mangled(count: int) -> Iterator[str]:
    """Errors with odd characters put into them, always the same ones."""
    chance = random.Random("explainer")
    errors = [*wrapped_examples(), *UNRELATED]
    for _ in range(count):
        text = chance.choice(errors)
        for _ in range(chance.randint(1, 12)):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(ODD) + text[at:]
        yield text
