"""The pages of the site that are made from the catalogue, as Markdown.  Pure: nothing is written.

The prose of an entry is written for a reader of Markdown anywhere; what the site's own converter
needs on top is added here.
"""

import json
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import FAMILIES, Entry
from codegpt_doctor.output.lines import RETRY, WHO
from codegpt_doctor.output.platforms import in_blocks
from docs._builder.json_ld import of_error
from docs._builder.markdown import front_matter, table

_MARKED = re.compile(r"`([a-z][a-z0-9_]+)`")
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_UNMARKED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|"})
_MAX = 280  # characters of a message
ANCHORS = {  # under which people have linked to what has another heading today
    "Verify the fix": " { #check-it }",
    "Similar errors": " { #do-not-confuse-with }",
}
_USUAL = {"insufficient_quota"}  # what a bare 429 most often is
_NESTED = 4  # columns by which Python-Markdown wants the content of a list item indented


def error_page(entry: Entry, prose: Mapping[str, str]) -> str:
    """The page of an entry: its facts, its example and its prose.

    Args:
        entry: the facts.
        prose: the text below each heading.
    """
    found = {name: "\n".join(_nested(in_blocks(text))) for name, text in prose.items()}
    found["What you see"] = f"{_example(entry.example)}\n\n{found['What you see']}"
    for heading in ("Fix", "Similar errors"):
        found[heading] = _linked(found[heading], entry.id)
    parts = [
        front_matter(
            page_title(entry),
            entry.summary,
            hide=["navigation"],
            verified_on=entry.verified_on,
            search={"boost": _boost(entry)},
            tags=[entry.id],
            structured=of_error(entry, prose),
        ),
        f"[Errors](index.md) / [{FAMILIES[entry.family]}](index.md#{entry.family})",
        f"# {page_title(entry)}",
        entry.summary,
        "[Causes](#causes) · [Fix](#fix) · [Verify the fix](#check-it)",
        _facts(entry),
        *(f"## {heading}{ANCHORS.get(heading, '')}\n\n{text}" for heading, text in found.items()),
        f"*Last verified against these sources on {entry.verified_on}.*",
    ]
    return "\n\n".join(parts) + "\n"


def _boost(entry: Entry) -> float:
    """The weight of a page in the search; of many for one status, the usual cause comes first."""
    return 2.5 if entry.id in _USUAL else 1.5 if entry.generic else 2


def page_title(entry: Entry) -> str:
    """The title of an entry with what people paste into a search beside it."""
    named = [str(one) for one in (*entry.statuses[:1], *entry.codes[:1])]
    return f"{entry.title} ({' '.join(named)})" if named else entry.title


def error_index(entries: Collection[Entry]) -> str:
    """The index of the error pages: one table a family, in the order of the entries."""
    summary = f"All {len(entries)} documented errors, by what they are about and by HTTP status."
    parts = [
        front_matter("Errors", summary, hide=["navigation"]),
        "# Errors { .error-list }",
        _INTRODUCTION,
    ]
    families: dict[str, list[Entry]] = {}
    for entry in entries:
        families.setdefault(entry.family, []).append(entry)
    for family, members in families.items():
        rows = [
            (f"[{entry.title}]({entry.id}.md)<br>`{entry.id}`", _statuses(entry))
            for entry in members
        ]
        parts += [
            f"## {FAMILIES[family]} {{ #{family} }}",
            table(("Error", "HTTP status"), rows),
        ]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """\
You have an error in front of you? [Paste it](../explain.md) and read the answer; nothing is sent.
The command does the same in a terminal. It reads a line, a traceback or a whole log:

```sh
codegpt-doctor explain "the error, as it was printed"
```"""


def _facts(entry: Entry) -> str:
    message = _message(entry.example)
    facts = {
        **({"Message": message} if message else {}),
        "HTTP status": _statuses(entry),
        "API code": ", ".join(f"`{code}`" for code in entry.codes) or "none",
        "Who can fix it": WHO[entry.who],
        "Retry": RETRY[entry.retry],
        "Id": f"`{entry.id}`",
    }
    return "\n\n".join(f"{name}\n:   {value}" for name, value in facts.items())


def _message(example: Mapping[str, Any]) -> str:
    """The words of the error in one line, by which people know it and the search finds it."""
    words = example.get("text") or _said(example["body"])
    return textwrap.shorten(words.translate(_UNMARKED), _MAX, placeholder=" …")


def _said(body: str) -> str:
    """What an error body says in words; nothing when it is no JSON."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(error["message"] if isinstance(error, dict) else error)


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


def _linked(markdown: str, own: str) -> str:
    """The text with the ids of other entries in it as links to their pages."""

    def link(found: re.Match[str]) -> str:
        known = found[1] in catalogue.ids() and found[1] != own
        return f"[{found[0]}]({found[1]}.md)" if known else found[0]

    return _MARKED.sub(link, markdown)


def _nested(markdown: str) -> Iterator[str]:
    """The lines, with the content of list items indented as Python-Markdown wants it.

    Elsewhere it is enough that the content stands below the first word of its item, and an item may
    follow a code block at once.
    """
    width, in_code, before = 0, False, ""
    for line in markdown.splitlines():
        in_code ^= line.startswith("```")
        item = None if in_code else _ITEM.match(line)
        if item and before.strip() == "```":
            yield ""
        before = line
        if item:
            width = len(item[0])
        elif line[:1].strip():
            width = 0
        inside = width and not item and line.startswith(" " * width)
        yield " " * (_NESTED - width) + line if inside else line
