"""The command on a terminal: a pseudo-terminal that the process has as its controlling one."""

import contextlib
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helpers.command import COMMAND, FOLDER, environment

# without a controlling terminal, Ctrl-C reaches nobody and a hidden prompt finds no terminal
_TAKE_OVER = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
CTRL_C = b"\x03"
CTRL_D = b"\x04"
PATIENCE = 2.0  # seconds, after which a person presses a key again


class Terminal:
    """What a person sees and types; ``shown`` is all that was shown so far."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self._master = master
        self._process = process
        self.shown = b""

    def read_until(self, text: bytes, seconds: float = 15) -> None:
        """Wait until a text was shown."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            assert self._read(end), self.shown

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._master, keys)

    def leave(self, keys: bytes = CTRL_C, seconds: float = 30) -> int:
        """Press keys that end the process, again if need be: its exit code.

        A signal that comes just before Python reads is noticed only after the reading.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.type(keys)
            again = time.monotonic() + PATIENCE
            while time.monotonic() < again:
                if not self._read(again):
                    return self._process.wait(seconds)
        raise AssertionError(self.shown)

    def end(self, seconds: float = 15) -> int:
        """Wait for the end of the process: its exit code."""
        end = time.monotonic() + seconds
        while self._read(end):
            assert time.monotonic() < end, self.shown
        return self._process.wait(seconds)

    def _read(self, end: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0, end - time.monotonic()))
        if not ready:
            return True
        with contextlib.suppress(OSError):  # the other side was closed
            data = os.read(self._master, 65536)
            self.shown += data
            return bool(data)
        return False


@contextmanager
def terminal(
    *arguments: str,
    variables: Mapping[str, str] | None = None,
    columns: int = 80,
    rows: int = 24,
    folder: Path = FOLDER,
) -> Iterator[Terminal]:
    """Run the command on a terminal of its own while the block runs."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (rows, columns))
    process = subprocess.Popen(
        (sys.executable, "-c", _TAKE_OVER, *COMMAND, *arguments),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(**{"TERM": "xterm-256color", **(variables or {})}),
        cwd=folder,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait(5)
        os.close(master)
