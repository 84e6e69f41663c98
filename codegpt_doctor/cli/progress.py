"""The results of a run as they come, and meanwhile what is waited for."""

import sys
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Self

from codegpt_doctor.cli.output import echo, replace_line
from codegpt_doctor.model.report import CheckResult, Stage
from codegpt_doctor.output.check_text import check_line
from codegpt_doctor.output.compact import for_reading
from codegpt_doctor.output.contract import CheckData
from codegpt_doctor.output.report_data import check_data, shortened
from codegpt_doctor.output.style import Style
from codegpt_doctor.redact import scrub_data

PATIENCE = 0.4  # seconds without a result after which it is said what is waited for
TICK = 0.1  # seconds between two looks at the clock


class Live:
    """Prints each line as soon as its check has its result, those about the editor apart.

    ``stage`` is the one that the run begins with.
    """

    def __init__(self, title: str, style: Style, stage: Stage) -> None:
        self._style = style
        self._stage = stage
        self._shown: list[CheckData] = []
        echo(f"{title}\n")

    def show(self, result: CheckResult) -> None:
        """Print one result."""
        if result.stage is Stage.EDITOR and self._stage is not Stage.EDITOR:
            echo("\n" + self._style.strong("CodeGPT in the editor") + "\n")
        self._stage = result.stage
        data = shortened(scrub_data(check_data(result)))
        echo(check_line(for_reading(data, self._shown), self._style))
        self._shown.append(data)


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
