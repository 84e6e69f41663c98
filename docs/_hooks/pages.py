"""Hands what the package makes to MkDocs; what the pages say is decided in the package."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from codegpt_doctor import catalogue
from docs._builder import explainer, pages
from docs._builder.commands import ALL_CHECKS, described, printed

MAKER = pages.Maker(lambda path: (Path(__file__).parents[2] / path).read_text("utf-8"), printed)


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add what is made and in no folder."""
    catalogue.forget()  # `mkdocs serve` builds again when an entry was edited
    for path, made in pages.made(described(), ALL_CHECKS).items():
        files.append(file := File.generated(config, path, content=made.text))
        file.edit_uri = f"../{made.source}"
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Put pictures into a page, and what search engines read into its data."""
    return MAKER.for_people(page.file.src_uri, markdown, page.meta)


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Put the box of the explainer where a page asks for it."""
    return explainer.with_box(output, page.url, config.use_directory_urls)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write what machines read: each page as Markdown, and the list of them."""
    for path, text in MAKER.for_machines(config.site_description or "").items():
        Path(config.site_dir, path).write_text(text, "utf-8")
