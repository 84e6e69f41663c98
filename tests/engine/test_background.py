"""Work at once within one deadline: its results, its errors, and what never ends."""

import sys
import threading
from time import monotonic

import pytest

from codegpt_doctor.engine.background import (
    Background,
    BrokenWorkError,
    Task,
    UnfinishedError,
)


def test_a_result_is_given_as_often_as_it_is_asked_for() -> None:
    task = Background(monotonic() + 5).start(lambda: 7)
    assert (task.result(), task.result(), task.result_or(0)) == (7, 7, 7)


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    def work() -> int:
        raise ValueError("no")

    task = Background(monotonic() + 5).start(work)
    with pytest.raises(ValueError, match="no"):
        task.result()
    with pytest.raises(ValueError, match="no"):
        task.result_or(0)


@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_work_that_ends_its_thread_is_not_waited_for(end: type[BaseException]) -> None:
    def work() -> int:
        raise end

    started = monotonic()
    task = Background(started + 5).start(work)
    with pytest.raises(BrokenWorkError, match=end.__name__):
        task.result()
    assert monotonic() - started < 4.5


def test_work_that_calls_exit_is_not_waited_for() -> None:
    task = Background(monotonic() + 5).start(lambda: sys.exit(3))
    assert task.wait(monotonic() + 3)


class TestTheDeadline:
    def test_ends_the_wait_and_not_the_work(self) -> None:
        end = threading.Event()
        started = monotonic()
        task = Background(started + 0.3).start(lambda: end.wait(20))
        with pytest.raises(UnfinishedError):
            task.result()
        assert 0.25 < monotonic() - started < 10
        assert task.result_or(False) is False
        end.set()

    def test_may_be_anticipated(self) -> None:
        end = threading.Event()
        started = monotonic()
        task = Background(started + 20).start(lambda: end.wait(20))
        assert not task.wait(started + 0.2)
        assert monotonic() - started < 10
        end.set()
        assert task.result()

    def test_leaves_time_for_the_report(self) -> None:
        started = monotonic()
        assert Background.within(10).deadline - started == pytest.approx(9.5, abs=0.2)
        assert Background.within(0).deadline > started


def test_work_that_is_done_here_and_now_keeps_its_error() -> None:
    task: Task[int] = Task.now(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        task.result()
    assert Task.done(5).result() == 5


def interrupted() -> int:
    raise KeyboardInterrupt


def test_work_that_somebody_ends_here_and_now_ends_the_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        Task.now(interrupted)
