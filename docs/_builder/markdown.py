"""The pieces of Markdown that the pages made here have in common."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

_RULE = "---\n"


def front_matter(title: str, description: str, **more: Any) -> str:
    """YAML, in which JSON is what it is: a string is a string whatever it holds."""
    fields = {"title": title, "description": description, **more}
    lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    return "\n".join(("---", *lines, "---"))


def parted(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of a page, and the Markdown below it.

    Raises:
        ValueError: the page has no front matter.
    """
    before, _, rest = text.partition(_RULE)
    fields, rule, markdown = rest.partition(f"\n{_RULE}")
    if before or not rule:
        raise ValueError(f"no front matter: {text[:60]!r}")
    return yaml.safe_load(fields), markdown.strip() + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar in a cell is text."""
    marks = ["---"] * len(head)
    return "\n".join(_row(cells) for cells in (head, marks, *rows))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
