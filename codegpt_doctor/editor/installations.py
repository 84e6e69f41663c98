"""Where each editor of the VS Code family keeps its extensions, settings, logs and program.

Sources: the documentation of VS Code on its folders and on remote development, ``product.json`` of
each editor, and the start scripts of the flatpaks.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from codegpt_doctor.editor.machine import Machine, names_in


@dataclass(frozen=True, slots=True)
class Product:
    """The names that one editor goes by: ``data`` and ``server`` are folders in the home."""

    name: str
    data: str
    user: str
    server: str
    command: str
    mac: str
    windows: str
    linux: tuple[str, ...]
    flatpak: tuple[str, str] | None = None


PRODUCTS = (
    Product(
        name="VS Code",
        data=".vscode",
        user="Code",
        server=".vscode-server",
        command="code",
        mac="Visual Studio Code",
        windows="Microsoft VS Code",
        linux=("usr/share/code", "opt/visual-studio-code", "snap/code/current/usr/share/code"),
        flatpak=("com.visualstudio.code", "vscode"),
    ),
    Product(
        name="VS Code Insiders",
        data=".vscode-insiders",
        user="Code - Insiders",
        server=".vscode-server-insiders",
        command="code-insiders",
        mac="Visual Studio Code - Insiders",
        windows="Microsoft VS Code Insiders",
        linux=("usr/share/code-insiders", "snap/code-insiders/current/usr/share/code-insiders"),
        flatpak=("com.visualstudio.code.insiders", "vscode-insiders"),
    ),
    Product(
        name="VSCodium",
        data=".vscode-oss",
        user="VSCodium",
        server=".vscodium-server",
        command="codium",
        mac="VSCodium",
        windows="VSCodium",
        linux=("usr/share/codium", "opt/vscodium-bin", "snap/codium/current/usr/share/codium"),
        flatpak=("com.vscodium.codium", "codium"),
    ),
    Product(
        name="Cursor",
        data=".cursor",
        user="Cursor",
        server=".cursor-server",
        command="cursor",
        mac="Cursor",
        windows="cursor",
        linux=("usr/share/cursor", "opt/cursor", "opt/Cursor"),
    ),
    Product(
        name="Windsurf",
        data=".windsurf",
        user="Windsurf",
        server=".windsurf-server",
        command="windsurf",
        mac="Windsurf",
        windows="Windsurf",
        linux=("usr/share/windsurf", "opt/windsurf"),
    ),
)
CODESPACES = Product(
    name="Codespaces",
    data=".vscode",
    user="Code",
    server=".vscode-remote",
    command="code",
    mac="Visual Studio Code",
    windows="",
    linux=(),
)


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation that there may be; nothing says yet that any of it exists.

    ``kind`` is desktop, portable, flatpak or remote server.  ``user`` is the folder of its data,
    ``logs`` the one with a folder a session.
    """

    product: Product
    kind: str
    extensions: str
    user: str
    settings: str
    logs: str

    @property
    def title(self) -> str:
        """The name for a person, with the kind where it is not the usual one."""
        return self.product.name if self.kind == "desktop" else f"{self.product.name} ({self.kind})"


def places(machine: Machine) -> Iterator[Installation]:
    """Every installation that the machine may have, the usual ones first.  Reads nothing."""
    for product in PRODUCTS:
        yield _desktop(product, machine)
    portable = machine.environment.get("VSCODE_PORTABLE")
    if portable:
        user, extensions = os.path.join(portable, "user-data"), os.path.join(portable, "extensions")
        yield _with_user(PRODUCTS[0], "portable", extensions, user)
    for product in PRODUCTS:
        if product.flatpak and machine.platform == "linux":
            yield _flatpak(product, product.flatpak, machine)
    for product in (*PRODUCTS, CODESPACES):
        yield _server(product, machine)


def _desktop(product: Product, machine: Machine) -> Installation:
    extensions = machine.in_home(product.data, "extensions")
    if product is PRODUCTS[0]:
        extensions = machine.environment.get("VSCODE_EXTENSIONS") or extensions
    user = os.path.join(_configuration(machine), product.user)
    return _with_user(product, "desktop", extensions, user)


