"""Repeating a check until it is healthy, with growing pauses, telling only what changed."""

import re
import time
from datetime import datetime

import click

from codegpt_doctor.cli.output import tell
from codegpt_doctor.model.report import Report

FIRST_PAUSE = 5.0  # seconds; doubled each time
LONGEST_PAUSE = 60.0
MAX_LIMIT = 7 * 86_400.0  # seconds, a week
_PERIOD = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?(s|min|m|h)?", re.IGNORECASE)
_UNITS = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}


def period(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    """A time such as 90s, 10m or 1h in seconds; a number alone is seconds."""
    if value is None:
        return None
    found = _PERIOD.fullmatch(value.strip())
    seconds = float(found[1]) * _UNITS[(found[2] or "s").lower()] if found else 0.0
    if not 0 < seconds <= MAX_LIMIT:
        raise click.BadParameter("it takes a time such as 90s, 10m or 1h, at most a week.")
    return seconds


class Watch:
    """Remembers the last diagnosis; ``last`` is None before the first run.

    ``limit`` is after how many seconds no further run begins; None for never.
    """

    def __init__(self, limit: float | None = None) -> None:
        self.last: str | None = None
        self._pause = FIRST_PAUSE
        self._end = None if limit is None else time.monotonic() + limit

    @property
    def is_over(self) -> bool:
        """Whether the run that has just ended was the last one."""
        return self._end is not None and time.monotonic() >= self._end

    def is_news(self, report: Report) -> bool:
        """Whether a run says something else than the one before; what changed is told."""
        now = report.diagnosis.finding.id if report.diagnosis else str(report.status)
        before, self.last = self.last, now
        if before is None:
            return True
        clock = f"{datetime.now().astimezone():%H:%M:%S}"
        if before == now:
            tell(f"{clock}  unchanged: {now}")
            return False
        tell(f"{clock}  changed: {before} -> {now}")
        self._pause = FIRST_PAUSE
        return True

    def wait(self) -> None:
        """Pause before the next run; twice as long each time, at most a minute or what is left."""
        left = LONGEST_PAUSE if self._end is None else max(0.0, self._end - time.monotonic())
        pause = min(self._pause, left)
        tell(f"Trying again in {pause:.0f} s; Ctrl-C ends it.")
        time.sleep(pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
