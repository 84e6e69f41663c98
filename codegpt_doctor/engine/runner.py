"""Runs the checks in order, and says what their results come to, all within one deadline."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter
from typing import TypeVar

from codegpt_doctor.engine.background import Background, interruption
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.diagnose import diagnose
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.report import (
    CheckResult,
    Diagnosis,
    Health,
    Outcome,
    Report,
    Stage,
    Status,
    Target,
    Untested,
)

P = TypeVar("P")
T = TypeVar("T")
DEFAULT_TIMEOUT = 15.0  # seconds for a whole run
EXIT_CODES = {
    Health.HEALTHY: ExitCode.HEALTHY,
    Health.PROBLEM: ExitCode.PROBLEM,
    Health.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}


def report_on(
    results: Iterable[CheckResult],
    background: Background,
    on_result: Callable[[CheckResult], object],
    target: Callable[[], Target],
    proof: str | None = "inference",
    untested: Callable[[], Sequence[Untested]] = tuple,
) -> Report:
    """Take the results of some checks as they come, and tell what it all comes to.

    Args:
        results: in the order of blame, from ``run_checks``.
        background: when the run began.
        on_result: told each result as soon as it is there.
        target: says what was tested, once all checks have run.
        proof: the check without whose success nothing is called healthy, if there is one.
        untested: says what the run was told to leave out, once all checks have run.
    """
    seen = []
    for result in results:
        seen.append(result)
        on_result(result)
    health, diagnosis = _diagnosed(seen, proof)
    return Report(
        started_at=background.started_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        duration_ms=background.duration_ms(),
        target=target(),
        status=health,
        diagnosis=diagnosis,
        checks=tuple(seen),
        exit_code=EXIT_CODES[health],
        untested=tuple(untested()),
    )


def _diagnosed(results: list[CheckResult], proof: str | None) -> tuple[Health, Diagnosis | None]:
    """The diagnosis; one that breaks is told as a check that broke, and leaves the run open."""
    try:
        return diagnose(results, proof)
    except Exception as error:  # noqa: BLE001 - the results are worth telling without it
        results.append(broken("diagnosis", "Diagnosis", Stage.SETTINGS, error))
        return Health.INCONCLUSIVE, None


def run_checks(checks: Sequence[Check[P]], context: Context[P]) -> Iterator[CheckResult]:
    """Give each check's result as soon as it is there, in the order of the checks."""
    for check in checks:
        started = perf_counter()
        outcome = _blocked(check, context) or _safely(check, context)
        took = round((perf_counter() - started) * 1000)
        result = _result(check.id, check.title, check.stage, outcome, took)
        context.results[check.id] = result
        yield result


def _result(
    check_id: str, title: str, stage: Stage, outcome: Outcome, duration_ms: int
) -> CheckResult:
    return CheckResult(check_id, title, stage, duration_ms=duration_ms, **outcome._asdict())


def _blocked(check: Check[P], context: Context[P]) -> Outcome | None:
    """That the check is not tried, when one that it requires failed, or was not tried either."""
    for needed in check.requires:
        before = context.results.get(needed)
        if before is None:
            continue
        if before.status in (Status.FAIL, Status.ERROR):
            return Outcome(Status.SKIP, "not tried", skipped_because=needed)
        if before.status is Status.SKIP and before.skipped_because in context.results:
            return Outcome(Status.SKIP, "not tried", skipped_because=before.skipped_because)
    return None


def _safely(check: Check[P], context: Context[P]) -> Outcome:
    try:
        return check.run(context)
    except Exception as error:  # noqa: BLE001 - one broken check must not take the others with it
        if stop := interruption(error):
            raise stop from None
        return Outcome(Status.ERROR, _broke(error))


def broken(check_id: str, title: str, stage: Stage, error: Exception) -> CheckResult:
    """The result of a question that broke before it could be asked."""
    return _result(check_id, title, stage, Outcome(Status.ERROR, _broke(error)), 0)


def _broke(error: Exception) -> str:
    from codegpt_doctor.classify.exception_text import exception_text  # hardly ever needed

    return f"the check itself failed: {exception_text(error).splitlines()[0]}"


def unless_broken(work: Callable[[], T], otherwise: T) -> T:
    """The result of a part of the report that it can do without, should that break."""
    try:
        return work()
    except Exception:  # noqa: BLE001 - whatever it was, the rest of the report stands
        return otherwise
