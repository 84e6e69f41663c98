"""Whose Node.js is asked, and through which proxy: on made-up homes of each system."""

import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from helpers.homes import Home

from codegpt_doctor.editor.preferences import Preferences
from codegpt_doctor.editor.runtime import find_runtime, proxy_of_editor

URL = "https://api.openai.com/v1"
A, B = "http://proxy.example:3128", "http://other.example:8080"

# platform, variables, the folder with product.json, the program beside it
LAYOUTS = {
    "Linux": ("linux", {}, "root/usr/share/code/resources/app", "root/usr/share/code/code"),
    "macOS": (
        *("darwin", {}),
        "root/Applications/Visual Studio Code.app/Contents/Resources/app",
        "root/Applications/Visual Studio Code.app/Contents/MacOS/Electron",
    ),
    "Windows": (
        *("win32", {"LOCALAPPDATA": "{home}/Local"}),
        "Local/Programs/Microsoft VS Code/resources/app",
        "Local/Programs/Microsoft VS Code/Code.exe",
    ),
    "Windows, a folder a version": (
        *("win32", {"LOCALAPPDATA": "{home}/Local"}),
        "Local/Programs/Microsoft VS Code/bb0a7d2c/resources/app",
        "Local/Programs/Microsoft VS Code/Code.exe",
    ),
}


def runnable(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.mark.parametrize(
    ("platform", "variables", "folder", "program"), LAYOUTS.values(), ids=LAYOUTS
)
def test_the_program_of_an_editor_is_found(
    tmp_path: Path, platform: str, variables: Mapping[str, str], folder: str, program: str
) -> None:
    given = {name: value.format(home=tmp_path) for name, value in variables.items()}
    home = Home(tmp_path, platform, given)
    home.program(folder)
    found = find_runtime(home.machine, URL)
    assert found.program is None
    path = runnable(tmp_path / program)
    found = find_runtime(home.machine, URL)
    assert (found.program, found.title, found.is_electron) == (
        str(path),
        "VS Code's Node.js",
        True,
    )


def test_the_editor_with_codegpt_goes_before_another(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name, folder in (("code", "code"), ("cursor", "cursor")):
        home.program(f"root/usr/share/{folder}/resources/app")
        runnable(tmp_path / f"root/usr/share/{folder}/{name}")
    home.install(extensions=".cursor/extensions")
    assert find_runtime(home.machine, URL).editor == "Cursor"


def test_an_editor_in_the_folder_where_the_command_works_is_never_run(tmp_path: Path) -> None:
    home = Home(tmp_path, environment={"PATH": str(tmp_path / "work/code/bin")})
    home.program("work/code/resources/app")
    for name in ("bin/code", "code"):
        runnable(tmp_path / "work/code" / name)
    assert find_runtime(home.machine, URL).program is None


def test_one_in_a_flatpak_cannot_be_run_from_outside(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write(".var/app/com.visualstudio.code/config/Code/User/settings.json", {})
    files = ".local/share/flatpak/app/com.visualstudio.code/current/active/files/extra/vscode"
    home.program(f"{files}/resources/app")
    runnable(tmp_path / files / "code")
    assert find_runtime(home.machine, URL).program is None


PROXIES: dict[str, tuple[dict[str, object], dict[str, str], str | None]] = {
    "none": ({}, {}, None),
    "a variable": ({}, {"HTTPS_PROXY": A}, A),
    "that of http for https too": ({}, {"HTTP_PROXY": A}, A),
    "lower case first": ({}, {"HTTPS_PROXY": A, "https_proxy": B}, B),
    "not ALL_PROXY": ({}, {"ALL_PROXY": A}, None),
    "the setting first": ({"http.proxy": B}, {"HTTPS_PROXY": A}, B),
    "support off": ({"http.proxySupport": "off", "http.proxy": B}, {"HTTPS_PROXY": A}, None),
    "kept from it": ({"http.noProxy": ["openai.com"]}, {"HTTPS_PROXY": A}, None),
    "kept from it by a variable": ({}, {"HTTPS_PROXY": A, "NO_PROXY": ".openai.com"}, None),
    "for all": ({}, {"HTTPS_PROXY": A, "no_proxy": "*"}, None),
    "for another port": ({}, {"HTTPS_PROXY": A, "NO_PROXY": "api.openai.com:8443"}, A),
    "a part of a name is no suffix": ({}, {"HTTPS_PROXY": A, "NO_PROXY": "ai.com"}, A),
    "settings in place of variables": (
        {"http.noProxy": ["example.org"]},
        {"HTTPS_PROXY": A, "NO_PROXY": "openai.com"},
        A,
    ),
}


@pytest.mark.parametrize(("settings", "variables", "proxy"), PROXIES.values(), ids=PROXIES)
def test_the_proxy_is_the_one_that_vs_code_would_take(
    settings: dict[str, object], variables: dict[str, str], proxy: str | None
) -> None:
    chosen = proxy_of_editor(URL, Preferences("", settings), variables)
    assert (chosen.url if chosen else None) == proxy


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_asked_directly(host: str) -> None:
    assert proxy_of_editor(f"https://{host}:8443/v1", Preferences(""), {"HTTPS_PROXY": A}) is None
