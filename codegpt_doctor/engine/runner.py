"""Runs the checks in order, and says what their results come to, all within one deadline."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.diagnose import diagnose
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.report import CheckResult, Health, Outcome, Report, Status, Target

DEFAULT_TIMEOUT = 15.0  # seconds for a whole run
EXIT_CODES = {
    Health.HEALTHY: ExitCode.HEALTHY,
    Health.PROBLEM: ExitCode.PROBLEM,
    Health.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}


def report_on(
    checks: Sequence[Check],
    context: Context,
    on_result: Callable[[CheckResult], object],
    target: Callable[[Context], Target],
    proof: str | None = "inference",
) -> Report:
    """Run some checks and tell what they found, and what it comes to.

    Args:
        checks: in the order of blame.
        context: its probes are under way.
        on_result: told each result as soon as it is there.
        target: says what was tested, once all checks have run.
        proof: the check without whose success nothing is called healthy, if there is one.
    """
    results = []
    for result in run_checks(checks, context):
        results.append(result)
        on_result(result)
    health, diagnosis = diagnose(results, proof)
    background = context.background
    return Report(
        started_at=background.started_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        duration_ms=background.duration_ms(),
        target=target(context),
        status=health,
        diagnosis=diagnosis,
        checks=tuple(results),
        exit_code=EXIT_CODES[health],
    )


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
