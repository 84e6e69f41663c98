"""``--profile``: whose file it is decides where a key goes."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from helpers.command import complaint, data_of, run
from helpers.servers import always, listening

pytestmark = pytest.mark.slow

KEY = "made-up-key-7f6e5d4c"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'


class Home:
    """A home with a configuration, and a folder to work in."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "work"
        self.own = root / ".config" / "codegpt-doctor" / "codegpt-doctor.toml"
        self.own.parent.mkdir(parents=True)
        self.folder.mkdir()

    def check(self, *options: str, profile: str = "work") -> CompletedProcess[bytes]:
        """Run a check with a profile, where OPENAI_API_KEY holds a key."""
        variables = {"HOME": str(self.root), "OPENAI_API_KEY": KEY, "OTHER_KEY": f"{KEY}-other"}
        arguments = ("check", "--no-control", "--profile", profile, *options)
        return run(*arguments, variables=variables, folder=self.folder)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "person")


def test_one_of_the_user_names_address_key_and_model(home: Home) -> None:
    with listening(always(401, REFUSED)) as server:
        lines = f'base-url = "{server.base_url}"\nkey-env = "OTHER_KEY"\nmodels = ["one"]\n'
        home.own.write_text(f"[profiles.work]\n{lines}timeout = 20\n")
        data = data_of(home.check("--json"))
    assert data["diagnosis"]["id"] == "invalid_api_key"
    assert data["target"]["key"]["source"] == "OTHER_KEY"
    assert data["target"]["model"] == "one"
    assert any(f"{KEY}-other".encode() in request for request in server.requests)
    said = " ".join(data["diagnosis"]["remediation"]["commands"])
    assert "codegpt-doctor check" not in said or "--profile work" in said


@pytest.mark.parametrize("name", ["codegpt-doctor.toml", "pyproject.toml"])
def test_one_of_a_folder_has_no_key_sent_to_its_address(home: Home, name: str) -> None:
    table = "profiles.work" if name.startswith("codegpt") else "tool.codegpt-doctor.profiles.work"
    with listening(always(401, REFUSED)) as server:
        (home.folder / name).write_text(f'[{table}]\nbase-url = "{server.base_url}"\n')
        result = home.check()
    assert server.requests == []
    assert result.returncode == 2
    assert f"{name} in this folder names the address" in complaint(result)


def test_one_of_a_folder_tests_the_way_to_its_address_without_a_key(home: Home) -> None:
    with listening(always(401, REFUSED)) as server:
        text = f'[profiles.work]\nbase-url = "{server.base_url}"\n'
        (home.folder / "codegpt-doctor.toml").write_text(text)
        assert home.check("--no-key").returncode == 0
    assert server.requests


def test_nor_where_a_file_beside_it_holds_a_key(home: Home) -> None:
    with listening(always(401, REFUSED)) as server:
        text = f'[profiles.work]\nbase-url = "{server.base_url}"\n'
        (home.folder / "codegpt-doctor.toml").write_text(text)
        (home.folder / ".env").write_text("ANTHROPIC_API_KEY=another-1a2b3c4d\n")
        home.check()
    assert not [request for request in server.requests if KEY.encode() in request]


def test_an_option_goes_before_it_and_names_the_address_for_the_user(home: Home) -> None:
    with listening(always(401, REFUSED)) as server, listening(always(401, REFUSED)) as other:
        text = f'[profiles.work]\nbase-url = "{other.base_url}"\n'
        (home.folder / "codegpt-doctor.toml").write_text(text)
        home.check("--base-url", server.base_url)
    assert any(KEY.encode() in request for request in server.requests)
    assert other.requests == []


def test_it_goes_before_the_variables(home: Home) -> None:
    with listening(always(401, REFUSED)) as server:
        home.own.write_text(f'[profiles.work]\nbase-url = "{server.base_url}"\n')
        (home.folder / ".env").write_text("OPENAI_BASE_URL=http://127.0.0.1:9/v1\n")
        data = data_of(home.check("--json"))
    assert data["target"]["base_url"] == server.base_url


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[profiles.work]\nkey-env = "OPENAI_API_KEY"\n', "only your own configuration may"),
        ("[profiles.home]\n", "There are: home"),
        ('[profiles.work]\nkey = "x"\n', "holds a secret"),
    ],
)
def test_one_that_cannot_be_used_is_a_usage_error(home: Home, text: str, words: str) -> None:
    (home.folder / "codegpt-doctor.toml").write_text(text)
    result = home.check()
    assert result.returncode == 2
    assert words in complaint(result)


def test_it_does_not_go_with_all_providers(home: Home) -> None:
    home.own.write_text("[profiles.work]\n")
    assert home.check("--all").returncode == 2
