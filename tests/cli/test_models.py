"""``models``: what the key may use, what ends when, and what replaces it."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.command import run
from helpers.servers import listening, response
from helpers.standins import KEYS, Fault, standing_in

pytestmark = pytest.mark.slow

LISTED = ["gpt-5.4-mini", "gpt-4o-mini", "gpt-4o", "house-model"]


def asked(*arguments: str, provider: str, fault: Fault | None = None) -> dict[str, Any]:
    """What the command tells of a stand-in."""
    variables = {"ANTHROPIC_API_KEY": KEYS["anthropic"], "OPENAI_API_KEY": KEYS["openai"]}
    with standing_in(provider, fault) as standin:
        chosen = ("--provider", provider, "--base-url", standin.base_url, "--json")
        told: dict[str, Any] = json.loads(
            run("models", *arguments, *chosen, variables=variables).stdout
        )
    return told


def of_openai(*arguments: str) -> dict[str, dict[str, Any]]:
    body = {"object": "list", "data": [{"id": one} for one in LISTED]}
    told = asked(*arguments, provider="openai", fault=Fault(200, body, "list"))
    return {one["id"]: one for one in told["models"]}


def test_what_ends_is_told_with_its_day_and_its_replacement() -> None:
    models = of_openai()
    assert list(models) == LISTED
    assert models["gpt-4o-mini"]["ends"] == "2027-01-14"
    assert models["gpt-4o-mini"]["replacement"]
    assert models["house-model"]["ends"] is None


def test_words_choose_models_and_tell_those_that_ended() -> None:
    assert list(of_openai("mini", "5.4")) == ["gpt-5.4-mini"]
    told = asked("claude-3-opus", provider="anthropic")
    (gone,) = told["models"]
    assert (gone["listed"], gone["ended"]) == (False, True)
    assert gone["replacement"]
    assert told["exit_code"] == 0


def test_only_those_that_end_can_be_chosen() -> None:
    assert list(of_openai("--ending")) == ["gpt-4o-mini", "gpt-4o"]


def test_a_refused_key_is_the_reason_and_costs_nothing() -> None:
    body = {
        "type": "error",
        "error": {"type": "authentication_error", "message": "invalid x-api-key"},
    }
    told = asked(provider="anthropic", fault=Fault(401, body, "all"))
    assert (told["models"], told["exit_code"]) == ([], 1)
    assert told["diagnosis"]["id"] == "invalid_api_key"


def test_one_without_a_list_says_where_its_models_are() -> None:
    result = run("models", "--provider", "bedrock", "--simulate", "healthy")
    assert result.returncode == 3
    assert b"console.aws.amazon.com" in result.stderr


def test_all_of_a_list_in_pages_is_asked_for(tmp_path: Path) -> None:
    seen: list[bytes] = []

    def give(connection: Any, request: bytes, _server: object) -> None:
        seen.append(request)
        connection.sendall(response(200, b'{"data": [], "has_more": false}'))

    with listening(give) as server:
        address = server.base_url.removesuffix("/v1")
        env = {"ANTHROPIC_API_KEY": KEYS["anthropic"], "ANTHROPIC_BASE_URL": address}
        run("models", "--json", variables=env, folder=tmp_path)
    assert [request.split(b" ")[:2] for request in seen] == [[b"GET", b"/v1/models?limit=1000"]]


@pytest.mark.parametrize("columns", ["40", "80"])
def test_a_long_list_fits_the_terminal(columns: str) -> None:
    simulated = ("models", "--simulate", "healthy", "gpt")
    shown = run(*simulated, variables={"COLUMNS": columns}).stdout.decode()
    assert all(len(line) <= int(columns) for line in shown.splitlines())


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"type":"error","error":{"type":"not_found_error","message":"model: claude-3-opus"}}',
            "claude-3-opus ended on 2026-01-05; claude-opus-4-8 replaces it. The key",
        ),
        (
            "404 models/gemini-2.0-flash is not found for API version v1beta, or is not supported "
            "for generateContent. Call ModelService.ListModels",
            "gemini-2.0-flash ended on 2026-06-01; gemini-3.5-flash-lite replaces it. The key",
        ),
        (
            "Error code: 404 - {'type': 'error', 'error': {'type': 'not_found_error', "
            "'message': 'model: claude-typo'}}",
            "The key",
        ),
    ],
)
def test_an_error_about_a_model_that_has_ended_says_so_first(text: str, said: str) -> None:
    match = json.loads(run("explain", "--json", stdin=text.encode()).stdout)["match"]
    assert match["id"] == "model_not_found"
    assert match["summary"].startswith(said)
