"""The second opinion of Node.js: a real one, against real servers of this machine."""

import json
import os
import shutil
import stat
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from helpers.command import data_of, run
from helpers.encrypted import KEY, api, encrypted, http_proxy, trusted
from helpers.servers import Listener, listening, response
from helpers.standins import standing_in

NODE = shutil.which("node")
HIDDEN = "llm.example.test"  # a name that only a proxy can look up
OTHER = "127.0.0.2"  # an address of this machine that is not among those without a proxy

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NODE, reason="no node")]


def node_check(*arguments: str, **variables: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The report of a run with a second opinion, and the check that gives it."""
    given = {"OPENAI_API_KEY": KEY, **variables}
    done = run("check", "--node", "--json", "--timeout", "12", *arguments, variables=given)
    report = data_of(done)
    return report, next(one for one in report["checks"] if one["id"] == "node")


def program(file: Path, script: str) -> Path:
    """A script that can be run."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.mark.full
@pytest.mark.parametrize("provider", ["openai", "anthropic", "google", "cohere", "ollama"])
def test_in_each_format_it_sees_the_same(provider: str) -> None:
    _, check = node_check("--simulate", "healthy", "--provider", provider)
    assert check["status"] == "pass", check
    assert check["summary"].startswith("Node.js ")


@pytest.mark.full
@pytest.mark.parametrize("error", ["invalid_api_key", "model_not_found"])
def test_a_refusal_is_the_same_and_no_cause_of_its_own(error: str) -> None:
    report, check = node_check("--simulate", error)
    assert (report["diagnosis"]["id"], check["status"]) == (error, "pass")


@contextmanager
def company(folder: Path, host: str = "localhost") -> Iterator[tuple[int, str]]:
    """The API with a certificate of a company's own authority: its port, and the root's file."""
    authority, file = trustme.CA(), folder / "root.pem"
    authority.cert_pem.write_to_path(str(file))
    address = host if host[0].isdecimal() else "127.0.0.1"
    with encrypted(trusted(authority, host), address) as port:
        yield port, str(file)


def test_a_certificate_that_node_alone_refuses_is_found_and_mended(tmp_path: Path) -> None:
    with company(tmp_path) as (port, file):
        address = ("--base-url", f"https://localhost:{port}/v1")
        report, check = node_check(*address, SSL_CERT_FILE=file)
        assert check["status"] == "fail"
        assert check["finding"]["id"] == report["diagnosis"]["id"] == "tls_untrusted_certificate"
        assert report["diagnosis"]["stage"] == "tls"
        install, instead, *_ = report["diagnosis"]["remediation"]["steps"]
        assert "operating system's store" in install
        name, _, value = instead.split("export ")[1].strip().partition("=")
        again, check = node_check(*address, **{"SSL_CERT_FILE": file, name: value})
        assert (again["status"], check["status"]) == ("healthy", "pass"), again["diagnosis"]


@pytest.mark.full
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "http_proxy"])
def test_it_goes_through_the_proxy_that_an_editor_would_take(tmp_path: Path, variable: str) -> None:
    """VS Code takes HTTP_PROXY for https as well; this program does not."""
    wanted = b64encode(b"mara:p@ss").decode()
    with company(tmp_path, HIDDEN) as (port, file), http_proxy(port, wanted) as proxy:
        trust = {"SSL_CERT_FILE": file, "NODE_EXTRA_CA_CERTS": file}
        given = {variable: f"http://mara:p%40ss@127.0.0.1:{proxy}", **trust}
        report, check = node_check("--base-url", f"https://{HIDDEN}:{port}/v1", **given)
        assert check["observations"].get("proxy") == f"http://127.0.0.1:{proxy}", check
        assert check["status"] == ("pass" if variable == "HTTPS_PROXY" else "warn"), check
        assert "p%40ss" not in json.dumps(report)
        assert "p@ss" not in json.dumps(report)


@pytest.mark.full
def test_a_proxy_of_the_editors_settings_that_refuses_is_named(tmp_path: Path) -> None:
    settings = tmp_path / ".config/Code/User/settings.json"
    settings.parent.mkdir(parents=True)
    with company(tmp_path, OTHER) as (port, file), http_proxy(port, "nobody") as proxy:
        settings.write_text(json.dumps({"http.proxy": f"http://127.0.0.1:{proxy}"}))
        address = ("--base-url", f"https://{OTHER}:{port}/v1")
        trust = {"SSL_CERT_FILE": file, "NODE_EXTRA_CA_CERTS": file}
        report, check = node_check(*address, HOME=str(tmp_path), **trust)
        assert report["diagnosis"]["id"] == "proxy_authentication_required", check
        assert report["diagnosis"]["stage"] == "proxy"
        assert f"127.0.0.1:{proxy} from http.proxy of the editor" in check["summary"]
        settings.write_text('{"http.proxySupport": "off", "http.proxy": "http://127.0.0.1:9"}')
        report, _ = node_check(*address, HOME=str(tmp_path), **trust)
        assert report["status"] == "healthy"


def answered_twice_over(connection: Any, request: bytes, listener: Listener) -> None:
    """The API, which lets each model be asked once."""
    asked = [one for one in listener.requests if one.startswith(b"POST")]
    if request.startswith(b"POST") and len(asked) > 1:
        body = {"error": {"message": "Rate limit reached for requests", "code": "rate_limit"}}
        connection.sendall(response(429, json.dumps(body).encode()))
    else:
        api(connection, request, listener)


