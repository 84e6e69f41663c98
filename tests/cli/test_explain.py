"""``explain``: one screen, everyday words, the question that decides, the whole page on request."""

import json
import os
import re
from pathlib import Path

import pytest
from helpers.command import complaint, data_of, run
from helpers.terminal import terminal

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.cli import pager
from codegpt_doctor.cli.explain import HOLDS_A_KEY
from codegpt_doctor.model.explanation import Explanation
from codegpt_doctor.output.explanation_text import explanation_text
from codegpt_doctor.output.report_data import explanation_data
from codegpt_doctor.output.style import Style

REASONS = {
    "Bad Request": 400,
    "Unauthorized": 401,
    "Payment Required": 402,
    "Forbidden": 403,
    "Not Found": 404,
    "Too Many Requests": 429,
    "Error: Too Many Requests": 429,
    "429 Too Many Requests": 429,
    "(429)": 429,
    "HTTP 429": 429,
    "Internal Server Error": 500,
    "Bad Gateway": 502,
    "Service Unavailable": 503,
    "Gateway Timeout": 504,
}
EVERYDAY = {
    "rate limited": "rate_limit_requests",
    "Incorrect API key": "invalid_api_key",
    "invalid key": "invalid_api_key",
    "api key invalid": "invalid_api_key",
    "no credits": "insufficient_quota",
    "out of credits": "credit_balance_exhausted",
    "quota exceeded": "insufficient_quota",
    "model not found": "model_not_found",
    "Failed to fetch": "connection_error",
    "unable to connect": "connection_error",
    "timed out": "request_timeout",
    "certificate error": "tls_untrusted_certificate",
    "proxy error": "proxy_unreachable",
    "DNS error": "dns_failure",
    "Rate limit exceeded.": "rate_limit_requests",
    "you are being rate limited": "rate_limit_requests",
    "You have exceeded your quota": "insufficient_quota",
    "Insufficient credits!": "credit_balance_exhausted",
    "API key not found": "missing_api_key",
    "the key doesn't work": "invalid_api_key",
    "wrong API key": "invalid_api_key",
    "API key expired": "api_key_expired",
    "no such model": "model_not_found",
    "context length exceeded": "context_length_exceeded",
    "can't connect": "connection_error",
    "connection failed": "connection_error",
    "no internet": "network_unreachable",
    "file too large": "upload_too_large",
    "missing scope": "insufficient_permissions",
    "OpenAI is down": "server_error",
    "organization not verified": "organization_not_verified",
    "white screen": "codegpt_blank_panel",
}
STATUSES = ("400", "401", "402", "403", "404", "429", "500", "503")


def shown(explanation: Explanation, width: int, rows: int = 23) -> list[str]:
    return explanation_text(explanation_data(explanation), Style(width, rows=rows)).split("\n")


@pytest.mark.parametrize("asked", [*catalogue.ids(), *STATUSES])
def test_every_explanation_is_on_one_screen(asked: str) -> None:
    lines = shown(explain(asked), 80)
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80
    assert max(map(len, shown(explain(asked), 40))) <= 40


@pytest.mark.parametrize(("said", "status"), REASONS.items())
def test_a_reason_phrase_is_its_status(said: str, status: int) -> None:
    found = explain(said)
    assert found == explain(str(status))
    assert found.match
    assert found.match.http_status == status


@pytest.mark.parametrize(("said", "expected"), EVERYDAY.items())
def test_everyday_words_lead_to_the_most_frequent_error(said: str, expected: str) -> None:
    found = explain(said)
    assert found.match
    assert (found.match.id, found.match.confidence) == (expected, "likely")
    assert expected not in found.also


@pytest.mark.parametrize(
    "said",
    [
        "hello",
        "not working",
        "does not work",
        "the quick brown fox",
        "my cat is well",
        "a",
        "",
        "1 error",
        "raise error",
        "CodeGPT does not answer",
        "stream error",
        "test failed",
        "database connection failed",
        "Your OpenAI API key is set.",
        "The key is valid",
        "model available",
    ],
)
def test_words_that_name_no_error_are_none(said: str) -> None:
    assert explain(said).match is None


def test_a_bare_429_leads_with_the_question_that_decides() -> None:
    lines = run("explain", "429").stdout.decode().split("\n")
    assert lines[0].startswith("429 Too Many Requests can be one of ")
    assert "credit, quota, billing" in lines[1]
    listed = [line.split()[0] for line in lines if line.startswith("    ")]
    assert listed[:3] == ["insufficient_quota", "rate_limit_requests", "credit_balance_exhausted"]


def test_what_is_not_recognized_says_what_to_do_next() -> None:
    result = run("explain", "my invoice shows a charge that the organization did not expect")
    said = result.stderr.decode()
    assert result.returncode == 1
    assert "codegpt-doctor check" in said
    assert "Paste more" in said


def test_the_nearest_titles_are_named() -> None:
    asked = "the relay says its certificate authority is unknown to the company proxy today"
    data = data_of(run("explain", "--json", asked))
    assert data["match"] is None
    assert data["nearest"]
    title = catalogue.get(data["nearest"][0], "openai").title
    assert title in run("explain", asked).stderr.decode()


