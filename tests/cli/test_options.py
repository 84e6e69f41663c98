"""The options of ``check``: where a key may come from, which way is taken, what is left out."""

import contextlib
import json
import os
import shlex
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import trustme
from helpers.command import complaint, data_of, run
from helpers.servers import always, closed_port, listening, response
from helpers.terminal import terminal

from codegpt_doctor import catalogue
from codegpt_doctor.cli.conflicts import CONFLICTS, NEEDS, flag
from codegpt_doctor.cli.fail_on import judged
from codegpt_doctor.cli.watch import FIRST_PAUSE, Watch, period
from codegpt_doctor.doctor import SKIPPABLE, path_checks
from codegpt_doctor.providers.selection import selected
from codegpt_doctor.settings.command import command_of
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings, Value

pytestmark = pytest.mark.slow

KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
OTHER = f"{KEY[:-4]}0000"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'


def asked(
    *arguments: str, folder: Path, stdin: bytes = b"", **variables: str
) -> tuple[dict[str, Any], set[str]]:
    """What a run against a server that refuses every key says, and the keys that arrived there."""
    with listening(always(401, REFUSED)) as server:
        url = () if "OPENAI_BASE_URL" in variables else ("--base-url", server.base_url)
        variables = {
            name: text.replace("SERVER", server.base_url) for name, text in variables.items()
        }
        for file in filter(Path.is_file, folder.iterdir()):
            file.write_text(file.read_text().replace("SERVER", server.base_url))
        done = run(
            "check", "--json", *url, *arguments, folder=folder, variables=variables, stdin=stdin
        )
        sent = {
            line.rpartition(b" ")[2].decode()
            for request in server.requests
            for line in request.split(b"\r\n")
            if line.lower().startswith(b"authorization:")
        }
    assert KEY[12:24].encode() not in done.stdout + done.stderr
    return data_of(done), sent


class TestKeyFile:
    def test_its_first_line_is_the_key(self, tmp_path: Path) -> None:
        (tmp_path / "key.txt").write_text(f"{KEY}\nwork\n")
        data, sent = asked("--key-file", "key.txt", folder=tmp_path, OPENAI_API_KEY=OTHER)
        assert sent == {KEY}
        assert data["target"]["key"]["source"] == "--key-file"

    def test_it_may_be_a_pipe_of_the_shell(self, tmp_path: Path) -> None:
        pipe = tmp_path.parent / f"{tmp_path.name}.pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_text, args=(f"{KEY}\n",), daemon=True)
        writer.start()
        assert asked("--key-file", str(pipe), folder=tmp_path)[1] == {KEY}

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (None, "cannot be read: No such file"),
            ("\n", "has no key on its first line"),
            (f"OPENAI_API_KEY={KEY}\n", "--env-file reads such a file"),
        ],
    )
    def test_one_without_a_key_is_named(
        self, tmp_path: Path, content: str | None, words: str
    ) -> None:
        if content:
            (tmp_path / "key.txt").write_text(content)
        done = run("check", "--key-file", "key.txt", folder=tmp_path)
        assert done.returncode == 2
        assert words in complaint(done)
        assert KEY[12:24].encode() not in done.stderr

    def test_powershell_writes_one_too(self, tmp_path: Path) -> None:
        file = tmp_path.parent / f"{tmp_path.name}.txt"
        file.write_bytes(f"{KEY}\r\n".encode("utf-16"))
        assert asked("--key-file", str(file), folder=tmp_path)[1] == {KEY}


class TestEnvFile:
    def test_it_goes_before_the_environment_and_dotenv(self, tmp_path: Path) -> None:
        (tmp_path / ".env.local").write_text(f"OPENAI_API_KEY={KEY}\n")
        (tmp_path / ".env").write_text(f"OPENAI_API_KEY={OTHER}1\n")
        data, sent = asked("--env-file", ".env.local", folder=tmp_path, OPENAI_API_KEY=OTHER)
        assert KEY in sent
        assert f"{OTHER}1" not in sent
        assert data["target"]["key"]["source"] == "OPENAI_API_KEY in .env.local"

    def test_an_address_in_it_gets_no_key_of_the_environment(self, tmp_path: Path) -> None:
        (tmp_path / "prod.env").write_text("OPENAI_BASE_URL=SERVER\n")
        _, sent = asked(
            *("--env-file", "prod.env", "--no-control", "--timeout", "5"),
            folder=tmp_path,
            OPENAI_API_KEY=OTHER,
            OPENAI_BASE_URL=f"http://127.0.0.1:{closed_port()}/v1",
        )
        assert sent == set()

    def test_an_address_in_it_gets_its_own_key(self, tmp_path: Path) -> None:
        (tmp_path / "prod.env").write_text(f"OPENAI_BASE_URL=SERVER\nOPENAI_API_KEY={KEY}\n")
        _, sent = asked("--env-file", "prod.env", folder=tmp_path, OPENAI_BASE_URL="http://x.test")
        assert sent == {KEY}

    def test_one_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        done = run("check", "--env-file", "none.env", folder=tmp_path)
        assert (done.returncode, "there is no such file" in complaint(done)) == (2, True)


