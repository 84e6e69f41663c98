"""How much of the rate limits is left?"""

from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import attempts_of
from codegpt_doctor.findings.windows import is_time, windows_of
from codegpt_doctor.model.report import CheckResult, Outcome, Status


def check_limits(context: PathContext) -> Outcome:
    """What do the rate-limit headers of the answer say is left?"""
    answers = attempts_of(context.plan.inference)
    found = windows_of(answers[-1]) if answers else ()
    if not found:
        return _no_limits(context.results["inference"])
    limits = {
        one.name.replace(" ", "-"): {
            "limit": str(one.limit),
            "remaining": "?" if one.left is None else str(one.left),
            "reset": one.said,
            "limit_number": one.limit,
            "remaining_number": one.left,
            "reset_s": one.resets_in,
        }
        for one in found
    }
    parts = [
        f"{told['remaining']} of {one.limit} {kind.replace('-', ' ')} left{_reset(one.said)}"
        for one, (kind, told) in zip(found, limits.items(), strict=True)
    ]
    status = Status.WARN if any(one.exhausted for one in found) else Status.PASS
    return Outcome(status, "; ".join(parts), observations=limits)


def _reset(said: str) -> str:
    """When a window is whole again, as it was told: after a while, or at a point in time."""
    if not said:
        return ""
    return f", reset {'at' if is_time(said) else 'in'} {said}"


def _no_limits(inference: CheckResult) -> Outcome:
    """Why no limit is known, which is not worth a word of its own where no answer came at all."""
    reason = "the response has no rate-limit headers"
    if inference.status in (Status.FAIL, Status.ERROR):
        return Outcome(Status.SKIP, "not tried", skipped_because=inference.id)
    if inference.status is Status.SKIP:
        return Outcome(Status.SKIP, "not tried", skipped_because=inference.skipped_because)
    return Outcome(Status.SKIP, reason, skipped_because=reason)
