"""The data of the site's explainer.  Pure.

The scripts in ``docs/assets/explain`` are ``redact``, ``classify`` and ``catalogue.text_search``
once more, for the browser.  Whatever of them is data, patterns too, comes from here.  The box and
the policy of its page are ``docs/_overrides/partials``.
"""

import json
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from codegpt_doctor import catalogue, redact
from codegpt_doctor.catalogue import (
    FAMILIES,
    Entry,
    everyday,
    placeholders,
    steps,
    text_search,
)
from codegpt_doctor.classify import sentences
from codegpt_doctor.output.lines import RETRY, WHO
from docs._builder import browser_rules
from docs._builder.error_parts import labeled

MARK = "<div data-explainer></div>"  # stands where a page wants the box
FOLDER = "assets/explain"

_STEP = re.compile(r"^\d+\. ", re.MULTILINE)
_GAP = re.compile(r"\n\s*\n")


def generated() -> dict[str, str]:
    """The generated scripts by their path within the site.

    They are classic scripts that assign data, as a page that was opened from a folder can load
    neither modules nor JSON.
    """
    return {
        f"{FOLDER}/masks.js": _assignment("masks", masks()),
        f"{FOLDER}/rules.js": _assignment("rules", rules()),
        f"{FOLDER}/data.js": _assignment("data", data()),
    }


def _assignment(name: str, value: Mapping[str, Any]) -> str:
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"(globalThis.codegptDoctor ??= {{}}).{name} = {said};\n"


def masks() -> dict[str, Any]:
    """The patterns by which a text is masked, which a page has from the start."""
    found: dict[str, Any] = _portable(redact.rules())
    return found


def rules() -> dict[str, Any]:
    """The patterns and tables by which a text is taken apart."""
    found: dict[str, Any] = _portable(
        {
            **browser_rules.rules(),
            "nearest": text_search.rules(),
            "steps": steps.rules(),
            "everyday": everyday.rules(),
        }
    )
    return found


def _portable(value: Any) -> Any:
    """The value with each compiled pattern as its source and its flags in JavaScript."""
    if isinstance(value, re.Pattern):
        ignore, lines = value.flags & re.IGNORECASE, value.flags & re.MULTILINE
        flags = f"g{'i' if ignore else ''}{'m' if lines else ''}"
        return {"source": value.pattern, "flags": flags}
    if isinstance(value, Mapping):
        return {key: _portable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_portable(item) for item in value]
    return value


def data() -> dict[str, Any]:
    """What the matcher and the answers need of the catalogue."""
    return {
        "families": FAMILIES,
        "who": WHO,
        "retry": RETRY,
        "phrases": placeholders.PHRASES,
        "values": _values(),
        "entries": [_record(catalogue.get(entry_id)) for entry_id in catalogue.ids()],
        "variants": {entry_id: _variants(entry_id) for entry_id in catalogue.ids()},
        "signatures": _signatures(),
        "sentences": _portable(sentences.rules()),
    }


def _values() -> dict[str, dict[str, str]]:
    """What the placeholders stand for by provider; by no name, where nobody knows whose it is."""
    known = {"": {}, **catalogue.providers()}
    return {provider: placeholders.site_values(facts) for provider, facts in known.items()}


def _record(entry: Entry) -> dict[str, Any]:
    """An entry; what is empty is left out."""
    record = {
        "id": entry.id,
        "title": entry.title,
        "summary": entry.summary,
        "family": entry.family,
        "retry": entry.retry,
        "who": entry.who,
        "steps": steps_of(catalogue.sections(entry.id, entry.provider)["Fix"]),
        "statuses": entry.statuses,
        "generic": entry.generic,
        "beats": entry.beats,
        "confusedWith": entry.confused_with,
        "words": entry.words,
        "codes": entry.codes,
        "provider": entry.provider,
    }
    return {key: value for key, value in record.items() if value}


def _variants(entry_id: str) -> dict[str, dict[str, Any]]:
    """What each provider says of an entry in other words than hold everywhere."""
    neutral = _record(catalogue.get(entry_id))
    found = {
        provider: _record(catalogue.get(entry_id, provider))
        for provider in catalogue.variants(entry_id)
    }
    return {
        provider: {key: value for key, value in record.items() if neutral.get(key) != value}
        for provider, record in found.items()
    }


def _signatures() -> dict[str, list[Any]]:
    """The signatures by the id of their entry; apart from the prose they take less when packed."""
    found: dict[str, list[Any]] = {}
    for row in catalogue.table():
        found.setdefault(row["id"], []).append(_signature(row))
    return found


def _signature(row: Mapping[str, Any]) -> str | dict[str, Any]:
    """The conditions of a row; most have a phrase alone, which then stands for itself."""
    conditions = {key: value for key, value in row.items() if key != "id"}
    if "phrase" in conditions:
        conditions["phrase"] = "*".join(conditions["phrase"])
    phrase: str | None = conditions.get("phrase") if len(conditions) == 1 else None
    return phrase or conditions


def steps_of(fix: str) -> list[str]:
    """The steps as Markdown: a line for each paragraph, and code between two "```"."""
    steps = _STEP.split(labeled(fix))[1:]
    return ["```".join(map(_piece, range(99), step.split("```"))) for step in steps]


def _piece(number: int, text: str) -> str:
    if number % 2 == 0:
        paragraphs = (" ".join(one.split()) for one in _GAP.split(text))
        return "\n".join(filter(None, paragraphs))
    return textwrap.dedent(text.partition("\n")[2]).strip()
