"""One whole run: settings -> probes -> checks -> diagnosis -> report."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from codegpt_doctor.checks.configuration import check_settings
from codegpt_doctor.checks.key import kind_of
from codegpt_doctor.diagnose import diagnose
from codegpt_doctor.exit_codes import ExitCode
from codegpt_doctor.measure import start_probes
from codegpt_doctor.model import CheckResult, Health, KeyFacts, Report, Status, Target
from codegpt_doctor.redact import mask
from codegpt_doctor.runner import Background, Context, run_checks
from codegpt_doctor.settings import Settings

if TYPE_CHECKING:
    from codegpt_doctor.editor.machine import Machine
    from codegpt_doctor.runner import Check

DEFAULT_TIMEOUT = 15.0
EXIT_CODES = {
    Health.HEALTHY: ExitCode.HEALTHY,
    Health.PROBLEM: ExitCode.PROBLEM,
    Health.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}


def examine(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    spend: bool = True,
    sdk: bool = False,
    control: bool = True,
    on_result: Callable[[CheckResult], object] = lambda _: None,
    machine: "Machine | None" = None,
) -> Report:
    """Run every check against the target that the settings name.

    Args:
        settings: what to test and with what.
        timeout: seconds for the whole run.
        spend: whether one request of at most 16 output tokens may be made.
        sdk: whether the official client is asked for a second opinion.
        control: whether, when the target cannot be reached, a neutral host and the provider's
            status page may be asked; no key is sent there.
        on_result: told each result as soon as it is there.
        machine: where to look for an editor with CodeGPT; None where that is not asked.
    """
    context = Context(settings, Background.within(timeout), spend, control)
    if check_settings(context).status is not Status.FAIL:
        start_probes(context, sdk)
    from codegpt_doctor.checks.registry import CHECKS, SDK_CHECK  # while the probes are under way

    checks = [*CHECKS, SDK_CHECK] if sdk else [*CHECKS]
    if machine:
        checks += _editor_checks(machine, context)
    return report_on(checks, context, on_result, _target)


def report_on(
    checks: "Sequence[Check]",
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


def _editor_checks(machine: "Machine", context: Context) -> "tuple[Check, ...]":
    """What is asked of an editor with CodeGPT, after all of the API; nothing where there is none.

    It comes last, so that its faults are no root cause while the API itself fails.
    """
    from codegpt_doctor.editor.finding import has_codegpt

    if not has_codegpt(machine):
        return ()
    from codegpt_doctor.editor_run import EDITOR_CHECKS, begin, find_workplace

    begin(find_workplace(machine), context)
    return EDITOR_CHECKS


def _target(context: Context) -> Target:
    from codegpt_doctor.checks.api import tried_model

    settings = context.settings
    key = settings.key
    facts = KeyFacts(mask(key.secret.reveal()), kind_of(key), key.source) if key else None
    proxy = context.results["proxy"].observations.get("proxy")
    return Target(
        provider=settings.provider,
        base_url=settings.base_url.value.strip(),
        model=tried_model(context),
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        key=facts,
        proxy=proxy,
    )
