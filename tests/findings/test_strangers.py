"""What to do about an answer that no API gives: on answers made by hand."""

import pytest
from helpers.plans import URL, exchange, settings_of

from codegpt_doctor.findings.answers import list_problem
from codegpt_doctor.findings.strangers import advice_on

HERE = "http://127.0.0.1:9002/v1"
OPENAI = "https://api.openai.com/v1"
REDIRECT, PAGE, FORM = "unexpected_redirect", "unexpected_html", "malformed_response"
SLASH = "Ask whoever runs {} to respond at /models directly: the redirect only adds a slash."
NOT_THERE = f"Check that {HERE} is the API's address: the server has no /models there."
IS_IT = "Check that {} is the API's address: it returned {}."


@pytest.mark.parametrize(
    ("url", "location", "step", "instead"),
    [
        (URL, "/v1/models/", SLASH.format("llm.example.net"), False),
        (HERE, f"{HERE}/models/", SLASH.format("127.0.0.1"), True),
        (HERE, "/api/v1/models", "Set test to http://127.0.0.1:9002/api/v1 (", True),
        (
            URL,
            "https://new.example.net/v2/models",
            "Ask whoever runs llm.example.net whether",
            False,
        ),
        (URL, "/v1/models", "Ask whoever runs llm.example.net to end the redirect of /m", False),
        (HERE, f"{HERE}/models", "Ask whoever runs 127.0.0.1 to end the redirect of /m", True),
        # to sign in at, without encryption, and in a provider's place
        (URL, "https://sso.example.net/login", "", False),
        (HERE, "https://sso.example.net/login", "", False),
        (URL, "http://new.example.net/v2/models", "", False),
        (OPENAI, "https://new.example.net/v1/models", "", False),
        (OPENAI, "/v1/models/", "", False),
    ],
)
def test_a_redirect(url: str, location: str, step: str, instead: bool) -> None:
    seen = exchange(301, "", headers={"location": location})._replace(url=f"{url}/models")
    advice = advice_on(REDIRECT, seen, settings_of(url))
    assert "".join(advice.steps).startswith(step)
    assert bool(advice.steps) is bool(step)
    assert advice.instead is instead


@pytest.mark.parametrize(
    ("entry_id", "url", "body", "step", "instead"),
    [
        # nobody signs in to a network at the address of this computer
        (PAGE, HERE, "<p>Hi", IS_IT.format(HERE, "a web page"), True),
        (PAGE, URL, "<p>Hi", IS_IT.format(URL, "a web page"), False),
        (PAGE, OPENAI, "<p>Hi", "", False),
        (FORM, URL, "Hello", IS_IT.format(URL, "something else"), False),
        # what a web server answers at every path that nobody has told it of
        (FORM, URL, "", IS_IT.format(URL, "something else"), False),
        (FORM, OPENAI, "Hello", "", False),
        (FORM, URL, {"detail": "Sign in"}, IS_IT.format(URL, "something else"), False),
        (FORM, URL, "<?xml version='1.0'?><Error/>", IS_IT.format(URL, "XML"), False),
        ("endpoint_not_found", f"{URL}/v1", "", f"Set test to {URL}", False),
        ("endpoint_not_found", HERE, "", NOT_THERE, False),
        ("forbidden_unspecified", URL, "<p>No", IS_IT.format(URL, "a web page"), False),
        ("forbidden_unspecified", URL, {"error": "no"}, "", False),
        ("forbidden_unspecified", OPENAI, "<p>No", "", False),
        ("endpoint_not_found", OPENAI, "", "", False),
        (PAGE, f"{URL}/chat/completions", "<p>Hi", f"Set test to {URL}", False),
    ],
)
def test_another_answer(entry_id: str, url: str, body: object, step: str, instead: bool) -> None:
    advice = advice_on(entry_id, exchange(200, body), settings_of(url))
    assert "".join(advice.steps).startswith(step)
    assert bool(advice.steps) is bool(step)
    assert advice.instead is instead


@pytest.mark.parametrize(
    ("status", "entry_id"),
    [
        (304, "malformed_response"),
        (401, "invalid_authentication"),
        (403, "forbidden_unspecified"),
        (404, "endpoint_not_found"),
        (405, "endpoint_not_found"),
        (413, "upload_too_large"),
        (496, "client_certificate_required"),
        (501, "endpoint_not_found"),
        (418, "unrecognized"),
        (505, "server_error"),
        (529, "engine_overloaded"),
        (599, "gateway_timeout"),
        (999, "unrecognized"),
    ],
)
def test_the_status_counts_whatever_the_form(status: int, entry_id: str) -> None:
    found = [list_problem(exchange(status, body)) for body in ("", "No", {"error": "no"})]
    assert [one.id for one in found if one] == [entry_id] * 3


@pytest.mark.parametrize(
    ("provider", "url", "own"),
    [
        ("custom", HERE, True),
        ("lmstudio", HERE, True),
        ("openai", HERE, False),
        ("custom", URL, False),
    ],
)
def test_a_failure_of_ones_own_server_is_in_its_log(provider: str, url: str, own: bool) -> None:
    seen = exchange(500, "")
    steps = advice_on("server_error", seen, settings_of(url, provider=provider)).steps
    assert any("Read the log of the server at 127.0.0.1:9002" in step for step in steps) is own
