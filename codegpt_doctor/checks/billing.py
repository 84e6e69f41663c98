"""Money: what an admin key can see of the costs of the month and of the spend limit."""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from codegpt_doctor.checks.api import as_http
from codegpt_doctor.checks.path import observed
from codegpt_doctor.checks.reading import finding_of, problem_of, said
from codegpt_doctor.model import HttpObservation, Outcome, Status
from codegpt_doctor.runner import Context, UnfinishedError

WITHOUT = "needs an admin key in OPENAI_ADMIN_KEY; only that shows costs and spend limits"

NOT_SENT = "the base URL is not OpenAI's own, so the admin key was not sent there"


def check_billing(context: Context) -> Outcome:
    """What was spent this month, and is there a limit?"""
    if context.settings.admin_key is None:
        return Outcome(Status.SKIP, WITHOUT, skipped_because=WITHOUT)
    if not context.background.started("costs"):
        return Outcome(Status.SKIP, NOT_SENT, skipped_because=NOT_SENT)
    costs, limit = _costs(context), as_http(observed(context, "spend_limit"))
    for answer in (*costs, limit):
        problem = problem_of(answer, lambda body: isinstance(body, dict))
        if problem and not (answer is limit and answer.http_status == 404):
            finding = finding_of(problem, answer, "billing", context.settings)
            return Outcome(Status.WARN, f"{answer.operation}: {said(answer)}", finding)
    spent = month_to_date(costs)
    amounts = " and ".join(f"{amount:.2f} {code.upper()}" for code, amount in spent.items())
    summary = f"{amounts or 'nothing'} spent this month (UTC)"
    cap = _limit(limit)
    return Outcome(
        Status.PASS,
        f"{summary}, {cap}" if cap else f"{summary}, no spend limit is set",
        observations={"month_to_date": {code: str(amount) for code, amount in spent.items()}},
    )


def _costs(context: Context) -> list[HttpObservation]:
    try:
        answers: list[HttpObservation] = context.background.result("costs")
    except UnfinishedError:
        return [as_http(observed(context, "costs"))]
    return answers


def month_to_date(answers: list[HttpObservation]) -> Counter[str]:
    """The sum of the costs by currency, as decimals."""
    total: Any = Counter()
    for answer in answers:
        for amount in _amounts(json.loads(answer.body, parse_float=Decimal, parse_int=Decimal)):
            total[str(amount.get("currency", "usd"))] += Decimal(amount.get("value", 0))
    spent: Counter[str] = total
    return spent


def _amounts(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for bucket in page.get("data", ()):
        for result in bucket.get("results", ()):
            yield result.get("amount") or {}


def _limit(answer: HttpObservation) -> str | None:
    if answer.http_status != 200:
        return None
    body = json.loads(answer.body, parse_float=Decimal, parse_int=Decimal)
    cents = body.get("threshold_amount")
    if cents is None:
        return None
    state = (body.get("enforcement") or {}).get("status", "set")
    amount = f"{cents / 100:.2f} {body.get('currency', 'USD')}"
    return f"limit {amount} a {body.get('interval', 'month')} ({state})"
