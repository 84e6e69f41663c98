"""Keys that lie in files are found, and what only looks like one is not."""

import os
from pathlib import Path

import pytest
from helpers.homes import Home
from helpers.standins import KEYS

from codegpt_doctor.editor.keys import FoundKey, files_with_keys, find_keys
from codegpt_doctor.providers.provider import load

KEY = "sk-proj-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5T3BlbkFJPc0Ju8Ea4Wo6Ri1Nv3Yz"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def found(home: Home) -> list[FoundKey]:
    settings = str(home.path / ".config/Code/User/settings.json")
    return list(find_keys(files_with_keys(home.machine, [settings])))


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (".bashrc", "startup file of a shell"),
        (".zshenv", "startup file of a shell"),
        (".config/fish/config.fish", "startup file of a shell"),
        ("Documents/PowerShell/Microsoft.PowerShell_profile.ps1", "startup file of a shell"),
        (".config/Code/User/settings.json", "settings of the editor"),
        ("work/.vscode/settings.json", "settings of this folder"),
    ],
)
def test_a_key_is_found_with_its_line(home: Home, path: str, what: str) -> None:
    home.write(path, f"# first\nexport OPENAI_API_KEY='{KEY}'\n")
    (one,) = found(home)
    assert (Path(one.path), one.line, one.what) == (home.path / path, 2, what)
    assert one.secret.reveal() == KEY


def test_a_found_key_is_never_shown_by_accident(home: Home) -> None:
    home.write(".bashrc", f"export OPENAI_API_KEY={KEY}\n")
    assert KEY not in repr(found(home))


@pytest.mark.parametrize(
    "line",
    [
        "export OPENAI_API_KEY=$(pass show openai)",
        "export OPENAI_API_KEY=sk-your-api-key-goes-here-1",
        "export OPENAI_API_KEY=sk-proj-xxxxxxxxxxxxxxxxxxxx1",
        "export OPENAI_API_KEY=sk-1234567890abcdefghij",
        "alias sk-something-quite-long-without-a-number=ls",
        "export PATH=/usr/bin",
        "",
    ],
)
def test_a_placeholder_is_no_key(home: Home, line: str) -> None:
    home.write(".bashrc", line)
    assert found(home) == []


def test_a_file_that_is_reached_twice_is_told_once(home: Home) -> None:
    home.write(".config/Code/User/settings.json", f'{{"x": "{KEY}"}}')
    home.folder.mkdir()
    os.symlink(home.path / ".config/Code/User", home.folder / ".vscode", target_is_directory=True)
    assert len(found(home)) == 1


def test_a_file_without_end_is_read_to_a_limit(home: Home) -> None:
    home.write(".bashrc", "#" * 1_000_000 + f"\n{KEY}\n")
    assert found(home) == []


@pytest.mark.parametrize("provider", [one for one, key in KEYS.items() if len(key) >= 20])
def test_the_key_of_any_provider_is_found_under_its_variable(home: Home, provider: str) -> None:
    names = load(provider).key_variables
    for name in names:
        home.write(".bashrc", f'export {name}="{KEYS[provider]}"\n')
        (one,) = found(home)
        assert one.secret.reveal() == KEYS[provider]


def test_another_value_of_that_length_is_none(home: Home) -> None:
    home.write(".bashrc", "export BUILD_ID=a1B2c3D4a1B2c3D4a1B2c3D4a1B2c3D4\n")
    assert found(home) == []
