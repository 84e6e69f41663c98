"""The machine that is examined, as far as its files go."""

import json
import os
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from codegpt_doctor import files
from codegpt_doctor.redact import repr_without

MAX_BYTES = 2 * 1024 * 1024


class Machine(NamedTuple):
    """Where to look: everything that differs from system to system and from person to person.

    ``platform`` is what ``sys.platform`` says: linux, darwin or win32.  ``folder`` is where the
    command runs, ``root`` where the system's own files begin.
    """

    platform: str
    home: str
    environment: Mapping[str, str]
    folder: str
    root: str = "/"

    def __repr__(self) -> str:
        return repr_without(self, "environment")

    def in_home(self, *parts: str) -> str:
        """A path below the home folder."""
        return os.path.join(self.home, *parts)

    def in_root(self, *parts: str) -> str:
        """A path below the root of the file system."""
        return os.path.join(self.root, *parts)

    def short(self, path: str) -> str:
        """A path as it may be shown to others: ``~`` for the home folder."""
        inside = self.home and path.startswith(os.path.join(self.home, ""))
        return f"~{path[len(self.home) :]}" if inside else path


def this_machine(environment: Mapping[str, str], folder: str) -> Machine:
    """The machine that this process runs on."""
    return Machine(sys.platform, os.path.expanduser("~"), environment, folder)


def read_text(path: str, most: int = MAX_BYTES) -> str | None:
    """The beginning of a text file in UTF-8; None when it cannot be read or is no plain file."""
    data = files.read_start(path, most)
    return None if data is None else data.decode("utf-8-sig", "replace")


def read_end(path: str, most: int) -> str:
    """The end of a text file in UTF-8; empty when it cannot be read or is no plain file."""
    return (files.read_end(path, most) or b"").decode("utf-8", "replace")


def read_json(path: str) -> Any:
    """A JSON file; None when there is none, or when it is not JSON."""
    text = read_text(path)
    try:
        return None if text is None else json.loads(text)
    except (ValueError, RecursionError):
        return None


def names_in(folder: str) -> list[str]:
    """What a folder holds, in order; empty when it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError):
        return []
