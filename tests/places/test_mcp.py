"""The server for assistants, asked by the official client over standard input and output."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from helpers.command import environment
from helpers.servers import always, closed_port, listening

from codegpt_doctor.mcp.tools import MAX_RUNS
from codegpt_doctor.providers.provider import load
from codegpt_doctor.simulator.server import Simulator

pytestmark = pytest.mark.full

KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
ENDING = next(one.model for one in load("openai").lifecycle if one.model)
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'


def ask(folder: Path, *calls: tuple[str, Mapping[str, object]], **variables: str) -> list[Any]:
    """The results of some calls to one server, which is started in a folder."""
    from mcp import Client, StdioServerParameters

    command = StdioServerParameters(
        command=sys.executable,
        args=["-W", "error", "-m", "codegpt_doctor", "mcp"],
        env=environment(**variables),
        cwd=folder,
    )

    async def results() -> list[Any]:
        async with Client(command, read_timeout_seconds=60) as client:
            if not calls:
                return list((await client.list_tools()).tools)
            return [await client.call_tool(name, dict(arguments)) for name, arguments in calls]

    return asyncio.run(results())


def said(result: Any) -> str:
    return "".join(one.text for one in result.content)


def test_the_tools_read_and_take_no_address_key_or_variable(tmp_path: Path) -> None:
    tools = {tool.name: tool for tool in ask(tmp_path)}
    assert set(tools) == {"check", "explain", "errors", "models"}
    taken = {name for tool in tools.values() for name in tool.input_schema["properties"]}
    assert taken == {"provider", "model", "profile", "text", "words"}
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert all(tool.description and "    Args" not in tool.description for tool in tools.values())


def test_a_check_names_the_cause_and_shows_no_key(tmp_path: Path) -> None:
    with listening(always(401, REFUSED)) as server:
        variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
        (result,) = ask(tmp_path, ("check", {}), **variables)
    assert result.structured_content["diagnosis"]["id"] == "invalid_api_key"
    assert json.loads(said(result)) == result.structured_content
    assert any(KEY.encode() in request for request in server.requests)
    assert KEY[10:22] not in said(result)


def test_a_check_spends_nothing_unless_it_was_started_so(tmp_path: Path) -> None:
    with Simulator() as server:
        variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
        (result,) = ask(tmp_path, ("check", {}), **variables)
    assert result.structured_content["status"] == "healthy"
    assert "inference" in result.structured_content["untested"]


def test_an_address_of_the_assistant_is_not_used(tmp_path: Path) -> None:
    with listening(always(401, REFUSED)) as mine, listening(always(200, b"{}")) as other:
        given = dict.fromkeys(("base_url", "base-url", "url", "key_env"), other.base_url)
        variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": mine.base_url}
        ask(tmp_path, ("check", given), ("models", given), **variables)
    assert other.requests == []
    assert mine.requests


def test_a_file_of_the_folder_has_no_key_of_the_environment_sent_anywhere(tmp_path: Path) -> None:
    with listening(always(200, b"{}")) as other:
        (tmp_path / ".env").write_text(f"OPENAI_BASE_URL={other.base_url}\n")
        nowhere = f"http://127.0.0.1:{closed_port()}"  # so that nothing leaves this machine
        variables = {"OPENAI_API_KEY": KEY, "HTTPS_PROXY": nowhere}
        ask(tmp_path, ("check", {}), ("models", {}), **variables)
    assert not [request for request in other.requests if KEY.encode() in request]


def test_the_models_of_the_key_are_listed_with_those_that_end(tmp_path: Path) -> None:
    listed = {"object": "list", "data": [{"id": "gpt-4o-mini"}, {"id": ENDING}]}
    with listening(always(200, json.dumps(listed).encode())) as server:
        variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
        (result,) = ask(tmp_path, ("models", {"provider": "openai"}), **variables)
    found = {one["id"]: one["ends"] for one in result.structured_content["models"]}
    assert set(found) == {"gpt-4o-mini", ENDING}
    assert found[ENDING]


def test_a_profile_of_the_user_counts_and_one_of_the_folder_does_not(tmp_path: Path) -> None:
    (tmp_path / "codegpt-doctor").mkdir()
    with listening(always(401, REFUSED)) as mine, listening(always(401, REFUSED)) as other:
        for folder, name, server in (("codegpt-doctor", "mine", mine), (".", "theirs", other)):
            text = f'[profiles.{name}]\nbase-url = "{server.base_url}"\n'
            (tmp_path / folder / "codegpt-doctor.toml").write_text(text)
        variables = {"OPENAI_API_KEY": KEY, "XDG_CONFIG_HOME": str(tmp_path)}
        calls = [("check", {"profile": name}) for name in ("mine", "theirs")]
        checked, refused = ask(tmp_path, *calls, **variables)
    assert checked.structured_content["diagnosis"]["id"] == "invalid_api_key"
    assert "There is no profile 'theirs'" in said(refused)
    assert other.requests == []


def test_a_pasted_error_is_explained_and_its_key_masked(tmp_path: Path) -> None:
    text = f"401 Incorrect API key provided: {KEY}. {{'code': 'invalid_api_key'}}"
    explained, listed = ask(tmp_path, ("explain", {"text": text}), ("errors", {"words": "429"}))
    assert explained.structured_content["match"]["id"] == "invalid_api_key"
    assert KEY[10:22] not in said(explained)
    ids = [one["id"] for one in listed.structured_content["errors"]]
    assert "rate_limit_requests" in ids
    assert "invalid_api_key" not in ids


def test_runs_are_limited_and_what_is_offline_is_not(tmp_path: Path) -> None:
    with listening(always(401, REFUSED)) as server:
        variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
        names = [*["models"] * MAX_RUNS, "check", "errors"]
        results = ask(tmp_path, *((name, {}) for name in names), **variables)
    assert [one.is_error for one in results] == [False] * MAX_RUNS + [True, False]
    assert "Wait " in said(results[MAX_RUNS])


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("check", {"provider": "nobody"}, "There is no provider 'nobody'"),
        ("check", {"model": "x" * 1000}, "at most 200 characters"),
        ("explain", {"text": "x" * 300_000}, "at most 200000 characters"),
    ],
)
def test_what_cannot_be_done_is_told(
    tmp_path: Path, name: str, given: dict[str, object], words: str
) -> None:
    (result,) = ask(tmp_path, (name, given))
    assert result.is_error
    assert words in said(result)
