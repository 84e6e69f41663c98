"""The pieces that the schemas of the JSON outputs are put together from."""

from collections.abc import Iterable
from typing import Any

from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.model.report import Health
from codegpt_doctor.output.report_data import SITE, TOOL

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def output(name: str, title: str, description: str, **properties: Schema) -> Schema:
    """The schema of what a command prints, published under its name; all begin in the same way."""
    return {
        "$schema": DIALECT,
        "$id": f"{SITE}/{name}.schema.json",
        "title": title,
        **record(description, schema_version=version(), tool=_tool(), **properties),
    }


def _tool() -> Schema:
    return record(
        "What printed it.",
        name={"const": TOOL["name"], "description": "Its name."},
        version=text("Its version."),
    )


def ending(diagnosis: Schema) -> dict[str, Schema]:
    """How a run ended."""
    return {
        "status": one_of(Health, "The outcome of the run."),
        "diagnosis": or_null(diagnosis),
        "exit_code": one_of(map(int, ExitCode), "The exit code of the process."),
    }


def record(description: str, **properties: Schema) -> Schema:
    """An object that has all of the fields."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def array(description: str, items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "description": description, "items": items}


def text(description: str, **more: str) -> Schema:
    """A string."""
    return {"type": "string", "description": description, **more}


def text_or_null(description: str) -> Schema:
    """A string, or null."""
    return {"type": ["string", "null"], "description": description}


def one_of(values: Iterable[object], description: str) -> Schema:
    """One of a few values."""
    return {"enum": list(values), "description": description}


def or_null(schema: Schema) -> Schema:
    """What the schema says, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def milliseconds(description: str) -> Schema:
    """A time."""
    return {"type": "integer", "minimum": 0, "description": f"{description}, in milliseconds."}


def version() -> Schema:
    """The version of the contract."""
    return {
        "const": SCHEMA_VERSION,
        "description": "Incremented when a field is removed or redefined.",
    }


def entry_id() -> Schema:
    """The id of an entry."""
    return text("The id of a documented error.", pattern="^[a-z][a-z0-9_]*$")


def number_or_null(description: str, kind: str = "number") -> Schema:
    """A number, or null; ``kind`` can be ``integer``."""
    return {"type": [kind, "null"], "minimum": 0, "description": description}


def count(description: str) -> Schema:
    """A number of things."""
    return {"type": "integer", "minimum": 0, "description": description}
