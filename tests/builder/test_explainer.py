"""What the explainer of the site is made of: its data and its patterns."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from helpers.each import each

from codegpt_doctor import catalogue, redact
from codegpt_doctor.catalogue.steps import SYSTEMS, Step, commands, parse
from codegpt_doctor.output.markdown import plain
from docs._builder import browser_rules, explainer
from docs._builder.explainer import FOLDER, generated, masks, rules

data = cache(explainer.data)
# bytes an error, with everyday words, sentences of eleven languages and what only names an error
MAX = 1_400


def test_the_data_is_small_when_compressed() -> None:
    sizes = [len(gzip.compress(script.encode())) for script in generated().values()]
    assert 1_000 < sum(sizes) <= MAX * len(catalogue.ids())


def test_the_scripts_assign_the_data_and_are_no_modules() -> None:
    for name, value in (("masks", masks()), ("rules", rules()), ("data", data())):
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
    assert list(rows_of(data())) == list(catalogue.table())


def shown(entry_id: str, provider: str | None) -> dict[str, Any]:
    """The record of an entry with a provider's words in place, as the browser puts it together."""
    (record,) = (record for record in DATA["entries"] if record["id"] == entry_id)
    return {**record, **DATA["variants"][entry_id].get(provider or "", {})}


DATA = data()
CASES = [
    (entry_id, provider)
    for entry_id in catalogue.ids()
    for provider in (None, *catalogue.variants(entry_id))
]


@each(CASES)
def test_every_entry_has_what_its_answer_shows(case: tuple[str, str | None]) -> None:
    entry_id, provider = case
    record, entry = shown(entry_id, provider), catalogue.get(entry_id, provider)
    assert (record["title"], record["summary"]) == (entry.title, entry.summary)
    assert record["family"] == entry.family in DATA["families"]
    assert record["who"] == entry.who in DATA["who"]
    assert record["retry"] == entry.retry in DATA["retry"]
    assert tuple(record.get("beats", ())) == entry.beats
    assert tuple(record.get("confusedWith", ())) == entry.confused_with
    assert record.get("generic", False) == entry.generic
    assert record.get("provider") == entry.provider


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_the_steps_are_those_of_the_page_with_their_code(entry_id: str) -> None:
    steps = shown(entry_id, "openai")["steps"]
    provider = catalogue.get(entry_id, "openai").provider
    fix = parse(catalogue.sections(entry_id, provider)["Fix"])
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


PATTERNS = [*patterns(browser_rules.rules()), *patterns(redact.rules())]
NOT_IN_JAVASCRIPT = re.compile(r"(?<!\\)\(\?[a-zA-Z(#>]|\\[AZU]|[*+?}]\+")
OF_LETTERS = re.compile(r"\\[wWbBdDsS]")


@each(PATTERNS, lambda pattern: ascii(pattern.pattern[:30]))
def test_a_pattern_means_the_same_to_javascript(pattern: re.Pattern[str]) -> None:
    assert not NOT_IN_JAVASCRIPT.search(pattern.pattern)
    assert not pattern.flags & (re.VERBOSE | re.DOTALL)
    knows_letters = pattern.flags & re.IGNORECASE or OF_LETTERS.search(pattern.pattern)
    assert not knows_letters or pattern.flags & re.ASCII


def test_the_search_for_what_javascript_lacks_finds_it() -> None:
    lacking = ("(?i)x", "(?P<name>x)", r"x\Z", "x++", "(?>x)", r"\U00010000")
    assert all(NOT_IN_JAVASCRIPT.search(pattern) for pattern in lacking)


def test_patterns_go_over_with_their_flags() -> None:
    assert dict(rules()["events"]["marks"])["program"]["flags"] == "gim"
    assert rules()["signals"]["name"]["flags"] == "g"
    assert masks()["bearer"]["flags"] == "gi"
