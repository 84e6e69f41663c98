"""Checks that pass, break and block each other, in one run."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from helpers.command import data_of, run
from helpers.servers import always, listening

from codegpt_doctor import doctor
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.engine import runner
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.runner import report_on, run_checks
from codegpt_doctor.model.report import CheckResult, Finding, Outcome, Report, Stage, Status, Target
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value

SETTINGS = Settings("openai", Value("https://llm.example.net/v1", "test"))
TARGET = Target("openai", "https://llm.example.net/v1")
PASSES = Outcome(Status.PASS, "fine")
FAILS = Outcome(Status.FAIL, "no", Finding("server_error"))
ANSWER = (
    b'{"object": "list", "data": [{"id": "gpt-4o-mini"}],'
    b' "choices": [{"message": {"content": "x"}}]}'
)


def giving(outcome: Outcome) -> Callable[[Context[object]], Outcome]:
    return lambda _: outcome


def raising(error: BaseException) -> Callable[[Context[object]], Outcome]:
    def run_it(_: Context[object]) -> Outcome:
        raise error

    return run_it


def check(
    check_id: str, run_it: Callable[[Context[object]], Outcome], *requires: str
) -> Check[object]:
    return Check(check_id, check_id.title(), Stage.HTTP, run_it, requires)


def context(deadline: float = 5) -> Context[object]:
    return Context(SETTINGS, Background(monotonic() + deadline))


def reported(*checks: Check[object]) -> Report:
    made = context()
    results = run_checks(checks, made)
    return report_on(results, made.background, lambda _: None, lambda: TARGET, None)


def statuses(report: Report) -> dict[str, str]:
    return {one.id: one.status for one in report.checks}


def test_ctrl_c_ends_the_run_however_it_is_handed_on() -> None:
    handed_on = RuntimeError("Error calling __set_name__")
    handed_on.__cause__ = KeyboardInterrupt()
    work = raising(handed_on)
    with pytest.raises(KeyboardInterrupt):
        reported(check("http", work))
    with pytest.raises(KeyboardInterrupt):
        Task.now(lambda: work(context()))


class TestACheckThatBreaks:
    @pytest.mark.parametrize(
        "error",
        [
            ValueError("of no use"),
            KeyError("x"),
            RecursionError(),
            OSError(5, "input/output"),
            MemoryError(),
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_takes_no_other_with_it_and_leaves_the_run_open(self, error: Exception) -> None:
        report = reported(check("a", raising(error)), check("b", giving(PASSES)))
        assert statuses(report) == {"a": "error", "b": "pass"}
        assert type(error).__name__ in report.checks[0].summary
        assert report.checks[0].summary.startswith("the check itself failed: ")
        assert (report.status, report.diagnosis, report.exit_code) == ("inconclusive", None, 3)

    def test_blocks_what_requires_it(self) -> None:
        report = reported(
            check("a", raising(ValueError())),
            check("b", giving(PASSES), "a"),
            check("c", giving(PASSES), "b"),
            check("d", giving(PASSES)),
        )
        assert statuses(report) == {"a": "error", "b": "skip", "c": "skip", "d": "pass"}
        assert [one.skipped_because for one in report.checks] == [None, "a", "a", None]

    def test_hides_no_root_cause(self) -> None:
        report = reported(check("a", raising(ValueError())), check("b", giving(FAILS)))
        assert report.diagnosis
        assert report.diagnosis.finding.id == "server_error"

    def test_that_is_interrupted_ends_the_run(self) -> None:
        with pytest.raises(KeyboardInterrupt):
            reported(check("a", raising(KeyboardInterrupt())))

    def test_because_its_probe_ended_its_thread_is_told(self) -> None:
        def probe() -> int:
            raise SystemExit(3)

        def asks(made: Context[object]) -> Outcome:
            made.background.start(probe).result()
            return PASSES

        started = monotonic()
        report = reported(check("a", asks))
        assert statuses(report) == {"a": "error"}
        assert "SystemExit" in report.checks[0].summary
        assert monotonic() - started < 4.5


class TestWhatBlocks:
    @pytest.mark.parametrize("status", [Status.FAIL, Status.ERROR])
    def test_is_what_failed(self, status: Status) -> None:
        report = reported(
            check("a", giving(Outcome(status, "no"))), check("b", giving(PASSES), "a")
        )
        assert statuses(report)["b"] == "skip"

    @pytest.mark.parametrize("status", [Status.PASS, Status.WARN])
    def test_is_not_what_came_through(self, status: Status) -> None:
        report = reported(
            check("a", giving(Outcome(status, "yes"))), check("b", giving(PASSES), "a")
        )
        assert statuses(report)["b"] == "pass"

    def test_is_not_what_was_skipped_for_a_reason_of_its_own(self) -> None:
        skipped = Outcome(Status.SKIP, "no", skipped_because="the proxy does this")
        report = reported(check("a", giving(skipped)), check("b", giving(PASSES), "a"))
        assert statuses(report)["b"] == "pass"

    def test_is_not_what_this_run_does_not_ask(self) -> None:
        assert statuses(reported(check("b", giving(PASSES), "not-there"))) == {"b": "pass"}


def test_results_are_told_as_they_come() -> None:
    told: list[str] = []
    made = context()

    def second(_: Context[object]) -> Outcome:
        assert told == ["a"]
        return PASSES

    results = run_checks([check("a", giving(PASSES)), check("b", second)], made)
    report_on(results, made.background, lambda one: told.append(one.id), lambda: TARGET, None)
    assert told == ["a", "b"]


def test_a_probe_that_never_ends_is_given_up_at_the_deadline() -> None:
    end = threading.Event()
    made = context(0.4)
    task = made.background.start(lambda: end.wait(20))

    def asks(_: Context[object]) -> Outcome:
        return PASSES if task.result_or(False) else FAILS

    started = monotonic()
    results = list(run_checks([check("a", asks), check("b", asks)], made))
    end.set()
    assert [one.status for one in results] == ["fail", "fail"]
    assert monotonic() - started < 10


def test_a_diagnosis_that_breaks_is_told_with_the_results() -> None:
    unknown = Outcome(Status.FAIL, "no", Finding("no_such_entry"))
    report = reported(check("a", giving(unknown)))
    assert statuses(report) == {"a": "fail", "diagnosis": "error"}
    assert (report.status, report.exit_code) == ("inconclusive", 3)


def test_a_part_of_the_report_that_breaks_is_left_out() -> None:
    assert runner.unless_broken(lambda: str(1 // 0), "?") == "?"
    assert runner.unless_broken(lambda: "yes", "?") == "yes"


class TestAWholeRun:
    """What is not part of any check: the plan, the editor, the folder."""

    def healthy(self, machine: Machine | None = None, **chosen: object) -> Report:
        with listening(always(200, ANSWER)) as server:
            settings = Settings(
                "openai",
                Value(server.base_url, "test"),
                Key(Secret("sk-proj-" + "a1B2c3D4" * 6), "test"),
                direct=True,
            )
            made = replace(settings, **chosen)  # type: ignore[arg-type]
            return doctor.run_check(made, 10, control=False, machine=machine)

    def test_probes_that_cannot_be_begun_break_the_checks_that_need_them(self) -> None:
        report = self.healthy(ca_bundle="no value with a source")
        by_id: dict[str, CheckResult] = {one.id: one for one in report.checks}
        assert (by_id["key"].status, by_id["settings"].status) == ("pass", "error")
        assert by_id["inference"].skipped_because == "settings"
        assert (report.status, report.exit_code) == ("inconclusive", 3)

    def test_an_editor_that_cannot_be_examined_takes_nothing_with_it(self) -> None:
        machine = Machine("linux", "/nobody", None, "/")  # type: ignore[arg-type]
        report = self.healthy(machine)
        by_id = {one.id: one for one in report.checks}
        assert by_id["inference"].status == "pass"
        assert by_id["editor"].status == "error"
        assert report.exit_code == 3

    def test_a_folder_that_is_deleted_meanwhile_ends_nothing(self, tmp_path: Path) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        script = (
            "import os, sys; os.rmdir(os.getcwd()); "
            "sys.argv = ['codegpt-doctor', *sys.argv[1:]]; "
            "from codegpt_doctor.cli import main; main()"
        )
        for command in ("check", "billing", "limits"):
            gone.mkdir(exist_ok=True)
            data = data_of(
                run(command, "--simulate", "healthy", "--json", folder=gone, script=script)
            )
            assert (command, data["status"]) == (command, "healthy")
        assert not os.path.exists(gone)


def test_a_task_is_done_before_it_is_asked_for() -> None:
    assert Context(SETTINGS, Background(0.0), planned=Task.done("plan")).plan == "plan"
    with pytest.raises(LookupError):
        _ = context().plan
