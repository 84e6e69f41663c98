"""The site generator, which is MkDocs: builds the folder of the pages, or serves it."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import sleep

from codegpt_doctor._version import __version__

ROOT = Path(__file__).parents[2]
WATCHED = ("docs", "codegpt_doctor", "CONTRIBUTING.md")
PAUSE = 0.5  # seconds between two looks at what is watched


def build(pages: Path, site: Path, offline: bool) -> None:
    """Build the site from the folder of the pages; any warning is an error.

    Raises:
        subprocess.CalledProcessError: the generator has said what is wrong.
    """
    command = (*_mkdocs("build"), "--strict", "--quiet", "--site-dir", str(site.resolve()))
    variables = {"OFFLINE": "true"} if offline else {}
    subprocess.run(  # noqa: S603 - it is our own command
        command, cwd=ROOT, env=_environment(pages, **variables), check=True
    )


def serve(pages: Path, write: Callable[[], object]) -> None:
    """Serve the site on this machine until it is interrupted; ``write`` makes the pages anew.

    MkDocs sees the changes in the folder of the pages and builds again.
    """
    write()
    command = (*_mkdocs("serve"), "--livereload")
    with subprocess.Popen(command, cwd=ROOT, env=_environment(pages)) as server:  # noqa: S603
        try:
            seen = _stamps()
            while server.poll() is None:
                sleep(PAUSE)
                before, seen = seen, _stamps()
                if seen != before:
                    write()
        except KeyboardInterrupt:
            server.terminate()


def _mkdocs(command: str) -> tuple[str, ...]:
    return sys.executable, "-m", "mkdocs", command


def _environment(pages: Path, **variables: str) -> dict[str, str]:
    """Without a date of today in what is built, and without the theme's advertisement."""
    own = {"PAGES": str(pages.resolve()), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
    own["VERSION"] = __version__
    return {**os.environ, **own, **variables}


def _stamps() -> dict[Path, int]:
    """When each watched file was changed."""
    places = (ROOT / name for name in WATCHED)
    files = (file for place in places for file in (place.rglob("*") if place.is_dir() else [place]))
    found: dict[Path, int] = {}
    for file in files:
        with suppress(FileNotFoundError):  # an editor renames its files while it saves
            if "__pycache__" not in file.parts:
                found[file] = file.stat().st_mtime_ns
    return found
