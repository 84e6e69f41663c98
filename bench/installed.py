"""The package as a user has it: a wheel in an environment of its own."""

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


@contextmanager
def installed() -> Iterator[tuple[str, str]]:
    """Install this checkout from a wheel; gives the paths of the command and of Python."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        python = str(binaries / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", str(ROOT)], check=True)
        yield str(binaries / "codegpt-doctor"), python
