"""Money in one line: what an admin key can see of the costs of the month and of the limit."""

from decimal import Decimal

from codegpt_doctor.billing import bodies, sums
from codegpt_doctor.checks.route import admin_decision
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.answers import finding_of, problem_of, said
from codegpt_doctor.findings.results import as_http, observed
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.money import exact
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.model.report import Finding, Outcome, Status


def check_billing(context: Context) -> Outcome:
    """What was spent this month, and is there a limit?"""
    decision = admin_decision(context)
    if not decision.is_sent:
        return Outcome(Status.SKIP, decision.words, skipped_because=decision.words)
    costs, limit = _costs(context), as_http(observed(context, "spend_limit"))
    for answer in (*costs, limit):
        problem = problem_of(answer, lambda body: isinstance(body, dict))
        if problem and not (answer is limit and answer.http_status == 404):
            finding = finding_of(problem, answer, "billing", context.settings)
            return Outcome(Status.WARN, f"{answer.operation}: {said(answer)}", finding)
    try:
        spent, cap = month_to_date(costs), _limit(limit)
    except bodies.BodyError as error:
        evidence = Evidence("billing", f"{limit.operation}, {costs[-1].operation}: {error}")
        finding = Finding("malformed_response", (evidence,))
        return Outcome(Status.WARN, f"what was told cannot be read: {error}", finding)
    amounts = " and ".join(f"{amount:.2f} {code.upper()}" for code, amount in spent.items())
    summary = f"{amounts or 'nothing'} spent this month (UTC)"
    return Outcome(
        Status.PASS,
        f"{summary}, {cap}" if cap else f"{summary}, no spend limit is set",
        observations={"month_to_date": {code: exact(amount) for code, amount in spent.items()}},
    )


def _costs(context: Context) -> list[HttpObservation]:
    try:
        answers: list[HttpObservation] = context.background.result("costs")
    except UnfinishedError:
        return [as_http(observed(context, "costs"))]
    return answers


def month_to_date(answers: list[HttpObservation]) -> dict[str, Decimal]:
    """The sum of the costs by currency, as decimals.

    Raises:
        BodyError: a body is no page of costs.
    """
    costs = [cost for answer in answers for cost in bodies.cost_page(answer.body).records]
    return {
        code: sums.total(cost for cost in costs if cost.currency == code)
        for code in sums.currencies(costs)
        if any(cost.currency == code for cost in costs)
    }


def _limit(answer: HttpObservation) -> str | None:
    if answer.http_status != 200:
        return None
    limit = bodies.spend_limit(answer.body)
    if limit is None:
        return None
    return f"limit {limit.amount:.2f} {limit.currency.upper()} a month ({limit.enforcement})"
