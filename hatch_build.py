"""Writes the catalogue's index while the package is built."""

import json
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Puts ``index.json`` into wheels; an editable install reads the pages, which may change.

    The site goes along when `make offline` has built it.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the index from the pages."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from codegpt_doctor import catalogue

        index = Path(self.root, "codegpt_doctor", "catalogue", "index.json")
        index.write_text(json.dumps(catalogue.build_index(), ensure_ascii=False), encoding="utf-8")
        site = Path(self.root, "build", "site")
        if site.is_dir():
            build_data["shared_data"][str(site)] = "share/doc/codegpt-doctor/html"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave the source as it was."""
        Path(self.root, "codegpt_doctor", "catalogue", "index.json").unlink(missing_ok=True)
