"""No secret comes out of a command: whichever way it came in, and whatever goes wrong."""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from helpers.command import COMMAND, FOLDER, environment, run
from helpers.homes import Home
from helpers.servers import always, closed_port, listening

from codegpt_doctor import simulator

pytestmark = pytest.mark.slow

KEY = "house-key-31415926535897"  # of no known shape
PROJECT = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
PASSWORDS = ("hunter2", "p@ss12", "p/ss12", "secretp@ssw0rd", "summer_holiday2024", "blue-Eleph99")
COMMANDS = (("check",), ("check", "-v"), ("check", "--json"), ("billing",), ("limits", "--json"))


def holds(result: object, secret: str) -> bool:
    """Whether five characters in a row of a secret were printed."""
    text = repr(result)
    return any(secret[at : at + 5] in text for at in range(len(secret) - 4))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_the_password_of_a_proxy(scheme: str, password: str) -> None:
    encoded = b64encode(f"bob:{password}".encode()).decode()
    refusal = f"HTTP/1.1 407 {password} {encoded}\r\nContent-Length: 0\r\n\r\n".encode()
    with listening(lambda connection, *_: connection.sendall(refusal)) as proxy:
        variables = {"HTTPS_PROXY": f"{scheme}bob:{password}@127.0.0.1:{proxy.port}"}
        for command in (("check", "--json", "-v"), ("check", "-v")):
            done = run(
                *command,
                *("--base-url", "https://api.example.invalid/v1", "--no-control"),
                variables={**variables, "OPENAI_API_KEY": PROJECT},
            )
            assert b"127.0.0.1" in done.stdout
            assert not holds((done.stdout, done.stderr), password)
            assert encoded[:8].encode() not in done.stdout + done.stderr


@pytest.mark.parametrize("odd", ["#", "/", "?", "[", "\u2100", "]"])
def test_the_words_of_a_library_about_an_address_are_not_told(odd: str) -> None:
    variables = {"HTTPS_PROXY": f"http://bob:hunter2pass{odd}x@127.0.0.1:9", "OPENAI_API_KEY": KEY}
    address = ("--base-url", "https://api.example.invalid/v1", "--no-control")
    done = run("check", "--json", *address, variables=variables)
    assert b"HTTPS_PROXY does not hold a proxy address" in done.stdout
    assert b"hunter2" not in done.stdout + done.stderr


