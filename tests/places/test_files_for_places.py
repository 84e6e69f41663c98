"""Files that other programs read: each is given to its own program, or run by a shell."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from helpers.command import ROOT, environment
from helpers.servers import always, listening

from codegpt_doctor.simulator.server import Simulator

FILES = ROOT / "integrations"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'


@pytest.mark.full
def test_hadolint_has_nothing_to_say_about_the_container() -> None:
    done = subprocess.run(
        (program("hadolint"), ROOT / "Dockerfile"), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def program(name: str) -> Path:
    """A program of the group `full`."""
    return Path(sys.executable).with_name(name)


@pytest.mark.full
def test_zizmor_finds_nothing_unsafe_in_what_github_runs() -> None:
    command = (program("zizmor"), "--offline", "--no-progress", "action.yml", ".github")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.full
def test_each_file_fits_the_schema_of_its_place(tmp_path: Path) -> None:
    gitlab = (FILES / "gitlab/codegpt-doctor.gitlab-ci.yml").read_text().partition("\n---\n")[2]
    (tmp_path / "job.yml").write_text(gitlab)
    for schema, file in (
        ("github-actions", ROOT / "action.yml"),
        ("dependabot", ROOT / ".github/dependabot.yml"),
        ("gitlab-ci", tmp_path / "job.yml"),
        *(("github-workflows", one) for one in (ROOT / ".github/workflows").glob("*.yml")),
    ):
        command = (program("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", file)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_container_gets_all_that_it_copies_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    names = {name for line in copied for name in line.split()}
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == names
    assert all((ROOT / name).exists() for name in names)


@pytest.mark.full
@pytest.mark.parametrize("name", [one.name for one in sorted((FILES / "systemd").iterdir())])
def test_systemd_accepts_the_unit(tmp_path: Path, name: str) -> None:
    analyze = shutil.which("systemd-analyze")
    assert analyze, "it is in Debian's package systemd"
    for one in (FILES / "systemd").iterdir():
        text = one.read_text().replace("/usr/local/bin/codegpt-doctor", sys.executable)
        (tmp_path / one.name).write_text(text)
    command = (analyze, "verify", "--man=no", tmp_path / name)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def gitlab_script() -> str:
    """What the template's job runs."""
    text = (FILES / "gitlab/codegpt-doctor.gitlab-ci.yml").read_text()
    inputs, jobs = yaml.safe_load_all(text)
    assert set(inputs["spec"]["inputs"]) == {"stage", "provider", "options"}
    return "\n".join(jobs["codegpt-doctor"]["script"])


class TestGitLab:
    def run(self, folder: Path, base_url: str) -> subprocess.CompletedProcess[str]:
        """Run the script of the job as GitLab's runner does: its lines in one shell."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        given = {"DOCTOR_PROVIDER": "", "DOCTOR_OPTIONS": "--no-spend"}
        variables = {**given, "OPENAI_API_KEY": "made-up-1", "OPENAI_BASE_URL": base_url}
        return subprocess.run(
            ("sh", "-e", "-c", gitlab_script()),
            cwd=folder,
            env=environment(PATH=path, **variables),
            capture_output=True,
            text=True,
            check=False,
        )

    @pytest.mark.slow
    def test_a_healthy_connection_passes(self, tmp_path: Path) -> None:
        with Simulator() as server:
            done = self.run(tmp_path, server.base_url)
        assert done.returncode == 0, done.stderr
        assert "healthy" in done.stdout
        assert (tmp_path / "codegpt-doctor.json").is_file()

    @pytest.mark.slow
    def test_a_root_cause_fails_and_is_named(self, tmp_path: Path) -> None:
        with listening(always(401, REFUSED)) as server:
            done = self.run(tmp_path, server.base_url)
        assert done.returncode == 1
        assert "/errors/invalid_api_key/" in done.stdout


def test_the_script_of_the_jenkinsfile_is_one() -> None:
    text = (FILES / "jenkins/Jenkinsfile").read_text()
    (script,) = re.findall(r"sh '''\n(.*?)'''", text, re.DOTALL)
    done = subprocess.run(("sh", "-n"), input=script, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert text.count("{") == text.count("}")


def test_every_place_with_an_action_is_kept_up_to_date() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text())["updates"]
    ecosystems = {one["package-ecosystem"] for one in updates}
    assert ecosystems == {"github-actions", "pip", "docker"}
