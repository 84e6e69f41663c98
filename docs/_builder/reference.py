"""The reference pages of the site, made from what the code says of itself, as Markdown."""

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.model import explanation
from codegpt_doctor.model import report as model
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.output.report_data import SITE
from docs._builder.markdown import front_matter, table

TYPES: tuple[type, ...] = (
    explanation.Explanation,
    explanation.Match,
    explanation.Evidence,
    explanation.Confidence,
    model.Report,
    model.Diagnosis,
    model.Finding,
    model.Answer,
    model.CheckResult,
    model.Target,
    model.KeyFacts,
    model.Commands,
    model.Health,
    model.Status,
    model.Stage,
    model.Untested,
)
_SECTION = re.compile(r"^(Args|Returns|Raises):\n((?:    .*\n?|\n)+)", re.MULTILINE)
_ITEM = re.compile(r"^    (\w+): ((?:.|\n(?!    \w+: ))+)", re.MULTILINE)
_NAME = re.compile(r"(?<!\S)(?:--[a-z][a-z-]*|[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+)(?=[\s.,:;]|$)")
_MODULE = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)*\.(?=[A-Z])")
_TITLES = {"Args": "Arguments", "Returns": "Result", "Raises": "Errors"}


def commands_page(commands: Iterable[Mapping[str, Any]]) -> str:
    """Every command with its options.

    Args:
        commands: of each its ``name``, ``help``, ``usage`` and ``options`` (names and meaning).
    """
    parts = [
        _front_matter("Commands and options", "Every command of codegpt-doctor with its options."),
        "# Commands and options",
        "This page is made from the commands themselves. `--help` shows the same in the terminal.",
    ]
    for command in commands:
        parts += [f"## {command['name']}", *_prose(command["help"])]
        parts.append(f"`{command['usage']}`")
        parts.append("\n\n".join(_option(*option) for option in command["options"]))
    return _page(parts)


def _prose(help_text: str) -> Iterator[str]:
    """Paragraphs; what is indented in a help text is something to type."""
    for paragraph in inspect.cleandoc(re.sub(r" *\x08\n", "", help_text)).split("\n\n"):
        typed = paragraph.startswith(" ")
        yield f"```sh\n{inspect.cleandoc(paragraph)}\n```" if typed else _marked(paragraph)


def _marked(words: str) -> str:
    """Words with the names of options and variables as code."""
    return _NAME.sub(r"`\g<0>`", words.strip())


def _option(names: str, meaning: str) -> str:
    """An option as an item of a definition list; values to choose from go to the meaning."""
    names, _, choices = names.partition(" [")
    words = re.sub(r"\[([A-Z][A-Z_]+)\]", r"(else from `\1`)", " ".join(meaning.split()))
    if "|" in choices:
        one_of = ", ".join(f"`{choice}`" for choice in choices.rstrip("]").split("|"))
        words = f"{words} One of {one_of}."
    elif choices:
        names = f"{names} [{choices}"
    return f"`{names}`\n:   {words}"


def checks_page(checks: Sequence[Any]) -> str:
    """Every check in the order of the path, with the pages about its stage.

    Args:
        checks: the registry; each has ``id``, ``title``, ``stage``, ``requires`` and ``run``.
    """
    parts = [
        _front_matter("Checks", "Every question that codegpt-doctor check asks, in order."),
        "# Checks",
        "`codegpt-doctor check` asks these questions in this order, from the settings on this "
        "computer to the model's reply. Independent measurements run at the same time. The first "
        "check that fails is the root cause; checks that make no sense after it are skipped, with "
        "the reason. The IDs are those in the [JSON report](json.md) and never change.",
        "Below each stage are all error pages about it. A check can find many of these errors, but "
        "not all: some occur only in other programs, such as those that use the Batch or Realtime "
        "API. `codegpt-doctor explain` recognizes them too.",
    ]
    firsts: dict[str, Any] = {}
    for check in checks:
        first = firsts.setdefault(check.stage, check)
        needs = ", ".join(f"[{needed}](#{needed})" for needed in check.requires)
        parts += [
            f"## {check.title} {{ #{check.id} }}",
            _code_marks(inspect.getdoc(check.run) or ""),
            f"ID `{check.id}` · stage {check.stage} · needs {needs or 'nothing'}",
        ]
        errors = _errors_of(check.stage) if first is check else f"see [{first.title}](#{first.id})"
        if errors:
            parts.append(f"Pages about this stage: {errors}.")
    return _page(parts)


def _errors_of(stage: str) -> str:
    return ", ".join(
        f"[`{entry.id}`](../errors/{entry.id}.md)"
        for entry in catalogue.entries()
        if entry.stage == stage
    )


