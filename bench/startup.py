"""How much longer an explanation takes than importing click alone; aim: at most 1.5."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from paired import compare

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Install the package as a user does, from a wheel, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        python = str(binaries / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", str(ROOT)], check=True)
        compare(
            [str(binaries / "codegpt-doctor"), "explain", "insufficient_quota"],
            [python, "-c", "import click"],
        )


if __name__ == "__main__":
    main()
