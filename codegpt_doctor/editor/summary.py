"""What a bug report says of the machine: versions, surroundings, the log."""

import platform
import sys
from typing import Any

from codegpt_doctor.editor.discovery import find_editors
from codegpt_doctor.editor.logs import log_lines
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.editor.remote import surroundings


def summary_of(machine: Machine) -> dict[str, Any]:
    """The facts about a machine, as JSON-compatible data; paths of the home are shortened."""
    editors = find_editors(machine)
    chosen = [editor for editor in editors if editor.codegpt] or list(editors)
    return {
        "home": machine.home,
        "extension": [
            f"{editor.codegpt.version} in {editor.place.title}"
            for editor in chosen
            if editor.codegpt
        ],
        "editors": [editor.title for editor in chosen],
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "modes": surroundings(machine),
        "python": ".".join(map(str, sys.version_info[:3])),
        "log": log_lines(chosen),
    }
