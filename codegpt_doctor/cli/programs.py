"""Other programs: only the system's own, by absolute path, and with nothing secret about them.

The current folder may be somebody else's, so it never decides what runs, and a key in a variable
is no business of a clipboard or of a browser.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence

PATIENCE = 5.0  # seconds

_FOLDERS = (
    "/usr/local/bin",
    "/usr/bin",
    "/bin",
    "/usr/sbin",
    "/opt/homebrew/bin",
    "/snap/bin",
    "/var/lib/flatpak/exports/bin",
    "/run/current-system/sw/bin",
)
_WSL_FOLDERS = ("/mnt/c/Windows/System32", "/mnt/c/Windows")
# what programs need to find the person's desktop; a name that is not here is not handed on
_KEPT = {
    *("HOME", "USER", "LOGNAME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA"),
    *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ", "TERM", "TMPDIR", "TEMP"),
    *("TMP", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "PROGRAMFILES"),
    *("PROGRAMFILES(X86)", "PROGRAMDATA", "ALLUSERSPROFILE", "DISPLAY", "WAYLAND_DISPLAY"),
    *("XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"),
    *("XDG_DATA_DIRS", "XDG_DATA_HOME", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "DESKTOP_SESSION"),
    *("DBUS_SESSION_BUS_ADDRESS", "KDE_FULL_SESSION", "KDE_SESSION_VERSION", "BROWSER"),
    *("WSL_DISTRO_NAME", "WSL_INTEROP"),
}


def folders(platform: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Where a system keeps its own programs: fixed folders, and none that a ``PATH`` names."""
    if platform == "win32":
        root = environment.get("SYSTEMROOT") or environment.get("SystemRoot") or r"C:\Windows"
        return (os.path.join(root, "System32"), root)
    return _FOLDERS + (_WSL_FOLDERS if "WSL_DISTRO_NAME" in environment else ())


def found_in(places: Sequence[str], name: str, platform: str) -> str | None:
    """The absolute path of a program, from the first of the folders that has it."""
    ending = ".exe" if platform == "win32" and not name.endswith(".exe") else ""
    for place in places:
        path = os.path.join(place, name + ending)
        if os.path.isabs(path) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def plain_environment(platform: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that another program gets: none with a key, a token or a proxy's password."""
    kept = {name: value for name, value in environment.items() if name.upper() in _KEPT}
    # Windows looks in the current folder before all others, unless it is told not to
    told = {"NoDefaultCurrentDirectoryInExePath": "1"} if platform == "win32" else {}
    return {**kept, **told, "PATH": os.pathsep.join(folders(platform, environment))}


def page(command: Sequence[str], data: bytes, environment: Mapping[str, str]) -> None:
    """Run a program that shows the data on the terminal, until the person leaves it."""
    subprocess.run(command, input=data, env=environment, check=False)  # noqa: S603 - by its path


def feed(command: Sequence[str], data: bytes, environment: Mapping[str, str]) -> bool:
    """Run a program with the data as its input; whether it ended well, and in time."""
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, by its path
            command,
            input=data,
            # xclip and wl-copy stay in the background and would keep a pipe open
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
