"""What is said of options and sources that cannot be right: one clear line, and no key."""

from pathlib import Path

import pytest
from helpers.command import complaint, data_of, run, shows_no_traceback
from helpers.servers import always, listening

pytestmark = pytest.mark.slow

KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
OTHER = f"{KEY[:-4]}0000"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'


@pytest.mark.sampled(7)
@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "1e308", "1e10", "0", "x"])
@pytest.mark.parametrize("command", ["check", "billing", "limits", "editor"])
def test_a_limit_that_is_none_is_named(command: str, value: str) -> None:
    result = run(command, "--timeout", value)
    assert result.returncode == 2
    assert "--timeout" in complaint(result)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("columns", ["\u00b2", "\u0663", "9" * 5000, "0", "-1", "", "40"])
def test_any_number_of_columns_is_taken(columns: str) -> None:
    result = run("check", "--simulate", "healthy", variables={"COLUMNS": columns})
    assert result.returncode == 0
    assert shows_no_traceback(result)


class TestKeyEnv:
    @pytest.mark.parametrize("value", [KEY, "", "MY KEY", "$OPENAI_API_KEY"])
    def test_that_is_no_name_is_named_without_the_key(self, value: str) -> None:
        result = run("check", "--key-env", value, variables={"OPENAI_API_KEY": KEY})
        assert result.returncode == 2
        assert "takes the name of a variable" in complaint(result)
        assert KEY[:12].encode() not in result.stderr

    def test_that_is_not_set_is_what_was_looked_in(self) -> None:
        with listening(always(401, REFUSED)) as server:
            address = ("--base-url", server.base_url)
            data = data_of(run("check", "--json", "--key-env", "NOPE", *address))
        assert data["diagnosis"]["id"] == "missing_api_key"
        assert "Looked in NOPE." in data["diagnosis"]["summary"]
        assert data["diagnosis"]["remediation"]["steps"][0].startswith("Set NOPE to the key, or")


class TestDotenv:
    def test_that_cannot_be_read_is_the_first_step(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_bytes(f"OPENAI_API_KEY={KEY}\r\n".encode("utf-16"))
        with listening(always(401, REFUSED)) as server:
            address = ("--base-url", server.base_url)
            result = run("check", "--json", *address, folder=tmp_path)
        diagnosis = data_of(result)["diagnosis"]
        assert diagnosis["id"] == "missing_api_key"
        assert ".env is in UTF-16" in diagnosis["summary"]
        assert diagnosis["remediation"]["steps"][0] == "Save .env as UTF-8."
        assert result.stderr == b""

    def test_that_holds_another_key_is_named_when_the_one_in_use_is_refused(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")
        with listening(always(401, REFUSED)) as server:
            result = run(
                "check",
                "--json",
                "--base-url",
                server.base_url,
                variables={"OPENAI_API_KEY": OTHER},
                folder=tmp_path,
            )
        diagnosis = data_of(result)["diagnosis"]
        assert diagnosis["id"] == "invalid_api_key"
        said = "OPENAI_API_KEY in .env holds another key, which is refused too."
        assert said in diagnosis["summary"]
        assert KEY[:-4].encode() not in result.stdout


def test_a_proxy_that_is_not_used_is_named_where_the_name_is_not_found() -> None:
    variables = {"HTTPS_PROXY": "http://bob:hunter2pass@127.0.0.1:9", "NO_PROXY": ".invalid"}
    arguments = ("--base-url", "https://api.invalid/v1", "--json", "--no-control")
    data = data_of(run("check", *arguments, variables={**variables, "OPENAI_API_KEY": KEY}))
    assert data["diagnosis"]["id"] == "dns_failure"
    assert "NO_PROXY excludes api.invalid" in data["diagnosis"]["summary"]
    assert data["diagnosis"]["remediation"]["steps"][0].startswith("Remove api.invalid from NO_PR")
    assert "hunter2" not in str(data)
