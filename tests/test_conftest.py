"""The rules that the tests run under hold: a skip fails the run where CI is true."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SKIPPING = """
import pytest

def test_that_runs(): pass

@pytest.mark.skip(reason="not today")
def test_that_is_skipped(): pass

@pytest.mark.xfail(reason="a known fault", strict=True)
def test_that_fails(): assert False
"""


def run_pytest(folder: Path, ci: str, *more: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_it.py").write_text(SKIPPING)
    return subprocess.run(
        (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *more, "."),
        cwd=folder,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_a_skip_fails_the_run_in_ci(tmp_path: Path, processes: tuple[str, ...]) -> None:
    result = run_pytest(tmp_path, "true", *processes)
    assert result.returncode == pytest.ExitCode.TESTS_FAILED
    assert "CI does not allow: test_it.py::test_that_is_skipped" in result.stdout
    assert "test_that_fails" not in result.stdout


def test_a_skip_is_fine_elsewhere(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, "").returncode == pytest.ExitCode.OK


def test_no_setting_of_the_person_is_left() -> None:
    assert not [name for name in os.environ if name.startswith("OPENAI_")]
    assert not [name for name in os.environ if name.lower().endswith("_proxy")]
    assert list(Path.home().iterdir()) == []
    assert Path.cwd() == Path.home()
