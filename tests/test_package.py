"""What is handed out: a wheel with the program alone, and a source archive without its host."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from helpers.command import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_architecture import FILES, PACKAGE

from codegpt_doctor.cli import COMMANDS
from docs._builder.commands import described

LEFT = {".venv", ".git", "build", "site", "dist"}  # of the root: what was made there
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME = f"{PROJECT['project']['name'].replace('-', '_')}-"


def made_there(folder: str, names: list[str]) -> set[str]:
    caches = {name for name in names if name.endswith(("cache__", "_cache"))}
    caches |= {name for name in names if name.startswith(".coverage")}  # they come and go
    return caches | (LEFT & set(names) if Path(folder) == ROOT else set())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built from a copy of the source."""
    copy = tmp_path_factory.mktemp("package") / "source"
    shutil.copytree(ROOT, copy, ignore=made_there, symlinks=True)
    command = (sys.executable, "-m", "hatchling", "build", "-d", str(copy.parent))
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return copy.parent


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = ZipFile(wheel).namelist()
    assert {re.sub(rf"^{NAME}[^/]+", NAME, name.partition("/")[0]) for name in names} == {
        "codegpt_doctor",
        NAME,
    }
    modules = {path.relative_to(PACKAGE.parent).as_posix() for path in FILES}
    assert {name for name in names if name.endswith(".py")} == modules
    assert "codegpt_doctor/catalogue/index.jsonl" in names


def test_the_wheel_has_a_manual_page_for_each_command(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        pages = {
            Path(name).name: archive.read(name).decode()
            for name in archive.namelist()
            if "/data/share/man/man1/" in name
        }
    assert pages.keys() == {
        "codegpt-doctor.1",
        *(f"codegpt-doctor-{name}.1" for name in COMMANDS),
    }
    assert all(f"codegpt-doctor-{name}(1)" in pages["codegpt-doctor.1"] for name in COMMANDS)
    for command in described():
        page = pages[f"codegpt-doctor-{command['name']}.1"].replace("\\-", "-")
        named = {names.split()[0].strip(",") for names, _ in command["options"]} - {"-h", "--help"}
        assert {name for name in named if name not in page} == set()
    if shutil.which("groff"):
        for page in pages.values():
            drawn = ("groff", "-man", "-ww", "-z", "-Tutf8")
            done = subprocess.run(drawn, input=page, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")


def test_the_source_has_what_builds_and_tests_it_and_nothing_of_a_host(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    assert {"Makefile", "hatch_build.py", "docs/_builder/pages.py", "tests/conftest.py"} <= names
    assert [name for name in names if name.startswith((".ci", ".github"))] == []


def test_the_project_says_where_it_lives() -> None:
    urls = PROJECT["project"]["urls"]
    assert {"Documentation", "Source", "Issues", "Changelog"} <= urls.keys()
    assert all(url.startswith("https://") for url in urls.values())


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=str)
def test_a_workflow_runs_only_what_a_commit_names_and_keeps_no_credentials(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    uses = re.findall(r"uses: (.+)", text)
    assert [one for one in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", one)] == []
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "\npermissions:" in text


OWN = {
    *("codegpt-doctor", "click", "requests", "charset-normalizer", "idna", "urllib3", "certifi"),
    *("pysocks", "psutil", "python-dotenv", "truststore"),
}
MAX_PACKAGES = 12


def installed_with(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """The packages that are installed with one, itself among them."""
    found, waiting = set[str](), [(name, extras)]
    while waiting:
        one, wanted = waiting.pop()
        found.add(canonicalize_name(one))
        for line in requires(one) or ():
            needed = Requirement(line)
            environments = [{"extra": extra} for extra in ("", *wanted)]
            applies = needed.marker is None or any(map(needed.marker.evaluate, environments))
            if applies and canonicalize_name(needed.name) not in found:
                waiting.append((needed.name, frozenset(needed.extras)))
    return found


def test_few_packages_come_along_beside_those_of_openai() -> None:
    assert installed_with("codegpt-doctor") - installed_with("openai") <= OWN
    assert len(OWN) <= MAX_PACKAGES
