"""The site as text: the pages that are made here, and what is done to every page.

A site generator has to write the pages to a folder or take them as they are; nothing else of the
site depends on which one it is.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.output.report_data import SITE
from docs._builder import drawings, explainer, json_ld, reference, terminal_pictures
from docs._builder.error_pages import error_index, error_page
from docs._builder.schema import report

_BUILDER = "docs/_builder"
_INCLUDED = re.compile(r'^--8<-- "([^"]+)"$', re.MULTILINE)


class Made(NamedTuple):
    """A file of the site that is in no folder: its text, and what has to be edited to change it."""

    text: str
    source: str


class Page(NamedTuple):
    """A page as it was written; ``description`` is one sentence."""

    title: str
    description: str
    text: str


def made(commands: Iterable[Mapping[str, Any]], checks: Sequence[Any]) -> dict[str, Made]:
    """Every file that is made, by its path: error pages, references and schemas.

    Args:
        commands: the commands as data.
        checks: the registry of the checks.
    """
    scripts = {
        path: Made(script, f"{_BUILDER}/explainer.py")
        for path, script in explainer.generated().items()
    }
    return {**_errors(), **_references(commands, checks), **_schemas(), **scripts}


def _errors() -> dict[str, Made]:
    pages = {
        f"errors/{entry.id}.md": Made(
            error_page(entry, catalogue.prose(entry.id, DEFAULT_PROVIDER)),
            f"codegpt_doctor/{catalogue.sources(entry.id, DEFAULT_PROVIDER)[0]}",
        )
        for entry in catalogue.entries(DEFAULT_PROVIDER)
    }
    index = Made(error_index(catalogue.entries(DEFAULT_PROVIDER)), f"{_BUILDER}/error_pages.py")
    return {"errors/index.md": index, **pages}


def _references(commands: Iterable[Mapping[str, Any]], checks: Sequence[Any]) -> dict[str, Made]:
    package = "codegpt_doctor"
    return {
        "reference/commands.md": Made(
            reference.commands_page(commands), f"{package}/cli/__init__.py"
        ),
        "reference/checks.md": Made(reference.checks_page(checks), f"{package}/doctor.py"),
        "reference/json.md": Made(
            reference.json_page(report.outputs()), f"{_BUILDER}/schema/report.py"
        ),
        "reference/exit-codes.md": Made(
            reference.exit_codes_page(), f"{package}/model/exit_codes.py"
        ),
        "reference/python.md": Made(reference.python_page(), f"{package}/api.py"),
    }


def _schemas() -> dict[str, Made]:
    return {
        one["$id"].removeprefix(f"{SITE}/"): Made(
            json.dumps(one, indent=2) + "\n", f"{_BUILDER}/schema/report.py"
        )
        for one in report.outputs().values()
    }


class Maker:
    """Makes the pages of one build, and remembers them for the machines."""

    def __init__(self, read: Callable[[str], str], run: terminal_pictures.Run) -> None:
        """Say where texts come from.

        Args:
            read: gives the text of a file by its path from the root of the repository.
            run: runs a command line in so many columns and gives what it prints.
        """
        self._read = read
        self._run = run
        self._pages: dict[str, Page] = {}

    def for_people(self, path: str, markdown: str, meta: MutableMapping[str, Any]) -> str:
        """A page for a browser: with its drawings and its pictures of a terminal.

        ``meta`` is its front matter; a kind of structured data in it is replaced by the data.
        """
        text = _INCLUDED.sub(lambda include: self._read(include[1]), markdown)
        title, description = meta["title"], meta["description"]
        self._pages[path] = Page(title, description, text)
        if isinstance(meta.get("structured"), str):
            kind = meta["structured"]
            meta["structured"] = json_ld.of_page(kind, title, description, text)
        folder = posixpath.dirname(f"docs/{path}")
        read = self._read
        with_drawings = drawings.inlined(
            text, lambda name: read(posixpath.normpath(posixpath.join(folder, name)))
        )
        return terminal_pictures.with_pictures(with_drawings, self._run)

    def for_machines(self, summary: str) -> dict[str, str]:
        """Each page as Markdown that needs no other text, and llms.txt, by their paths."""
        texts = {
            path: terminal_pictures.with_transcripts(_without_box(page.text), self._run).strip()
            + "\n"
            for path, page in self._pages.items()
        }
        return {**texts, "llms.txt": llms_txt(summary, self._pages)}


def _without_box(text: str) -> str:
    return text.replace(f"{explainer.MARK}\n\n", "")


def llms_txt(summary: str, pages: Mapping[str, Page]) -> str:
    """The list of the pages in the form of https://llmstxt.org, errors last."""
    lists: dict[str, list[str]] = {"Guides": [], "Reference": [], "Errors": []}
    for path, page in sorted(pages.items()):
        folder = path.partition("/")[0].capitalize()
        line = f"- [{page.title}]({SITE}/{path}): {page.description}"
        lists[folder if folder in lists else "Guides"].append(line)
    parts = [f"# codegpt-doctor\n\n> {summary}"]
    parts += [f"## {name}\n\n" + "\n".join(lines) for name, lines in lists.items() if lines]
    return "\n\n".join(parts) + "\n"
