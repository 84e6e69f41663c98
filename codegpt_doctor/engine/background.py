"""Work that runs at once, within one deadline."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic, perf_counter
from typing import Generic, TypeVar

T = TypeVar("T")
MARGIN = 0.5  # seconds of a run's time kept for its report
SLICE = 0.2  # seconds of waiting at a time, so that Ctrl-C is heard whichever thread gets it


class UnfinishedError(Exception):
    """The work had no result when the deadline came."""


class BrokenWorkError(Exception):
    """The work ended its thread in a way that is no error, such as ``SystemExit``."""


def interruption(error: BaseException | None) -> KeyboardInterrupt | None:
    """The Ctrl-C that an error is; Python 3.11 makes it the cause of one while a class is made."""
    errors = (error, error.__cause__ if error else None)
    return next((one for one in errors if isinstance(one, KeyboardInterrupt)), None)


class Task(Generic[T]):
    """One piece of work, under way or done, and what it gives.

    Args:
        deadline: until when it is waited for, on the clock of ``time.monotonic``.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._ended = threading.Event()
        self._results: list[T] = []
        self._error: BaseException | None = None

    @classmethod
    def done(cls, result: T) -> "Task[T]":
        """A task that has ended with a result."""
        return cls.now(lambda: result)

    @classmethod
    def now(cls, work: Callable[[], T]) -> "Task[T]":
        """Do the work here and now; what it raises is raised where the result is asked for.

        Raises:
            KeyboardInterrupt: somebody ends the run, which is no error of the work.
        """
        task = cls(0.0)
        task.run(work)
        if stop := interruption(task._error):
            raise stop
        return task

    def run(self, work: Callable[[], T]) -> None:
        """Do the work in this thread."""
        try:
            self._results.append(work())
        except BaseException as error:  # noqa: BLE001 - handed to whoever asks for the result
            self._error = error
        finally:
            self._ended.set()

    def wait(self, until: float) -> bool:
        """Wait for the end of the work, but not beyond a time; whether it has ended."""
        end = min(until, self._deadline)
        while not self._ended.wait(min(SLICE, max(0.0, end - monotonic()))):
            if monotonic() >= end:
                return False
        return True

    def result(self) -> T:
        """Wait for the result.

        Raises:
            UnfinishedError: the deadline came first.
            BrokenWorkError: the work ended, but neither with a result nor with an error.
            Exception: what the work itself raised.
        """
        if not self.wait(self._deadline):
            raise UnfinishedError
        if isinstance(self._error, Exception):
            raise self._error
        if self._error is not None:
            raise BrokenWorkError(type(self._error).__name__) from self._error
        return self._results[0]

    def result_or(self, late: T) -> T:
        """The result, or what stands for one that did not come in time."""
        try:
            return self.result()
        except UnfinishedError:
            return late


class Background:
    """Work in daemon threads: what has not ended at the deadline is given up, never waited for."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.started_at = datetime.now(UTC)
        self._started = perf_counter()

    @classmethod
    def within(cls, timeout: float) -> "Background":
        """The work of a run that may take so many seconds, its report included."""
        return cls(monotonic() + max(0.1, timeout - MARGIN))

    def duration_ms(self) -> int:
        """How long the run has taken so far."""
        return round((perf_counter() - self._started) * 1000)

    def start(self, work: Callable[[], T]) -> Task[T]:
        """Begin a piece of work."""
        task: Task[T] = Task(self.deadline)
        threading.Thread(target=task.run, args=(work,), daemon=True).start()
        return task
