"""Makes what package managers read, of the files of a release: python make.py DIST FOLDER.

Each names a file of the release by its address and its SHA-256, and nothing else is downloaded but
what the manager itself has.  DIST has the wheel, ``codegpt-doctor.pyz`` and, for Windows,
``codegpt-doctor-windows-x86_64.exe``.
"""

import gzip
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path
from string import Template
from zipfile import ZipFile

HERE = Path(__file__).parent
RELEASES = "https://github.com/codegpt-doctor/codegpt-doctor/releases/download"
ARCHIVE, PROGRAM = "codegpt-doctor.pyz", "codegpt-doctor-windows-x86_64.exe"
WHEEL = re.compile(r"codegpt_doctor-(.+)-py3-none-any\.whl")
# template: where it goes, and the file of the release that it needs
TEMPLATES = {
    "homebrew.rb": ("homebrew/codegpt-doctor.rb", ARCHIVE),
    "scoop.json": ("scoop/codegpt-doctor.json", PROGRAM),
    "winget.yaml": ("winget/CodegptDoctor.CodegptDoctor.yaml", PROGRAM),
    "winget.installer.yaml": ("winget/CodegptDoctor.CodegptDoctor.installer.yaml", PROGRAM),
    "winget.locale.yaml": ("winget/CodegptDoctor.CodegptDoctor.locale.en-US.yaml", PROGRAM),
    "conda.yaml": ("conda/recipe.yaml", "WHEEL"),
}
MAINTAINED = {  # compiled when it is installed, so that it starts as fast as another one
    "postinst": 'if [ "$1" = configure ]; then\n    py3compile -p codegpt-doctor\nfi\n',
    "prerm": "py3clean -p codegpt-doctor\n",
}
SCRIPT = '#!/bin/sh\nexec /usr/bin/python3 /usr/share/codegpt-doctor "$@"\n'

CHANGES = """codegpt-doctor ({version}) unstable; urgency=medium

  * See https://codegpt-doctor.github.io/codegpt-doctor/changelog/

 -- The codegpt-doctor developers <codegpt-doctor@users.noreply.github.com>  {date}
"""


def main(dist: Path, folder: Path) -> None:
    """Write the files that can be made of what is in ``dist``, and the Debian package."""
    wheel = next(one for one in sorted(dist.iterdir()) if WHEEL.fullmatch(one.name))
    version = WHEEL.fullmatch(wheel.name)[1]  # type: ignore[index]
    for template, (target, needed) in TEMPLATES.items():
        file = wheel if needed == "WHEEL" else dist / needed
        if file.exists():
            told = {"version": version, "requirements": requirements(wheel)}
            told |= described(file, version)
            written(folder / target, Template((HERE / template).read_text()).substitute(told))
    debian_package(dist / ARCHIVE, wheel, version, folder)


def described(file: Path, version: str) -> Mapping[str, str]:
    """Where a file of the release is, and its SHA-256."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {"url": f"{RELEASES}/v{version}/{file.name}", "sha256": digest, "file": file.name}


def requirements(wheel: Path) -> str:
    """What the wheel needs, as lines of a conda recipe; conda has no extras."""
    with ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        told = re.findall(r"^Requires-Dist: ([^;\n]+)$", archive.read(name).decode(), re.MULTILINE)
    lines = sorted(re.sub(r"\[\w+\]", "", one).replace(">=", " >=") for one in told)
    return "".join(f"    - {one.strip()}\n" for one in (*lines, "pysocks"))


def written(file: Path, text: str | bytes, mode: int = 0o644) -> None:
    """Write a file, with its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    file.chmod(mode)


def debian_package(archive: Path, wheel: Path, version: str, folder: Path) -> None:
    """Make ``codegpt-doctor_VERSION_all.deb`` with ``dpkg-deb``."""
    with tempfile.TemporaryDirectory() as made:
        tree = Path(made, "tree")
        with ZipFile(archive) as program:
            program.extractall(tree / "usr/share/codegpt-doctor")
        written(tree / "usr/bin/codegpt-doctor", SCRIPT, 0o755)
        share = tree / "usr/share"
        with ZipFile(wheel) as pages:
            for name in pages.namelist():
                if "/share/man/man1/" in name:
                    page = share / "man/man1" / f"{Path(name).name}.gz"
                    written(page, gzip.compress(pages.read(name), mtime=0))
        documents = share / "doc/codegpt-doctor"
        changes = CHANGES.format(version=version, date=formatdate(archive.stat().st_mtime))
        written(documents / "changelog.gz", gzip.compress(changes.encode(), mtime=0))
        written(documents / "copyright", (HERE / "copyright").read_text())
        size = sum(one.stat().st_size for one in tree.rglob("*") if one.is_file()) // 1024
        control = Template((HERE / "debian-control").read_text())
        written(tree / "DEBIAN/control", control.substitute(version=version, size=size))
        for one in tree.rglob("*"):
            one.chmod(0o755 if one.is_dir() or one.parent.name == "bin" else 0o644)
        for name, lines in MAINTAINED.items():
            written(tree / "DEBIAN" / name, f"#!/bin/sh\nset -e\n{lines}", 0o755)
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"codegpt-doctor_{version}_all.deb"
        command = ("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
