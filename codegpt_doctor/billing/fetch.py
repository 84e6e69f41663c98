"""Asks many admin endpoints at once; what has come in when time is up counts."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar, cast

from codegpt_doctor.engine.background import Background, Task, UnfinishedError
from codegpt_doctor.model.observation import Exchange, late
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.client import Param
from codegpt_doctor.probes.admin import NO_IDS, Ids, Organization

Read = TypeVar("Read")
WORKERS = 3
REFUSALS = (401, 403, 429)


class AdminFetcher:
    """Questions under way, each in a thread of its own, so that none has to wait for another."""

    def __init__(self, organization: Organization, background: Background) -> None:
        self._organization = organization
        self._background = background
        self._tasks: dict[str, Task[None]] = {}
        self._found: dict[str, list[Exchange]] = {}
        self._each: dict[str, dict[str, list[Exchange]]] = {}
        self._read: dict[str, tuple[int, object]] = {}

    def start(self, name: str, endpoint: str, ids: Ids = NO_IDS, **params: Param) -> None:
        """Ask an endpoint, page by page, under a name."""
        found: list[Exchange] = []
        self._found[name] = found
        work = self._organization.pages
        self._tasks[name] = self._background.start(lambda: work(endpoint, found, ids, **params))

    def wait(self, name: str, until: float) -> bool:
        """Wait for the answers under a name up to a time of ``time.monotonic``: are all there?"""
        return self._tasks[name].wait(until)

    def answers(self, name: str) -> list[Exchange]:
        """The pages that came in time; the last one is a time-out if there were to be more."""
        unfinished = self._unfinished(name)
        return [*self._found[name], *unfinished]

    def read(self, name: str, how: Callable[[list[Exchange]], Read]) -> Read:
        """What the answers under a name come to; large ones are read once, and not each time."""
        answers = self.answers(name)
        known = self._read.get(name)
        if known is None or known[0] != len(answers):
            known = self._read[name] = (len(answers), how(answers))
        return cast("Read", known[1])

    def start_each(self, endpoint: str, project_ids: Iterable[str]) -> None:
        """Ask an endpoint for many projects; a refusal of one spares the others that wait."""
        waiting, found = deque(project_ids), self._each.setdefault(endpoint, {})
        for number in range(min(WORKERS, len(waiting))):
            name = f"{endpoint} {number}"
            work = partial(self._work, endpoint, waiting, found)
            self._tasks[name] = self._background.start(work)

    def _work(self, endpoint: str, waiting: deque[str], found: dict[str, list[Exchange]]) -> None:
        while waiting:
            try:
                project_id = waiting.popleft()
            except IndexError:  # another thread took the last one
                return
            answers = found.setdefault(project_id, [])
            self._organization.pages(endpoint, answers, {"project_id": project_id})
            if answers[-1].http_status in (0, *REFUSALS):
                waiting.clear()

    def answers_of_each(self, endpoint: str) -> dict[str, list[Exchange]]:
        """The answers for each project that was asked for and whose answer came in time."""
        for number in range(WORKERS):
            name = f"{endpoint} {number}"
            if name in self._tasks:
                self._unfinished(name)
        return {
            project_id: list(answers) or [_too_late(endpoint)]
            for project_id, answers in list(self._each.get(endpoint, {}).items())
        }

    def _unfinished(self, name: str) -> list[Exchange]:
        try:
            self._tasks[name].result()
        except UnfinishedError:
            return [_too_late(name)]
        return []


def _too_late(name: str) -> Exchange:
    return Exchange(f"GET {name}", failure=late(Stage.HTTP))
