"""Adds the error pages to the site.  They are made from the catalogue and are in no folder."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from codegpt_doctor import catalogue
from codegpt_doctor.render.page import error_index, error_page


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """One page an entry, and the index of them."""
    catalogue.get.cache_clear()  # `mkdocs serve` builds again when an entry was edited
    entries = catalogue.entries()
    pages = {
        f"errors/{entry.id}.md": error_page(entry, catalogue.body(entry.id)) for entry in entries
    }
    pages["errors/index.md"] = error_index(entries)
    for path, content in pages.items():
        files.append(File.generated(config, path, content=content))
    return files