def test_a_limit_that_this_run_used_up_is_no_fault() -> None:
    with listening(answered_twice_over) as server:
        report, check = node_check("--base-url", server.base_url)
        assert (report["status"], check["status"]) == ("healthy", "warn"), check


def slow(connection: Any, request: bytes, listener: Listener) -> None:
    """The API, with a model that takes its time."""
    time.sleep(4 if request.startswith(b"POST") else 0)
    api(connection, request, listener)


@pytest.mark.full
def test_the_end_of_the_run_is_no_fault_of_a_slow_model() -> None:
    with listening(slow) as server:
        report, check = node_check("--base-url", server.base_url, "--timeout", "7")
        assert (report["status"], check["status"]) == ("healthy", "warn"), check


@pytest.mark.full
def test_a_proxy_that_alone_an_editor_takes_and_that_never_answers_is_a_cause(
    tmp_path: Path,
) -> None:
    def silent(_connection: Any, _request: bytes, listener: Listener) -> None:
        listener.closing.wait(30)

    with company(tmp_path, OTHER) as (port, file), listening(silent) as proxy:
        given = {"SSL_CERT_FILE": file, "HTTP_PROXY": f"http://127.0.0.1:{proxy.port}"}
        address = ("--base-url", f"https://{OTHER}:{port}/v1", "--timeout", "8")
        report, check = node_check(*address, **given, NODE_EXTRA_CA_CERTS=file)
        assert check["status"] == "fail", check
        assert report["diagnosis"]["id"] == "request_timeout"
        assert "HTTP_PROXY" in report["diagnosis"]["summary"]


def test_nothing_is_asked_of_node_that_costs_where_nothing_may_be_spent() -> None:
    with standing_in("openai") as server:
        _, check = node_check("--base-url", server.base_url, "--no-spend")
        assert check["status"] == "pass"
        assert server.asked.count("GET /v1/models") == 2
        assert server.asked.count("POST /v1/chat/completions") == 1  # this run's, without a model


def test_no_node_is_said_and_changes_nothing(tmp_path: Path) -> None:
    report, check = node_check("--simulate", "healthy", PATH=str(tmp_path))
    assert (report["status"], check["status"]) == ("healthy", "skip")
    assert "node is not on the PATH" in check["summary"]


@pytest.mark.parametrize("line", ["exit 3", "echo '[]'; echo hello"])
def test_a_node_that_is_none_is_no_witness(tmp_path: Path, line: str) -> None:
    program(tmp_path / "bin/node", f"#!/bin/sh\n{line}\n")
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    report, check = node_check("--simulate", "healthy", PATH=path)
    assert (report["status"], check["status"]) == ("healthy", "warn")
    assert "could not be run" in check["summary"]


def test_a_node_that_hangs_is_ended_with_the_run(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    program(tmp_path / "bin/node", f"#!/bin/sh\necho $$ > {file}\nexec sleep 60\n")
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    started = time.monotonic()
    report, check = node_check("--simulate", "healthy", "--timeout", "3", PATH=path)
    assert time.monotonic() - started < 20
    assert (report["status"], check["status"]) == ("healthy", "warn")
    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text()), 0)


def test_a_program_of_the_folder_or_of_a_project_never_runs(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    folders = (tmp_path / "work", tmp_path / "work/bin", tmp_path / "x/node_modules/.bin")
    for folder in folders:
        program(folder / "node", f"#!/bin/sh\ntouch {ran}\n")
    path = ":".join([".", "bin", "", *map(str, folders)])
    done = run(
        *("check", "--node", "--json", "--simulate", "healthy"),
        variables={"PATH": path},
        folder=tmp_path / "work",
    )
    check = next(one for one in data_of(done)["checks"] if one["id"] == "node")
    assert (check["status"], ran.exists()) == ("skip", False)


def test_the_key_is_in_no_argument_and_no_variable(tmp_path: Path) -> None:
    file = tmp_path / "seen"
    program(
        tmp_path / "bin/node", f'#!/bin/sh\nenv >> {file}\necho "$@" >> {file}\nexec {NODE} "$@"\n'
    )
    secret = "p4ss-Word-of-proxy"
    with listening(api) as server:
        _, check = node_check(
            *("--base-url", server.base_url),
            PATH=f"{tmp_path / 'bin'}:/usr/bin:/bin",
            HTTPS_PROXY=f"http://mara:{secret}@127.0.0.1:9",
            ANTHROPIC_API_KEY=KEY[::-1],
            NODE_OPTIONS="--require ./evil.js",
        )
    assert check["status"] == "pass"
    told = file.read_text()
    assert "/usr/bin" in told
    assert not {one for one in (KEY, KEY[::-1], secret, "evil") if one in told}


class TestTheEditors:
    def test_runtime_goes_before_the_one_on_the_path(self, tmp_path: Path) -> None:
        server = tmp_path / ".vscode-server"
        (server / "extensions/danielsanmedium.dscodegpt-3.24.75").mkdir(parents=True)
        inside = server / "cli/servers/Stable-a/server"
        inside.mkdir(parents=True)
        (inside / "product.json").write_text('{"version": "1.104.2"}')
        (inside / "node").symlink_to(str(NODE))
        _, check = node_check("--simulate", "healthy", HOME=str(tmp_path))
        assert check["status"] == "pass", check
        assert check["summary"].startswith("VS Code's Node.js ")
        assert check["observations"]["program"] == str(inside / "node")
