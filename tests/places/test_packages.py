"""What package managers read, made of the files of a release, and read by their own programs."""

import gzip
import hashlib
import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from helpers.command import ROOT, environment
from packaging.utils import canonicalize_name
from places.test_one_file import program as program  # the one file of a release
from test_package import OWN, installed_with
from test_package import built as built

pytestmark = pytest.mark.full

MAKE = ROOT / "integrations/packages/make.py"
EXE = "codegpt-doctor-windows-x86_64.exe"
VERSION = runpy.run_path(str(ROOT / "codegpt_doctor/_version.py"))["__version__"]
RELEASE = f"https://github.com/codegpt-doctor/codegpt-doctor/releases/download/v{VERSION}/"


@pytest.fixture(scope="module")
def dist(built: Path, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a release; the program for Windows is none here, and is only named."""
    folder = tmp_path_factory.mktemp("release") / "dist"
    folder.mkdir()
    (wheel,) = built.glob("*.whl")
    shutil.copy(wheel, folder)
    shutil.copy(program, folder)
    (folder / EXE).write_bytes(b"MZ")
    return folder


@pytest.fixture(scope="module")
def made(dist: Path) -> Path:
    folder = dist.parent / "packages"
    subprocess.run((sys.executable, str(MAKE), str(dist), str(folder)), check=True)
    return folder


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def text_files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and one.suffix != ".deb"]


def test_each_names_files_of_the_release_alone_by_their_digest(dist: Path, made: Path) -> None:
    files = {one.name: digest(one) for one in dist.iterdir()}
    named = set()
    for file in text_files(made):
        text = file.read_text()
        assert "$" not in re.sub(r'"\$@"', "", text), file
        for name in re.findall(rf"{re.escape(RELEASE)}([\w.-]+)", text):
            assert files[name] in text, file
            named.add(name)
        elsewhere = set(re.findall(r"https?://[^\s\"#]+", text)) - {RELEASE}
        own = ("https://codegpt-doctor.github.io/", RELEASE)
        assert all(one.startswith(own) for one in elsewhere), elsewhere
    assert named == files.keys()


@pytest.mark.skipif(not shutil.which("ruby"), reason="no ruby")
def test_the_formula_is_ruby(made: Path) -> None:
    file = made / "homebrew/codegpt-doctor.rb"
    done = subprocess.run(("ruby", "-wc", str(file)), capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("Syntax OK\n", "")


def test_what_windows_reads_has_what_its_managers_need(made: Path) -> None:
    scoop = json.loads((made / "scoop/codegpt-doctor.json").read_text())
    assert {"version", "description", "homepage", "license", "bin"} <= scoop.keys()
    assert scoop["architecture"]["64bit"]["url"].endswith(f"#/{scoop['bin']}")
    folder = made / "winget"
    read = [yaml.safe_load(one.read_text()) for one in sorted(folder.iterdir())]
    assert {one["ManifestType"] for one in read} == {"version", "installer", "defaultLocale"}
    assert {(one["PackageIdentifier"], one["PackageVersion"]) for one in read} == {
        ("CodegptDoctor.CodegptDoctor", VERSION)
    }


def test_the_recipe_needs_what_the_package_needs(made: Path) -> None:
    rattler_build = pytest.importorskip("rattler_build")
    recipe = yaml.safe_load((made / "conda/recipe.yaml").read_text())
    (read,) = rattler_build.Stage0Recipe.from_file(made / "conda/recipe.yaml").render(
        rattler_build.VariantConfig()
    )
    assert str(read.recipe.package.version) == VERSION
    needed = [one.split()[0] for one in recipe["requirements"]["run"]]
    assert {"python", "click", "openai", "psutil", "requests", "pysocks"} <= set(needed)
    assert len(needed) == len(set(needed)) == 10
    assert not any("[" in one or ">" in one for one in needed)


@pytest.fixture
def root(made: Path) -> Path:
    """A folder as the root of a system, with the Debian package unpacked."""
    (package,) = made.glob("*.deb")
    folder = made / "root"
    if not folder.exists():
        subprocess.run(("dpkg-deb", "-x", str(package), str(folder)), check=True)
    return folder


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="no dpkg-deb")
class TestTheDebianPackage:
    def test_says_what_it_is_and_needs(self, made: Path) -> None:
        (package,) = made.glob("*.deb")
        command = ("dpkg-deb", "--field", str(package), "Package", "Version", "Depends")
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines() == [
            "Package: codegpt-doctor",
            f"Version: {VERSION}",
            "Depends: python3 (>= 3.11)",
        ]

    def test_its_command_runs_there(self, root: Path) -> None:
        script = (root / "usr/bin/codegpt-doctor").read_text()
        moved = script.replace("/usr/bin/python3", sys.executable)
        moved = moved.replace("/usr/share", str(root / "usr/share"))
        own = {**environment(), "PYTHONPATH": "", "COVERAGE_PROCESS_CONFIG": ""}
        for arguments in (("check", "--simulate", "healthy"), ("explain", "insufficient_quota")):
            done = subprocess.run(
                ("sh", "-c", moved, "codegpt-doctor", *arguments),
                env=own,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, "")

    def test_has_its_manual_pages_and_its_license(self, root: Path) -> None:
        pages = {one.name for one in (root / "usr/share/man/man1").iterdir()}
        assert {"codegpt-doctor.1.gz", "codegpt-doctor-check.1.gz"} <= pages
        documents = root / "usr/share/doc/codegpt-doctor"
        terms = (ROOT / "LICENSE").read_text().split("\n\n")[-1].split()
        assert (documents / "copyright").read_text().split()[-len(terms) :] == terms
        changes = gzip.decompress((documents / "changelog.gz").read_bytes()).decode()
        assert changes.startswith(f"codegpt-doctor ({VERSION})")

    @pytest.mark.skipif(not shutil.which("lintian"), reason="no lintian")
    def test_lintian_finds_no_error(self, made: Path) -> None:
        (package,) = made.glob("*.deb")
        command = ("lintian", "--allow-root", "--fail-on", "error", str(package))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_pyinstaller_makes_one_program(tmp_path: Path) -> None:
    folders = ("--distpath", str(tmp_path / "out"), "--workpath", str(tmp_path / "work"))
    spec = ROOT / "integrations/packages/codegpt-doctor.spec"
    pytest.importorskip("PyInstaller")
    command = (sys.executable, "-m", "PyInstaller", "--log-level", "ERROR", *folders, str(spec))
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    alone = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    for arguments in (("check", "--simulate", "healthy", "--sdk"), ("editor",), ("errors",)):
        done = subprocess.run(
            (str(tmp_path / "out/codegpt-doctor"), *arguments),
            env=alone,
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_the_list_of_what_is_in_it_has_every_package(tmp_path: Path) -> None:
    """As `make sbom` makes it, but of the packages that are here."""
    pytest.importorskip("cyclonedx_py")
    file = tmp_path / "codegpt-doctor.cdx.json"
    command = (sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible")
    subprocess.run((*command, "--output-file", str(file)), check=True, capture_output=True)
    found = {one["name"]: one for one in json.loads(file.read_text())["components"]}
    assert found["codegpt-doctor"]["version"] == VERSION
    assert {canonicalize_name(one) for one in found} >= OWN | installed_with("openai")
