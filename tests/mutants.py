"""Breaks the program in one line after the other, in a copy, and tells which break no test notices.

    python tests/mutants.py [NAME...]

The lines are in ``mutants.toml``.  Exit codes: 0 each was noticed, 1 one was not, or is outdated.
"""

import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = ("codegpt_doctor", "docs", "tests", "pyproject.toml", "mkdocs.yml", "README.md")
RED = 1  # pytest's exit code for tests that ran and failed


class Mutant(NamedTuple):
    """A line of a file, what is put in its place, and the tests that notice."""

    name: str
    file: str
    line: str
    instead: str
    noticed_by: str


def mutants() -> list[Mutant]:
    """All that are listed."""
    listed = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
    return [Mutant(**one) for one in listed["mutants"]]


def fault(mutant: Mutant, root: Path = ROOT) -> str:
    """Why a mutant is out of date; empty when it is not."""
    file = root / mutant.file
    count = file.read_text(encoding="utf-8").count(mutant.line) if file.is_file() else 0
    if count != 1:
        return f"its line is {count} times in {mutant.file}, not once"
    tests = [root / one.partition("::")[0] for one in shlex.split(mutant.noticed_by)]
    return "" if all(map(Path.exists, tests)) else f"there is no {mutant.noticed_by}"


def survivors(chosen: list[Mutant], copy: Path) -> Iterator[tuple[Mutant, str]]:
    """The mutants that no test notices, and what happened instead."""
    for mutant in chosen:
        outdated = fault(mutant, copy)
        if outdated:
            yield mutant, outdated
            continue
        file = copy / mutant.file
        whole = file.read_text(encoding="utf-8")
        if code := _pytest(copy, mutant):
            yield mutant, f"its tests fail without it too (exit code {code})"
            continue
        file.write_text(whole.replace(mutant.line, mutant.instead), encoding="utf-8")
        code = _pytest(copy, mutant)
        file.write_text(whole, encoding="utf-8")
        print("survived" if code != RED else "noticed ", mutant.name, flush=True)
        if code != RED:
            yield mutant, f"pytest {mutant.noticed_by} ended with exit code {code}"


def _pytest(copy: Path, mutant: Mutant) -> int:
    options = ("-q", "-x", "-p", "no:cacheprovider")
    command = (sys.executable, "-m", "pytest", *options, *shlex.split(mutant.noticed_by))
    return subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode


def main(names: list[str]) -> int:
    """Try the mutants of these names, or all: the exit code."""
    chosen = [one for one in mutants() if not names or one.name in names]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
        survived = list(survivors(chosen, copy))
    for mutant, reason in survived:
        print(f"NOT NOTICED: {mutant.name}: {reason}")
    print(f"{len(chosen) - len(survived)} of {len(chosen)} mutants noticed")
    return 1 if survived or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
