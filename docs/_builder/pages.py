"""The site as text: the pages that are made here, and what is done to every page.  Pure.

A site generator is given a folder of plain Markdown, in which everything is in place; nothing of
the site depends on which generator it is.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.output.report_data import SITE
from docs._builder import (
    drawings,
    explainer,
    facts,
    provider_pages,
    reference,
    terminal_pictures,
)
from docs._builder.error_lists import error_index, status_pages
from docs._builder.error_pages import error_page
from docs._builder.error_parts import untabbed
from docs._builder.markdown import front_matter, parted
from docs._builder.schema import report

SKILL = "skill/SKILL.md"  # within the site, and within the folder of the integrations
_BUILDER = "docs/_builder"
_INCLUDED = re.compile(r'^--8<-- "([^"]+)"$', re.MULTILINE)

Read = Callable[[str], str]
"""Gives the text of a file by its path from the root of the repository."""


class Made(NamedTuple):
    """A file of the site that is in no folder: its text, and what has to be edited to change it."""

    text: str
    source: str


class Page(NamedTuple):
    """A page that has all of its text: its front matter, and the Markdown below it.

    ``description`` in the front matter is one sentence; ``source`` is the file to edit.
    """

    meta: Mapping[str, Any]
    text: str


def made(
    commands: Iterable[Mapping[str, Any]],
    checks: Sequence[Any],
    functions: Iterable[Callable[..., Any]],
    guides: Mapping[str, str],
    files: Mapping[str, Mapping[str, Any]],
) -> dict[str, Made]:
    """Every file that is made, by its path: error pages, references and schemas.

    Args:
        commands: the commands as data.
        checks: the registry of the checks.
        functions: the public Python API.
        guides: the written parts of the pages of the providers, by the provider's id.
        files: the data of the providers with where they are from, by the provider's id.
    """
    scripts = {
        path: Made(script, f"{_BUILDER}/explainer.py")
        for path, script in explainer.generated().items()
    }
    references = _references(commands, checks, functions)
    return {**_errors(), **_providers(guides, files), **references, **_schemas(), **scripts}


def _errors() -> dict[str, Made]:
    pages = {
        f"errors/{entry.id}.md": Made(
            error_page(entry, catalogue.prose(entry.id, DEFAULT_PROVIDER)),
            f"codegpt_doctor/{catalogue.sources(entry.id, DEFAULT_PROVIDER)[0]}",
        )
        for entry in catalogue.entries(DEFAULT_PROVIDER)
    }
    index = Made(error_index(catalogue.entries(DEFAULT_PROVIDER)), f"{_BUILDER}/error_lists.py")
    statuses = {
        f"errors/{status}.md": Made(text, f"{_BUILDER}/error_lists.py")
        for status, text in status_pages(catalogue.entries(DEFAULT_PROVIDER)).items()
    }
    return {"errors/index.md": index, **pages, **statuses}


def _providers(
    guides: Mapping[str, str], files: Mapping[str, Mapping[str, Any]]
) -> dict[str, Made]:
    def source(path: str) -> str:
        name = posixpath.basename(path).removesuffix(".md")
        own = f"codegpt_doctor/providers/{name}/guide.md"
        return own if name in guides else f"{_BUILDER}/provider_pages.py"

    pages = provider_pages.made(guides, files)
    return {path: Made(text, source(path)) for path, text in pages.items()}


def _references(
    commands: Iterable[Mapping[str, Any]],
    checks: Sequence[Any],
    functions: Iterable[Callable[..., Any]],
) -> dict[str, Made]:
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
        "reference/python.md": Made(reference.python_page(functions), f"{package}/api.py"),
    }


def _schemas() -> dict[str, Made]:
    return {
        one["$id"].removeprefix(f"{SITE}/"): Made(
            json.dumps(one, indent=2) + "\n", f"{_BUILDER}/schema/report.py"
        )
        for one in report.outputs().values()
    }


def whole(file: Made, read: Read) -> Page:
    """A page with the texts that it includes; a page that is nothing else is edited there."""
    meta, text = parted(file.text)
    alone = _INCLUDED.fullmatch(text.strip())
    source = alone[1] if alone else file.source
    included = _INCLUDED.sub(lambda include: read(include[1]), text)
    dated, body = facts.with_facts(meta, included)
    return Page({**dated, "source": source}, provider_pages.with_lifecycles(body, read))


def for_people(path: str, page: Page, read: Read, run: terminal_pictures.Run) -> str:
    """A page for the site generator: with its data, its drawings and its pictures of a terminal.

    Args:
        path: the page, within the folder of the pages.
        page: its text; a kind of structured data in its front matter is replaced by the data.
        read: gives the text of a drawing.
        run: runs a command line in so many columns and gives what it prints.
    """
    folder = posixpath.dirname(f"docs/{path}")
    with_drawings = drawings.inlined(
        page.text, lambda name: read(posixpath.normpath(posixpath.join(folder, name)))
    )
    text = terminal_pictures.with_pictures(with_drawings, run)
    return f"{front_matter(**_data(path, page))}\n\n{text.strip()}\n"


def _data(path: str, page: Page) -> dict[str, Any]:
    """The front matter of a page, with what the templates of the theme ask for."""
    meta = {**page.meta, "markdown": path}
    if explainer.MARK in page.text:
        meta["explainer"] = True
    return meta


def for_machines(page: Page, run: terminal_pictures.Run) -> str:
    """A page as Markdown that needs no other text."""
    text = page.text.replace(f"{explainer.MARK}\n\n", "")
    return untabbed(terminal_pictures.with_transcripts(text, run)).strip() + "\n"


def llms_txt(summary: str, pages: Mapping[str, Page]) -> str:
    """The list of the pages in the form of https://llmstxt.org, errors and the skill last."""
    lists: dict[str, list[str]] = {"Guides": [], "Reference": [], "Errors": []}
    for path, page in sorted(pages.items()):
        folder = path.partition("/")[0].capitalize()
        line = f"- [{page.meta['title']}]({SITE}/{path}): {page.meta['description']}"
        lists[folder if folder in lists else "Guides"].append(line)
    parts = [f"# codegpt-doctor\n\n> {summary}"]
    parts += [f"## {name}\n\n" + "\n".join(lines) for name, lines in lists.items() if lines]
    skill = f"- [Skill]({SITE}/{SKILL}): when and how an assistant uses the command."
    return "\n\n".join([*parts, f"## Optional\n\n{skill}"]) + "\n"