def test_a_word_of_several_errors_lists_them_and_takes_none_for_the_cause() -> None:
    data = data_of(run("explain", "--json", "quota"))
    assert data["match"] is None
    assert data["nearest"][0] == "insufficient_quota"
    assert "free_tier_exhausted" in data["nearest"]
    result = run("explain", "quota")
    said = result.stderr.decode()
    assert result.returncode == 1
    assert "Errors with this word, most frequent first:" in said
    assert said.index("insufficient_quota") < said.index("free_tier_exhausted")


def test_the_data_has_what_a_script_needs() -> None:
    body = {"error": {"message": "Rate limit reached. Please try again in 20s.", "code": "x"}}
    body["error"]["code"] = "rate_limit_exceeded"
    text = f"Error code: 429 - {json.dumps(body)}, request id req_0123456789abcdef0123456789abcdef"
    match = data_of(run("explain", "--json", text))["match"]
    assert match["http_status"] == 429
    assert match["code"] == "rate_limit_exceeded"
    assert match["request_id"] == "req_0123456789abcdef0123456789abcdef"
    assert match["retry_after_s"] == 20
    assert match["family"] == "quota"


def test_the_whole_page_has_every_heading() -> None:
    said = run("explain", "invalid_api_key", "--full").stdout.decode()
    assert "What it means" in said
    assert "Similar errors" in said


@pytest.mark.skipif(
    not pager.program({}) or os.name == "nt", reason="this system has no program that pages"
)
def test_on_a_terminal_the_page_is_paged(tmp_path: Path) -> None:
    home = tmp_path / "reader"
    home.mkdir()
    variables = {"HOME": str(home)}
    with terminal("explain", "invalid_api_key", "--full", variables=variables) as screen:
        screen.read_until(b"What it means")
        assert b"Similar errors" not in screen.shown
        screen.type(b"/key\n")
        screen.type(b"q")
        assert screen.end(5) == 0
    assert [*home.iterdir()] == []  # what was searched for is not kept


def test_a_folder_or_a_variable_decides_no_pager(tmp_path: Path) -> None:
    forged = tmp_path / "less"
    forged.write_text("#!/bin/sh\necho FORGED\n")
    forged.chmod(0o755)
    variables = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PAGER": str(forged), "LESS": "!"}
    with terminal("explain", "dns_failure", "--full", variables=variables) as screen:
        screen.read_until(b"What it means")
        screen.type(b"q")
        screen.end(5)
    assert b"FORGED" not in screen.shown


class TestOfAProvider:
    def test_no_variable_with_a_key_is_passed_over(self) -> None:
        known = catalogue.providers().values()
        variables = {name for facts in known for name in facts.get("key_variables", ())}
        assert variables
        assert all(re.search(HOLDS_A_KEY, name) for name in variables)

    def test_its_words_and_pages_are_told(self) -> None:
        said = run("explain", "invalid_api_key", "--provider", "anthropic").stdout.decode()
        assert "platform.openai.com" not in said
        assert "Anthropic; --provider ID shows it for another provider" in said
        assert "codegpt-doctor explain invalid_api_key --provider anthropic --full" in said

    def test_the_option_stands_anywhere_beside_the_text(self) -> None:
        before = run("explain", "--provider", "anthropic", "429").stdout
        assert before == run("explain", "429", "--provider=anthropic").stdout
        own, every = (
            {*data_of(run("explain", "429", "--json", *more))["also"]}
            for more in (("--provider", "anthropic"), ())
        )
        assert "batch_queue_limit" in every - own

    @pytest.mark.parametrize(
        ("variables", "provider"),
        [
            ({}, "openai"),
            ({"ANTHROPIC_API_KEY": "x"}, "anthropic"),
            ({"ANTHROPIC_API_KEY": "x", "GROQ_API_KEY": "y"}, "openai"),
        ],
    )
    def test_the_only_key_that_is_set_decides(
        self, variables: dict[str, str], provider: str
    ) -> None:
        data = data_of(run("explain", "invalid_api_key", "--json", variables=variables))
        assert data["match"]["provider"] == provider

    def test_a_text_that_names_its_provider_is_told_for_that_one(self) -> None:
        text = "POST https://api.groq.com/openai/v1/chat/completions: Error code: 401 - "
        text += "{'error': {'message': 'Invalid API Key', 'code': 'invalid_api_key'}}"
        data = data_of(run("explain", text, "--provider", "anthropic", "--json"))
        assert data["match"]["provider"] == "groq"

    def test_what_one_provider_alone_has_is_told_in_its_words(self) -> None:
        arguments = ("explain", "organization_mismatch", "--provider", "anthropic", "--json")
        assert data_of(run(*arguments))["match"]["provider"] == "openai"

    def test_one_that_is_none_is_named(self) -> None:
        done = run("explain", "429", "--provider", "nope")
        assert (done.returncode, "There is no provider nope" in complaint(done)) == (2, True)

    def test_a_run_leads_to_the_words_of_its_provider(self) -> None:
        done = run("check", "--simulate", "invalid_api_key", "--provider", "anthropic")
        assert b"codegpt-doctor explain invalid_api_key --provider anthropic" in done.stdout


def test_a_fix_tests_the_provider_whose_error_it_is() -> None:
    said = run("explain", "HTTP 401: invalid x-api-key").stdout.decode()
    assert "codegpt-doctor check --provider anthropic" in said
