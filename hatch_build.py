"""Writes the catalogue's index and the manual pages while the package is built."""

from __future__ import annotations  # any Python reads this far

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _manual(folder: Path) -> Iterator[Path]:
    """Write a manual page for the program and one for each command, from their help."""
    import click
    from click_man.core import generate_man_page

    from codegpt_doctor._version import __version__
    from codegpt_doctor.cli import COMMANDS, group

    whole = click.Context(group, info_name="codegpt-doctor")
    contexts = [whole]
    group.short_help = group.help
    for name, short in COMMANDS.items():
        command = group.get_command(whole, name)
        assert command  # noqa: S101 - every name of the list has its command
        command.short_help = short
        group.commands[name] = command
        contexts.append(click.Context(command, info_name=name, parent=whole))
    for context in contexts:
        page = folder / f"{context.command_path.replace(' ', '-')}.1"
        # no date: two builds of the same source are equal
        page.write_text(generate_man_page(context, __version__, " "), encoding="utf-8")
        yield page


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
        for page in _manual(Path(self._folder.name)):
            build_data["shared_data"][str(page)] = f"share/man/man1/{page.name}"
        site = Path(self.root, "build", "site")
        if site.is_dir():
            build_data["shared_data"][str(site)] = "share/doc/codegpt-doctor/html"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete what is in the wheel now."""
        if version != "editable":
            self._folder.cleanup()
