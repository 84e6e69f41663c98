"""The check that asks for money, where anything is told of it."""

from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.model.report import Outcome, Status


def check_billing(context: PathContext) -> Outcome:
    """What was spent this month, and is there a limit?"""
    decision, asked = way_of(context).admin_decision(), context.plan.key_info
    if not decision.is_sent and asked is None:
        return Outcome(Status.SKIP, decision.words, skipped_because=decision.words)
    from codegpt_doctor.billing.in_brief import of_key, of_month  # most runs are told nothing

    return of_month(context) if decision.is_sent or asked is None else of_key(context, asked)
