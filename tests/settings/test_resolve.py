"""Where each setting comes from, and what is said when the sources disagree."""

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from codegpt_doctor.providers.selection import selected
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.keyring_store import MAX_WAIT, is_installed
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Key, Options, Settings, Value

DEFAULT = "https://api.openai.com/v1"
KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3"
OTHER = "sk-proj-another0another0another0"


def resolved(
    options: Options | None = None,
    folder: Path | None = None,
    asked: str | None = None,
    variables: Mapping[str, str] | None = None,
    **named: str,
) -> Settings:
    where = str(folder) if folder else "/nowhere"
    environment = {**(variables or {}), **named}
    return resolve(options or Options(), environment, where, selected, lambda: asked)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".env").write_text(
        f"# settings\nexport OPENAI_API_KEY='{KEY}'\n"
        "OPENAI_BASE_URL=https://dotenv.example/v1\nOPENAI_ORG_ID=org-dotenv\nEMPTY\n",
        encoding="utf-8",
    )
    return tmp_path


class TestKey:
    def test_comes_from_the_environment(self) -> None:
        settings = resolved(OPENAI_API_KEY=KEY)
        assert settings.key
        assert (settings.key.secret.reveal(), settings.key.source) == (KEY, "OPENAI_API_KEY")

    def test_is_kept_as_it_was_set_so_that_its_faults_are_seen(self) -> None:
        settings = resolved(OPENAI_API_KEY=f' "{KEY}"\n')
        assert settings.key
        assert settings.key.secret.reveal() == f' "{KEY}"\n'

    def test_of_the_caller_goes_before_the_environment(self) -> None:
        settings = resolved(Options(key=OTHER, key_source="--key-stdin"), OPENAI_API_KEY=KEY)
        assert settings.key
        assert (settings.key.secret.reveal(), settings.key.source) == (OTHER, "--key-stdin")

    def test_of_another_variable_ignores_the_usual_one(self) -> None:
        settings = resolved(Options(key_env="MINE"), MINE=OTHER, OPENAI_API_KEY=KEY)
        assert settings.key
        assert (settings.key.secret.reveal(), settings.key.source) == (OTHER, "MINE")
        assert settings.notes == ()

    def test_of_another_variable_that_is_not_set_is_no_key(self) -> None:
        assert resolved(Options(key_env="MINE"), asked=OTHER, OPENAI_API_KEY=KEY).key is None

    def test_comes_from_the_file_when_the_environment_has_none(self, folder: Path) -> None:
        settings = resolved(folder=folder)
        assert settings.key
        assert (settings.key.secret.reveal(), settings.key.source) == (
            KEY,
            "OPENAI_API_KEY in .env",
        )

    def test_is_asked_for_last(self, folder: Path) -> None:
        asked = resolved(asked=OTHER)
        assert asked.key
        assert (asked.key.secret, asked.key.source) == (Secret(OTHER), "prompt")
        found = resolved(folder=folder, asked=OTHER)
        assert found.key
        assert found.key.source == "OPENAI_API_KEY in .env"

    @pytest.mark.parametrize("environment", [{}, {"OPENAI_API_KEY": ""}])
    def test_can_be_absent(self, environment: dict[str, str]) -> None:
        assert resolved(variables=environment).key is None
        assert resolved(asked="", variables=environment).key is None

    def test_of_an_admin_is_kept_apart(self) -> None:
        settings = resolved(OPENAI_ADMIN_KEY=OTHER)
        assert settings.key is None
        assert settings.admin_key
        assert settings.admin_key.secret == Secret(OTHER)

    def test_is_in_no_printed_form_of_the_settings(self, folder: Path) -> None:
        settings = resolved(folder=folder, OPENAI_API_KEY=OTHER, OPENAI_ADMIN_KEY=KEY)
        assert KEY not in repr(settings)
        assert OTHER not in repr(settings)
        assert {secret.reveal() for secret in settings.secrets} == {KEY, OTHER}

    def test_is_in_no_printed_form_of_what_the_caller_chose(self) -> None:
        url = "https://bob:hunter2pass@gateway.example.net/v1"
        options = Options(base_url=url, key="house-key-31415926535897")
        shown = repr((options, resolved(options), resolved(options).base_url))
        assert "31415926535897" not in shown
        assert "hunter2" not in shown


def is_keyring(name: str) -> bool:
    return name.partition(".")[0] == "keyring"


