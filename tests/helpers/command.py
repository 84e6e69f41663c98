"""The command as a user starts it: a process of its own, with nothing of this one's environment."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import codegpt_doctor

COMMAND = (sys.executable, "-W", "error", "-m", "codegpt_doctor")
BUILDER = (sys.executable, "-m", "docs._builder")
FOLDER = Path(__file__).parent  # holds no .env
ROOT = Path(codegpt_doctor.__file__).parents[1]  # so that the tested package is the one imported
KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "COVERAGE_PROCESS_CONFIG")  # the last one: `make test-all`


def environment(**variables: str) -> dict[str, str]:
    """What a process needs to start, and these variables."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    nobodys = {"HOME": str(FOLDER), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    return {**kept, **nobodys, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **variables}


def run(
    *arguments: str,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
    folder: Path = FOLDER,
    timeout: float = 30,
    script: str | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end: exit code, and both streams as bytes.

    ``script`` is Python that starts the command in a way of its own, with these arguments.
    """
    command = COMMAND if script is None else (sys.executable, "-W", "error", "-c", script)
    return subprocess.run(
        (*command, *arguments),
        input=stdin,
        capture_output=True,
        env=environment(**(variables or {})),
        cwd=folder,
        timeout=timeout,
        check=False,
    )


def data_of(result: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """The one JSON object on standard output; anything else beside it is a failure."""
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def complaint(result: subprocess.CompletedProcess[bytes]) -> str:
    """The one line that standard error has, nothing being on standard output."""
    said = result.stderr.decode()
    lines = said.strip().splitlines()
    assert len(lines) == 1, said
    assert result.stdout == b""
    return lines[0]


def shows_no_traceback(result: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether no stack of the program was shown to the user."""
    return b"Traceback" not in result.stdout + result.stderr and b'File "' not in result.stderr
