"""``editor``, and the editor within ``check``, as a process of their own."""

import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from cli.test_check import CHECK_KEYS, CONTRACT
from helpers.command import complaint, data_of, run, shows_no_traceback
from helpers.homes import Home
from helpers.servers import closed_port, listening

from codegpt_doctor.doctor import path_checks
from codegpt_doctor.editor.run import EDITOR_CHECKS
from codegpt_doctor.simulator import KEY, simulation

pytestmark = pytest.mark.slow

IDS = [check.id for check in EDITOR_CHECKS]
SECRET = "sk-proj-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5T3BlbkFJPc0Ju8Ea4Wo6Ri1Nv3Yz"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "person", sys.platform)
    made.path.mkdir()
    return made


@pytest.fixture
def variables(home: Home) -> Iterator[dict[str, str]]:
    """A person's environment, in which every host but this machine lies behind a closed proxy."""
    refused = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with listening(lambda connection, _request, _listener: connection.sendall(refused)) as proxy:
        yield {
            "HOME": str(home.path),
            "USERPROFILE": str(home.path),
            "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}",
            "NO_PROXY": "127.0.0.1",
        }


class TestWithoutAnEditor:
    def test_one_line_says_so_and_nothing_fails(self, variables: dict[str, str]) -> None:
        result = run("editor", variables=variables)
        lines = result.stdout.decode().splitlines()
        assert (result.returncode, result.stderr) == (0, b"")
        assert len(lines) == 1
        assert "no editor" in lines[0].lower()

    def test_the_data_lists_every_check_with_the_reason(self, variables: dict[str, str]) -> None:
        result = run("editor", "--json", variables=variables)
        data = data_of(result)
        assert (result.returncode, data["status"], data["diagnosis"]) == (0, "healthy", None)
        assert [check["id"] for check in data["checks"]] == IDS
        assert all(check["skipped_because"] for check in data["checks"])

    def test_a_check_says_nothing_of_an_editor(self, variables: dict[str, str]) -> None:
        with simulation(None) as settings:
            data = data_of(checked(settings.base_url.value, variables))
        assert [check["id"] for check in data["checks"]] == [check.id for check in path_checks()]


class TestWithTheExtension:
    @pytest.fixture(autouse=True)
    def installed(self, home: Home) -> None:
        home.install()

    def test_the_data_has_the_shape_of_a_check(self, variables: dict[str, str]) -> None:
        result = run("editor", "--json", variables=variables)
        data = data_of(result)
        assert result.stderr == b""
        assert set(data) == CONTRACT[""]
        assert set(data["target"]) == CONTRACT["target"]
        assert [check["id"] for check in data["checks"]] == IDS
        assert all(set(check) == CHECK_KEYS for check in data["checks"])
        assert {check["stage"] for check in data["checks"]} == {"editor"}
        assert set(data["diagnosis"]) == CONTRACT["diagnosis"]
        assert data["diagnosis"]["id"] == "codegpt_service_unreachable"
        assert (data["exit_code"], result.returncode) == (1, 1)

    def test_a_person_reads_the_checks_and_the_cause(self, variables: dict[str, str]) -> None:
        result = run("editor", "--verbose", variables=variables)
        said = result.stdout.decode()
        assert result.returncode == 1
        assert all(check.title in said for check in EDITOR_CHECKS)
        assert "send this to your IT" in " ".join(said.replace("┃", " ").split())
        assert shows_no_traceback(result)

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("columns", ["40", "60", "200"])
    def test_every_line_fits_the_terminal(
        self, variables: dict[str, str], columns: str, home: Home
    ) -> None:
        home.write(".bashrc", f"export OPENAI_API_KEY={SECRET}\n")
        result = run("editor", variables={**variables, "COLUMNS": columns})
        most = min(int(columns), 92)
        long = [line for line in result.stdout.decode().splitlines() if len(line) > most]
        assert [line for line in long if " " in line.strip(" ┃")] == []

    def test_a_found_key_is_nowhere_in_the_output(
        self, variables: dict[str, str], home: Home
    ) -> None:
        home.write(".bashrc", f"export OPENAI_API_KEY={SECRET}\n")
        home.write("x.env", "")
        for arguments in (("editor", "--verbose"), ("editor", "--json")):
            out = run(*arguments, variables=variables).stdout.decode()
            assert "sk-proj-…v3Yz" in out
            assert SECRET[9:30] not in out

    def test_its_warnings_lead_to_their_pages(self, home: Home) -> None:
        home.install("0.1.2", identity="timkmecl.codegpt3", extensions=".cursor/extensions")
        (home.path / ".vscode").rename(home.path / "away")
        result = run("editor", variables={"HOME": str(home.path), "USERPROFILE": str(home.path)})
        said = result.stdout.decode()
        assert result.returncode == 0
        assert "codegpt-doctor explain codegpt_lookalike_extension" in said

    def test_a_check_examines_it_last(self, variables: dict[str, str]) -> None:
        with simulation(None) as settings:
            data = data_of(checked(settings.base_url.value, variables))
        assert [check["id"] for check in data["checks"]] == [*(c.id for c in path_checks()), *IDS]
        assert data["diagnosis"]["id"] == "codegpt_service_unreachable"
        assert "inference" in data["diagnosis"]["ruled_out"]

    @pytest.mark.parametrize("error", ["insufficient_quota", "invalid_api_key"])
    def test_it_is_never_the_cause_where_the_api_fails(
        self, variables: dict[str, str], error: str
    ) -> None:
        with simulation(error) as settings:
            data = data_of(checked(settings.base_url.value, variables))
        assert data["diagnosis"]["id"] == error
        assert "codegpt_service_unreachable" in data["diagnosis"]["also"]

    def test_nor_where_the_api_is_not_reached(self, variables: dict[str, str]) -> None:
        data = data_of(checked(f"http://127.0.0.1:{closed_port()}/v1", variables))
        assert data["diagnosis"]["id"] == "connection_refused"

    def test_the_simulator_is_no_place_for_it(self, variables: dict[str, str]) -> None:
        data = data_of(run("check", "--simulate", "healthy", "--json", variables=variables))
        assert [check["id"] for check in data["checks"]] == [check.id for check in path_checks()]

    def test_a_person_sees_it_apart(self, variables: dict[str, str]) -> None:
        with simulation(None) as settings:
            result = checked(settings.base_url.value, variables, form=("--verbose",))
        before, heading, after = result.stdout.decode().partition("\nCodeGPT in the editor\n")
        assert heading
        assert "Inference" in before
        assert "Local service" in after


