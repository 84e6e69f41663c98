"""Runs the checks of targets: few at once, and each target no more often than its interval."""

import os
import threading
from collections import defaultdict
from dataclasses import dataclass
from time import monotonic

from codegpt_doctor.doctor import run_check
from codegpt_doctor.exporter.config import Config
from codegpt_doctor.model.report import Report
from codegpt_doctor.providers.selection import selected
from codegpt_doctor.settings.profile import options_of
from codegpt_doctor.settings.resolve import resolve

NOWHERE = os.path.join(os.sep, "nonexistent")  # a folder without a .env


class BusyError(Exception):
    """No run could begin in time, because others are under way."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A report, and the time on the clock of ``time.monotonic`` until which it stands."""

    report: Report
    until: float


class Runs:
    """The runs of one exporter.

    Args:
        config: the targets and how they are tested.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._free = threading.BoundedSemaphore(config.concurrency)
        self._locks: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)
        self._seen: dict[tuple[str, str], Seen] = {}
        self._guard = threading.Lock()

    def report(self, target: str, module: str, patience: float) -> tuple[Report, bool]:
        """The report of a target, and whether it is one of before.

        Args:
            target: its name in the configuration.
            module: that of a module.
            patience: seconds that whoever asks will wait.

        Raises:
            KeyError: there is no such target or module.
            BusyError: others were under way all the time.
            SelectionError: the target names no provider, and nothing decides.
        """
        how, name = self._config.modules[module], (target, module)
        profile = self._config.targets[target]
        end = monotonic() + patience
        with self._guard:
            lock = self._locks[name]
        if not lock.acquire(timeout=patience):
            raise BusyError
        try:
            seen = self._seen.get(name)
            if seen and monotonic() < seen.until:
                return seen.report, True
            if not self._free.acquire(timeout=max(0.0, end - monotonic())):
                raise BusyError
            try:
                limit = min(profile.timeout or how.timeout, max(1.0, end - monotonic()))
                began = monotonic()
                settings = resolve(options_of(profile), dict(os.environ), NOWHERE, selected)
                found = run_check(settings, limit, how.spend, control=False)
            finally:
                self._free.release()
            self._seen[name] = Seen(found, began + self._config.interval)
            return found, False
        finally:
            lock.release()
