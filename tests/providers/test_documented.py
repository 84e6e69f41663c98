"""Every failure that a provider documents, from a server on loopback to the command's report.

The answers are written from the providers' documentation (helpers/documented.py), not from the
catalogue, and are asked for as a user does: ``check --provider ID --base-url URL --json``.
"""

import contextlib
import io
import json
import re
from typing import Any

import pytest
from helpers.documented import PROVIDERS, ROWS, Row
from helpers.standins import KEYS, Fault, standing_in

from codegpt_doctor import redact
from codegpt_doctor.cli import group
from codegpt_doctor.providers.provider import load

LINK = re.compile(r"https?://([a-zA-Z0-9.-]+)")
OTHERS = ("openai.com", "chatgpt.com")


def checked(
    provider: str,
    fault: Fault | None,
    monkeypatch: pytest.MonkeyPatch,
    path: str | None = None,
    streams: bool = True,
) -> dict[str, Any]:
    """The report of one run of the command in this process."""
    monkeypatch.setattr(redact, "_process", redact.Scrubber())
    names = load(provider).key_variables
    if names and KEYS[provider]:
        monkeypatch.setenv(names[0], KEYS[provider])
    with (
        standing_in(provider, fault, path, streams) as standin,
        contextlib.redirect_stdout(io.StringIO()) as out,
    ):
        arguments = ["check", "--provider", provider, "--base-url", standin.base_url, "--json"]
        code = group.main([*arguments, "--no-control"], standalone_mode=False)
    report: dict[str, Any] = json.loads(out.getvalue())
    assert report["exit_code"] == code
    return report


def is_openais(host: str) -> bool:
    return host.endswith(OTHERS)


def told(report: dict[str, Any]) -> str:
    diagnosis = report["diagnosis"]
    return json.dumps([diagnosis["remediation"], diagnosis["links"], diagnosis["docs_url"]])


def fault_of(provider: str, expected: list[str], report: dict[str, Any]) -> str:
    """What of a report is wrong; empty where it is right."""
    diagnosis = report["diagnosis"]
    if diagnosis is None:
        return f"no diagnosis: {report['status']}"
    if diagnosis["id"] not in expected:
        return f"{diagnosis['id']}, not {expected}"
    if diagnosis["provider"] != provider:
        return f"of {diagnosis['provider']}"
    hosts = set(LINK.findall(json.dumps(report)))
    own = set(load(provider).pages.link_hosts)
    if provider != "openai" and any(map(is_openais, hosts)):
        return f"links to OpenAI: {hosts}"
    named = load(provider).name in json.dumps(diagnosis["remediation"])
    if own and not named and not own & set(LINK.findall(told(report))):
        return f"no help of its own: {diagnosis['remediation']['steps']}"
    return ""


pytestmark = pytest.mark.slow


def wrong_in(row: Row, monkeypatch: pytest.MonkeyPatch) -> str:
    return fault_of(row.provider, row.expected, checked(row.provider, row.fault, monkeypatch))


@pytest.mark.sampled(8)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_failure_is_named_with_the_help_of_its_provider(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row for row in ROWS if row.provider == provider]
    found = {row.kind: wrong_in(row, monkeypatch) for row in rows}
    assert not {kind: wrong for kind, wrong in found.items() if wrong}


@pytest.mark.sampled(8)
@pytest.mark.parametrize("provider", [one for one in PROVIDERS if one != "github"])
def test_a_healthy_one_is_healthy(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for streams in (True, False):
        report = checked(provider, None, monkeypatch, streams=streams)
        assert (report["status"], report["diagnosis"]) == ("healthy", None)
        assert report["target"]["provider"] == provider
        assert provider == "openai" or not any(map(is_openais, LINK.findall(json.dumps(report))))


@pytest.mark.parametrize(
    "provider", [one for one in PROVIDERS if one != "github" and load(one).auth.required]
)
def test_without_a_key_the_help_says_where_its_provider_makes_one(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Fault(401, {"error": {"message": "No API key was sent", "type": "auth"}}, "all")
    monkeypatch.setitem(KEYS, provider, "")
    report = checked(provider, refused, monkeypatch)
    assert not fault_of(provider, ["missing_api_key"], report)


def test_there_are_enough_rows() -> None:
    assert len(ROWS) + len(PROVIDERS) >= 240


FORMS = {
    "openai": ("/v1", "/v1/", "/v1/chat/completions", "/v1/responses"),
    "anthropic": ("", "/", "/v1", "/v1/messages", "/v1/chat/completions"),
    "google": (
        *("", "/v1beta", "/v1", "/v1beta/openai", "/v1beta/openai/", "/v1beta/models"),
        *(
            "/v1beta/openai/chat/completions",
            "/v1beta/models/gemini-2.5-flash-lite:generateContent",
        ),
    ),
    "mistral": ("", "/v1", "/v1/chat/completions"),
    "groq": ("", "/openai/v1", "/openai/v1/chat/completions"),
    "deepseek": ("", "/v1", "/beta", "/chat/completions", "/v1/chat/completions"),
    "xai": ("/v1", "/v1/chat/completions"),
    "openrouter": ("/api/v1", "/api/v1/chat/completions"),
    "cohere": (
        "",
        "/v1",
        "/v2",
        "/v2/chat",
        "/compatibility/v1",
        "/compatibility/v1/chat/completions",
    ),
    "perplexity": ("", "/v1", "/v1/responses"),
    "fireworks": ("", "/inference/v1", "/inference/v1/chat/completions"),
    "azure": (
        *("", "/openai", "/openai/v1", "/openai/v1/", "/openai/v1/chat/completions"),
        *("/openai/deployments/mine", "/openai/deployments/mine?api-version=2024-06-01"),
        "/openai/deployments/mine/chat/completions?api-version=2025-01-01-preview",
    ),
    "bedrock": ("", "/openai/v1", "/model/us.amazon.nova-micro-v1:0/converse"),
    "byteplus": ("/api/v3", "/api/v3/chat/completions"),
    "ollama": ("", "/v1", "/api", "/api/chat", "/v1/chat/completions"),
    "lmstudio": ("/v1", "/v1/chat/completions"),
    "docker": ("", "/engines/v1", "/engines/llama.cpp/v1", "/engines/v1/chat/completions"),
    "litellm": ("", "/v1", "/v1/chat/completions"),
    "custom": ("/v1", "/v1/chat/completions"),
}


@pytest.mark.sampled(6)
@pytest.mark.parametrize("provider", FORMS)
def test_an_address_is_taken_in_each_form_that_people_enter(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {form: checked(provider, None, monkeypatch, form) for form in FORMS[provider]}
    wrong = {
        form: report["diagnosis"] and report["diagnosis"]["evidence"]
        for form, report in found.items()
        if report["status"] != "healthy"
    }
    assert not wrong


def test_the_deployment_of_an_address_is_what_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/openai/deployments/mine/chat/completions?api-version=2024-10-21"
    assert checked("azure", None, monkeypatch, path)["target"]["model"] == "mine"
    fault = next(row.fault for row in ROWS if (row.provider, row.kind) == ("azure", "deployment"))
    named = checked("azure", fault, monkeypatch, path)["diagnosis"]
    assert "No deployment was named" not in named["summary"]
    unnamed = checked("azure", fault, monkeypatch)["diagnosis"]
    assert unnamed["remediation"]["steps"][0].startswith("Name your deployment.")
    assert unnamed["confidence"] == "likely"
