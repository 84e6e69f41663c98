"""Adds what is made from the catalogue to the site: pages and scripts that are in no folder."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from codegpt_doctor import catalogue
from codegpt_doctor.render import explainer
from codegpt_doctor.render.page import error_index, error_page


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """One page an entry, the index of them, and what the explainer knows."""
    catalogue.get.cache_clear()  # `mkdocs serve` builds again when an entry was edited
    catalogue.table.cache_clear()
    entries = catalogue.entries()
    pages = {
        f"errors/{entry.id}.md": error_page(entry, catalogue.body(entry.id)) for entry in entries
    }
    pages["errors/index.md"] = error_index(entries)
    for path, content in {**pages, **explainer.generated()}.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """The box of the explainer, where a page asks for it."""
    root = get_relative_url(".", page.url)
    return explainer.with_box(output, root, config.use_directory_urls)