@pytest.mark.parametrize("chosen", [None, "prod.env"])
@pytest.mark.parametrize("in_file", [True, False])
def test_a_file_steers_only_a_key_that_is_in_it(
    tmp_path: Path, chosen: str | None, in_file: bool
) -> None:
    lines = ["OPENAI_BASE_URL=https://theirs.test/v1", "OPENAI_ORG_ID=org-theirs"]
    lines += [f"OPENAI_API_KEY={KEY}"] if in_file else []
    (tmp_path / (chosen or ".env")).write_text("\n".join(lines))
    options = Options(key=KEY, key_source="--key-file", env_file=chosen)
    found = resolve(options, {"OPENAI_API_KEY": OTHER}, str(tmp_path), selected)
    assert found.key
    assert found.key.source == "--key-file"
    assert (found.host == "theirs.test") == in_file
    assert (found.organization is not None) == in_file
    assert found.searched.others == ()


@contextmanager
def encrypted(context: ssl.SSLContext) -> Iterator[int]:
    """Listen for TLS while the block runs, and answer every request with a list of models."""
    body = b'{"object": "list", "data": []}'

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), context.wrap_socket(connection, True) as wrapped:
                wrapped.recv(65536)
                wrapped.sendall(response(200, body))

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


class TestTheWay:
    HIDDEN = ("--base-url", "https://api.example.invalid/v1", "--no-control", "--timeout", "8")

    def test_a_proxy_is_taken_before_the_variables(self, tmp_path: Path) -> None:
        refusal = always(403, b"no")
        with listening(refusal) as proxy:
            named = f"http://127.0.0.1:{proxy.port}"
            variables = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "*"}
            data = data_of(
                run(
                    *("check", "--json", "--no-key", "--proxy", named, *self.HIDDEN),
                    variables=variables,
                )
            )
            assert any(one.startswith(b"CONNECT api.example.invalid") for one in proxy.requests)
        assert data["diagnosis"]["id"] == "proxy_unreachable"
        assert data["target"]["proxy"] == named
        assert "--proxy" in data["diagnosis"]["summary"]

    def test_the_official_client_takes_it_too(self) -> None:
        with listening(always(403, b"no")) as proxy:
            named = f"http://127.0.0.1:{proxy.port}"
            arguments = ("--sdk", "--proxy", named, *self.HIDDEN, "--timeout", "20")
            run("check", "--json", *arguments, variables={"OPENAI_API_KEY": KEY})
            agents = b"".join(proxy.requests)
        assert agents.count(b"CONNECT api.example.invalid") >= 2
        assert KEY.encode() not in agents

    def test_a_key_for_this_machine_goes_through_none(self, tmp_path: Path) -> None:
        with listening(always(200, b"{}")) as proxy:
            named = f"http://127.0.0.1:{proxy.port}"
            data, sent = asked("--proxy", named, folder=tmp_path, OPENAI_API_KEY=KEY)
            assert proxy.requests == []
        assert sent == set()
        assert data["diagnosis"]["id"] == "loopback_through_proxy"
        assert data["diagnosis"]["remediation"]["steps"][0] == "Leave out --proxy."

    def test_direct_takes_none(self, tmp_path: Path) -> None:
        proxies = {"HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
        variables: dict[str, Any] = proxies
        _, sent = asked("--direct", folder=tmp_path, OPENAI_API_KEY=KEY, **variables)
        assert sent == {KEY}

    @pytest.mark.parametrize("url", ["http://bob:hunter2pass@127.0.0.1:9", "bob:hunter2pass@x:9"])
    def test_a_password_is_no_argument(self, url: str) -> None:
        done = run("check", "--proxy", url)
        assert done.returncode == 2
        assert "never given as an argument" in complaint(done)
        assert b"hunter2" not in done.stderr

    def test_a_bundle_is_trusted_in_place_of_the_variables(self, tmp_path: Path) -> None:
        authority = trustme.CA()
        bundle = tmp_path / "root.pem"
        authority.cert_pem.write_to_path(bundle)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)

        with encrypted(context) as port:
            url = ("--base-url", f"https://127.0.0.1:{port}/v1", "--no-key", "--no-control")
            refused = data_of(run("check", "--json", *url))
            trusted = data_of(run("check", "--json", *url, "--ca-bundle", str(bundle)))
        assert refused["diagnosis"]["id"] == "tls_untrusted_certificate"
        tls = next(check for check in trusted["checks"] if check["id"] == "tls")
        assert (tls["status"], "trusted by --ca-bundle" in tls["summary"]) == ("pass", True)

    def test_a_bundle_that_is_not_there_is_the_cause(self, tmp_path: Path) -> None:
        arguments = ("--ca-bundle", "none.pem", "--no-key", *self.HIDDEN)
        assert run("check", *arguments, folder=tmp_path).returncode == 1


