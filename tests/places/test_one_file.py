"""The program as one file: what is compiled is left out, and what is read is read from within."""

import json
import subprocess
import sys
import sysconfig
import zipapp
from pathlib import Path
from shutil import copy, copytree, ignore_patterns
from zipfile import ZipFile

import pytest
from helpers.command import environment
from helpers.homes import Home
from test_package import built as built

from codegpt_doctor.simulator import KEY
from codegpt_doctor.simulator.server import Simulator

pytestmark = pytest.mark.full

PURE = ("certifi", "charset_normalizer", "click", "dotenv", "idna", "requests", "truststore")


@pytest.fixture(scope="module")
def program(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make zipapp` makes it, but of the packages that are here."""
    folder = tmp_path_factory.mktemp("one")
    (wheel,) = built.glob("*.whl")
    ZipFile(wheel).extractall(folder / "app")
    packages = Path(sysconfig.get_path("purelib"))
    for name in (*PURE, "urllib3"):
        copytree(
            packages / name, folder / "app" / name, ignore=ignore_patterns("*.so", "__pycache__")
        )
    copy(packages / "socks.py", folder / "app")
    target = folder / "codegpt-doctor.pyz"
    main = "codegpt_doctor.__main__:main"
    zipapp.create_archive(folder / "app", target, main=main, compressed=True)
    return target


def run(program: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it alone: without the packages of this environment."""
    own = {**environment(**variables), "PYTHONPATH": "", "COVERAGE_PROCESS_CONFIG": ""}
    command = (sys.executable, "-S", str(program), *arguments)
    return subprocess.run(
        command, env=own, cwd=program.parent, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("explain", "insufficient_quota"), 0, "You have no API quota left"),
        (("explain", "insufficient_quota", "--full"), 0, "What it means"),
        (("explain", "Error code: 429 - {'error': {'code': 'insufficient_quota'}}"), 0, "quota"),
        (("check", "--simulate", "healthy"), 0, "inference"),
        (("check", "--simulate", "healthy", "--node"), 0, "All is well"),
        (("check", "--simulate", "invalid_api_key", "--provider", "anthropic"), 1, "1 root cause"),
        (("providers",), 0, "Groq"),
    ],
)
def test_it_does_what_the_installed_one_does(
    program: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    result = run(program, *arguments)
    assert (result.returncode, result.stderr) == (code, "")
    assert words in result.stdout


@pytest.mark.parametrize("arguments", [("editor",), ("check", "--simulate", "healthy", "--sdk")])
def test_what_needs_a_compiled_package_says_so(program: Path, arguments: tuple[str, ...]) -> None:
    result = run(program, *arguments)
    assert result.returncode == 2
    assert "Install codegpt-doctor with" in result.stderr


def test_a_tls_connection_finds_its_authorities(program: Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(program)!r}); import certifi; "
    script += "print(len(open(certifi.where()).read()))"
    done = subprocess.run((sys.executable, "-S", "-c", script), capture_output=True, check=True)
    assert int(done.stdout) > 100_000


def test_an_editor_that_cannot_be_examined_keeps_nothing_from_being_healthy(
    program: Path, tmp_path: Path
) -> None:
    Home(tmp_path / "person").install()
    with Simulator() as server:
        variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
        result = run(program, "check", HOME=str(tmp_path / "person"), **variables)
        again = run(program, "check", "--json", **variables)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "not tested: the editor" in result.stdout
    assert json.loads(again.stdout)["untested"] == []  # where no editor is
