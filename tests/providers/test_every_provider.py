"""Every provider from the request to the diagnosis: each simulated one, healthy and failing."""

import json
import re

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.doctor import run_check
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.providers.provider import all_providers
from codegpt_doctor.simulator import can_simulate, simulation

PROVIDERS = [one.id for one in all_providers()]
FAILING = (
    *("invalid_api_key", "invalid_authentication", "insufficient_permissions"),
    *("insufficient_quota", "credit_balance_exhausted", "billing_not_active"),
    *("rate_limit_requests", "rate_limit_tokens", "rate_limit_unspecified", "free_tier_exhausted"),
    *("model_not_found", "model_deprecated", "engine_overloaded"),
)
CASES = [
    (provider, entry_id)
    for provider in PROVIDERS
    for entry_id in FAILING
    if provider in catalogue.variants(entry_id) and can_simulate(catalogue.get(entry_id, provider))
]


def reported(provider: str, entry_id: str | None, spend: bool = True) -> ReportData:
    with simulation(entry_id, provider) as settings:
        return report_data(run_check(settings, spend=spend, control=False))


def hosts_in(data: object) -> list[str]:
    return re.findall(r"https://([a-z0-9.-]+)", json.dumps(data))


@pytest.mark.slow
@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_healthy_one_is_healthy(provider: str) -> None:
    report = reported(provider, None)
    assert (report["status"], report["exit_code"]) == ("healthy", 0)
    assert report["target"]["provider"] == provider


@pytest.mark.slow
@pytest.mark.parametrize(("provider", "entry_id"), CASES, ids=["-".join(one) for one in CASES])
def test_an_error_is_named_with_the_words_of_its_provider(provider: str, entry_id: str) -> None:
    report = reported(provider, entry_id)
    diagnosis = report["diagnosis"]
    assert diagnosis
    assert (diagnosis["id"], diagnosis["provider"]) == (entry_id, provider)
    assert report["exit_code"] == 1
    if provider != "openai":
        assert not [host for host in hosts_in(diagnosis) if host.endswith("openai.com")]
    own = catalogue.get(entry_id, provider)
    assert diagnosis["links"] == [{"title": title, "url": url} for title, url in own.links]


def test_most_providers_have_a_case_of_each_kind() -> None:
    for kind in ("invalid_api_key", "model_not_found"):
        assert sum(entry_id == kind for _, entry_id in CASES) >= 10


@pytest.mark.parametrize("provider", ["openrouter", "huggingface", "nvidia"])
def test_a_list_that_anybody_may_see_proves_no_key(provider: str) -> None:
    checks = {one["id"]: one for one in reported(provider, None)["checks"]}
    assert checks["auth"]["status"] == "pass"
    assert "the inference request shows that the key works" in checks["auth"]["summary"]
    unproven = reported(provider, None, spend=False)
    auth = next(one for one in unproven["checks"] if one["id"] == "auth")
    assert auth["status"] == "skip"
    assert "only an inference request proves the key" in auth["summary"]
    assert unproven["status"] == "inconclusive"


@pytest.mark.parametrize("provider", ["bedrock", "byteplus", "github"])
def test_a_provider_without_a_list_is_asked_for_none(provider: str) -> None:
    checks = {one["id"]: one for one in reported(provider, None)["checks"]}
    assert [checks[one]["status"] for one in ("http", "auth", "model")] == ["pass", "pass", "skip"]
    assert checks["model"]["skipped_because"] == "no list of models"
