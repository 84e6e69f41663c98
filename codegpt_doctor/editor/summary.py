"""What a bug report says of the machine: versions, surroundings, the log."""

import platform
import sys

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.editor.discovery import find_editors
from codegpt_doctor.editor.logs import log_lines
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.editor.remote import surroundings
from codegpt_doctor.model.machine import AboutMachine
from codegpt_doctor.net.trust import STORE_VARIABLES

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def summary_of(machine: Machine) -> AboutMachine:
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
        "modes": list(surroundings(machine)),
        "python": ".".join(map(str, sys.version_info[:3])),
        "log": list(log_lines(chosen)),
        "variables": sorted(filter(_decides_the_way, machine.environment)),
        "locale": next(filter(None, map(machine.environment.get, LOCALE)), ""),
        "sdk": _sdk(),
    }


def _decides_the_way(name: str) -> bool:
    """Whether a variable is about proxies or certificates, whose values may be secret."""
    return name.upper().endswith("_PROXY") or name.upper() in STORE_VARIABLES


def _sdk() -> str:
    """The version of the official client, whose package has the name of the default provider."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(DEFAULT_PROVIDER)
    except PackageNotFoundError:
        return ""