class TestKeyring:
    """A module stands in for the package, which need not be installed."""

    def module(self, folder: Path, body: str) -> None:
        package = folder / "keyring"
        package.mkdir()
        (package / "errors.py").write_text("class KeyringError(Exception): pass\n")
        (package / "__init__.py").write_text(
            f"from keyring import errors\ndef get_password(service, name):\n    {body}\n"
        )

    @pytest.fixture(autouse=True)
    def first_on_the_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        real = {name: sys.modules.pop(name) for name in list(sys.modules) if is_keyring(name)}
        monkeypatch.syspath_prepend(str(tmp_path))
        yield
        for name in filter(is_keyring, list(sys.modules)):
            del sys.modules[name]
        sys.modules.update(real)

    def test_is_asked_after_the_environment(self, tmp_path: Path) -> None:
        self.module(
            tmp_path, f"return '{KEY}' if (service, name) == ('codegpt-doctor', 'openai') else 1"
        )
        settings = resolved(asked=OTHER)
        assert settings.key
        assert (settings.key.secret.reveal(), settings.key.source) == (KEY, "keyring")
        named = resolved(OPENAI_API_KEY=OTHER).key
        assert named
        assert named.source == "OPENAI_API_KEY"

    @pytest.mark.parametrize(
        "body",
        [
            "return None",
            "return b'bytes'",
            "raise errors.KeyringError('locked')",
            "raise RuntimeError('no backend')",
            "raise OSError('the bus is gone')",
            "raise SystemExit(1)",
        ],
    )
    def test_that_has_nothing_or_breaks_is_no_key(self, tmp_path: Path, body: str) -> None:
        self.module(tmp_path, body)
        settings = resolved()
        assert settings.key is None
        assert "the keyring" in settings.searched.places

    def test_that_cannot_be_imported_is_no_key(self, tmp_path: Path) -> None:
        self.module(tmp_path, "return None")
        (tmp_path / "keyring" / "__init__.py").write_text("raise RuntimeError('half installed')\n")
        assert resolved().key is None

    @pytest.mark.slow
    def test_that_waits_for_a_person_is_not_waited_for(self, tmp_path: Path) -> None:
        self.module(tmp_path, "import time; time.sleep(60)")
        started = time.monotonic()
        assert resolved(asked=OTHER).key == Key(Secret(OTHER), "prompt")
        assert time.monotonic() - started < MAX_WAIT + 1

    def test_that_is_not_installed_is_not_looked_in(self) -> None:
        assert is_installed() or "the keyring" not in resolved().searched.places


class TestAddress:
    def test_is_the_providers_own_by_default(self) -> None:
        assert resolved().base_url == Value(DEFAULT, "default")
        assert resolved().host == "api.openai.com"

    def test_comes_from_the_option_then_the_environment_then_the_file(self, folder: Path) -> None:
        variable = {"OPENAI_BASE_URL": "https://variable.example/v1"}
        option = Options(base_url="https://option.example/v1")
        assert resolved(option, folder, variables=variable).base_url.source == "--base-url"
        assert resolved(None, folder, variables=variable).base_url.source == "OPENAI_BASE_URL"
        assert resolved(None, folder).base_url == Value(
            "https://dotenv.example/v1", "OPENAI_BASE_URL in .env", ".env"
        )

    @pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_ADMIN_KEY"])
    def test_of_the_file_gets_no_key_from_elsewhere(self, folder: Path, name: str) -> None:
        settings = resolved(None, folder, variables={name: OTHER})
        assert settings.base_url == Value(DEFAULT, "default")
        (note,) = [one for one in settings.notes if "OPENAI_BASE_URL" in one]
        assert f"in .env is not used, because the key from {name} is not in that file" in note

    def test_the_organization_of_the_file_is_that_of_its_key(self, folder: Path) -> None:
        assert resolved(None, folder).organization
        assert resolved(None, folder, OPENAI_ADMIN_KEY=OTHER).organization
        assert resolved(None, folder, OPENAI_API_KEY=OTHER).organization is None

    def test_of_the_file_gets_no_key_that_is_typed(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("OPENAI_BASE_URL=https://dotenv.example/v1\n")
        assert resolved(None, tmp_path, asked=OTHER).base_url == Value(DEFAULT, "default")

    def test_of_the_file_gets_a_key_that_the_file_has_too(self, folder: Path) -> None:
        settings = resolved(None, folder, OPENAI_API_KEY=KEY)
        assert settings.base_url.source == "OPENAI_BASE_URL in .env"
        assert settings.notes == ()

    def test_that_is_set_but_empty_is_not_taken_for_unset(self) -> None:
        assert resolved(OPENAI_BASE_URL="").base_url == Value("", "OPENAI_BASE_URL")

    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("https://API.OpenAI.com/v1", "api.openai.com"),
            ("https://user:word@api.example:8443/v1", "api.example"),
            ("http://[::1]:8080/v1", "::1"),
            ("http://[", ""),
            ("nonsense", "nonsense"),
            ("", ""),
        ],
    )
    def test_has_a_host_or_none(self, url: str, host: str) -> None:
        assert resolved(Options(base_url=url)).host == host


