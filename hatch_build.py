"""Writes the catalogue's index while the package is built."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Puts ``index.jsonl`` into wheels; an editable install reads the pages, which may change.

    The site goes along when `make offline` has built it.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the index from the pages, outside of them: a build may be killed at any time."""
        if version == "editable":
            return
        if sys.version_info < (3, 11):  # noqa: UP036 - a frontend may ask for it with any Python
            raise RuntimeError("Python 3.11 is needed, or a newer one.")
        sys.path.insert(0, self.root)
        from codegpt_doctor import catalogue

        self._folder = tempfile.TemporaryDirectory()
        index = Path(self._folder.name, "index.jsonl")
        index.write_text(catalogue.build_index(), encoding="utf-8")
        build_data["force_include"][str(index)] = "codegpt_doctor/catalogue/index.jsonl"
        site = Path(self.root, "build", "site")
        if site.is_dir():
            build_data["shared_data"][str(site)] = "share/doc/codegpt-doctor/html"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete what is in the wheel now."""
        if version != "editable":
            self._folder.cleanup()
