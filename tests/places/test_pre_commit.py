"""The hooks as pre-commit itself runs them, from a clone of this repository."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest
from helpers.command import ROOT, environment
from helpers.servers import always, listening
from test_package import made_there

from codegpt_doctor.simulator.server import Simulator

pytestmark = pytest.mark.full

KEY = "gsk_Vb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'
OF_THE_FILE, OF_THE_SHELL = "made-up-0f9e8d", "another-1c2b3a"
PIP = {  # nothing is downloaded: what the hook needs is what this environment has
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # which switches it off
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
    "PYTHONPATH": sysconfig.get_path("purelib"),
}


def git(folder: Path, *arguments: str) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    done = subprocess.run(
        ("git", *author, *arguments), cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with what is in this one now, and the commit of it."""
    clone = tmp_path_factory.mktemp("hooks") / "clone"
    shutil.copytree(ROOT, clone, ignore=made_there, symlinks=True)
    git(clone, "init", "--quiet")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message", "all")
    return clone, git(clone, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installed, for all tests of this module."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def project(tmp_path: Path, hooks: tuple[Path, str]) -> Path:
    """A repository that uses both hooks."""
    clone, commit = hooks
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet")
    ids = ("codegpt-doctor-leaks", "codegpt-doctor-env")
    listed = "".join(f"\n      - id: {one}" for one in ids)
    text = f"repos:\n  - repo: {clone}\n    rev: {commit}\n    hooks:{listed}\n"
    (folder / ".pre-commit-config.yaml").write_text(text)
    (folder / ".gitignore").write_text(".env\n")
    git(folder, "add", ".")
    return folder


def pre_commit(
    project: Path, store: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    command: Sequence[str] = (sys.executable, "-m", "pre_commit", "run", "--all-files", *arguments)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    variables = {
        **PIP,
        "PRE_COMMIT_HOME": str(store),
        "HOME": str(store),
        "PATH": path,
        **variables,
    }
    return subprocess.run(
        command,
        cwd=project,
        env={**environment(**variables), "COVERAGE_PROCESS_CONFIG": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_commit_without_a_key_goes_through(project: Path, store: Path) -> None:
    (project / "app.py").write_text('key = os.environ["GROQ_API_KEY"]\n')
    git(project, "add", ".")
    done = pre_commit(project, store)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_in_a_tracked_file_is_named_and_not_shown(project: Path, store: Path) -> None:
    (project / "app.py").write_text(f'import x\nkey = "{KEY}"\n')
    git(project, "add", ".")
    done = pre_commit(project, store, "codegpt-doctor-leaks")
    assert done.returncode == 1
    assert "app.py:2: Groq key gsk_…Ft6G" in done.stdout
    assert KEY[6:20] not in done.stdout + done.stderr


def test_a_key_that_works_lets_the_commit_through(project: Path, store: Path) -> None:
    with Simulator() as server:
        done = with_dotenv(project, store, server.base_url)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_that_is_refused_stops_the_commit(project: Path, store: Path) -> None:
    with listening(always(401, REFUSED)) as server:
        done = with_dotenv(project, store, server.base_url)
    assert done.returncode == 1
    assert "API key" in done.stdout
    sent = b"".join(server.requests)
    assert OF_THE_FILE.encode() in sent
    assert OF_THE_SHELL.encode() not in sent


def with_dotenv(project: Path, store: Path, base_url: str) -> subprocess.CompletedProcess[str]:
    lines = f"OPENAI_API_KEY={OF_THE_FILE}\nOPENAI_BASE_URL={base_url}\n"
    (project / ".env").write_text(lines)
    return pre_commit(project, store, "codegpt-doctor-env", OPENAI_API_KEY=OF_THE_SHELL)
