"""Runs the probes at once and the checks in order, all within one deadline."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from codegpt_doctor.exceptions import exception_text
from codegpt_doctor.model import CheckResult, Outcome, Stage, Status
from codegpt_doctor.settings import Settings

if TYPE_CHECKING:
    from codegpt_doctor.probes.connection import Dialer


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


@dataclass(slots=True)
class Context:
    """What a check sees: the settings, the probes under way and the results before it.

    ``spend`` is false when nothing that costs money may be asked, ``control`` when no other host
    than the target may be.  ``dialer`` opens further connections to the target, for a closer look.
    """

    settings: Settings
    background: Background
    spend: bool = True
    control: bool = True
    dialer: "Dialer | None" = None
    results: dict[str, CheckResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One question with a stable id.

    ``requires`` names the checks without which the question makes no sense: when one of them
    failed, this one is skipped and says why.
    """

    id: str
    title: str
    stage: Stage
    run: Callable[[Context], Outcome]
    requires: tuple[str, ...] = ()


def run_checks(checks: Sequence[Check], context: Context) -> Iterator[CheckResult]:
    """Give each check's result as soon as it is there, in the order of the checks."""
    for check in checks:
        started = perf_counter()
        outcome = _blocked(check, context) or _safely(check, context)
        result = CheckResult(
            check.id,
            check.title,
            check.stage,
            outcome.status,
            outcome.summary,
            outcome.finding,
            outcome.skipped_because,
            round((perf_counter() - started) * 1000),
            outcome.observations,
        )
        context.results[check.id] = result
        yield result


def _blocked(check: Check, context: Context) -> Outcome | None:
    """That the check is not tried, when one that it requires failed, or was not tried either."""
    for needed in check.requires:
        before = context.results[needed]
        if before.status in (Status.FAIL, Status.ERROR):
            return Outcome(Status.SKIP, "not tried", skipped_because=needed)
        if before.status is Status.SKIP and before.skipped_because in context.results:
            return Outcome(Status.SKIP, "not tried", skipped_because=before.skipped_because)
    return None


def _safely(check: Check, context: Context) -> Outcome:
    try:
        return check.run(context)
    except Exception as error:  # noqa: BLE001 - one broken check must not take the others with it
        return Outcome(
            Status.ERROR, f"the check itself broke: {exception_text(error).splitlines()[0]}"
        )
