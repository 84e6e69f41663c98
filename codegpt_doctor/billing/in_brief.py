"""Money in one line: the costs of the month and the limit, or what a key is told of itself."""

from decimal import Decimal

from codegpt_doctor.billing import bodies, sums
from codegpt_doctor.billing.balance import Balance
from codegpt_doctor.billing.key_info import news_of
from codegpt_doctor.checks.plan import PathContext, Plan
from codegpt_doctor.checks.results import exchange_of
from codegpt_doctor.engine.background import Task
from codegpt_doctor.findings.answers import finding_of, problem_of
from codegpt_doctor.findings.words import said
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.money import exact
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Facts, Finding, Outcome, Status
from codegpt_doctor.net.client import json_of
from codegpt_doctor.providers.provider import load


def of_month(context: PathContext) -> Outcome:
    """What was spent this month, and the limit, as an admin key can see them."""
    costs = _costs(context.plan)
    limit = exchange_of(context.plan.spend_limit, "GET /organization/spend_limit")
    for answer in (*costs, limit):
        problem = problem_of(answer, lambda seen: isinstance(json_of(seen), dict))
        if problem and not (answer is limit and answer.http_status == 404):
            finding = finding_of(problem, answer, "billing", context.settings)
            return Outcome(Status.WARN, f"{answer.operation}: {said(answer)}", finding)
    try:
        spent, cap = _month_to_date(costs), _limit(limit)
    except bodies.BodyError as error:
        evidence = Evidence("billing", f"{limit.operation}, {costs[-1].operation}: {error}")
        finding = Finding("malformed_response", (evidence,))
        return Outcome(Status.WARN, f"the response cannot be read: {error}", finding)
    amounts = " and ".join(f"{amount:.2f} {code.upper()}" for code, amount in spent.items())
    summary = f"{amounts or 'nothing'} spent this month (UTC)"
    return Outcome(
        Status.PASS,
        f"{summary}, {cap}" if cap else f"{summary}, no spend limit is set",
        observations={
            "month_to_date": {code: exact(amount) for code, amount in spent.items()},
            "month_to_date_number": {code: float(amount) for code, amount in spent.items()},
        },
    )


def of_key(context: PathContext, asked: Task[Exchange]) -> Outcome:
    """What the ordinary key is told of its money, which costs nothing to ask."""
    answer = exchange_of(asked, "the key's own state")
    news = news_of(load(context.settings.provider), answer)
    told = [*([_left(news.balance)] if news.balance else []), *news.notes]
    if not told:
        reason = f"{answer.operation} reports nothing about money: {said(answer)}"
        return Outcome(Status.SKIP, reason, skipped_because=reason)
    status = Status.FAIL if news.finding else Status.WARN if news.is_blocked else Status.PASS
    return Outcome(
        status,
        "; ".join(told),
        news.finding,
        observations=_balance_facts(news.balance),
        measured_ms=answer.duration_ms,
    )


def _balance_facts(balance: Balance | None) -> Facts:
    if balance is None or balance.left is None:
        return {}
    return {"balance": {balance.currency: exact(balance.left)}}


def _left(balance: Balance) -> str:
    unit = balance.currency.upper()
    if balance.left is not None:
        return f"{balance.left:.2f} {unit} left, says {balance.source}"
    return f"{balance.used or 0:.2f} {unit} used, says {balance.source}"


def _costs(plan: Plan) -> list[Exchange]:
    unfinished = [exchange_of(None, "GET /organization/costs")]
    return plan.costs.result_or(unfinished) if plan.costs else unfinished


def _month_to_date(answers: list[Exchange]) -> dict[str, Decimal]:
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


def _limit(answer: Exchange) -> str | None:
    if answer.http_status != 200:
        return None
    limit = bodies.spend_limit(answer.body)
    if limit is None:
        return None
    return f"limit {limit.amount:.2f} {limit.currency.upper()} a month ({limit.enforcement})"
