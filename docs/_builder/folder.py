"""The folder that a site generator is given: everything of the site as plain files."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docs._builder import feed, pages, search_index, terminal_pictures

SUMMARY = (
    "Finds out why the AI in your editor does not answer. One command, one root cause, the fix."
)
LIST = "llms.txt"


def sources(folder: Path) -> Iterator[tuple[str, Path]]:
    """The written files of the site, by their path within the folder; ``_builder`` is none."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(("_", ".")) for part in name.parts):
            yield name.as_posix(), path


def read_pages(root: Path, made: Mapping[str, pages.Made]) -> dict[str, pages.Page]:
    """Every page of the site by its path, the written ones and the made ones."""
    written = {
        name: pages.Made(path.read_text("utf-8"), f"docs/{name}")
        for name, path in sources(root / "docs")
        if name.endswith(".md")
    }
    files = {**written, **{name: file for name, file in made.items() if name.endswith(".md")}}
    return {name: pages.whole(files[name], reader(root)) for name in sorted(files)}


def guides(root: Path) -> dict[str, str]:
    """The written parts of the pages of the providers, by the provider's id."""
    found = sorted((root / "codegpt_doctor" / "providers").glob("*/guide.md"))
    return {path.parent.name: path.read_text("utf-8") for path in found}


def provider_files(root: Path) -> dict[str, dict[str, Any]]:
    """The data of the providers by id, with where they are from."""
    found = sorted((root / "codegpt_doctor" / "providers").glob("*/provider.toml"))
    return {path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in found}


def reader(root: Path) -> Callable[[str], str]:
    """Reads a text by its path from the root of the repository."""
    return lambda path: (root / path).read_text("utf-8")


def contents(
    root: Path,
    made: Mapping[str, pages.Made],
    found: Mapping[str, pages.Page],
    run: terminal_pictures.Run,
) -> dict[str, bytes]:
    """Every file of the folder by its path: pages, pictures, scripts, schemas and data."""
    plain = {name: file.text for name, file in made.items() if name not in found}
    texts = {name: pages.for_people(name, page, reader(root), run) for name, page in found.items()}
    others = {name: path.read_bytes() for name, path in sources(root / "docs") if name not in found}
    changes = (root / "CHANGELOG.md").read_text("utf-8")
    latest = max(str(page.meta.get("verified_on", "")) for page in found.values())
    listed = {
        LIST: pages.llms_txt(SUMMARY, found),
        search_index.PATH: search_index.script(found),
        feed.PATH: feed.feed(changes, latest),
    }
    return {
        **others,
        **{name: text.encode() for name, text in {**plain, **texts, **listed}.items()},
    }


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold these files and no others; a file that is right is left alone.

    Raises:
        FileExistsError: the folder has files and was not written by this function.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / LIST).is_file():
        raise FileExistsError(f"{folder} holds something else.")
    for path in [one for one in folder.rglob("*") if one.is_file()]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