def exit_codes_page() -> str:
    """The exit codes."""
    rows = [(str(int(code)), code.meaning) for code in ExitCode]
    parts = [
        _front_matter("Exit codes", "What codegpt-doctor tells the shell when it ends."),
        "# Exit codes",
        "Every command ends with one of these. They are a public contract: a number never changes "
        "its meaning.",
        table(("Exit code", "Meaning"), rows),
        "A script can stop at 1 and try again at 3; [recipes](../recipes.md) shows how.",
    ]
    return _page(parts)


def json_page(schemas: Mapping[str, Mapping[str, Any]]) -> str:
    """The fields of the JSON outputs.

    Args:
        schemas: the JSON Schema of each output by the command that prints it.
    """
    parts = [
        _front_matter("JSON", "Every field of the JSON that codegpt-doctor prints."),
        "# JSON",
        "With `--json` a command prints exactly one JSON object on standard output; everything "
        "else goes to standard error. No secret is in it. Under the same `schema_version` fields "
        "may be added; they are never removed or redefined.",
    ]
    told: dict[str, str] = {}
    for command, schema in schemas.items():
        name = schema["$id"].removeprefix(f"{SITE}/")
        rows = [(f"`{path}`", kind, meaning) for path, kind, meaning in _fields(schema, told)]
        parts += [
            f"## {command}",
            f"As JSON Schema: <{schema['$id']}> (`{name}` in the folder of the site).",
            table(("Field", "Value", "Meaning"), rows),
        ]
    return _page(parts)


def _fields(
    schema: Mapping[str, Any], told: dict[str, str], path: str = ""
) -> Iterator[tuple[str, str, str]]:
    """The fields, those within a field after it; ``told`` holds where a record was told before."""
    for name, field in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        inner = field
        while "items" in inner:
            here, inner = f"{here}[]", inner["items"]
        record = json.dumps(inner.get("properties"))
        before = told.get(record) if "properties" in inner else None
        told.setdefault(record, here)
        again = f" Its fields are those of `{before}` above." if before else ""
        yield here, _kind(inner), field["description"] + again
        if not before:
            yield from _fields(inner, told, here)


def _kind(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    kind = schema["type"]
    return kind if isinstance(kind, str) else " or ".join(kind)


def python_page(functions: Iterable[Callable[..., Any]]) -> str:
    """The public Python API, from its signatures and docstrings.

    Args:
        functions: the public ones.
    """
    parts = [
        _front_matter("Python API", "The functions check and explain, and what they return."),
        "# Python API",
        "```python\nfrom codegpt_doctor import check, explain\n```",
        *(part for one in functions for part in _function(one)),
        "## What they return",
        "Everything below is frozen: it can be read and compared, not changed.",
        *(part for one in TYPES for part in _type(one)),
    ]
    return _page(parts)


def _function(function: Callable[..., Any]) -> Iterator[str]:
    text = inspect.getdoc(function) or ""
    yield f"## {function.__name__}"
    yield f"```python\n{_signature(function)}\n```"
    yield _code_marks(_SECTION.sub("", text).strip())
    for title, content in _SECTION.findall(text):
        yield f"**{_TITLES[title]}**"
        items = _ITEM.findall(content) if title != "Returns" else []
        yield "\n".join(
            f"- `{name}`: {_code_marks(' '.join(meaning.split()))}" for name, meaning in items
        ) or _code_marks(" ".join(content.split()))


def _signature(function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    given = [_MODULE.sub("", str(parameter)) for parameter in signature.parameters.values()]
    if any(one.kind is one.KEYWORD_ONLY for one in signature.parameters.values()):
        given.insert(0, "*")
    lines = ",\n".join(f"    {one}" for one in given)
    result = _type_name(signature.return_annotation)
    return f"{function.__name__}(\n{lines},\n) -> {result}"


def _type(one: type) -> Iterator[str]:
    yield f"### {one.__name__}"
    yield _code_marks(inspect.getdoc(one) or "")
    if issubclass(one, StrEnum):
        yield "One of " + ", ".join(f"`{value}`" for value in one) + "."
    else:
        yield table(("Field", "Type"), [(f"`{name}`", kind) for name, kind in _fields_of(one)])


def _fields_of(one: type) -> Iterator[tuple[str, str]]:
    """The fields of a named tuple and then its properties, each with its types."""
    properties = {
        name: member.fget.__annotations__["return"]
        for name, member in vars(one).items()
        if isinstance(member, property) and member.fget
    }
    for name, annotation in {**one.__annotations__, **properties}.items():
        yield name, " or ".join(f"`{kind}`" for kind in _type_name(annotation).split(" | "))


def _type_name(annotation: Any) -> str:
    named = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    generic = bool(getattr(annotation, "__args__", ()))
    return _MODULE.sub("", str(annotation) if generic else named)


def _code_marks(docstring: str) -> str:
    return docstring.replace("``", "`")


def _front_matter(title: str, description: str) -> str:
    """With a place behind the guides and the errors in the results of the search."""
    return front_matter(title, description, search={"boost": 0.3})


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
