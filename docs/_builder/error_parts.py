"""What the pages of errors and of providers have in common: examples, tabs, nested lists.  Pure."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER, Entry
from codegpt_doctor.catalogue.steps import SYSTEMS
from codegpt_doctor.output.platforms import BLOCK, unmarked

_NAMES = dict(zip(SYSTEMS, ("Windows", "macOS", "Linux"), strict=True))
_RUN = re.compile(r"(?:^( *)```\w+(?: \w+)+\n(?:.*\n)*?\1```\n*){2,}", re.MULTILINE)
_TAB = re.compile(r'^( *)=== "(.+)"$')
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_UNMARKED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|"})
_NESTED = 4  # columns by which Python-Markdown wants the content of a list item indented


def example_words(entry: Entry, most: int) -> str:
    """What the example of an error says in words, in one line, as Markdown."""
    example = entry.example
    words = example.get("text") or _said(example["body"])
    return textwrap.shorten(words, most, placeholder=" …").translate(_UNMARKED)


def _said(body: str) -> str:
    """What an error body says in words; a body that is no JSON as it is, without its tags."""
    try:
        found = json.loads(body)
    except ValueError:
        return re.sub(r"<[^>]*>", " ", body)
    while isinstance(found, list) and found:
        found = found[0]
    return _message_in(found)


def _message_in(found: Any) -> str:
    if not isinstance(found, Mapping):
        return str(found)
    for name in ("error", "message", "Message", "detail", "title", "errors"):
        if found.get(name):
            return _message_in(found[name])
    return ""


def example_block(example: Mapping[str, Any]) -> str:
    """An example as a block: the response with its status line, or the text of a console."""
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


def tabbed(markdown: str) -> str:
    """Markdown with a tab for each of several blocks in a row that are for some systems.

    One that stands alone is below a label that names its systems.
    """

    def tabs(run: re.Match[str]) -> str:
        return "".join(map(_tab, BLOCK.finditer(run[0]))) + "\n"

    return labeled(_RUN.sub(tabs, markdown + "\n")).rstrip("\n")


def labeled(markdown: str) -> str:
    """Markdown with each block that is for some systems below a label that names them."""
    return BLOCK.sub(_labeled, markdown)


def _tab(block: re.Match[str]) -> str:
    code = textwrap.indent(unmarked(block).strip("\n"), "    ")
    return f'{block[1]}=== "{_systems(block)}"\n\n{code}\n\n'


def _labeled(block: re.Match[str]) -> str:
    return f"{block[1]}{_systems(block)}:\n\n{unmarked(block)}"


def _systems(block: re.Match[str]) -> str:
    return ", ".join(_NAMES[system] for system in SYSTEMS if system in block[3].split())


def marked(text: str) -> str:
    """The prose of a catalogue as the site's converter wants it."""
    return "\n".join(nested(tabbed(text)))


def untabbed(markdown: str) -> str:
    """Markdown with a label in the place of each tab, for readers that know no tabs."""
    found, inside = [], None
    for line in markdown.splitlines():
        tab = _TAB.match(line)
        if tab:
            inside = tab[1]
            found.append(f"{inside}{tab[2]}:")
        elif inside is not None and line.startswith(f"{inside}    "):
            found.append(f"{inside}{line[len(inside) + 4 :]}")
        else:
            inside = inside if not line.strip() else None
            found.append(line)
    return "\n".join(found) + "\n"


def nested(markdown: str) -> Iterator[str]:
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


def link_to(entry: Entry, provider: str) -> str:
    """A link to what the page of an error says of a provider."""
    place = "" if entry.provider == _shown_first(entry.id) else f"#{provider}"
    return f"[{entry.title}](../errors/{entry.id}.md{place})"


def _shown_first(entry_id: str) -> str | None:
    return catalogue.get(entry_id, DEFAULT_PROVIDER).provider


def said_status(entry: Entry) -> str:
    """The status of an error with its code, for a table."""
    status = str(entry.statuses[0]) if entry.statuses else ""
    code = next((one for one in (*entry.codes, *entry.types) if not one.isdigit()), "")
    return "<br>".join(filter(None, (status, f"`{code}`" if code else ""))) or "none"
