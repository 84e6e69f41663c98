"""The clipboard, by the program that the system has for it."""

from collections.abc import Iterator, Mapping, Sequence

from codegpt_doctor.programs import feed, folders, found_in, plain_environment

_WINDOWS = ("clip", "clip.exe")


def copy(
    text: str, platform: str, environment: Mapping[str, str], places: Sequence[str] = ()
) -> str | None:
    """Put a text on the clipboard: the program that took it, or None when none did.

    Args:
        text: what to put there.
        platform: what ``sys.platform`` says.
        environment: the variables that say where the person's desktop is.
        places: the folders to look for the program in; the system's own if not given.
    """
    places = places or folders(platform, environment)
    for name, *arguments in _programs(platform, environment):
        path = found_in(places, name, platform)
        given = plain_environment(platform, environment)
        if path and feed((path, *arguments), _encoded(name, text), given):
            return name
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
