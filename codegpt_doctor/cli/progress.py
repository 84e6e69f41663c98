"""What a run is waiting for."""

import sys
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Self

from codegpt_doctor.cli.output import replace_line
from codegpt_doctor.model.report import CheckResult

PATIENCE = 0.4  # seconds without a result after which it is said what is waited for
TICK = 0.1  # seconds between two looks at the clock


class Waiting:
    """One line on a terminal's standard error: the check that is waited for, and since when.

    To be used as a context; when it is left, nothing of the line remains.  Where standard error is
    no terminal, nothing is ever shown.
    """

    def __init__(self, titles: Callable[[], Sequence[tuple[str, str]]], dumb: bool = False) -> None:
        """Prepare to tell.

        Args:
            titles: id and name of each check in their order; called when it is first needed.
            dumb: whether the terminal cannot go back to the start of a line.
        """
        self._titles = titles
        self._seen: set[str] = set()
        self._since = monotonic()
        self._done = threading.Event()
        self._line = ""
        self._thread = threading.Thread(target=self._tell, daemon=True)
        self._shows = sys.stderr.isatty() and not dumb

    def __enter__(self) -> Self:
        if self._shows:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._shows:
            self._thread.join()
            self._write("")

    def seen(self, result: CheckResult) -> None:
        """Note that a check has its result; the next one is waited for from now on."""
        self._seen.add(result.id)
        self._since = monotonic()

    def _tell(self) -> None:
        while not self._done.wait(TICK):
            waited = monotonic() - self._since
            if waited < PATIENCE:
                self._write("")
                continue
            left = (title for name, title in self._titles() if name not in self._seen)
            self._write(f"  Waiting for {next(left, 'the last result')} ({waited:.0f} s)")

    def _write(self, line: str) -> None:
        if line != self._line:
            replace_line(line, self._line)
            self._line = line