@pytest.mark.sampled(4)
@pytest.mark.parametrize("password", ["p@ss!word99", "pa/ss!word99", "pa ss!word99"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_password_of_a_base_url(command: tuple[str, ...], password: str) -> None:
    url = f"https://bob:{password}@127.0.0.1:{closed_port()}/v1"
    variables = {"OPENAI_API_KEY": PROJECT, "OPENAI_ADMIN_KEY": PROJECT.replace("proj", "admin")}
    done = run(*command, "--base-url", url, "--timeout", "5", variables=variables)
    assert not holds((done.stdout, done.stderr), password)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("command", [*COMMANDS, ("models",)])
@pytest.mark.parametrize("between", [" ", "", "/"])
def test_a_key_that_was_pasted_to_the_address(command: tuple[str, ...], between: str) -> None:
    with listening(always(200, b"{}")) as server:
        url = f"{server.base_url}{between}{PROJECT}"
        variables = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": PROJECT}
        done = run(*command, "--timeout", "5", variables=variables)
        assert server.requests == []
    said = b" ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert b"key is attached to the address" in said
    assert b"Set OPENAI_BASE_URL to http://127.0.0.1" in said
    assert b"platform.openai.com" not in said
    assert not holds(said, PROJECT[8:-4])


def test_what_the_query_of_a_base_url_gives() -> None:
    code = "AzureFunctionCode0123456789abc"
    done = run("check", "--json", "--base-url", f"https://127.0.0.1:9/v1?code={code}")
    assert not holds((done.stdout, done.stderr), code[-13:])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("password", ["p@ss!word99", "pa/ss!word99", "hunter2"])
@pytest.mark.parametrize("command", [("editor",), ("editor", "--json"), ("editor", "-v")])
def test_the_password_of_the_editors_proxy(
    tmp_path: Path, command: tuple[str, ...], password: str
) -> None:
    home = Home(tmp_path / "person", sys.platform)
    home.install()
    proxy = f"http://bob:{password}@proxy.invalid:8080"
    home.write(".config/Code/User/settings.json", {"http.proxy": proxy})
    done = run(*command, "--timeout", "5", variables={"HOME": str(home.path)}, folder=tmp_path)
    assert b"proxy.invalid" in done.stdout
    assert not holds((done.stdout, done.stderr), password)


CRASH = """
import sys
from codegpt_doctor import cli, doctor
from codegpt_doctor.cli import check
def broken(settings, *given, **more):
    raise RuntimeError("cannot use " + settings.key.secret.reveal() + " at all")
check.run_check = broken
sys.argv = ["codegpt-doctor", "check", "--base-url", "http://127.0.0.1:9/v1"]
cli.main()
"""


def test_the_line_about_a_crash_has_no_secret_of_the_run() -> None:
    done = subprocess.run(
        (sys.executable, "-c", CRASH),
        capture_output=True,
        env=environment(OPENAI_API_KEY=KEY),
        cwd=FOLDER,
        check=False,
    )
    assert done.returncode == 3
    assert b"itself failed (RuntimeError: cannot use house-\xe2\x80\xa65897 at all)" in done.stderr


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", [("check", "--sdk"), ("billing",), ("limits",)])
def test_what_the_official_client_logs_has_no_secret(command: tuple[str, ...]) -> None:
    admin = PROJECT.replace("proj", "admin")
    headers = {"x-request-id": f"{PROJECT} {admin} {KEY}"}
    with listening(always(200, b'{"object": "list", "data": []}', headers=headers)) as server:
        done = run(
            *(*command, "--base-url", f"http://127.0.0.1:{server.port}/v1", "--timeout", "15"),
            variables={"OPENAI_LOG": "debug", "OPENAI_API_KEY": PROJECT, "OPENAI_ADMIN_KEY": admin},
        )
    assert (b"DEBUG" in done.stderr) == ("--sdk" in command)  # only then is there a client
    for secret in (PROJECT, admin):
        assert secret[8:24].encode() not in done.stderr + done.stdout


def test_a_usage_error_shows_no_key() -> None:
    done = run("check", f"--{PROJECT}")
    assert done.returncode == 2
    assert not holds((done.stdout, done.stderr), PROJECT[9:-4])


def test_the_keys_of_the_simulator_can_be_read() -> None:
    with subprocess.Popen(
        (*COMMAND, "simulate"), stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stderr
        lines = [process.stderr.readline().decode() for _ in range(3)]
        process.kill()
    assert lines[1].endswith(f"OPENAI_API_KEY={simulator.KEY}\n")
    assert lines[2].endswith(f"OPENAI_ADMIN_KEY={simulator.ADMIN_KEY}\n")


def test_json_is_one_object_whatever_a_password_is() -> None:
    for password in ("evidence", "inference", "settings", "status99", "healthy1"):
        variables = {"HTTPS_PROXY": f"http://bob:{password}@127.0.0.1:9", "OPENAI_API_KEY": PROJECT}
        for more in ((), ("--json",)):
            done = run("check", "--base-url", "https://h.invalid/v1", *more, variables=variables)
            assert done.returncode == 1, done.stderr
        assert json.loads(done.stdout)["schema_version"] == 1


@pytest.mark.sampled(2)
@pytest.mark.parametrize("before", [1010, 1014, 1018, 395])
def test_a_key_that_is_cut_off_is_masked_first(before: int) -> None:
    text = "x " * (before // 2)
    headers = {"x-request-id": text + PROJECT}
    body = (text + PROJECT).encode()
    answer = always(500, body, content_type="text/plain", headers=headers)
    with listening(answer) as server:
        done = run("check", "--json", "--base-url", server.base_url, "--timeout", "6")
    assert b"x x x" in done.stdout
    assert not holds(done.stdout, PROJECT[8:])
