"""What the explainer of the site is made of: its data and its patterns."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from codegpt_doctor import catalogue, redact
from codegpt_doctor.catalogue.steps import SYSTEMS, Step, commands, parse
from codegpt_doctor.classify import signals
from codegpt_doctor.output.markdown import plain
from docs._builder import explainer
from docs._builder.explainer import FOLDER, generated, rules

data = cache(explainer.data)
MAX = 650  # bytes of the data for each entry, compressed


def test_the_data_is_small_when_compressed() -> None:
    sizes = [len(gzip.compress(script.encode())) for script in generated().values()]
    assert 1_000 < sum(sizes) <= MAX * len(catalogue.ids())


def test_the_scripts_assign_the_data_and_are_no_modules() -> None:
    for name, value in (("rules", rules()), ("data", data())):
        script = generated()[f"{FOLDER}/{name}.js"]
        start = f"(globalThis.codegptDoctor ??= {{}}).{name} = "
        assert script.startswith(start)
        assert json.loads(script.removeprefix(start).rstrip(";\n")) == json.loads(json.dumps(value))


def rows_of(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The table of the matcher, made from the data of the browser."""
    for entry_id, signatures in data["signatures"].items():
        for signature in signatures:
            row = {"phrase": signature} if isinstance(signature, str) else dict(signature)
            if "phrase" in row:
                row["phrase"] = row["phrase"].split("*")
            yield {"id": entry_id, **row}


def test_nothing_of_the_signatures_is_lost() -> None:
    rows = [{**row} for row in catalogue.table()]
    for row in rows:
        row.pop("provider", None)
    assert list(rows_of(data())) == rows


def test_every_entry_has_what_its_answer_shows() -> None:
    records = data()["entries"]
    assert [record["id"] for record in records] == list(catalogue.ids())
    for record, entry in zip(records, catalogue.entries("openai"), strict=True):
        assert (record["title"], record["summary"]) == (entry.title, entry.summary)
        assert record["family"] in data()["families"]
        assert record["who"] in data()["who"]
        assert record["retry"] in data()["retry"]


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_the_steps_are_those_of_the_page_with_their_code(entry_id: str) -> None:
    (steps,) = (record["steps"] for record in data()["entries"] if record["id"] == entry_id)
    fix = parse(catalogue.prose(entry_id, "openai")["Fix"])
    said = [" ".join(plain(step.replace("```", " ")).split()) for step in steps]
    assert said == [" ".join(plain(text_of(step)).split()) for step in fix]
    code = "\n".join(piece for step in steps for piece in step.split("```")[1::2])
    assert [command for command in commands(fix) if command not in code] == []


NAMES = dict(zip(SYSTEMS, ("Windows", "macOS", "Linux"), strict=True))


def text_of(step: Step) -> str:
    """A step with the label of the systems before each block that is not for all."""
    parts = [step.line, step.detail]
    for block in step.blocks:
        names = ", ".join(NAMES[system] for system in SYSTEMS if system in block.systems)
        parts += [f"{names}:" if names else "", block.code]
    return "\n".join(parts)


def patterns(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from patterns(item)


PATTERNS = [*patterns(signals.rules()), *patterns(redact.rules())]
NOT_IN_JAVASCRIPT = re.compile(r"(?<!\\)\(\?[a-zA-Z(#>]|\\[AZU]|[*+?}]\+")
OF_LETTERS = re.compile(r"\\[wWbBdDsS]")


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: ascii(pattern.pattern[:30]))
def test_a_pattern_means_the_same_to_javascript(pattern: re.Pattern[str]) -> None:
    assert not NOT_IN_JAVASCRIPT.search(pattern.pattern)
    assert not pattern.flags & (re.VERBOSE | re.DOTALL)
    knows_letters = pattern.flags & re.IGNORECASE or OF_LETTERS.search(pattern.pattern)
    assert not knows_letters or pattern.flags & re.ASCII


def test_the_search_for_what_javascript_lacks_finds_it() -> None:
    lacking = ("(?i)x", "(?P<name>x)", r"x\Z", "x++", "(?>x)", r"\U00010000")
    assert all(NOT_IN_JAVASCRIPT.search(pattern) for pattern in lacking)


def test_patterns_go_over_with_their_flags() -> None:
    assert rules()["signals"]["foreign"]["flags"] == "gim"
    assert rules()["signals"]["name"]["flags"] == "g"
    assert rules()["redact"]["bearer"]["flags"] == "gi"
