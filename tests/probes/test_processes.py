"""Other programs are asked, and nothing is run that a folder names."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from codegpt_doctor.probes.processes import is_tracked, output_of


def test_what_a_program_prints() -> None:
    assert output_of((sys.executable, "-c", "print('hi')")) == "hi\n".replace("\n", _line_end())


def _line_end() -> str:
    return "\r\n" if sys.platform == "win32" else "\n"


def test_a_program_that_is_not_there() -> None:
    assert output_of(("codegpt-doctor-has-no-such-program",)) is None


def test_a_program_that_does_not_end_is_given_up() -> None:
    started = time.monotonic()
    assert output_of((sys.executable, "-c", "import time; time.sleep(30)"), patience=0.3) is None
    assert time.monotonic() - started < 5


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / ".env").write_text("A=b\n")
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(("git", "-C", str(folder), *arguments), check=True, capture_output=True)


def test_a_file_is_tracked_once_it_was_added(repository: Path) -> None:
    dotenv = repository / ".env"
    assert not is_tracked(str(dotenv))
    git(repository, "add", ".env")
    assert is_tracked(str(dotenv))


def test_outside_of_a_repository_nothing_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=b\n")
    assert not is_tracked(str(tmp_path / ".env"))


def test_a_program_that_the_repository_names_is_not_run(repository: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch '{trace}'\n")
    hook.chmod(0o755)
    git(repository, "add", ".env")
    git(repository, "config", "core.fsmonitor", str(hook))
    assert is_tracked(str(repository / ".env"))
    assert not trace.exists()
