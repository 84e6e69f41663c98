"""What an ordinary key is told: DeepSeek's balance, OpenRouter's limit, xAI's state."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from helpers.servers import listening, response
from helpers.standins import KEYS, answered, listed

from codegpt_doctor.billing.data import billing_data
from codegpt_doctor.billing.run import run_billing
from codegpt_doctor.billing.text import billing_text
from codegpt_doctor.doctor import run_check
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.style import Style
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value

PATHS = {"deepseek": "/user/balance", "openrouter": "/api/v1/key", "xai": "/v1/api-key"}
Told = dict[str, Any]


def balances(available: bool = True, **amounts: str) -> Told:
    infos = [
        {"currency": name, "total_balance": left, "granted_balance": "0.00"}
        for name, left in amounts.items()
    ]
    return {"is_available": available, "balance_infos": infos}


def of_key(limit: float | None, left: float | None, free: bool = False) -> Told:
    told = {"limit": limit, "limit_remaining": left, "usage": 7.5, "is_free_tier": free}
    return {"data": {"label": "x", **told}}


def asked(provider: str, told: Told, run: Callable[[Settings], Any], status: int = 200) -> Any:
    """What a run comes to at a server that tells this of the key, and answers otherwise."""

    def answer(connection: Any, request: bytes, _listener: object) -> None:
        head, _, sent = request.partition(b"\r\n\r\n")
        path = head.split(b" ")[1].decode()
        if path == PATHS[provider]:
            assert KEYS[provider].encode() in head
            connection.sendall(response(status, json.dumps(told).encode()))
            return
        body, headers = (
            answered(provider, path, json.loads(sent))
            if sent
            else (
                listed(provider, path),
                {},
            )
        )
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        connection.sendall(response(200, data, headers=dict(headers)))

    with listening(answer) as server:
        root = server.base_url.removesuffix("/v1")
        base = root + ("/api/v1" if provider == "openrouter" else "/v1")
        key = Key(Secret(KEYS[provider]), "THE_KEY")
        settings = Settings(
            provider, Value(base, "--base-url"), key, direct=True, provider_from="option"
        )
        return run(settings)


def billed(provider: str, told: Told, status: int = 200) -> Told:
    found: Told = asked(provider, told, lambda one: billing_data(run_billing(one)), status)
    return found


def checked(provider: str, told: Told, status: int = 200) -> Told:
    def run(settings: Settings) -> Any:
        return report_data(run_check(settings, spend=False, control=False))

    report = asked(provider, told, run, status)
    return {**report, "billing": next(one for one in report["checks"] if one["id"] == "billing")}


def test_a_balance_is_told_in_its_own_currency() -> None:
    data = billed("deepseek", balances(CNY="32.66", USD="0.00"))
    assert (data["balance"]["currency"], data["balance"]["left"]) == ("cny", "32.66")
    assert "Balance     32.66 CNY left, says DeepSeek" in billing_text(data, Style())
    assert data["notes"][-1] == "0.00 USD is left as well"
    assert checked("deepseek", balances(CNY="32.66"))["billing"]["status"] == "pass"


def test_an_empty_balance_is_the_cause_even_where_nothing_is_run() -> None:
    report = checked("deepseek", balances(available=False, USD="0.00"))
    assert report["diagnosis"]["id"] == "credit_balance_exhausted"
    assert "platform.deepseek.com/top_up" in json.dumps(report["diagnosis"]["remediation"])
    assert billed("deepseek", balances(available=False, USD="0.00"))["diagnosis"]["id"] == (
        "credit_balance_exhausted"
    )


def test_the_limit_of_a_key_is_told_and_no_credit() -> None:
    data = billed("openrouter", of_key(20, 12.5, free=True))
    assert data["balance"]["left"] == "12.50"
    assert "OpenRouter of this key's own limit" in data["balance"]["source"]
    assert any("free tier" in note for note in data["notes"])
    none = billed("openrouter", of_key(None, None))
    assert (none["balance"]["left"], none["balance"]["used"]) == (None, "7.50")
    assert "the key has no limit of its own" in none["notes"]


def test_a_limit_of_a_key_that_is_used_up_is_the_cause() -> None:
    assert checked("openrouter", of_key(20, 0))["diagnosis"]["id"] == "gateway_budget_exceeded"


def test_the_state_of_a_key_is_told() -> None:
    fine = {"api_key_blocked": False, "api_key_disabled": False, "team_blocked": False}
    assert "neither" in checked("xai", fine)["billing"]["summary"]
    blocked = checked("xai", {**fine, "team_blocked": True})["billing"]
    assert blocked["summary"] == "the team that the key belongs to is blocked"
    assert blocked["status"] == "warn"


@pytest.mark.parametrize("provider", PATHS)
@pytest.mark.parametrize("told", [{}, {"balance_infos": 1}, {"data": []}, {"error": "no"}])
def test_what_is_told_in_another_form_is_nothing(provider: str, told: Told) -> None:
    assert checked(provider, told)["billing"]["status"] == "skip"
    assert checked(provider, told, 404)["diagnosis"] is None


@pytest.mark.parametrize("left", ["32.66", "0.00"])
def test_a_check_tells_the_balance_as_a_number_too(left: str) -> None:
    report = checked("deepseek", balances(available=left != "0.00", CNY=left))
    assert report["billing"]["observations"] == {"balance": {"cny": left}}
