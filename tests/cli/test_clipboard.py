"""The clipboard: the program that the system has for it gets the whole text."""

import ast
import ntpath
import os
import sys
from pathlib import Path

import pytest

from codegpt_doctor.cli.clipboard import copy
from codegpt_doctor.programs import folders, plain_environment

TEXT = "Type: **Bug**\n\n✗ FAIL  Inference\n"
TAKING = (
    "import os, pathlib, sys\n"
    "pathlib.Path(__file__).with_suffix('.arguments').write_text(repr(sys.argv[1:]))\n"
    "pathlib.Path(__file__).with_suffix('.given').write_text(repr(dict(os.environ)))\n"
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
        pytest.skip("a program of Windows cannot be made of a script")
    else:
        file = folder / (f"{name}.exe" if name == "clip" else name)
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
    assert copy(TEXT, platform, environment, [str(programs)]) == program
    assert taken.read_bytes().decode(encoding) == TEXT
    assert taken.with_suffix(".arguments").read_text() == arguments


def test_without_a_screen_no_program_is_asked(programs: Path) -> None:
    taken = put(programs, "xclip")
    put(programs, "wl-copy")
    assert copy(TEXT, "linux", {}, [str(programs)]) is None
    assert not taken.exists()


def test_without_a_program_there_is_no_clipboard(programs: Path) -> None:
    for platform in ("linux", "darwin", "win32"):
        assert copy(TEXT, platform, {"DISPLAY": ":0"}, [str(programs)]) is None


def test_a_program_that_fails_gives_way_to_the_next(programs: Path) -> None:
    put(programs, "wl-copy", "import sys; sys.exit(1)")
    taken = put(programs, "xsel")
    environment = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "x"}
    assert copy(TEXT, "linux", environment, [str(programs)]) == "xsel"
    assert taken.read_text("utf-8") == TEXT


SECRETS = {
    "OPENAI_API_KEY": "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg",
    "GITHUB_TOKEN": "ghp_Zm4Tq9Wb2Xc7Vd5Rf8Yg",
    "https_proxy": "http://bob:hunter2@proxy:8080",
    "A_NAME_OF_ONES_OWN": "hunter2",
}


def test_no_secret_is_handed_to_the_program(programs: Path) -> None:
    taken = put(programs, "xclip")
    given = {**SECRETS, "DISPLAY": ":0", "HOME": "/home/x", "LANG": "C.UTF-8"}
    assert copy(TEXT, "linux", given, [str(programs)]) == "xclip"
    seen = ast.literal_eval(taken.with_suffix(".given").read_text())
    assert (seen["DISPLAY"], seen["HOME"]) == (":0", "/home/x")
    assert not {*SECRETS.values()} & {*seen.values()}
    assert all(os.path.isabs(folder) for folder in seen["PATH"].split(":"))


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_neither_the_current_folder_nor_path_names_the_program(
    programs: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    for name in ("xclip", "pbcopy", "clip"):
        put(programs, name)
    monkeypatch.chdir(programs)
    given = {"DISPLAY": ":0", "PATH": f"{programs}:.:", "SYSTEMROOT": str(programs / "none")}
    copy(TEXT, platform, given)
    assert not list(programs.glob("*.taken"))


def test_on_windows_the_folder_of_the_system_alone_is_looked_in() -> None:
    assert [*map(ntpath.normpath, folders("win32", {"SystemRoot": r"D:\Win"}))] == [
        r"D:\Win\System32",
        r"D:\Win",
    ]
    given = plain_environment("win32", {"PATH": ".", "SystemRoot": r"D:\Win", **SECRETS})
    assert given["NoDefaultCurrentDirectoryInExePath"] == "1"
    assert not {*SECRETS} & {*given}
