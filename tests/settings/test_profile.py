"""Profiles: what a file may set, and what it may not."""

import os
import re
from pathlib import Path

import pytest
from helpers.command import ROOT

from codegpt_doctor.settings.profile import FIELDS, Profile, ProfileError, find_profile, own_file

KEY = "gsk_Vb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G"
WHOLE = """\
[profiles.work]
provider = "groq"
key-env = "WORK_KEY"
base-url = "https://gateway.example/v1"
models = ["one", "two"]
organization = "org-1"
project = "proj-1"
timeout = 30
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The file of the user's own configuration; the working folder is beside it."""
    path = tmp_path / "home" / "config" / "codegpt-doctor" / "codegpt-doctor.toml"
    path.parent.mkdir(parents=True)
    (tmp_path / "work").mkdir()
    return path


def found(own: Path, name: str = "work", own_only: bool = False) -> Profile:
    folder = own.parents[3] / "work"
    return find_profile(name, {"XDG_CONFIG_HOME": str(own.parents[1])}, str(folder), own_only)


def in_folder(own: Path, text: str, name: str = "codegpt-doctor.toml") -> None:
    (own.parents[3] / "work" / name).write_text(text)


def test_every_field_is_read(own: Path) -> None:
    own.write_text(WHOLE)
    models = ("one", "two")
    fields = ("groq", "WORK_KEY", "https://gateway.example/v1", "org-1", "proj-1", models, 30.0)
    assert found(own) == Profile("work", *fields)


def test_the_users_own_goes_before_that_of_the_folder(own: Path) -> None:
    in_folder(own, '[profiles.work]\nprovider = "groq"\n')
    assert found(own).file == "codegpt-doctor.toml"
    own.write_text('[profiles.work]\nprovider = "anthropic"\n')
    assert found(own) == Profile("work", provider="anthropic")


def test_a_project_has_it_in_its_own_file_too(own: Path) -> None:
    text = '[tool.codegpt-doctor.profiles.work]\nmodels = "one"\n'
    in_folder(own, text, "pyproject.toml")
    assert found(own) == Profile("work", models=("one",), file="pyproject.toml")


def test_one_that_is_not_there_names_those_that_are(own: Path) -> None:
    own.write_text("[profiles.work]\n[profiles.home]\n")
    with pytest.raises(ProfileError, match=r"no profile 'other'\. There are: work, home"):
        found(own, "other")


def test_that_of_the_folder_can_be_left_out(own: Path) -> None:
    in_folder(own, "[profiles.work]\n")
    with pytest.raises(ProfileError, match="no profile"):
        found(own, own_only=True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f'organization = "{KEY}"', "holds a secret"),
        (f'models = ["{KEY}"]', "holds a secret"),
        (f'key-env = "{KEY}"', "holds a secret"),
        ('api-key = "anything-0"', "holds a secret"),
        ('token = "anything-0"', "holds a secret"),
        ('base-url = "https://name:pass-word-1@gateway.example/v1"', "holds a secret"),
        ('key-env = "0123456789abcdef0123456789abcdef"', "must be the name of a variable"),
        ('key-env = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF"', "must be the name of a variable"),
        ("key-env = 5", "must be text"),
        ('provider = ""', "must be text"),
        ("timeout = true", "must be a number of seconds"),
        ("timeout = nan", "must be a number of seconds"),
        ("timeout = 0", "must be a number of seconds"),
        ("models = [1]", "must be a list of names"),
        ('colour = "red"', "has 'colour'; it takes provider, key-env"),
        ("this is no TOML", "is not valid TOML, at line 2, column 6"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_shown(own: Path, line: str, words: str) -> None:
    own.write_text(f"[profiles.work]\n{line}\n")
    with pytest.raises(ProfileError) as caught:
        found(own)
    assert words in str(caught.value)
    value = line.partition("=")[2].strip(' "[]')
    assert len(value) < 8 or value not in str(caught.value)


def test_a_folder_chooses_no_variable_with_a_key(own: Path) -> None:
    in_folder(own, '[profiles.work]\nkey-env = "OPENAI_API_KEY"\n')
    with pytest.raises(ProfileError, match="only your own configuration may"):
        found(own)


@pytest.mark.parametrize("text", ["profiles = 1\n", "[profiles]\nwork = 1\n", "\ufeff" * 2])
def test_a_file_of_another_form_is_named(own: Path, text: str) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"is not (?:a table|valid TOML)"):
        found(own)


HOME, OTHER = os.path.abspath("home"), os.path.abspath("other")


@pytest.mark.parametrize(
    ("platform", "environment", "home"),
    [
        ("linux", {"HOME": HOME}, os.path.join(HOME, ".config")),
        ("darwin", {"HOME": HOME, "XDG_CONFIG_HOME": OTHER}, OTHER),
        ("linux", {"HOME": HOME, "XDG_CONFIG_HOME": "relative"}, os.path.join(HOME, ".config")),
        ("linux", {}, ""),
        ("win32", {"APPDATA": OTHER, "HOME": HOME}, OTHER),
        ("win32", {"HOME": HOME}, ""),
    ],
)
def test_it_is_where_the_system_keeps_configuration(
    platform: str, environment: dict[str, str], home: str
) -> None:
    whole = os.path.join(home, "codegpt-doctor", "codegpt-doctor.toml") if home else ""
    assert own_file(environment, platform) == whole


def test_the_page_names_every_field() -> None:
    page = (ROOT / "docs/profiles.md").read_text(encoding="utf-8")
    assert [one for one in FIELDS if not re.search(rf"(?m)^{one} =|`{one}`", page)] == []
