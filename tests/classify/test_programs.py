"""The program in which an error was met, and what is told to who met it there."""

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.catalogue import steps
from codegpt_doctor.classify.programs import PROGRAMS, program_in
from codegpt_doctor.output.report_data import match_data

PKIX = (
    "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid "
    "certification path to requested target\n\tat com.openai.client.okhttp"
)
FIRST = (
    (PKIX, "Java"),
    ("cURL error 60: SSL certificate problem: unable to get local issuer certificate", "PHP"),
    (
        "ProxyAI (JetBrains): Unable to tunnel through proxy. Proxy returns "
        '"HTTP/1.1 407 Proxy Authentication Required" https://api.openai.com',
        "JetBrains",
    ),
    (
        "codex: unexpected status 401 Unauthorized: You have insufficient permissions for this "
        "operation. Missing scopes: api.responses.write. url: https://api.openai.com/v1/responses",
        "Codex",
    ),
)


def told(text: str) -> list[str]:
    match = explain(text).match
    assert match
    return match_data(match)["remediation"]["steps"]


@pytest.mark.parametrize(("text", "program"), FIRST)
def test_its_own_step_comes_first_and_those_of_others_are_left_out(text: str, program: str) -> None:
    first, *rest = told(text)
    assert first.startswith(f"{program}: ")
    assert [step for step in rest if steps.program_of(step) not in (None, program)] == []


def test_where_no_program_is_known_all_steps_are_told_in_order() -> None:
    fix = catalogue.sections("tls_untrusted_certificate")["Fix"]
    found = told("https://api.openai.com: certificate verify failed: self-signed certificate")
    assert [step.split("\n")[0].split(": ")[0] for step in found] == [
        step.line.replace("`", "").replace("*", "").split(": ")[0] for step in steps.parse(fix)
    ]


def test_the_step_of_the_usual_program_stays_in_its_place() -> None:
    found = told("CodeGPT (VS Code): unable to get local issuer certificate")
    assert [steps.program_of(step) for step in found] == [None, "VS Code", None]


def test_each_program_that_is_known_can_have_steps() -> None:
    assert {program for program, _ in PROGRAMS} <= set(steps.PROGRAMS)
    assert program_in("nothing of anybody") is None


PROXY = "https://api.openai.com Unable to connect to proxy proxy.example:8080, "


@pytest.mark.parametrize(
    ("text", "program"),
    [
        (f"ProxyAI (JetBrains): {PROXY}", "JetBrains"),
        (f"{PROXY} at java.net.Socket.connect(Socket.java:633)", "Java"),
        ('Post "https://api.openai.com/v1": x509: certificate signed by unknown authority', "Go"),
        ("at node:net:1 connect ETIMEDOUT https://api.openai.com node_modules", "Node.js"),
    ],
)
def test_a_failed_connection_has_a_step_for_the_client_that_speaks(text: str, program: str) -> None:
    assert told(text)[0].startswith(f"{program}: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The model `gpt-9` does not exist", "Choose an OpenAI model from the list."),
        ("Incorrect API key provided: sk-x", "Enter the key in the program."),
    ],
)
def test_controls_of_the_editor_are_named_to_nobody_else(text: str, line: str) -> None:
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n'
    elsewhere = told(f"{trace}openai.NotFoundError: {text} https://api.openai.com/v1")
    assert line in [step.split("\n")[0] for step in elsewhere]
    assert not any("message box" in step or "Manage Models" in step for step in elsewhere)
    in_editor = told(f"CodeGPT (VS Code), https://api.openai.com/v1: {text}")
    assert any("message box" in step or "Manage Models" in step for step in in_editor)
