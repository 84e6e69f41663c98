"""Keys that lie readable in files: settings of editors, start files of shells, a ``.env``.

The editor's own secret store is never opened.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from codegpt_doctor.editor.machine import Machine, read_text
from codegpt_doctor.providers.provider import all_providers
from codegpt_doctor.redact import Secret, keys_in

MAX_BYTES = 512 * 1024

_START_FILES = (
    ".profile",
    ".bashrc",
    ".bash_profile",
    ".bash_login",
    ".zshrc",
    ".zshenv",
    ".zprofile",
    ".config/fish/config.fish",
    ".config/powershell/Microsoft.PowerShell_profile.ps1",
    "Documents/PowerShell/Microsoft.PowerShell_profile.ps1",
    "Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1",
)
_PLACEHOLDER = re.compile(r"your|here|example|placeholder|xxxx|1234567|abcdef", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key in a file: the line counts from 1, ``what`` says what kind of file it is."""

    path: str
    line: int
    secret: Secret
    what: str


def files_with_keys(machine: Machine, settings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files to look through, each with its kind; ``settings`` are those of the editors."""
    for path in settings:
        yield path, "settings of the editor"
    yield os.path.join(machine.folder, ".vscode", "settings.json"), "settings of this folder"
    for name in _START_FILES:
        yield machine.in_home(*name.split("/")), "startup file of a shell"


def find_keys(files: Iterable[tuple[str, str]]) -> Iterator[FoundKey]:
    """Every key in the files that has the shape of one and does not look made up."""
    seen = set()
    for path, what in files:
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield from _keys_of(path, what)


def _keys_of(path: str, what: str) -> Iterator[FoundKey]:
    text = read_text(path, MAX_BYTES)
    for number, line in enumerate((text or "").splitlines(), 1):
        named = (found[1] for found in _assignments().finditer(line))
        for key in dict.fromkeys((*keys_in(line), *named)):
            if _looks_real(key):
                yield FoundKey(path, number, Secret(key), what)


@cache
def _assignments() -> re.Pattern[str]:
    """What stands behind the name of a provider's key: many keys have no shape of their own."""
    names = {
        name for one in all_providers() for name in (*one.key_variables, *one.admin_key_variables)
    }
    known = "|".join(map(re.escape, sorted(names)))
    return re.compile(
        rf"\b(?:{known})[\"']?\s{{0,8}}[=: ]\s{{0,8}}[\"']?([A-Za-z0-9_+/=.-]{{20,400}})"
    )


def _looks_real(key: str) -> bool:
    return not _PLACEHOLDER.search(key) and any(character.isdigit() for character in key)
