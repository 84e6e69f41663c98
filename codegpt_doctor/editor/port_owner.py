"""Who holds a port, as far as the process tells."""

import re
from enum import StrEnum

from codegpt_doctor.editor.discovery import CODEGPT
from codegpt_doctor.probes.listeners import Listener

_EDITOR = re.compile(
    r"(?:^|[\\/])(?:code|code - insiders|code-insiders|code-oss|codium|vscodium|cursor|windsurf"
    r"|electron|(?:code|codium|cursor|windsurf)[^\\/]* helper[^\\/]*)(?:\.exe)?$"
    r"|[\\/]\.(?:vscode|vscodium|cursor|windsurf)-(?:server|server-insiders|remote)[\\/]"
    r"|[\\/]\.vscode[\\/]cli[\\/]",
    re.IGNORECASE,
)
_FORWARDER = re.compile(
    r"(?:^|[\\/])(?:docker-proxy|com\.docker\.backend|rootlessport|gvproxy|ssh|sshd|wslrelay)"
    r"(?:\.exe)?$",
    re.IGNORECASE,
)


class PortOwner(StrEnum):
    """Who holds a port."""

    CODEGPT = "CodeGPT"
    EDITOR = "the editor"
    FORWARDER = "a forwarding"
    OTHER = "another program"
    UNKNOWN = "a process of another user"


def owner_of_port(listener: Listener) -> PortOwner:
    """Who holds a port, as far as the process tells."""
    told = (listener.program, listener.command, listener.folder)
    if any(CODEGPT in one.lower() for one in told):
        return PortOwner.CODEGPT
    if is_editor(listener.program):
        return PortOwner.EDITOR
    if _FORWARDER.search(listener.program):
        return PortOwner.FORWARDER
    return PortOwner.OTHER if listener.pid else PortOwner.UNKNOWN


def is_editor(program: str) -> bool:
    """Whether a program, by its path or name, is an editor of the VS Code family."""
    return _EDITOR.search(program) is not None
