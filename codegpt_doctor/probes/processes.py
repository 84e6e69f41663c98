"""Other programs, asked for what only they know.  Nothing is ever ended, changed or downloaded."""

import os
import subprocess
from collections.abc import Sequence

PATIENCE = 5.0  # seconds


def output_of(command: Sequence[str], patience: float = PATIENCE) -> str | None:
    """What a program prints; None when it is not there, or has not ended in time."""
    try:
        done = subprocess.run(  # noqa: S603 - the command is a fixed one
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace")


def is_tracked(path: str) -> bool:
    """Whether git has a file in its index, so that everyone with the repository has it too."""
    folder, name = os.path.split(path)
    # a repository can name a program that git is to run for its file monitor; none is run here
    command = ("git", "-C", folder, "-c", "core.fsmonitor=false", "ls-files", "--", name)
    return bool((output_of(command) or "").strip())
