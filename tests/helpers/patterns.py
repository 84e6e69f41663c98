"""Every pattern of the package, and the texts that a slow pattern would be slow on."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import codegpt_doctor
from codegpt_doctor import redact
from codegpt_doctor.classify import rule, voices
from codegpt_doctor.redact import patterns as shapes
from codegpt_doctor.redact.patterns import Marked

PARSER: Any = importlib.import_module("re._parser")
OWN_PAGES = ("catalogue.", "output.platforms.")  # what is here reads the package's pages alone
PLAIN = "\x01"  # what hardly any pattern wants next


@dataclass(frozen=True)
class Attack:
    """A text of any length: a head, a pump again and again, a tail."""

    head: str
    pump: str
    tail: str = PLAIN

    def text(self, size: int) -> str:
        """The text, of about ``size`` characters."""
        return self.head + self.pump * max(1, size // len(self.pump)) + self.tail


# texts by which patterns of this package were once held up
KNOWN = (
    Attack("a - ", "["),
    Attack("import x\n" * 3, "\n"),
    Attack("", "/packages/"),
    Attack("", "http://", "/v1"),
    Attack("", "eyJ-"),
    Attack("", "eyJ" + "a" * 10 + ".eyJ-"),
    Attack('"', '\\"'),
    Attack("", "a"),
    Attack("", " "),
    Attack("", "\n"),
    Attack("", "\t\n"),
    Attack("", "404: '"),
    Attack("", "a.b-"),
    Attack("", "A_"),
)


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the package."""
    names = (
        info.name for info in pkgutil.walk_packages(codegpt_doctor.__path__, "codegpt_doctor.")
    )
    return tuple(importlib.import_module(name) for name in names if not name.endswith("__main__"))


def _within(value: Any, kind: type[Any]) -> Iterator[Any]:
    """What is of a kind in a value: in mappings, sequences and records too."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _within(item, kind)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _within(item, kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(getattr(value, field.name, None), kind)


def _held(kind: type[Any]) -> dict[int, tuple[str, Any]]:
    found: dict[int, tuple[str, Any]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for number, one in enumerate(_within(value, kind)):
                where = f"{module.__name__.removeprefix('codegpt_doctor.')}.{name}"
                found.setdefault(id(one), (f"{where}[{number}]" if number else where, one))
    return found


@cache
def tables() -> dict[str, rule.Table]:
    """Every table of rules by the name of its constant."""
    return dict(_held(rule.Table).values())


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern by where it stands, and those that are written into a call.

    Those for the pages of the package itself are left out: nobody else writes these.
    """
    found: dict[str, re.Pattern[str]] = dict(_held(re.Pattern).values())
    found |= {name: marked.pattern for name, marked in _held(Marked).values()}
    for module in modules():
        name = module.__name__.removeprefix("codegpt_doctor.")
        found |= {f"{name}:{line}": one for line, one in _in_calls(module)}
    for named in ("ANSI", "CONTROL", "SURROGATE", "HEAD"):  # made when first needed
        found[f"redact.patterns.{named}"] = re.compile(getattr(shapes, named))
    found["redact.keys"] = cast("re.Pattern[str]", redact.rules()["keys"])
    for number, (provider, _, pattern) in enumerate(voices._heard()):
        found[f"classify.voices.{provider}[{number}]"] = pattern
    return {name: one for name, one in found.items() if not name.startswith(OWN_PAGES)}


def _in_calls(module: ModuleType) -> Iterator[tuple[int, re.Pattern[str]]]:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "compile":
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                start = r"\A" if node.func.attr in ("match", "fullmatch") else ""
                yield node.lineno, re.compile(f"{start}(?:{first.value})")


def attacks(pattern: re.Pattern[str]) -> set[Attack]:
    """Texts made of a pattern's own parts: each of its loops run long, and begun again."""
    found: set[Attack] = set()
    for head, pump in _loops(PARSER.parse(pattern.pattern, pattern.flags), ""):
        found |= {
            Attack(head, pump),
            Attack("", head + pump),
            Attack("", head + pump * 40),
            Attack("\n", pump, "\n" + PLAIN),
        }
    return found


def attacks_of_example(example: str) -> set[Attack]:
    """Texts made of what a pattern finds: begun again and again, and gone on without an end."""
    cuts = {len(example) // 3, len(example) // 2, len(example) - 1, len(example)} - {0}
    return {Attack("", example[:cut]) for cut in cuts} | {
        Attack(example[:cut], example[cut - 1]) for cut in cuts
    }


def _loops(sequence: Iterable[Any], head: str) -> Iterator[tuple[str, str]]:
    """What stands before each loop, and what goes round in it."""
    for kind, value in sequence:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = value
            pump = _sample(body)
            if most > 8 and pump:
                yield head, pump
            yield from _loops(body, head)
        elif name == "SUBPATTERN":
            yield from _loops(value[3], head)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _loops(branch, head)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _loops(value[1], head)
        head += _sample([(kind, value)])


def _sample(sequence: Iterable[Any]) -> str:
    """A short text that a part of a pattern matches."""
    return "".join(_sample_of(str(kind), value) for kind, value in sequence)


def _sample_of(name: str, value: Any) -> str:
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "a" if value != ord("a") else "b"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _member(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sample(value[2]) * max(1, int(value[0]))
    if name == "SUBPATTERN":
        return _sample(value[3])
    if name == "BRANCH":
        return _sample(value[1][0])
    return ""  # what stands at a place and takes no room


ESCAPES = {"CATEGORY_SPACE": r"\s", "CATEGORY_DIGIT": r"\d", "CATEGORY_WORD": r"\w"}
CLASSES = {"CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "a", "CATEGORY_DIGIT": "1"}


def _member(members: list[tuple[Any, Any]]) -> str:
    """One character of a set."""
    kinds = [str(kind) for kind, _ in members]
    if kinds[0] == "NEGATE":
        allowed = re.compile("[^" + "".join(_excluded(member) for member in members[1:]) + "]")
        return next(one for one in "a1- .[/:{\x01" if allowed.match(one))
    kind, value = members[0]
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(value[0])
    return CLASSES.get(str(value), "a")


def _excluded(member: tuple[Any, Any]) -> str:
    kind, value = member
    if str(kind) == "LITERAL":
        return re.escape(chr(value))
    if str(kind) == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return ESCAPES[str(value)]
