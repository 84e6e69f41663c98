"""The clipboard: the program that the system has for it gets the whole text."""

import os
import sys
from pathlib import Path

import pytest

from codegpt_doctor.cli.clipboard import copy

TEXT = "Type: **Bug**\n\n✗ FAIL  Inference\n"
TAKING = (
    "import pathlib, sys\n"
    "pathlib.Path(__file__).with_suffix('.arguments').write_text(repr(sys.argv[1:]))\n"
    "pathlib.Path(__file__).with_suffix('.taken').write_bytes(sys.stdin.buffer.read())\n"
)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, code: str = TAKING) -> Path:
    """A real program of a name; where its input goes."""
    script = folder / f"{name}.py"
    script.write_text(code)
    if os.name == "nt":
        file = folder / (name if name.endswith(".exe") else f"{name}.cmd")
        file.write_text(f'@"{sys.executable}" "{script}" %*\n')
    else:
        file = folder / name
        file.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
        file.chmod(0o755)
    return script.with_suffix(".taken")


CASES = [
    ("darwin", {}, "pbcopy", "utf-8", "[]"),
    ("win32", {}, "clip", "utf-16", "[]"),
    ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "wl-copy", "utf-8", "[]"),
    ("linux", {"DISPLAY": ":0"}, "xclip", "utf-8", "['-selection', 'clipboard']"),
    ("linux", {"DISPLAY": ":0"}, "xsel", "utf-8", "['--clipboard', '--input']"),
]


@pytest.mark.parametrize(("platform", "environment", "program", "encoding", "arguments"), CASES)
def test_each_program_gets_the_text(
    programs: Path,
    platform: str,
    environment: dict[str, str],
    program: str,
    encoding: str,
    arguments: str,
) -> None:
    taken = put(programs, program)
    given = {**environment, "PATH": str(programs)}
    assert copy(TEXT, platform, given) == program
    assert taken.read_bytes().decode(encoding) == TEXT
    assert taken.with_suffix(".arguments").read_text() == arguments


def test_without_a_screen_no_program_is_asked(programs: Path) -> None:
    taken = put(programs, "xclip")
    put(programs, "wl-copy")
    assert copy(TEXT, "linux", {"PATH": str(programs)}) is None
    assert not taken.exists()


def test_without_a_program_there_is_no_clipboard(programs: Path) -> None:
    for platform in ("linux", "darwin", "win32"):
        assert copy(TEXT, platform, {"PATH": str(programs), "DISPLAY": ":0"}) is None


def test_a_program_that_fails_gives_way_to_the_next(programs: Path) -> None:
    put(programs, "wl-copy", "import sys; sys.exit(1)")
    taken = put(programs, "xsel")
    environment = {"PATH": str(programs), "DISPLAY": ":0", "WAYLAND_DISPLAY": "x"}
    assert copy(TEXT, "linux", environment) == "xsel"
    assert taken.read_text("utf-8") == TEXT
