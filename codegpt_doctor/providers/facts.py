"""Facts of a TOML file as named tuples: what is unknown, missing or of another kind is told.

A named tuple says by its fields what a table has; a field without a default is required.
"""

from collections.abc import Hashable, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class FactsError(ValueError):
    """Facts that do not fit; the message names the file, the field and the fault."""


def read_facts(kind: type[T], facts: Mapping[str, object], file: str, where: str = "") -> T:
    """The named tuple that a table of facts makes.

    Args:
        kind: the named tuple.
        facts: the table, as TOML or JSON has it; a date may be text.
        file: the name of the file, for the message.
        where: the field that holds the table, for the message; empty for the file itself.

    Raises:
        FactsError: a field is unknown, missing or of another kind.
    """
    schema = _schema(cast("Hashable", kind))
    for name in facts:
        if name not in schema:
            raise FactsError(f"{file}: {where}{name} is unknown; known are {', '.join(schema)}")
    missing = [name for name, (_, required) in schema.items() if required and name not in facts]
    if missing:
        raise FactsError(f"{file}: {where}{missing[0]} is missing")
    values = {name: _read(schema[name][0], facts[name], file, where + name) for name in facts}
    return kind(**values)


@cache
def _schema(kind: type) -> dict[str, tuple[object, bool]]:
    """The fields of a named tuple: of which kind each is, and whether it is required."""
    hints, defaults = get_type_hints(kind), kind._field_defaults  # type: ignore[attr-defined]
    return {name: (hint, name not in defaults) for name, hint in hints.items()}


def _read(kind: object, value: object, file: str, where: str) -> object:
    if type(value) is kind:  # most are text
        return value
    if isinstance(kind, UnionType):
        kind = get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, tuple) and isinstance(value, dict):
        return read_facts(kind, value, file, f"{where}.")
    if get_origin(kind) is tuple and isinstance(value, list):
        item = get_args(kind)[0]
        return tuple(_read(item, one, file, f"{where}[{at}]") for at, one in enumerate(value))
    if get_origin(kind) is not None and isinstance(value, dict):
        item = get_args(kind)[1]
        return {name: _read(item, one, file, f"{where}.{name}") for name, one in value.items()}
    if kind is date and isinstance(value, str):
        return _date(value, file, where)
    if type(value) is not kind:
        raise FactsError(f"{file}: {where} is {value!r}, not {_name(kind)}")
    return value


def _date(value: str, file: str, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FactsError(f"{file}: {where} is {value!r}, not a date") from None


def _name(kind: object) -> str:
    names: dict[object, str] = {
        str: "text",
        int: "a whole number",
        bool: "true or false",
        date: "a date",
    }
    origin = get_origin(kind)
    return names.get(kind, "a list" if origin is tuple else "a table")
