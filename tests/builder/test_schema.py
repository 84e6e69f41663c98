"""The published schemas: what is printed fits them, and has no field that they do not know."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from helpers.command import ROOT, run
from jsonschema import Draft202012Validator

from docs._builder.commands import described
from docs._builder.schema.report import outputs

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
    ("check --json", ("check", "--provider", "anthropic", "--simulate", "healthy", "--json")),
    ("check --all --json", ("check", "--all", "--json")),
    ("providers --json", ("providers", "--json")),
    ("models --json", ("models", "--simulate", "healthy", "--json")),
    ("models --json", ("models", "claude", "--provider", "anthropic", "--json")),
    ("leaks --json", ("leaks", str(ROOT / "codegpt_doctor/simulator/__init__.py"), "--json")),
    ("errors --json", ("errors", "--json")),
    ("errors --json", ("errors", "--status", "429", "--family", "quota", "--json")),
    ("errors --json", ("errors", "--status", "999", "--json")),
)


def closed(schema: Any) -> Any:
    """A schema that allows no field that it does not name; the published ones allow new fields."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(one) for name, one in schema.items()}
    return {**inner, "additionalProperties": False} if "required" in schema else inner


def faults(value: Any, output: str) -> list[str]:
    """Where a value does not fit the schema of an output."""
    validator = Draft202012Validator(
        closed(outputs()[output]), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


@pytest.mark.sampled(7)
@pytest.mark.slow
@pytest.mark.parametrize(("output", "arguments"), RUNS, ids=[" ".join(one) for _, one in RUNS])
def test_what_is_printed_fits(output: str, arguments: tuple[str, ...]) -> None:
    assert faults(json.loads(run(*arguments).stdout), output) == []


def test_every_output_is_tried() -> None:
    assert {output for output, _ in RUNS} == outputs().keys()
    with_json = {
        f"{command['name']} --json"
        for command in described()
        if any(names.startswith("--json") for names, _ in command["options"])
    }
    assert with_json - {"editor --json"} == outputs().keys() - {
        "check --all --json"
    }  # which prints what check prints


@pytest.mark.parametrize("schema", outputs().values(), ids=outputs())
def test_every_schema_is_one(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_what_does_not_fit_is_found() -> None:
    tool = {"name": "codegpt-doctor", "version": "0"}
    ids = ["insufficient_quota"]
    good = {"schema_version": 1, "tool": tool, "match": None, "also": ids, "nearest": ids}
    assert faults(good, "explain --json") == []
    for bad in (
        {**good, "schema_version": 2},
        {**good, "tool": {"name": "codegpt-doctor"}},
        {**good, "also": ["No Id"]},
        {**good, "also": None},
        {**good, "more": 1},
        {"schema_version": 1, "also": []},
    ):
        assert faults(bad, "explain --json") != []


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
