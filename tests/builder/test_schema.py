"""The published schemas: what is printed fits them, and has no field that they do not know."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from helpers.command import run

from docs._builder.schema.report import outputs

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
RUNS = (
    ("check --json", ("check", "--simulate", "healthy", "--json")),
    ("check --json", ("check", "--simulate", "insufficient_quota", "--json")),
    ("check --json", ("check", "--simulate", "connection_refused", "--sdk", "--json")),
    ("check --json", ("editor", "--json")),
    ("explain --json", ("explain", "insufficient_quota", "--json")),
    ("explain --json", ("explain", "429", "--json")),
    ("explain --json", ("explain", "nothing that is known", "--json")),
    ("billing --json", ("billing", "--simulate", "healthy", "--json")),
    ("billing --json", ("billing", "--simulate", "credit_balance_exhausted", "--json")),
    ("limits --json", ("limits", "--simulate", "healthy", "--json")),
    ("limits --json", ("limits", "--simulate", "rate_limit_requests", "--json")),
)


def faults(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Where a value does not fit its schema."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{at}: {value!r} is not {' or '.join(kinds)}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} has not the form {schema['pattern']}"
    if isinstance(value, dict) and "properties" in schema:
        for name in value.keys() ^ set(schema["required"]):
            yield f"{at}.{name}: only {'printed' if name in value else 'in the schema'}"
        for name in value.keys() & schema["properties"].keys():
            yield from faults(value[name], schema["properties"][name], f"{at}.{name}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, schema["items"], f"{at}[{number}]")


def _is(value: Any, kind: str) -> bool:
    number = kind in ("number", "integer")
    return isinstance(value, TYPES[kind]) and not (number and isinstance(value, bool))


@pytest.mark.slow
@pytest.mark.parametrize(("output", "arguments"), RUNS, ids=[" ".join(one) for _, one in RUNS])
def test_what_is_printed_fits(output: str, arguments: tuple[str, ...]) -> None:
    printed = json.loads(run(*arguments).stdout)
    assert list(faults(printed, outputs()[output])) == []


def test_what_does_not_fit_is_found() -> None:
    schema = outputs()["explain --json"]
    good = {"schema_version": 1, "match": None, "also": ["insufficient_quota"]}
    assert list(faults(good, schema)) == []
    for bad in (
        {**good, "schema_version": 2},
        {**good, "also": ["No Id"]},
        {**good, "also": None},
        {**good, "more": 1},
        {"schema_version": 1, "also": []},
    ):
        assert list(faults(bad, schema)) != []


def test_every_field_says_what_it_means() -> None:
    def unsaid(schema: dict[str, Any], at: str) -> Iterator[str]:
        if not schema.get("description"):
            yield at
        for name, field in schema.get("properties", {}).items():
            yield from unsaid(field, f"{at}.{name}")
        if "items" in schema:
            yield from unsaid(schema["items"], f"{at}[]")

    for name, schema in outputs().items():
        assert list(unsaid(schema, name)) == []
        assert schema["$schema"].endswith("2020-12/schema")
