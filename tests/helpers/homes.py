"""Made-up homes, laid out as each system and each editor lays them out."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from codegpt_doctor.editor.machine import Machine

CODEGPT = "danielsanmedium.dscodegpt"
VERSION = "3.24.75"


@dataclass
class Home:
    """A home folder, and the root of a system, that are filled bit by bit."""

    path: Path
    platform: str = "linux"
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the person works."""
        return self.path / "work"

    @property
    def root(self) -> Path:
        """Where the system's own files begin."""
        return self.path / "root"

    @property
    def machine(self) -> Machine:
        """The machine that this is the home of."""
        home, folder, root = str(self.path), str(self.folder), str(self.root)
        return Machine(self.platform, home, dict(self.environment), folder, root)

    def write(self, path: str, content: object = "") -> Path:
        """Write a file below the home: text as it is, anything else as JSON."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return file

    def install(
        self,
        version: str = VERSION,
        extensions: str = ".vscode/extensions",
        identity: str = CODEGPT,
        requires: str = "^1.96.0",
        suffix: str = "",
    ) -> Path:
        """Put an extension into a folder of extensions."""
        folder = f"{extensions}/{identity}-{version}{suffix}"
        publisher, name = identity.split(".", 1)
        manifest = {"name": name, "publisher": publisher, "engines": {"vscode": requires}}
        return self.write(f"{folder}/package.json", manifest).parent

    def program(self, folder: str, version: str = "1.104.2", **more: str) -> Path:
        """Put the description of an editor's program into a folder."""
        return self.write(f"{folder}/product.json", {"version": version, **more}).parent

    def log(
        self, *lines: str, user: str = ".config/Code", session: str = "20261123T080000"
    ) -> Path:
        """Write a log of the extension host of one session."""
        path = f"{user}/logs/{session}/window1/exthost/exthost.log"
        return self.write(path, "".join(f"2026-11-23 08:00:01.000 {line}\n" for line in lines))


ACTIVATED = (
    "[info] ExtensionService#_doActivateExtension DanielSanMedium.dscodegpt, startup: false, "
    "activationEvent: 'onStartupFinished'"
)
