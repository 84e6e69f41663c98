"""``check --all`` and ``providers``, as processes, and the simulator as any provider."""

import json
from pathlib import Path

from helpers.command import run
from helpers.servers import listening, response

REFUSED = b'{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'
KEY = "simulated-key"


def test_each_provider_with_a_key_is_tested_and_the_worst_comes_first(tmp_path: Path) -> None:
    def refuse(connection: object, _request: bytes, _server: object) -> None:
        connection.sendall(response(401, REFUSED))  # type: ignore[attr-defined]

    with listening(refuse) as server:
        address = server.base_url.removesuffix("/v1")
        env = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": address}
        result = run("check", "--all", "--json", "--no-control", variables=env, folder=tmp_path)
    told = json.loads(result.stdout)
    (report,) = [one for one in told["reports"] if one["target"]["provider"] == "anthropic"]
    assert report["diagnosis"]["id"] == "invalid_api_key"
    assert told["exit_code"] == result.returncode == 1


def test_what_is_about_one_run_does_not_go_with_all() -> None:
    result = run("check", "--all", "--provider", "groq")
    assert result.returncode == 2
    assert "--provider" in result.stderr.decode()


def test_the_providers_are_listed_with_whose_key_is_set(tmp_path: Path) -> None:
    env = {"GROQ_API_KEY": KEY}
    told = json.loads(run("providers", "--json", variables=env, folder=tmp_path).stdout)
    by_id = {one["id"]: one for one in told["providers"]}
    assert by_id["groq"]["key_set"] == "GROQ_API_KEY"
    assert by_id["anthropic"]["key_set"] is None
    assert by_id["github"]["ended"]["on"] == "2026-07-30"
    assert KEY not in run("providers", variables=env, folder=tmp_path).stdout.decode()


def test_an_error_is_simulated_as_the_provider_that_is_named() -> None:
    chosen = ("check", "--provider", "anthropic", "--simulate", "invalid_api_key", "--json")
    told = json.loads(run(*chosen).stdout)
    assert told["target"]["provider"] == told["diagnosis"]["provider"] == "anthropic"
    assert told["diagnosis"]["id"] == "invalid_api_key"


def test_a_provider_that_is_none_is_told() -> None:
    result = run("check", "--provider", "nobody", "--simulate", "healthy")
    assert result.returncode == 2
    assert "codegpt-doctor providers" in result.stderr.decode()