class TestIdentity:
    def test_organization_project_and_model(self) -> None:
        settings = resolved(
            Options(project="proj_option", models=("gpt-x",)),
            OPENAI_ORG_ID="org-variable",
            OPENAI_PROJECT_ID="proj_variable",
        )
        assert settings.organization == Value("org-variable", "OPENAI_ORG_ID")
        assert settings.project == Value("proj_option", "--project")
        assert settings.model == Value("gpt-x", "--model")

    def test_an_empty_organization_is_kept_since_clients_send_it(self) -> None:
        assert resolved(OPENAI_ORG_ID="").organization == Value("", "OPENAI_ORG_ID")

    def test_none_is_sent_when_none_is_set(self) -> None:
        settings = resolved()
        assert (settings.organization, settings.project, settings.model) == (None, None, None)


class TestTrustStore:
    @pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
    def test_what_the_official_client_reads_counts(self, name: str) -> None:
        assert resolved(variables={name: "/ca"}).ca_bundle == Value("/ca", name)

    @pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
    def test_what_neither_it_nor_the_editor_reads_does_not(self, name: str) -> None:
        assert resolved(variables={name: "/ca"}).ca_bundle is None

    def test_the_one_of_the_official_client_goes_first(self) -> None:
        bundle = resolved(SSL_CERT_DIR="/c", SSL_CERT_FILE="/a").ca_bundle
        assert bundle == Value("/a", "SSL_CERT_FILE")

    def test_an_empty_variable_is_none(self) -> None:
        assert resolved(SSL_CERT_FILE="").ca_bundle is None


class TestNotes:
    def test_two_sources_that_agree_are_not_worth_a_word(self, folder: Path) -> None:
        assert resolved(folder=folder, OPENAI_API_KEY=KEY, OPENAI_ORG_ID="org-dotenv").notes == ()

    def test_two_sources_that_differ_are_named_without_their_values(self, folder: Path) -> None:
        note = resolved(folder=folder, OPENAI_API_KEY=OTHER).notes[0]
        assert "OPENAI_API_KEY and OPENAI_API_KEY in .env differ" in note
        assert "OPENAI_API_KEY is used" in note
        assert OTHER not in note
        assert KEY not in note

    @pytest.mark.parametrize(
        ("old", "new"),
        [("OPENAI_API_BASE", "OPENAI_BASE_URL"), ("OPENAI_ORGANIZATION", "OPENAI_ORG_ID")],
    )
    def test_a_variable_that_current_clients_ignore_is_named(self, old: str, new: str) -> None:
        (note,) = resolved(variables={old: "x"}).notes
        assert old in note
        assert new in note
        assert resolved(variables={old: "x", new: "x"}).notes == ()

    def test_a_header_that_replaces_the_key_is_named(self) -> None:
        (note,) = resolved(OPENAI_CUSTOM_HEADERS="X-One: 1\nauthorization: Bearer x").notes
        assert "OPENAI_CUSTOM_HEADERS" in note
        assert resolved(OPENAI_CUSTOM_HEADERS="X-One: 1").notes == ()


class TestFile:
    @pytest.mark.parametrize(
        "data", [b"\xff\xfe\x00", b"", b"=\n= =\n'", b"OPENAI_API_KEY", b"\x00" * 100]
    )
    def test_one_that_is_no_dotenv_file_is_ignored(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / ".env").write_bytes(data)
        assert resolved(folder=tmp_path).key is None

    def test_a_folder_of_that_name_is_ignored(self, tmp_path: Path) -> None:
        (tmp_path / ".env").mkdir()
        assert resolved(folder=tmp_path).key is None

    def test_variables_within_values_are_not_expanded(self, tmp_path: Path) -> None:
        written = "OPENAI_API_KEY=${MINE}\nOPENAI_BASE_URL=https://evil.test/${MINE}\n"
        (tmp_path / ".env").write_text(written)
        settings = resolved(folder=tmp_path, MINE=KEY)
        assert settings.key is None
        assert settings.base_url.value == "https://evil.test/${MINE}"


def test_two_keys_of_a_provider_that_differ_are_named() -> None:
    options = Options(provider="google")
    one = {"GOOGLE_API_KEY": "AIza" + "a1B2C" * 7, "GEMINI_API_KEY": "AIza" + "d3E4F" * 7}
    settings = resolve(options, one, ".", selected)
    assert settings.key
    assert settings.key.source == "GOOGLE_API_KEY"
    assert settings.notes == ("GOOGLE_API_KEY and GEMINI_API_KEY differ; GOOGLE_API_KEY is used",)
    assert [key.source for key in settings.searched.others] == ["GEMINI_API_KEY"]
    same = dict.fromkeys(one, one["GEMINI_API_KEY"])
    assert resolve(options, same, ".", selected).notes == ()