class TestSkip:
    def test_what_can_be_left_out_are_checks(self) -> None:
        assert {*SKIPPABLE} - {"editor"} <= {check.id for check in path_checks()}

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("name", SKIPPABLE)
    def test_it_is_not_tested_and_said_so(self, name: str) -> None:
        data = data_of(run("check", "--simulate", "healthy", "--json", "--skip", name))
        assert (data["status"], data["exit_code"]) == ("healthy", 0)
        assert {*SKIPPABLE[name]} <= {*data["untested"]}
        for check in data["checks"]:
            if check["id"] == name:
                assert (check["status"], check["skipped_because"]) == ("skip", "--skip")

    def test_the_last_line_says_so(self) -> None:
        said = run("check", "--simulate", "healthy", "--skip", "billing").stdout.decode()
        assert "All that was tested works" in said
        assert "All is well" not in said
        assert "not tested: billing" in " ".join(said.split())

    def test_nothing_is_spent_where_inference_is_left_out(self, tmp_path: Path) -> None:
        with listening(always(200, b'{"object": "list", "data": [{"id": "m"}]}')) as server:
            arguments = ("--base-url", server.base_url, "--skip", "inference")
            run("check", *arguments, variables={"OPENAI_API_KEY": KEY})
            posted = [one for one in server.requests if one.startswith(b"POST")]
        assert not any(b'"content": "hi"' in one or b'"content":"hi"' in one for one in posted)

    def test_a_failure_elsewhere_is_still_the_cause(self) -> None:
        done = run("check", "--simulate", "invalid_api_key", "--skip", "inference", "--json")
        assert data_of(done)["diagnosis"]["id"] == "invalid_api_key"


def test_a_fix_that_runs_it_again_has_the_same_options() -> None:
    options = ("--key-file", "my key.txt", "--proxy", "http://127.0.0.1:9", "--skip", "editor")
    settings = Settings("openai", Value("https://x.test/v1", "--base-url"), repeated=options)
    said = command_of(settings, ("OPENAI_API_KEY",))
    assert shlex.split(said)[2:] == ["--base-url", "https://x.test/v1", *options]


GIVEN = {
    "simulate": "healthy",
    "base_url": "http://127.0.0.1:9",
    "organization": "org",
    "project": "proj",
    "key_env": "NAME",
    "key_file": "file",
    "env_file": "file",
    "proxy": "http://127.0.0.1:9",
    "ca_bundle": "file",
    "output_format": "junit",
    "watch_for": "10m",
    "template": "codegpt",
}
TOGETHER = [(first, other) for first, others, _ in CONFLICTS for other in others]


def given(name: str) -> list[str]:
    return [flag(name), *([GIVEN[name]] if name in GIVEN else [])]


# one process for all of them
EACH = """
import json, sys, click
from codegpt_doctor.cli import group

def complaint(arguments):
    try:
        group.main(arguments, standalone_mode=False)
    except click.UsageError as error:
        return error.format_message()

print(json.dumps([complaint(one) for one in json.load(sys.stdin)]))
"""


def complaints(lines: list[list[str]]) -> list[str | None]:
    """What each command line is told that could not be understood."""
    done = run(script=EACH, stdin=json.dumps([["check", *one] for one in lines]).encode())
    said: list[str | None] = json.loads(done.stdout)
    return said


def test_options_that_cannot_work_together_say_so() -> None:
    said = complaints([[*given(one), *given(other)] for one, other in TOGETHER])
    for (one, other), words in zip(TOGETHER, said, strict=True):
        assert words
        assert f"{flag(one)} and {flag(other)} cannot be used together" in words


