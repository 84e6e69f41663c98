"""The command as a user runs it: real processes, pipes and terminals."""

import json
import os
import random
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from helpers.command import (
    COMMAND,
    FOLDER,
    complaint,
    data_of,
    environment,
    run,
    shows_no_traceback,
)
from helpers.servers import always, closed_port, listening
from helpers.terminal import CTRL_C, CTRL_D, terminal

import codegpt_doctor
from codegpt_doctor import catalogue
from codegpt_doctor._version import __version__
from codegpt_doctor.cli import COMMANDS
from codegpt_doctor.simulator import KEY, simulation

pytestmark = pytest.mark.slow

SECRET = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
QUOTA = "Error: 429 You exceeded your current quota, please check your plan and billing details."


@pytest.fixture(scope="module")
def healthy_url() -> Iterator[str]:
    """The base URL of a provider that is well."""
    with simulation(None) as settings:
        yield settings.base_url.value


def check(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return run("check", *arguments, variables=variables)


class TestHelp:
    @pytest.mark.sampled(6)
    @pytest.mark.parametrize("flag", ["--help", "-h"])
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_explains_itself(self, command: str, flag: str) -> None:
        result = run(command, flag)
        assert (result.returncode, result.stderr) == (0, b"")
        assert result.stdout.startswith(f"Usage: codegpt-doctor {command} [OPTIONS]".encode())

    @pytest.mark.sampled(6)
    @pytest.mark.parametrize("columns", [40, 80])
    @pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
    def test_it_fits_the_terminal(self, command: tuple[str, ...], columns: int) -> None:
        with terminal(*command, "--help", columns=columns) as screen:
            assert screen.end() == 0
        lines = screen.shown.decode().splitlines()
        assert [line for line in lines if len(line) > columns] == []

    def test_the_list_of_commands_is_complete(self) -> None:
        result = run("--help")
        assert (result.returncode, result.stderr) == (0, b"")
        said = result.stdout.decode()
        assert all(f"  {name} " in said for name in COMMANDS)

    def test_without_a_command_the_help_is_shown(self) -> None:
        result = run()
        assert (result.returncode, result.stdout) == (2, b"")
        assert result.stderr == run("--help").stdout

    def test_no_option_takes_a_key_as_its_value(self) -> None:
        said = run("check", "--help").stdout.decode()
        options = re.findall(r"^  (--\S*key\S*(?: [A-Z]+)?)  ", said, re.MULTILINE)
        assert options == ["--key-env NAME", "--key-stdin", "--key-file FILE", "--no-key"]

    @pytest.mark.parametrize(
        "command", [COMMAND, (str(Path(sys.executable).with_name("codegpt-doctor")),)]
    )
    def test_the_version_is_told(self, command: tuple[str, ...]) -> None:
        result = subprocess.run(
            (*command, "--version"), capture_output=True, env=environment(), check=True
        )
        assert result.stdout.decode() == f"codegpt-doctor, version {codegpt_doctor.__version__}\n"


class TestUsageErrors:
    @pytest.mark.sampled(5)
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("chekc",), "Did you mean check? Try codegpt-doctor --help."),
            (("simulat",), "Did you mean simulate?"),
            (("xyz",), "No such command 'xyz'. Try codegpt-doctor --help."),
            (("check", "--no-such-option"), "--no-such-option"),
            (("check", "--timeout", "x"), "Try codegpt-doctor check --help."),
            (("check", "--timeout", "0"), "--timeout"),
            (("check", "--model"), "--model"),
            (("check", "--simulate", "insuficient_quota"), "insufficient_quota"),
            (("simulate", "insuficient_quota"), "insufficient_quota"),
            (("simulate", "healthy", "--port", "99999"), "--port"),
            (("errors", "--family", "money"), "--family"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
    )
    def test_is_one_line_that_names_what_is_wrong(
        self, arguments: tuple[str, ...], said: str
    ) -> None:
        result = run(*arguments)
        assert result.returncode == 2
        assert said in complaint(result)

    @pytest.mark.sampled(3)
    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", SECRET),
            ("check", "--api-key", SECRET),
            ("check", f"--api-key={SECRET}"),
            ("check", "--simulate", SECRET),
            ("check", "--timeout", SECRET),
            ("simulate", SECRET),
            ("explain", SECRET),
            ("explain", f"--{SECRET}"),
            (SECRET,),
        ],
        ids=lambda arguments: " ".join(arguments).replace(SECRET, "KEY"),
    )
    def test_a_key_as_an_argument_is_not_repeated(self, arguments: tuple[str, ...]) -> None:
        result = run(*arguments)
        assert result.returncode in (1, 2)
        assert SECRET[12:40].encode() not in result.stdout + result.stderr

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("word", ["invald_api", "invalid_ke", "usage_limit", "tokens_exceeded"])
    def test_only_what_can_be_explained_is_offered(self, word: str) -> None:
        result = run("explain", word)
        _, _, offered = complaint(result).partition("Did you mean ")
        names = re.findall(r"\w+", offered.replace(" or ", " "))
        assert names
        assert [name for name in names if run("explain", name).returncode] == []

    @pytest.mark.parametrize("columns", [40, 80])
    def test_on_a_terminal_no_line_is_longer_than_it(self, columns: int) -> None:
        for arguments in (("check", "--simulate", "invalid"), ("check", "--no-such"), ("editor",)):
            with terminal(*arguments, columns=columns) as screen:
                screen.end()
            lines = screen.shown.decode().splitlines()
            assert lines
            assert [line for line in lines if len(line) > columns] == []


