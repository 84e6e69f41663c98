"""Is the key accepted: on measurements made by hand."""

from helpers.plans import (
    MODELS,
    context_of,
    error_body,
    exchange,
    found,
    inferred,
    listed,
    settings_of,
)

from codegpt_doctor.checks.auth import check_auth
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key

REFUSED = exchange(401, error_body("invalid_api_key", "Incorrect API key provided"))
MAY_NOT_LIST = exchange(
    403, {"error": "You have insufficient permissions for this operation. Missing scopes"}
)


def test_the_list_of_models_proves_the_key() -> None:
    headers = {"openai-organization": "org-1"}
    outcome = check_auth(context_of(Plan(models=listed(exchange(200, MODELS, headers=headers)))))
    assert (outcome.status, outcome.summary) == ("pass", "2 models, organization org-1")
    assert outcome.observations == headers


def test_a_refusal_of_the_key_is_the_cause() -> None:
    same = inferred(exchange(401, error_body("invalid_api_key"), "POST /chat/completions"))
    outcome = check_auth(context_of(Plan(models=listed(REFUSED), inference=same)))
    assert (outcome.status, found(outcome)) == ("fail", "invalid_api_key")


def test_a_key_that_may_infer_but_not_list_works_and_the_warning_names_why() -> None:
    outcome = check_auth(context_of(Plan(models=listed(MAY_NOT_LIST), inference=inferred())))
    assert (outcome.status, found(outcome)) == ("warn", "insufficient_permissions")
    assert outcome.summary.startswith("the key is accepted")


def test_a_list_that_is_refused_is_not_why_the_money_has_run_out() -> None:
    broke = inferred(exchange(429, error_body("insufficient_quota"), "POST /chat/completions"))
    outcome = check_auth(context_of(Plan(models=listed(MAY_NOT_LIST), inference=broke)))
    assert outcome.status == "warn"


def test_without_a_key_nothing_is_asked() -> None:
    for key in (None, Key(Secret("sk-zwölf"), "test")):
        outcome = check_auth(context_of(settings=settings_of(key=key)))
        assert (outcome.status, outcome.skipped_because) == ("skip", "key")