def test_options_that_say_more_of_another_need_it() -> None:
    said = complaints([given(one) for one, _ in NEEDS])
    for (_, needed), words in zip(NEEDS, said, strict=True):
        assert words
        assert f"only with {flag(needed)}" in words


class TestQuiet:
    def test_healthy_says_nothing(self) -> None:
        done = run("check", "--simulate", "healthy", "--quiet")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def test_a_problem_is_one_line(self) -> None:
        done = run("check", "--simulate", "insufficient_quota", "-q")
        title = catalogue.get("insufficient_quota", "openai").title
        assert done.returncode == 1
        assert done.stdout.decode().strip().endswith(f"s: {title}")
        assert done.stdout.count(b"\n") == 1


CONTEXT = click.Context(click.Command("check"))
OPTION = click.Option(["--for"])


class TestWatchFor:
    def test_it_ends_with_the_exit_code_of_the_last_run(self) -> None:
        done = run("check", "--simulate", "insufficient_quota", "--watch", "--for", "1s", "--json")
        assert done.returncode == 1
        assert data_of(done)["diagnosis"]["id"] == "insufficient_quota"

    def test_the_last_pause_ends_with_it(self) -> None:
        watching = Watch(0.3)
        assert not watching.is_over
        started = time.monotonic()
        watching.wait()
        assert 0.2 < time.monotonic() - started < FIRST_PAUSE
        assert watching.is_over
        assert not Watch().is_over

    @pytest.mark.parametrize(
        ("text", "seconds"),
        [("10", 10), ("90s", 90), ("10m", 600), ("1h", 3600), ("0.5 min", 30)],
    )
    def test_a_time_is_understood(self, text: str, seconds: float) -> None:
        assert period(CONTEXT, OPTION, text) == seconds

    @pytest.mark.parametrize("text", ["x", "10d", "0", "-1", "m", "8000000m", "9999h", ""])
    def test_what_is_no_time_is_named(self, text: str) -> None:
        with pytest.raises(click.BadParameter, match="such as 90s, 10m or 1h"):
            period(CONTEXT, OPTION, text)


class TestFailOn:
    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("error", "choice", "code"),
        [
            ("rate_limit_requests", "any", 1),
            ("rate_limit_requests", "permanent", 0),
            ("server_error", "permanent", 0),
            ("invalid_api_key", "permanent", 1),
            ("insufficient_quota", "permanent", 1),
        ],
    )
    def test_only_what_stays_fails(self, error: str, choice: str, code: int) -> None:
        done = run("check", "--simulate", error, "--fail-on", choice, "--json")
        data = data_of(done)
        assert (done.returncode, data["exit_code"]) == (code, code)
        assert data["status"] == "problem"

    def test_an_open_question_is_no_success(self) -> None:
        report: Any = {"diagnosis": None, "exit_code": 3}
        assert judged(report, "permanent")["exit_code"] == 3


class TestColor:
    @pytest.mark.sampled(3)
    @pytest.mark.parametrize(
        ("options", "variables", "is_colored"),
        [
            ((), {}, False),
            (("--color", "always"), {}, True),
            (("--color", "always"), {"NO_COLOR": "1"}, True),
            (("--color", "never"), {"FORCE_COLOR": "1"}, False),
            ((), {"FORCE_COLOR": "0"}, False),
            ((), {"CLICOLOR_FORCE": "1"}, True),
            ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ],
    )
    def test_in_a_pipe(
        self, options: tuple[str, ...], variables: dict[str, str], is_colored: bool
    ) -> None:
        done = run("check", "--simulate", "healthy", *options, variables=variables)
        assert (b"\x1b[" in done.stdout) == is_colored

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("options", "variables", "is_colored"),
        [
            ((), {}, True),
            (("--color", "never"), {}, False),
            ((), {"CLICOLOR": "0"}, False),
            ((), {"FORCE_COLOR": "0"}, False),
        ],
    )
    def test_on_a_terminal(
        self, options: tuple[str, ...], variables: dict[str, str], is_colored: bool
    ) -> None:
        with terminal("check", "--simulate", "healthy", *options, variables=variables) as screen:
            screen.end()
        assert (b"\x1b[1m" in screen.shown) == is_colored


def test_the_prompt_says_which_key_and_how_to_give_it() -> None:
    with terminal("check", "--provider", "anthropic") as screen:
        screen.read_until(b"(not shown): ")
        assert screen.leave() == 130
    said = " ".join(screen.shown.decode().split())
    assert "Paste an API key for Anthropic; it is sent to api.anthropic.com only" in said
    assert "https://" in said
    assert "Nothing appears as you paste." in said
    assert "press only Enter to go on without a key" in said
