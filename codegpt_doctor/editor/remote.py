"""Where the editor really works: here, in a container, in WSL, over SSH, behind a tunnel."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codegpt_doctor.editor.jsonc import loads
from codegpt_doctor.editor.machine import Machine, names_in, read_text

_TUNNEL = re.compile(r"[\\/]\.vscode(?:-cli|[\\/]cli)[\\/]servers[\\/]")


def surroundings(machine: Machine) -> list[str]:
    """How this shell is apart from the person's own desktop, in words; empty when it is not."""
    return list(_surroundings(machine))


def _surroundings(machine: Machine) -> Iterator[str]:
    environment = machine.environment
    if environment.get("WSL_DISTRO_NAME"):
        yield f"in WSL ({environment['WSL_DISTRO_NAME']})"
    if environment.get("CODESPACES") == "true":
        yield "in Codespaces"
    elif environment.get("GITPOD_WORKSPACE_ID"):
        yield "in Gitpod"
    elif is_container(machine):
        yield "in a container"
    if environment.get("SSH_CONNECTION"):
        yield "over SSH"


def is_container(machine: Machine) -> bool:
    """Whether this is the inside of a container."""
    marks = (machine.in_root(".dockerenv"), machine.in_root("run", ".containerenv"))
    named = machine.environment.get("REMOTE_CONTAINERS") == "true"
    return named or any(os.path.exists(mark) for mark in marks)


def in_tunnel(machine: Machine) -> bool:
    """Whether this is a terminal of a window that comes through a VS Code Tunnel."""
    return _TUNNEL.search(machine.environment.get("PATH", "")) is not None


def has_tunnel(machine: Machine) -> bool:
    """Whether this machine was registered as one that a VS Code Tunnel leads to."""
    folders = (machine.in_home(".vscode", "cli"), machine.in_home(".vscode-cli"))
    return any(os.path.exists(os.path.join(folder, "code_tunnel.json")) for folder in folders)


@dataclass(frozen=True, slots=True)
class DevContainer:
    """A ``devcontainer.json`` that belongs to a folder, and whether it forwards a port."""

    path: str
    forwards: bool


def dev_container(machine: Machine, port: int) -> DevContainer | None:
    """The dev container of the folder; None when it has none, or one that cannot be read."""
    folder = os.path.join(machine.folder, ".devcontainer")
    inner = [os.path.join(folder, name, "devcontainer.json") for name in names_in(folder)]
    first = os.path.join(folder, "devcontainer.json")
    for path in (first, os.path.join(machine.folder, ".devcontainer.json"), *inner):
        text = read_text(path)
        if text is not None:
            return _read(path, text, port)
    return None


def _read(path: str, text: str, port: int) -> DevContainer | None:
    try:
        settings = loads(text)
    except ValueError:
        return None
    if not isinstance(settings, dict):
        return None
    named = ("forwardPorts", "appPort", "runArgs", "portsAttributes")
    texts = [repr(settings[name]) for name in named if name in settings]
    composed = settings.get("dockerComposeFile")
    files = composed if isinstance(composed, list) else [composed]
    folder = os.path.dirname(path)
    texts += [
        read_text(os.path.join(folder, name)) or "" for name in files if isinstance(name, str)
    ]
    forwards = any(re.search(rf"(?<!\d){port}(?!\d)", one) for one in texts)
    return DevContainer(path, forwards)