def _with_user(product: Product, kind: str, extensions: str, user: str) -> Installation:
    settings = os.path.join(user, "User", "settings.json")
    return Installation(product, kind, extensions, user, settings, os.path.join(user, "logs"))


def _configuration(machine: Machine) -> str:
    """Where programs keep what they know of a person."""
    if machine.platform == "win32":
        return machine.environment.get("APPDATA") or machine.in_home("AppData", "Roaming")
    if machine.platform == "darwin":
        return machine.in_home("Library", "Application Support")
    return machine.environment.get("XDG_CONFIG_HOME") or machine.in_home(".config")


def _flatpak(product: Product, names: tuple[str, str], machine: Machine) -> Installation:
    app, data = names
    own = machine.in_home(".var", "app", app)
    extensions = os.path.join(own, "data", data, "extensions")
    return _with_user(product, "flatpak", extensions, os.path.join(own, "config", product.user))


def _server(product: Product, machine: Machine) -> Installation:
    """The half of an editor that runs here while its window is on another machine."""
    own = machine.in_home(product.server)
    settings = os.path.join(own, "data", "Machine", "settings.json")
    logs = os.path.join(own, "data", "logs")
    return Installation(
        product, "remote server", os.path.join(own, "extensions"), own, settings, logs
    )


def programs(place: Installation, machine: Machine) -> Iterator[str]:
    """The folders that may hold the ``product.json`` of an installation."""
    if place.kind == "remote server":
        yield from _server_programs(place, machine)
    elif place.kind == "flatpak":
        yield from _flatpak_programs(place, machine)
    else:
        yield from _by_command(place.product, machine)
        yield from _by_installer(place.product, machine)


def _server_programs(place: Installation, machine: Machine) -> Iterator[str]:
    cli = os.path.join(place.user, "cli", "servers")
    for version in names_in(cli):
        yield os.path.join(cli, version, "server")
    bases = [os.path.join(place.user, "bin")]
    if place.product is CODESPACES:
        bases.append(machine.in_root("vscode", "bin", "linux-x64"))
    for base in bases:
        for version in names_in(base):
            yield os.path.join(base, version)


def _flatpak_programs(place: Installation, machine: Machine) -> Iterator[str]:
    app, data = place.product.flatpak or ("", "")
    for base in (machine.in_root("var", "lib", "flatpak"), machine.in_home(".local/share/flatpak")):
        files = os.path.join(base, "app", app, "current", "active", "files")
        for inside in (os.path.join("extra", data), os.path.join("share", data)):
            yield os.path.join(files, inside, "resources", "app")


def _by_command(product: Product, machine: Machine) -> Iterator[str]:
    """The program that the command belongs to: found by its link, and never run.

    Running ``code`` would start an editor, and within WSL it downloads one.
    """
    from shutil import which

    found = which(product.command, path=machine.environment.get("PATH", ""))
    if found:
        folder = os.path.dirname(os.path.dirname(os.path.realpath(found)))
        yield os.path.join(folder, "resources", "app")
        yield folder


def _by_installer(product: Product, machine: Machine) -> Iterator[str]:
    """Where the installers put the program."""
    if machine.platform == "win32":
        yield from _windows_programs(product, machine)
    elif machine.platform == "darwin":
        for base in (machine.in_root("Applications"), machine.in_home("Applications")):
            yield os.path.join(base, f"{product.mac}.app", "Contents", "Resources", "app")
    else:
        for name in product.linux:
            yield os.path.join(machine.in_root(*name.split("/")), "resources", "app")


def _windows_programs(product: Product, machine: Machine) -> Iterator[str]:
    local = machine.environment.get("LOCALAPPDATA") or machine.in_home("AppData", "Local")
    shared = machine.environment.get("PROGRAMFILES")
    for base in (os.path.join(local, "Programs"), *([shared] if shared else [])):
        folder = os.path.join(base, product.windows)
        yield os.path.join(folder, "resources", "app")
        # newer versions for Windows keep each version in a folder of its own
        for name in names_in(folder):
            yield os.path.join(folder, name, "resources", "app")
