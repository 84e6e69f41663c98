"""Other programs: by absolute path, and with nothing secret in their arguments or variables.

The current folder may be somebody else's, so it never decides what runs, and a key in a variable
is no business of a clipboard or of a browser.
"""

import os
import subprocess
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from time import monotonic

PATIENCE = 5.0  # seconds
MAX_LINE = 1024 * 1024  # bytes of what a program says at once

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


def on_path(name: str, platform: str, environment: Mapping[str, str], folder: str) -> str | None:
    """The absolute path of a program that the person has installed, by their ``PATH``.

    None of its folders counts that belongs to ``folder``, where the command works, or to a project.
    """
    home = os.path.realpath(os.path.expanduser("~"))
    here = os.path.realpath(folder) if folder else ""
    places = []
    for place in environment.get("PATH", "").split(os.pathsep):
        parts = os.path.realpath(place).split(os.sep) if os.path.isabs(place) else []
        own = here == home or not here or parts[: here.count(os.sep) + 1] != here.split(os.sep)
        if parts and own and "node_modules" not in parts:
            places.append(place)
    return found_in(places, name, platform)


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


def converse(
    command: Sequence[str], data: bytes, environment: Mapping[str, str], deadline: float
) -> Generator[bytes]:
    """Run a program, and give the lines that it prints once it has the data.

    Its input stays open until the last line is taken, and it is ended then.

    Args:
        command: the absolute path, and arguments.
        data: what it is told, which no other program can read.
        environment: the variables that it gets.
        deadline: when it is ended, on the clock of ``time.monotonic``.

    Raises:
        OSError: it cannot be started.
    """
    with subprocess.Popen(  # noqa: S603 - by its path
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=os.path.dirname(command[0]),
    ) as process:
        late = threading.Timer(max(0.0, deadline - monotonic()), process.kill)
        late.daemon = True
        late.start()
        try:
            if process.stdin and process.stdout:
                with suppress(OSError):  # it has ended already
                    os.write(process.stdin.fileno(), data)
                while line := process.stdout.readline(MAX_LINE):
                    yield line
        finally:
            late.cancel()
            process.kill()