class TestExplain:
    def test_an_argument(self) -> None:
        result = run("explain", QUOTA)
        said = result.stdout.decode()
        assert (result.returncode, result.stderr) == (0, b"")
        entry = catalogue.get("insufficient_quota", "openai")
        assert said.startswith(f"✗ {entry.title}\n")
        assert "\n  Fix (you, or whoever owns the organization)\n  1. " in said

    def test_words_of_the_argument_need_no_quotes(self) -> None:
        result = run("explain", "--json", *QUOTA.split())
        assert data_of(result)["match"]["id"] == "insufficient_quota"

    @pytest.mark.parametrize("arguments", [(), ("-",)])
    def test_standard_input(self, arguments: tuple[str, ...]) -> None:
        result = run("explain", "--json", *arguments, stdin=QUOTA.encode())
        assert data_of(result)["match"]["id"] == "insufficient_quota"

    def test_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "error.log"
        file.write_text(QUOTA)
        result = run("explain", "--json", str(file))
        assert data_of(result)["match"]["id"] == "insufficient_quota"

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("insufficient_quota", "insufficient_quota"),
            ("ECONNREFUSED", "connection_refused"),
            ("econnrefused", "connection_refused"),
            ("invalid_jwt", "malformed_authorization"),
            ("429", "rate_limit_unspecified"),
        ],
    )
    def test_a_word(self, word: str, expected: str) -> None:
        assert data_of(run("explain", "--json", word))["match"]["id"] == expected

    def test_the_json_has_the_keys_of_the_contract(self) -> None:
        data = data_of(run("explain", "--json", QUOTA))
        assert set(data) == {"schema_version", "tool", "match", "also", "nearest"}
        assert data["schema_version"] == 1
        assert set(data["match"]) >= {
            "id",
            "title",
            "confidence",
            "evidence",
            "remediation",
            "docs_url",
        }

    def test_what_is_not_recognised_is_a_null_in_json(self) -> None:
        result = run("explain", "--json", "all is well here")
        assert data_of(result) == {
            "schema_version": 1,
            "tool": {"name": "codegpt-doctor", "version": __version__},
            "match": None,
            "also": [],
            "nearest": [],
        }
        assert result.returncode == 1

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        "arguments",
        [
            (f"-1: {QUOTA}",),
            ("-1", "the", *QUOTA.split()),
            (f"- {QUOTA} (-h)",),
            ("--", "--api-key", QUOTA),
        ],
    )
    def test_a_text_may_begin_with_a_dash(self, arguments: tuple[str, ...]) -> None:
        result = run("explain", "--json", *arguments)
        assert data_of(result)["match"]["id"] == "insufficient_quota"

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("name", ["error.txt", "./log", "/no/such/log", "C:\\logs\\error.log"])
    def test_a_file_that_is_missing_is_said_to_be(self, name: str) -> None:
        result = run("explain", name)
        assert result.returncode == 1
        assert complaint(result).startswith(f"There is no file {name},")

    def test_an_unknown_id_offers_the_near_ones(self) -> None:
        result = run("explain", "insuficient_quota")
        assert result.returncode == 1
        assert "insufficient_quota" in complaint(result)

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b" \n\t\n",
            random.Random(1).randbytes(4000),
            b"\x00" * 4000,
            b"\xff\xfe",
            b"\xff\xfe\x00\xd8",
            b"\xef\xbb\xbf",
        ],
        ids=["empty", "blank", "binary", "zeros", "bom", "half a surrogate", "utf-8 bom"],
    )
    def test_input_that_is_no_text_is_not_printed(self, data: bytes) -> None:
        result = run("explain", stdin=data)
        assert (result.returncode, result.stdout) == (1, b"")
        assert all(line.isprintable() for line in result.stderr.decode().splitlines())

    def test_an_argument_that_is_no_utf_8_is_one_line(self) -> None:
        result = subprocess.run(
            (*COMMAND, "explain", b"\xff\xfe\x1b[31mred"),
            capture_output=True,
            env=environment(),
            check=False,
        )
        assert result.returncode == 1
        assert complaint(result).isprintable()

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
    def test_text_with_a_byte_order_mark(self, encoding: str, tmp_path: Path) -> None:
        file = tmp_path / "powershell.txt"
        file.write_bytes(("\ufeff" + QUOTA + "\r\n").encode(encoding))
        assert data_of(run("explain", "--json", str(file)))["match"]["id"] == "insufficient_quota"

    def test_fifty_megabytes_with_the_error_at_the_end(self, tmp_path: Path) -> None:
        file = tmp_path / "large.log"
        line = b"2026-11-23 08:00:00 INFO nothing happened in this line of the log\n"
        file.write_bytes(line * (50_000_000 // len(line)) + QUOTA.encode())
        result = run("explain", "--json", str(file), timeout=10)
        assert data_of(result)["match"]["id"] == "insufficient_quota"

    def test_fifty_megabytes_of_one_word(self) -> None:
        result = run("explain", stdin=b"x" * 50_000_000, timeout=10)
        assert result.returncode == 1
        assert len(complaint(result)) < 200

    def test_a_folder_is_no_input(self, tmp_path: Path) -> None:
        result = run("explain", str(tmp_path))
        assert result.returncode in (1, 2)
        assert complaint(result)

    def test_what_the_input_says_steers_no_terminal(self) -> None:
        text = "\x1b]0;title\x07\x1b[2J" + QUOTA + "\x1b[31m \u202e\u200b\x9b31m"
        result = run("explain", text)
        assert result.returncode == 0
        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", result.stdout)
        assert not re.search("[\x80-\x9f\u200b\u202e]", result.stdout.decode())

    def test_a_key_in_the_input_is_masked(self) -> None:
        text = f"AuthenticationError: 401 Incorrect API key provided: {SECRET}. You can find your"
        for arguments in (("explain", text), ("explain", "--json", text)):
            result = run(*arguments)
            assert result.returncode == 0
            assert b"sk-proj-" in result.stdout
            assert SECRET[12:30].encode() not in result.stdout + result.stderr

    @pytest.mark.parametrize("arguments", [("explain",), ("explain", "-")])
    @pytest.mark.parametrize("typed", [b"insufficient_quota\n\x04", b"insufficient_quota\x04"])
    def test_on_a_terminal_the_error_is_pasted_and_one_ctrl_d_ends_it(
        self, arguments: tuple[str, ...], typed: bytes
    ) -> None:
        with terminal(*arguments) as screen:
            screen.read_until(b"Paste the error, then press Ctrl-D.")
            screen.type(typed)
            assert screen.end(5) == 0
        assert b"No API quota left" in screen.shown or b"no API quota left" in screen.shown


class TestErrors:
    def test_all_are_listed(self) -> None:
        said = run("errors").stdout.decode()
        assert all(
            entry.id in said and entry.title in said for entry in catalogue.entries("openai")
        )

    def test_words_search(self) -> None:
        found = data_of(run("errors", "QUOTA", "credit", "--json"))["errors"]
        assert "insufficient_quota" in {one["id"] for one in found}
        assert 0 < len(found) < 20
        assert run("errors", "no-such-word").returncode == 1
        meant = data_of(run("errors", "OpenAI", "is", "down", "--json"))["errors"]
        assert "server_error" in {one["id"] for one in meant}
        by_word, by_status = (
            data_of(run("errors", *one, "--json")) for one in (["504"], ["--status", "504"])
        )
        assert by_status["errors"]
        assert by_word == by_status

    @pytest.mark.parametrize("columns", [40, 80])
    def test_on_a_terminal_every_word_is_whole(self, columns: int) -> None:
        with terminal("errors", columns=columns) as screen:
            assert screen.end() == 0
        lines = re.sub(r"\x1b\[\d*m", "", screen.shown.decode()).splitlines()
        assert [line for line in lines if len(line) > columns and " " in line.strip()] == []
        words = " ".join(" ".join(lines).split())
        assert all(
            entry.id in words and entry.title in words for entry in catalogue.entries("openai")
        )

    def test_in_a_pipe_each_has_a_line_of_its_own(self) -> None:
        lines = run("errors", variables={"COLUMNS": "40"}).stdout.decode().splitlines()
        found = {line.split()[0]: line for line in lines if line.startswith("  ")}
        assert all(found[entry.id].endswith(entry.title) for entry in catalogue.entries("openai"))

    def test_a_family_and_a_status_choose(self) -> None:
        data = data_of(run("errors", "--json", "--family", "quota", "--status", "429"))
        expected = [
            e.id for e in catalogue.entries("openai") if e.family == "quota" and 429 in e.statuses
        ]
        assert [error["id"] for error in data["errors"]] == expected
        assert expected

    def test_none_is_one_line(self) -> None:
        result = run("errors", "--status", "299")
        assert result.returncode == 1
        assert complaint(result)


class TestKey:
    @pytest.mark.parametrize("option", [(), ("--key-stdin",)])
    def test_it_is_not_asked_for_where_it_cannot_be_sent(self, option: tuple[str, ...]) -> None:
        with terminal("check", "--base-url", "foo", *option) as screen:
            assert screen.end(5) == 2
        assert b"is not an address" in b" ".join(screen.shown.split())
        assert b"API key" not in screen.shown

    def test_without_a_key_the_key_is_the_cause(self, healthy_url: str) -> None:
        result = check("--json", "--base-url", healthy_url)
        data = data_of(result)
        assert (result.returncode, data["diagnosis"]["id"]) == (1, "missing_api_key")
        assert data["target"]["key"] is None
        assert result.stderr == b""

    def test_an_empty_variable_is_said_to_be_empty(self, healthy_url: str) -> None:
        data = data_of(check("--json", "--base-url", healthy_url, OPENAI_API_KEY=""))
        assert data["diagnosis"]["id"] == "missing_api_key"
        assert "empty" in data["diagnosis"]["summary"]

    def test_from_the_environment(self, healthy_url: str) -> None:
        result = check("--json", OPENAI_API_KEY=SECRET, OPENAI_BASE_URL=healthy_url)
        data = data_of(result)
        assert (result.returncode, data["status"]) == (0, "healthy")
        assert data["target"]["key"] == {
            "hint": f"sk-proj-…{SECRET[-4:]}",
            "kind": "project key",
            "source": "OPENAI_API_KEY",
        }
        assert data["target"]["base_url"] == healthy_url

    def test_from_another_variable(self, healthy_url: str) -> None:
        arguments = ("--json", "--base-url", healthy_url, "--key-env", "MY_KEY")
        data = data_of(check(*arguments, MY_KEY=SECRET, OPENAI_API_KEY="sk-other"))
        assert data["status"] == "healthy"
        assert data["target"]["key"]["source"] == "MY_KEY"
        missing = data_of(check(*arguments, OPENAI_API_KEY=SECRET))
        assert missing["diagnosis"]["id"] == "missing_api_key"

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
    def test_from_standard_input(self, healthy_url: str, ending: bytes) -> None:
        result = run(
            *("check", "--json", "--base-url", healthy_url, "--key-stdin"),
            stdin=SECRET.encode() + ending,
        )
        data = data_of(result)
        assert data["status"] == "healthy"
        assert data["target"]["key"]["source"] == "--key-stdin"
        assert SECRET.encode() not in result.stdout

    def test_an_empty_standard_input_is_no_key(self, healthy_url: str) -> None:
        result = run("check", "--json", "--base-url", healthy_url, "--key-stdin")
        assert data_of(result)["diagnosis"]["id"] == "missing_api_key"

    def test_from_a_file_in_the_folder(self, healthy_url: str, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text(f"OPENAI_API_KEY={SECRET}\nOPENAI_BASE_URL={healthy_url}\n")
        data = data_of(run("check", "--json", folder=tmp_path))
        assert data["status"] == "healthy"
        assert data["target"]["key"]["source"] == "OPENAI_API_KEY in .env"
        assert data["target"]["base_url"] == healthy_url

    def test_from_elsewhere_is_not_sent_where_a_file_of_the_folder_says(
        self, tmp_path: Path
    ) -> None:
        nowhere = f"http://127.0.0.1:{closed_port()}"  # so that nothing leaves this machine
        with listening(always(200, b"{}")) as server:
            (tmp_path / ".env").write_text(f"OPENAI_BASE_URL={server.base_url}\n")
            result = run(
                *("check", "--json", "--no-control"),
                folder=tmp_path,
                variables={"OPENAI_API_KEY": SECRET, "HTTPS_PROXY": nowhere},
            )
            assert server.requests == []
        data = data_of(result)
        assert data["target"]["base_url"] == "https://api.openai.com/v1"
        assert "OPENAI_BASE_URL in .env is not used" in data["checks"][1]["summary"]

    def test_two_sources_that_differ_are_a_warning(self, healthy_url: str, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-proj-anotherkeyanotherkey\n")
        result = run(
            *("check", "--base-url", healthy_url),
            folder=tmp_path,
            variables={"OPENAI_API_KEY": SECRET},
        )
        said = " ".join(result.stdout.decode().split())
        assert result.returncode == 0
        assert "OPENAI_API_KEY and OPENAI_API_KEY in .env differ" in said
        assert "1 warning" in said
        assert b"anotherkeyanother" not in result.stdout

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (f" {SECRET}\n", "malformed_authorization"),
            (SECRET.replace("-", "\u2013"), "malformed_authorization"),
            (SECRET.replace("proj", "admin"), "admin_key_on_inference"),
        ],
    )
    def test_a_key_that_is_spoiled_is_the_cause(
        self, healthy_url: str, value: str, expected: str
    ) -> None:
        result = check("--json", "--base-url", healthy_url, OPENAI_API_KEY=value)
        assert (result.returncode, data_of(result)["diagnosis"]["id"]) == (1, expected)

    def test_what_looks_like_no_key_is_a_warning_where_it_works(self, healthy_url: str) -> None:
        data = data_of(check("--json", "--base-url", healthy_url, OPENAI_API_KEY="your-key-here"))
        assert (data["status"], data["checks"][0]["status"]) == ("healthy", "warn")

    @pytest.mark.parametrize(
        ("value", "said"), [("your-key-here", "placeholder"), ("sk-proj-****abcd", "shortened")]
    )
    def test_what_looks_like_no_key_explains_why_it_is_refused(self, value: str, said: str) -> None:
        with simulation("invalid_api_key") as settings:
            url = settings.base_url.value
            data = data_of(check("--json", "--base-url", url, OPENAI_API_KEY=value))
        assert data["diagnosis"]["id"] == "invalid_api_key"
        assert said in data["diagnosis"]["summary"]
        assert {one["check"] for one in data["diagnosis"]["evidence"]} >= {"key"}


class TestAddress:
    @pytest.mark.parametrize("url", ["api.openai.com/v1", ""])
    def test_what_is_no_url_is_named_as_such(self, url: str) -> None:
        result = check("--json", "--base-url", url, OPENAI_API_KEY=SECRET)
        data = data_of(result)
        assert (result.returncode, data["diagnosis"]["id"]) == (1, "bad_base_url")
        assert result.stderr == b""

    def test_a_closed_port_is_named(self) -> None:
        url = f"http://127.0.0.1:{closed_port()}/v1"
        result = check("--base-url", url, OPENAI_API_KEY=SECRET)
        assert result.returncode == 1
        assert b"connection_refused" in result.stdout
        assert shows_no_traceback(result)
        assert result.stderr == b""

    def test_a_name_that_does_not_exist_is_named(self) -> None:
        arguments = ("--json", "--no-control", "--base-url", "https://api.invalid/v1")
        result = check(*arguments, OPENAI_API_KEY=SECRET)
        assert (result.returncode, data_of(result)["diagnosis"]["id"]) == (1, "dns_failure")

    def test_a_password_in_the_address_is_not_shown(self) -> None:
        url = f"http://user:hunter2secret@127.0.0.1:{closed_port()}/v1"
        for arguments in ((), ("--json",), ("--verbose",)):
            result = check("--base-url", url, *arguments, OPENAI_API_KEY=SECRET)
            assert b"hunter2secret" not in result.stdout + result.stderr


class TestInterruption:
    def test_a_signal_during_a_check_is_one_line(self) -> None:
        with subprocess.Popen(
            (*COMMAND, "check", "--verbose", "--simulate", "request_timeout"),  # told as it goes
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            cwd=FOLDER,
        ) as process:
            assert process.stdout
            assert process.stderr
            assert process.stdout.readline()
            process.send_signal(signal.SIGINT)
            said = process.stderr.read().decode()
            assert process.wait(5) == 130
        assert said.strip().splitlines() == ["Interrupted."]

    def test_ctrl_c_on_a_terminal_during_a_check(self) -> None:
        with terminal("check", "--simulate", "request_timeout") as screen:
            screen.read_until(b"Waiting for")
            assert screen.leave(CTRL_C) == 130
        assert screen.shown.rstrip().endswith(b"Interrupted.")
        assert b"Traceback" not in screen.shown

    @pytest.mark.parametrize("keys", [CTRL_C, CTRL_D])
    def test_a_prompt_that_is_left_ends_the_run(self, healthy_url: str, keys: bytes) -> None:
        with terminal("check", "--base-url", healthy_url) as screen:
            screen.read_until(b"(not shown): ")
            assert screen.leave(keys) == 130
        assert b"Traceback" not in screen.shown

    def test_the_simulator_serves_until_it_is_interrupted(self) -> None:
        with subprocess.Popen(
            (*COMMAND, "simulate", "insufficient_quota"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            cwd=FOLDER,
        ) as process:
            assert process.stdout
            assert process.stderr
            url = process.stdout.readline().decode().strip()
            answer = requests.post(f"{url}/chat/completions", json={}, timeout=5)
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read() + process.stderr.read()
            assert process.wait(5) == 130
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "insufficient_quota")
        assert b"Traceback" not in rest

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [(("errors",), 0), (("explain", "429"), 0), (("check", "--simulate", "server_error"), 1)],
    )
    def test_a_reader_that_goes_away_changes_nothing(
        self, arguments: tuple[str, ...], code: int
    ) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            result = subprocess.run(
                (*COMMAND, *arguments),
                stdout=writer,
                stderr=subprocess.PIPE,
                env=environment(),
                cwd=FOLDER,
                check=False,
                timeout=10,
            )
        finally:
            os.close(writer)
        assert (result.stderr, result.returncode) == (b"", code)

    @pytest.mark.skipif(not hasattr(select, "epoll"), reason="needs a file that cannot be written")
    @pytest.mark.parametrize("arguments", [("errors",), ("explain", "429"), ("--help",)])
    def test_a_reader_that_goes_away_as_on_windows_changes_nothing(
        self, arguments: tuple[str, ...]
    ) -> None:
        with select.epoll() as invalid:  # writing to it gives EINVAL, as to a closed pipe there
            result = subprocess.run(
                (*COMMAND, *arguments),
                stdout=invalid.fileno(),
                stderr=subprocess.PIPE,
                env=environment(),
                cwd=FOLDER,
                check=False,
                timeout=10,
            )
        assert (result.stderr, result.returncode) == (b"", 0)


class TestOnATerminal:
    def test_a_hidden_prompt_takes_the_key_and_shows_nothing_of_it(self, healthy_url: str) -> None:
        with terminal("check", "--base-url", healthy_url) as screen:
            screen.read_until(b"(not shown): ")
            screen.type(SECRET.encode() + b"\n")
            assert screen.end() == 0
        assert b"from prompt" in screen.shown
        assert SECRET[-4:].encode() in screen.shown
        assert SECRET[12:30].encode() not in screen.shown

    def test_key_stdin_asks_without_showing_the_key(self, healthy_url: str) -> None:
        with terminal("check", "--base-url", healthy_url, "--key-stdin") as screen:
            screen.read_until(b"(not shown): ")
            screen.type(SECRET.encode() + b"\n")
            assert screen.end() == 0
        assert SECRET[12:30].encode() not in screen.shown

    def test_an_empty_answer_is_no_key(self, healthy_url: str) -> None:
        with terminal("check", "--base-url", healthy_url) as screen:
            screen.read_until(b"(not shown): ")
            screen.type(b"\n")
            assert screen.end() == 1
        assert b"missing_api_key" in screen.shown

    def test_colour_repeats_what_the_words_say(self) -> None:
        with terminal("check", "--simulate", "insufficient_quota") as screen:
            assert screen.end() == 1
        colored = screen.shown.decode().replace("\r\n", "\n")
        assert "\x1b[31m" in colored
        assert "\x1b[32m" in colored
        words = re.sub(r"\x1b\[[0-9;]*m", "", colored)
        assert "\x1b" not in words
        assert "✗ Inference" in words
        assert "insufficient_quota" in words

    @pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_colour_can_be_refused(self, variables: dict[str, str]) -> None:
        arguments = ("check", "--simulate", "insufficient_quota")
        with terminal(*arguments, variables=variables) as screen:
            assert screen.end() == 1
        assert "✗ Inference".encode() in screen.shown
        assert b"\x1b" not in screen.shown

    def test_results_appear_as_they_come(self) -> None:
        arguments = ("check", "--simulate", "request_timeout", "--timeout", "4", "-v")
        with terminal(*arguments) as screen:
            screen.read_until(b"TCP")
            assert b"request_timeout" not in screen.shown
            assert screen.end() == 1
        assert b"request_timeout" in screen.shown


class TestOutput:
    def test_no_colour_goes_into_a_pipe(self) -> None:
        assert b"\x1b" not in check("--simulate", "insufficient_quota").stdout

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", "--simulate", "insufficient_quota", "--verbose"),
            ("check", "--simulate", "healthy"),
            ("explain", "insufficient_quota"),
            ("explain", "dns_failure"),
        ],
        ids=" ".join,
    )
    def test_every_line_fits_a_narrow_terminal(self, arguments: tuple[str, ...]) -> None:
        lines = run(*arguments, variables={"COLUMNS": "40"}).stdout.decode().splitlines()
        assert [line for line in lines if not fits(line, 40)] == []

    @pytest.mark.sampled(3)
    @pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", "--simulate", "healthy"),
            ("billing", "--simulate", "healthy"),
            ("limits", "--simulate", "healthy"),
            ("editor",),
            ("explain", "Incorrect API key provided: sk-proj-\u2026abcd"),
            ("errors",),
        ],
        ids=lambda value: value[0] if isinstance(value, tuple) else value,
    )
    def test_json_is_valid_whatever_the_encoding(
        self, arguments: tuple[str, ...], encoding: str
    ) -> None:
        wanted = run(*arguments, "--json").stdout.decode()
        result = run(*arguments, "--json", variables={"PYTHONIOENCODING": encoding})
        assert json.loads(result.stdout.decode()).keys() == json.loads(wanted).keys()
        assert ("\u2026" in wanted) == ("\\u2026" in result.stdout.decode())

    def test_what_cannot_be_encoded_is_spelled_out(self) -> None:
        said = check("--simulate", "healthy", PYTHONIOENCODING="cp437").stdout.decode("cp437")
        assert "sk-proj-...ted0" in said
        result = check("--simulate", "h\u0142lthy", PYTHONIOENCODING="cp1252")
        assert "h\\u0142lthy" in complaint(result)

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
    def test_an_output_without_unicode_gets_plain_symbols(self, encoding: str) -> None:
        variables = {"PYTHONIOENCODING": encoding}
        result = run("check", "--simulate", "insufficient_quota", variables=variables)
        assert result.returncode == 1
        assert b"x Inference" in result.stdout
        assert b"x 1 root cause" in result.stdout
        assert not {"✗", "✓", "┃", "·"} & set(result.stdout.decode("utf-8", "replace"))

    @pytest.mark.sampled(3)
    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", "--simulate", "healthy", "--json"),
            ("check", "--simulate", "healthy", "--json", "--verbose"),
            ("check", "--simulate", "invalid_api_key", "--json"),
            ("check", "--base-url", "nonsense", "--json"),
            ("explain", "--json", "429"),
            ("explain", "--json", "nothing at all"),
            ("errors", "--json"),
            ("errors", "--json", "--status", "299"),
        ],
        ids=" ".join,
    )
    def test_json_is_one_object_and_nothing_else_on_standard_output(
        self, arguments: tuple[str, ...]
    ) -> None:
        result = run(*arguments)
        data, end = json.JSONDecoder().raw_decode(result.stdout.decode())
        assert isinstance(data, dict)
        assert data["schema_version"] == 1
        assert result.stdout.decode()[end:] == "\n"

    def test_nothing_is_written_into_the_folder_or_the_home(
        self, healthy_url: str, tmp_path: Path
    ) -> None:
        result = run(
            *("check", "--base-url", healthy_url),
            folder=tmp_path,
            variables={"OPENAI_API_KEY": SECRET, "HOME": str(tmp_path)},
        )
        assert result.returncode == 0
        assert list(tmp_path.glob("**/*.[!p]*")) == []

    def test_the_key_of_the_simulator_is_masked_too(self) -> None:
        result = check("--simulate", "invalid_api_key", "--verbose")
        assert KEY[12:40].encode() not in result.stdout + result.stderr

    def test_what_is_refused_says_alone_what_to_do(self) -> None:
        result = check("--base-url", "http://10.0.0.1/v1", OPENAI_API_KEY=SECRET)
        assert result.returncode == 1
        assert b"--allow-http" in result.stdout
        assert b"--sdk" not in result.stdout

    def test_a_redirect_is_shown_without_its_query(self) -> None:
        headers = {"Location": "http://portal.invalid/login?session=topsecret"}
        with listening(always(302, b"", headers=headers)) as server:
            result = check("--json", "--base-url", server.base_url, OPENAI_API_KEY=SECRET)
        assert data_of(result)["diagnosis"]["id"] == "unexpected_redirect"
        assert b"portal.invalid" in result.stdout
        assert b"topsecret" not in result.stdout


def fits(line: str, width: int) -> bool:
    """Whether a line is no wider, but for a last word that no line would hold."""
    if len(line) <= width:
        return True
    rest, _, last = line.rpartition(" ")
    return len(last) > width - 12 and len(rest) < width
