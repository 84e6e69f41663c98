"""The GitHub Action: its steps, run by the shell as its runner runs them, on events and servers."""

import json
import re
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers.command import ROOT, environment
from helpers.servers import always, listening

from codegpt_doctor.simulator import KEY
from codegpt_doctor.simulator.server import Simulator

pytestmark = pytest.mark.slow

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
LIMITED = json.dumps({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}})
REFUSED = json.dumps({"error": {"message": "Incorrect API key", "code": "invalid_api_key"}})
PASTED = (
    "It worked yesterday.\n```\nopenai.RateLimitError: Error code: 429 - {'error': {'message': "
    "'You exceeded your current quota', 'code': 'insufficient_quota'}}\n```"
)
LEAKED = "gsk_Vb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G"


@dataclass
class Job:
    """A job that uses the action: what the runner gives it, and the files that the runner reads."""

    folder: Path
    inputs: Mapping[str, str]
    variables: Mapping[str, str] = field(default_factory=dict)

    def value(self, expression: str) -> str:
        """An expression of the action, as the runner fills it in."""
        given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        values = {f"inputs.{name}": value for name, value in {**given, **self.inputs}.items()}
        values |= {
            "github.action_path": str(ROOT),
            "github.token": "token-of-the-job",
            "runner.temp": str(self.folder),
            "steps.python.outputs.python-path": sys.executable,
        }
        filled = re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], expression)
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], filled)

    def step(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run one step with bash."""
        (step,) = [one for one in ACTION["runs"]["steps"] if one.get("id") == name]
        own = {key: self.value(text) for key, text in step["env"].items()}
        given = {
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            **self.variables,
        }
        return subprocess.run(
            ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]),
            cwd=self.folder,
            env={**environment(**given), **own, "COVERAGE_PROCESS_CONFIG": ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def read(self, name: str) -> str:
        """A file that the step wrote for the runner."""
        return (self.folder / name).read_text(encoding="utf-8")


def test_it_uses_nothing_but_what_a_commit_names_and_puts_no_input_into_a_script() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    uses = re.findall(r"uses: (.+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", one) for one in uses)
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


@pytest.mark.full
def test_it_installs_itself_beside_the_python_of_the_job(tmp_path: Path) -> None:
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    variables = {**offline, "PYTHONPATH": sysconfig.get_path("purelib")}
    done = Job(tmp_path, {}, variables).step("install")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "codegpt-doctor/codegpt_doctor/catalogue/index.jsonl").is_file()


class TestCheck:
    def job(self, folder: Path, base_url: str, **inputs: str) -> Job:
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        return Job(folder, {"key": KEY, "base-url": base_url, **named})

    def test_a_healthy_connection_passes(self, tmp_path: Path) -> None:
        with Simulator() as server:
            job = self.job(tmp_path, server.base_url, model="gpt-4o-mini", timeout="20")
            done = job.step("check")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "::error" not in done.stdout
        assert job.read("output").startswith("status=healthy\ndiagnosis=\nreport=")
        assert "## The connection is healthy" in job.read("summary.md")
        report = json.loads(Path(job.read("output").rpartition("report=")[2].strip()).read_text())
        assert report["target"]["model"] == "gpt-4o-mini"
        assert KEY[12:30] not in done.stdout + done.stderr + json.dumps(report)

    def test_nothing_of_the_checked_out_folder_is_run(self, tmp_path: Path) -> None:
        for name in ("codegpt_doctor", "json", "requests"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "__init__.py").write_text("raise SystemExit('of the folder')\n")
        with Simulator() as server:
            done = self.job(tmp_path, server.base_url).step("check")
        assert done.returncode == 0, done.stdout + done.stderr

    def test_a_root_cause_is_annotated_and_fails(self, tmp_path: Path) -> None:
        with listening(always(401, REFUSED.encode())) as server:
            job = self.job(tmp_path, server.base_url, spend="false")
            done = job.step("check")
        assert done.returncode == 1
        (error,) = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
        found = re.search(r"diagnosis=(\w+)", job.read("output"))
        assert found
        assert f"/errors/{found[1]}/" in error
        assert f"/errors/{found[1]}/" in job.read("summary.md")
        assert "%0AFix: " in error
        assert not [one for one in server.requests if one.startswith(b"POST") and b'"hi"' in one]

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(("fail_on", "code"), [("any", 1), ("permanent", 0), ("never", 0)])
    def test_the_input_decides_what_fails(self, tmp_path: Path, fail_on: str, code: int) -> None:
        with listening(always(429, LIMITED.encode())) as server:
            done = self.job(tmp_path, server.base_url, fail_on=fail_on).step("check")
        assert done.returncode == code, done.stdout

    def test_an_input_that_is_none_fails(self, tmp_path: Path) -> None:
        for inputs in ({"fail_on": "sometimes"}, {"provider": "nobody"}):
            done = self.job(tmp_path, "http://127.0.0.1:9", **inputs).step("check")
            assert done.returncode == 2

    def test_what_a_server_says_commands_no_runner_and_is_no_markup(self, tmp_path: Path) -> None:
        said = (
            "x\n::add-path::/evil\n##[add-path]/evil | <img src=x> @octocat [a](http://b.example)"
        )
        body = json.dumps({"error": {"message": said, "code": "invalid_api_key"}}).encode()
        with listening(always(401, body)) as server:
            job = self.job(tmp_path, server.base_url)
            done = job.step("check")
        lines = done.stdout.splitlines()
        assert all(line.startswith(("::error title=", "::warning title=")) for line in lines)
        assert not re.search(r"<img|@octocat|\]\(http://b", job.read("summary.md"))


class _Comments(BaseHTTPRequestHandler):
    """The part of GitHub's API that the step needs, on loopback."""

    server: "GitHub"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """No log."""

    def do_GET(self) -> None:
        page = int(re.findall(r"[?&]page=(\d+)", self.path)[0])
        self._send(self.server.comments[(page - 1) * 100 : page * 100])

    def do_POST(self) -> None:
        user = {"login": "github-actions[bot]", "type": "Bot"}
        self.server.comments.append({"id": 900, "user": user, **self._body()})
        self._send(self.server.comments[-1])

    def do_PATCH(self) -> None:
        number = int(self.path.rpartition("/")[2])
        (one,) = [one for one in self.server.comments if one["id"] == number]
        one.update(self._body())
        self._send(one)

    def _body(self) -> dict[str, str]:
        body: dict[str, str] = json.loads(self.rfile.read(int(self.headers["content-length"])))
        return body

    def _send(self, value: object) -> None:
        self.server.asked.append((self.command, self.path, self.headers["authorization"]))
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class GitHub(ThreadingHTTPServer):
    """Holds the comments of one issue, and what was asked."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str, str]] = []
        super().__init__(("127.0.0.1", 0), _Comments)

    @property
    def bodies(self) -> list[str]:
        """What programs have said."""
        return [one["body"] for one in self.comments if one["user"]["type"] == "Bot"]


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


PERSON = {"login": "somebody", "type": "User"}


def issue(body: str | None, title: str = "It does not answer", **more: object) -> dict[str, Any]:
    written = {"number": 7, "title": title, "body": body, "user": PERSON, **more}
    return {"action": "opened", "issue": written}


def comment(body: str, **more: object) -> dict[str, Any]:
    return {**issue("Nothing."), "comment": {"id": 5, "body": body, "user": PERSON, **more}}


class TestExplain:
    def say(self, folder: Path, github: GitHub, event: dict[str, Any]) -> str:
        path = folder / "event.json"
        path.write_text(json.dumps(event), encoding="utf-8")
        variables = {
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
        }
        done = Job(folder, {"command": "explain"}, variables).step("explain")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def test_an_issue_with_an_error_gets_its_cause_fix_and_page(
        self, tmp_path: Path, github: GitHub
    ) -> None:
        self.say(tmp_path, github, issue(PASTED))
        (body,) = github.bodies
        assert "(`insufficient_quota`)" in body
        assert "\n1. " in body
        assert "/errors/insufficient_quota/)" in body
        assert {one[2] for one in github.asked} == {"Bearer token-of-the-job"}
        assert {one[1].split("?")[0] for one in github.asked} == {
            "/repos/owner/name/issues/7/comments"
        }

    def test_a_second_error_changes_the_comment(self, tmp_path: Path, github: GitHub) -> None:
        github.comments += [{"id": n, "user": PERSON, "body": "me too"} for n in range(150)]
        self.say(tmp_path, github, issue(PASTED))
        self.say(tmp_path, github, issue(PASTED))
        assert "so already" in self.say(tmp_path, github, comment(PASTED))
        newer = "Error code: 401 - {'error': {'code': 'invalid_api_key'}}"
        self.say(tmp_path, github, comment(newer))
        (body,) = github.bodies
        assert "(`invalid_api_key`)" in body
        assert [one[0] for one in github.asked if one[0] != "GET"] == ["POST", "PATCH"]

    @pytest.mark.full
    @pytest.mark.parametrize(
        "event",
        [
            issue("Since the update the panel is empty."),
            issue(None),
            issue("Please add a dark theme", "Feature"),
            comment("timed out"),
            comment("429"),
            comment("no credits"),
            comment(PASTED, user={"login": "x[bot]", "type": "Bot"}),
            issue(PASTED, pull_request={"url": "x"}),
            {"action": "created"},
        ],
    )
    def test_nothing_recognized_is_no_comment(
        self, tmp_path: Path, github: GitHub, event: dict[str, Any]
    ) -> None:
        self.say(tmp_path, github, event)
        assert github.asked == []

    def test_a_key_is_masked_and_the_reporter_told(self, tmp_path: Path, github: GitHub) -> None:
        said = self.say(tmp_path, github, issue(f"{PASTED}\n\nMy key is {LEAKED}"))
        (body,) = github.bodies
        assert "Groq key `gsk_…Ft6G`" in body
        assert "Delete the key" in body
        assert LEAKED[6:20] not in body + said

    def test_the_mark_of_a_person_has_no_comment_of_theirs_changed(
        self, tmp_path: Path, github: GitHub
    ) -> None:
        mine = {"id": 3, "user": PERSON, "body": "<!-- codegpt-doctor explain --> mine"}
        github.comments.append(dict(mine))
        self.say(tmp_path, github, issue(PASTED))
        assert github.comments[0] == mine
        assert len(github.bodies) == 1

    def test_what_was_pasted_mentions_nobody(self, tmp_path: Path, github: GitHub) -> None:
        text = "401 - {'error': {'code': 'invalid_api_key', 'message': '`@octocat` <b>'}}"
        self.say(tmp_path, github, issue(text))
        assert not re.search(r"@octocat(?![^`\n]*`)", "".join(github.bodies))
