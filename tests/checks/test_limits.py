"""How much of the limits is left: on measurements made by hand."""

import pytest
from helpers.plans import ANSWER, context_of, exchange, inferred, result

from codegpt_doctor.checks.limits import check_limits
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.model.report import Status

WINDOW = {
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-reset-requests": "120ms",
}


@pytest.mark.parametrize(("left", "status"), [("499", "pass"), ("0", "warn")])
def test_the_headers_of_the_answer_tell(left: str, status: str) -> None:
    headers = {**WINDOW, "x-ratelimit-remaining-requests": left}
    plan = Plan(inference=inferred(exchange(200, ANSWER, headers=headers)))
    outcome = check_limits(context_of(plan))
    assert outcome.status == status
    assert outcome.summary == f"{left} of 500 requests left, reset in 120ms"
    words = {"limit": "500", "remaining": left, "reset": "120ms"}
    numbers = {"limit_number": 500, "remaining_number": int(left), "reset_s": 0.12}
    assert outcome.observations == {"requests": {**words, **numbers}}


@pytest.mark.parametrize(
    ("inference", "because"),
    [
        (result("inference"), "the response has no rate-limit headers"),
        (result("inference", Status.FAIL), "inference"),
        (result("inference", Status.ERROR), "inference"),
        (result("inference", Status.SKIP, "key"), "key"),
    ],
)
def test_without_them_it_says_why(inference: object, because: str) -> None:
    results = {"inference": inference}
    outcome = check_limits(context_of(Plan(inference=inferred()), results=results))  # type: ignore[arg-type]
    assert (outcome.status, outcome.skipped_because) == ("skip", because)
