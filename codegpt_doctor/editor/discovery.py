"""The editors of a machine, and the CodeGPT extension in them."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codegpt_doctor.editor.installations import Installation, places, programs
from codegpt_doctor.editor.machine import Machine, names_in, read_json, read_text
from codegpt_doctor.editor.versions import NEEDED_EDITOR, numbers

CODEGPT = "danielsanmedium.dscodegpt"
MAX_VERSION = 60  # characters; what is longer is no version

_CALLED_CODEGPT = re.compile(r"code[-_ ]?gpt", re.IGNORECASE)
_FOLDER = re.compile(r"^([^.]+\.[\w.-]+?)-(\d+\.\d+\.\d+)(?:[-+].*)?$")


@dataclass(frozen=True, slots=True)
class Extension:
    """One version of an extension that lies in a folder of extensions.

    ``requires`` is the range of versions of VS Code that it names itself.  ``stale`` is true when
    the editor has it marked for deletion, or not in its list of what is installed.
    """

    id: str
    version: str
    folder: str
    requires: str = NEEDED_EDITOR
    stale: bool = False

    @property
    def is_codegpt(self) -> bool:
        """Whether it is the extension of CodeGPT itself and not another of that name."""
        return self.id == CODEGPT


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor that is there.

    ``version`` is that of the VS Code in it, which extensions ask for; ``own_version`` the one that
    it shows, where that differs.  ``extensions`` are those called CodeGPT, the newest first.
    """

    place: Installation
    version: str | None = None
    own_version: str | None = None
    extensions: tuple[Extension, ...] = ()

    @property
    def title(self) -> str:
        """Its name and version, for a person."""
        version = self.own_version or self.version
        based = f", on VS Code {self.version}" if self.own_version else ""
        return f"{self.place.title} {version or '(version not found)'}{based}"

    @property
    def codegpt(self) -> Extension | None:
        """The CodeGPT extension that it runs."""
        mine = [one for one in self.extensions if one.is_codegpt and not one.stale]
        return mine[0] if mine else None

    @property
    def lookalikes(self) -> tuple[Extension, ...]:
        """The extensions of others that go by the same name."""
        return tuple(one for one in self.extensions if not one.is_codegpt and not one.stale)


def has_codegpt(machine: Machine) -> bool:
    """Whether an editor with the extension is there.  Costs about a millisecond."""
    return any(
        name.lower().startswith(f"{CODEGPT}-")
        for place in places(machine)
        for name in names_in(place.extensions)
    )


def find_editors(machine: Machine) -> tuple[Editor, ...]:
    """Every editor of the VS Code family that files speak of."""
    return tuple(editor for place in places(machine) if (editor := _editor(place, machine)))


def pid_of(editor: Editor) -> int | None:
    """The process of the last start of an editor, by the lock file that it keeps while it runs."""
    text = read_text(os.path.join(editor.place.user, "code.lock"), 32)
    number = (text or "").strip()
    return int(number) if number.isascii() and number.isdecimal() else None


def owns_terminal(editor: Editor, machine: Machine) -> bool:
    """Whether this shell is a terminal of a window whose other half runs here."""
    called = "VSCODE_IPC_HOOK_CLI" in machine.environment
    remote = editor.place.kind == "remote server"
    return called and remote and editor.place.user in machine.environment.get("PATH", "")


def _editor(place: Installation, machine: Machine) -> Editor | None:
    product = _product(place, machine)
    if product is None and not _leaves_traces(place):
        return None
    version, own = product or (None, None)
    found = sorted(_extensions(place.extensions), key=_age, reverse=True)
    return Editor(place, version, own, tuple(found))


def _leaves_traces(place: Installation) -> bool:
    if place.kind == "remote server":
        return os.path.isdir(place.extensions) or os.path.isdir(os.path.join(place.user, "data"))
    return os.path.isdir(place.extensions) or os.path.isdir(os.path.dirname(place.settings))


def _product(place: Installation, machine: Machine) -> tuple[str | None, str | None] | None:
    """The version of VS Code and the editor's own, from the newest program of an installation."""
    found = {}
    for folder in programs(place, machine):
        path = os.path.join(folder, "product.json")
        changed = _changed_at(path)
        if changed is not None:
            found[changed] = folder
            if place.kind != "remote server" and machine.platform != "win32":
                break
    return _version(found[max(found)]) if found else None


def _changed_at(path: str) -> float | None:
    """When a file was last changed; None when there is none, or no longer."""
    try:
        return os.path.getmtime(path) if os.path.isfile(path) else None
    except OSError:
        return None


def _version(folder: str) -> tuple[str | None, str | None]:
    product = _object(os.path.join(folder, "product.json"))
    own = _text(product, "version")
    if not own:
        own = _text(_object(os.path.join(folder, "package.json")), "version")
    based = _text(product, "vscodeVersion")
    return (based, own) if based and based != own else (own, None)


def _object(path: str) -> dict[str, object]:
    """A file with a JSON object; empty where it is anything else, as somebody else wrote it."""
    value = read_json(path)
    return value if isinstance(value, dict) else {}


def _text(values: dict[str, object], name: str) -> str | None:
    """A short text among values; None where it is missing or is none."""
    value = values.get(name)
    return value[:MAX_VERSION] if isinstance(value, str) and value else None


def _extensions(folder: str) -> Iterator[Extension]:
    """The extensions called CodeGPT, by the names of their folders."""
    names = [name for name in names_in(folder) if _CALLED_CODEGPT.search(name)]
    if not names:
        return
    listed = _listed(folder)
    obsolete = _object(os.path.join(folder, ".obsolete"))
    for name in names:
        match = _FOLDER.match(name)
        if match:
            path = os.path.join(folder, name)
            stale = name in obsolete or (listed is not None and name.lower() not in listed)
            yield Extension(match[1].lower(), match[2], path, _requires(path), stale)


def _listed(folder: str) -> set[str] | None:
    """The folders that the editor has in its list of what is installed; None without a list."""
    entries = read_json(os.path.join(folder, "extensions.json"))
    if not isinstance(entries, list):
        return None
    known = [entry for entry in entries if isinstance(entry, dict)]
    paths = [_location(entry) for entry in known]
    return {re.split(r"[\\/]", path.rstrip("\\/"))[-1].lower() for path in paths if path}


def _location(entry: dict[str, object]) -> str:
    relative, location = entry.get("relativeLocation"), entry.get("location")
    if isinstance(relative, str):
        return relative
    return str(location.get("path") or "") if isinstance(location, dict) else ""


def _requires(folder: str) -> str:
    engines = _object(os.path.join(folder, "package.json")).get("engines")
    asked = _text(engines, "vscode") if isinstance(engines, dict) else None
    return asked if asked and numbers(asked) else NEEDED_EDITOR


def _age(extension: Extension) -> tuple[int, int, int]:
    return numbers(extension.version) or (0, 0, 0)