def checked(
    base_url: str, variables: dict[str, str], form: tuple[str, ...] = ("--json",)
) -> "CompletedProcess[bytes]":
    """``check`` of a provider, in a person's environment."""
    return run(
        "check", "--base-url", base_url, *form, variables={**variables, "OPENAI_API_KEY": KEY}
    )


class TestTheReport:
    @pytest.fixture(autouse=True)
    def installed(self, home: Home) -> None:
        home.install()
        home.log(f"[error] CodeGPT: 401 with {SECRET} in {home.path}, me@example.com, `x`")

    def test_as_markdown(self, variables: dict[str, str], tmp_path: Path, home: Home) -> None:
        file = tmp_path / "report.md"
        with simulation("insufficient_quota") as settings:
            result = checked(settings.base_url.value, variables, ("--report", str(file)))
        text = file.read_text("utf-8")
        assert result.stderr.decode().startswith(f"The report is in {file}.")
        assert "Extension version: `3.24.75 in VS Code`" in text
        assert "insufficient_quota (certain)" in text
        if sys.platform == "linux":  # where the made-up home has its log
            assert "[error] CodeGPT: 401 with sk-proj-…v3Yz in ~, …@…, `x`" in text
        assert SECRET[9:30] not in text
        assert str(home.path) not in text

    def test_as_a_page(self, variables: dict[str, str], tmp_path: Path) -> None:
        file = tmp_path / "report.html"
        result = run("editor", "--report", str(file), "--json", variables=variables)
        assert data_of(result)["exit_code"] == result.returncode
        text = file.read_text("utf-8")
        assert text.startswith("<!doctype html>")
        assert "codegpt_service_unreachable" in text

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("report.txt", "ends with .md, .html,"),
            ("report", "ends with .md, .html,"),
            ("missing/report.md", "is not a folder"),
            ("there.md", "exists"),
        ],
    )
    @pytest.mark.parametrize("command", ["check", "editor"])
    def test_a_file_that_cannot_be_made_is_said_before_anything_is_run(
        self, variables: dict[str, str], tmp_path: Path, command: str, name: str, words: str
    ) -> None:
        (tmp_path / "there.md").write_text("mine")
        result = run(command, "--report", str(tmp_path / name), variables=variables)
        assert result.returncode == 2
        assert words in complaint(result)
        assert (tmp_path / "there.md").read_text() == "mine"

    def test_without_a_clipboard_one_line_says_so(self, variables: dict[str, str]) -> None:
        result = run("editor", "--copy", variables=variables)  # there is no desktop
        lines = result.stderr.decode().splitlines()
        assert len(lines) == 1
        assert "no clipboard" in lines[0]
        assert result.returncode == 1
