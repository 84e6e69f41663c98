"""The clipboard, by the program that the system has for it."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping

PATIENCE = 5.0  # seconds

_WINDOWS = ("clip", "clip.exe")


def copy(text: str, platform: str, environment: Mapping[str, str]) -> str | None:
    """Put a text on the clipboard: the program that took it, or None when none did."""
    for command in _programs(platform, environment):
        path = shutil.which(command[0], path=environment.get("PATH"))
        if path and _takes((path, *command[1:]), _encoded(command[0], text)):
            return command[0]
    return None


def _programs(platform: str, environment: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    if platform == "darwin":
        yield ("pbcopy",)
    elif platform == "win32":
        yield ("clip",)
    else:
        if environment.get("WAYLAND_DISPLAY"):
            yield ("wl-copy",)
        if environment.get("DISPLAY"):
            yield ("xclip", "-selection", "clipboard")
            yield ("xsel", "--clipboard", "--input")
        if environment.get("WSL_DISTRO_NAME"):
            yield ("clip.exe",)


def _encoded(program: str, text: str) -> bytes:
    # without the mark, clip reads its input in the code page of the console
    return text.encode("utf-16") if program in _WINDOWS else text.encode()


def _takes(command: tuple[str, ...], data: bytes) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - one of the programs above
            command,
            input=data,
            # xclip and wl-copy stay in the background and would keep a pipe open
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
