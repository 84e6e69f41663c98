"""Repeating a check until it is healthy, with growing pauses, telling only what changed."""

import time
from datetime import datetime

from codegpt_doctor.cli.output import tell
from codegpt_doctor.model.report import Report

FIRST_PAUSE = 5.0  # seconds; doubled each time
LONGEST_PAUSE = 60.0


class Watch:
    """Remembers the last diagnosis; ``last`` is None before the first run."""

    def __init__(self) -> None:
        self.last: str | None = None
        self._pause = FIRST_PAUSE

    def is_news(self, report: Report) -> bool:
        """Whether a run says something else than the one before; what changed is told."""
        now = report.diagnosis.finding.id if report.diagnosis else str(report.status)
        before, self.last = self.last, now
        if before is None:
            return True
        clock = f"{datetime.now():%H:%M:%S}"
        if before == now:
            tell(f"{clock}  unchanged: {now}")
            return False
        tell(f"{clock}  changed: {before} -> {now}")
        self._pause = FIRST_PAUSE
        return True

    def wait(self) -> None:
        """Pause before the next run; twice as long each time, at most a minute."""
        tell(f"Trying again in {self._pause:.0f} s; Ctrl-C ends it.")
        time.sleep(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
