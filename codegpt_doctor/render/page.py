"""The pages of the site that are made from the catalogue, as Markdown.  Pure: nothing is written.

The prose of an entry is written for a reader of Markdown anywhere; what the site's own converter
needs on top is added here.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from codegpt_doctor.catalogue.entry import FAMILIES, Entry, sections
from codegpt_doctor.render.text import RETRY, WHO

_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_NESTED = 4  # columns by which Python-Markdown wants the content of a list item indented


def error_page(entry: Entry, body: str) -> str:
    """The page of an entry: its facts, its example and its prose.

    Args:
        entry: the facts.
        body: the prose, under the headings that every entry has.
    """
    found = sections("\n".join(_nested(body)))
    found["What you see"] = f"{_example(entry.example)}\n\n{found['What you see']}"
    found["Do not confuse with"] = _linked(found["Do not confuse with"], entry.confused_with)
    parts = [
        _front_matter(entry.title, entry.summary),
        f"# {entry.title}",
        entry.summary,
        _facts(entry),
        *(f"## {heading}\n\n{text}" for heading, text in found.items()),
        f"*Last verified against these sources on {entry.verified_on}.*",
    ]
    return "\n\n".join(parts) + "\n"


def error_index(entries: Iterable[Entry]) -> str:
    """The index of the error pages: one table a family, in the order of the entries."""
    summary = "Every error that is documented, by what it is about."
    parts = [_front_matter("Errors", summary), "# Errors", _INTRODUCTION]
    families: dict[str, list[Entry]] = {}
    for entry in entries:
        families.setdefault(entry.family, []).append(entry)
    for family, members in families.items():
        rows = "\n".join(
            f"| [{entry.title}]({entry.id}.md) | {_statuses(entry)} | `{entry.id}` |"
            for entry in members
        )
        title = f"## {FAMILIES[family]} {{ #{family} }}"
        parts.append(f"{title}\n\n| Error | HTTP status | Id |\n| --- | --- | --- |\n{rows}")
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """\
Search for the words of the error, or let the command find its page:

```sh
codegpt-doctor explain "the error, as it was printed"
```"""


def _front_matter(title: str, description: str) -> str:
    """YAML, in which a JSON string is a string whatever it holds."""
    fields = {"title": title, "description": description}
    lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    return "\n".join(("---", *lines, "---"))


def _facts(entry: Entry) -> str:
    facts = {
        "Id": f"`{entry.id}`",
        "Family": f"[{FAMILIES[entry.family]}](index.md#{entry.family})",
        "HTTP status": _statuses(entry),
        "API code": ", ".join(f"`{code}`" for code in entry.codes) or "none",
        "Retry": RETRY[entry.retry],
        "Who can fix it": WHO[entry.who],
    }
    first, *rest = (f"| **{name}** | {value} |" for name, value in facts.items())
    return "\n".join((first, "| --- | --- |", *rest))


def _statuses(entry: Entry) -> str:
    return ", ".join(map(str, sorted(entry.statuses))) or "none"


def _example(example: Mapping[str, Any]) -> str:
    if "text" in example:
        return _code_block("text", example["text"])
    status, body = example["status"], example["body"]
    headers = dict(example.get("headers", {}))
    try:
        body = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
        headers = {"content-type": "application/json", **headers}
    except ValueError:
        pass
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return _code_block("http", "\n".join((f"HTTP/2 {status}", *lines, "", body)))


def _code_block(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def _linked(markdown: str, ids: Iterable[str]) -> str:
    """The text with the ids in it as links to their pages."""
    for entry_id in dict.fromkeys(ids):
        markdown = markdown.replace(f"`{entry_id}`", f"[`{entry_id}`]({entry_id}.md)")
    return markdown


def _nested(markdown: str) -> Iterator[str]:
    """The lines, with the content of list items indented as Python-Markdown wants it.

    Elsewhere it is enough that the content stands below the first word of its item.
    """
    width, in_code = 0, False
    for line in markdown.splitlines():
        in_code ^= line.startswith("```")
        item = None if in_code else _ITEM.match(line)
        if item:
            width = len(item[0])
        elif line[:1].strip():
            width = 0
        inside = width and not item and line.startswith(" " * width)
        yield " " * (_NESTED - width) + line if inside else line
