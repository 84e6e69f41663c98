"""Whose fault a failed connection is: on what a neutral host told."""

import pytest
from helpers.plans import context_of, settings_of

from codegpt_doctor.checks.control import judged, with_control
from codegpt_doctor.model.observation import Neutral
from codegpt_doctor.model.report import Finding, Outcome, Status

HOST = "llm.example.net"
FAILED = Outcome(Status.FAIL, "no", Finding("connection_refused"))


@pytest.mark.parametrize(
    ("seen", "finding", "said"),
    [
        (Neutral(False), "network_unreachable", "no route to the internet"),
        (Neutral(True), "dns_failure", "example.com does not resolve either"),
        (Neutral(True, True), "request_timeout", "example.com cannot be reached either"),
        (Neutral(True, True, True), "dns_failure", "this one is blocked or misspelled"),
        (Neutral(True, True, True), "connection_reset", f"something blocks the path to {HOST}"),
    ],
)
def test_the_first_step_that_fails_for_others_too_decides(
    seen: Neutral, finding: str, said: str
) -> None:
    made = judged(Finding(finding, steps=("Own step.",)), seen, HOST)
    assert said in made.detail
    assert made.evidence[-1].origin == "control"
    assert len(made.steps) == (1 if seen.route else 2)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/v1", "https://llm.corp.internal/v1", "https://llm.example.net/v1"]
)
def test_nobody_else_is_asked_about_a_private_host_or_where_that_is_left_out(url: str) -> None:
    control = "example.net" not in url
    assert with_control(context_of(settings=settings_of(url), control=control), FAILED) is FAILED


def test_nothing_is_asked_about_what_was_not_recognized() -> None:
    unknown = Outcome(Status.FAIL, "no")
    assert with_control(context_of(control=True), unknown) is unknown
