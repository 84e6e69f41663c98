"""Work that runs at once, within one deadline."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic, perf_counter
from typing import Any

MARGIN = 0.5  # seconds of a run's time kept for its report
SLICE = 0.2  # seconds of waiting at a time, so that Ctrl-C is heard whichever thread gets it


class UnfinishedError(Exception):
    """The probe had no result when the deadline came."""


class Background:
    """Work in daemon threads: what has not ended at the deadline is given up, never waited for."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.started_at = datetime.now(UTC)
        self._started = perf_counter()
        self._done: dict[str, threading.Event] = {}
        self._results: dict[str, Any] = {}

    @classmethod
    def within(cls, timeout: float) -> "Background":
        """The work of a run that may take so many seconds, its report included."""
        return cls(monotonic() + max(0.1, timeout - MARGIN))

    def duration_ms(self) -> int:
        """How long the run has taken so far."""
        return round((perf_counter() - self._started) * 1000)

    def start(self, name: str, work: Callable[[], Any]) -> None:
        """Begin a piece of work under a name."""
        self._done[name] = threading.Event()
        threading.Thread(target=self._run, args=(name, work), daemon=True).start()

    def _run(self, name: str, work: Callable[[], Any]) -> None:
        try:
            self._results[name] = work()
        except Exception as error:  # noqa: BLE001 - handed to whoever asks for the result
            self._results[name] = error
        self._done[name].set()

    def started(self, name: str) -> bool:
        """Whether the work was begun at all."""
        return name in self._done

    def wait(self, name: str, until: float) -> bool:
        """Wait for the end of the work, but not beyond a time; whether it has ended."""
        done, end = self._done[name], min(until, self.deadline)
        while not done.wait(min(SLICE, max(0.0, end - monotonic()))):
            if monotonic() >= end:
                return False
        return True

    def result(self, name: str) -> Any:
        """Wait for the result.

        Raises:
            UnfinishedError: the deadline came first.
            Exception: what the work itself raised.
        """
        if not self.wait(name, self.deadline):
            raise UnfinishedError(name)
        result = self._results[name]
        if isinstance(result, Exception):
            raise result
        return result
