"""The fix of a diagnosis: with the words of whose error it is, for the system at hand."""

import sys

import pytest

from codegpt_doctor.catalogue import steps
from codegpt_doctor.model.report import Diagnosis, Finding, Stage, Target
from codegpt_doctor.output.cause_text import cause_lines
from codegpt_doctor.output.report_data import diagnosis_data
from codegpt_doctor.output.style import Style

NO_CREDIT = Diagnosis(Finding("insufficient_quota"), Stage.BILLING, (), (), ())
UNTRUSTED = Diagnosis(Finding("tls_untrusted_certificate"), Stage.TLS, (), (), ())


def target(provider: str, base_url: str, organization: str | None = None) -> Target:
    return Target(provider, base_url, organization=organization)


OPENAI = target("openai", "https://api.openai.com/v1", "org-acme")
CUSTOM = target("custom", "https://llm.example.com/v1")


def test_a_provider_has_its_own_words_and_pages() -> None:
    data = diagnosis_data(NO_CREDIT, OPENAI)
    first = data["remediation"]["steps"][0]
    assert "org-acme" in first
    assert "billing page (https://platform.openai.com/" in first
    assert "https://platform.openai.com/settings/organization/billing" in {
        link["url"] for link in data["links"]
    }


def test_a_server_that_nobody_knows_has_nobody_s_pages() -> None:
    data = diagnosis_data(NO_CREDIT, CUSTOM)
    assert "whoever runs llm.example.com" in data["remediation"]["steps"][0]
    assert "openai" not in str(data).lower()


def test_a_step_is_its_line_its_detail_and_its_code_indented() -> None:
    (step,) = (
        one for one in diagnosis_data(NO_CREDIT, OPENAI)["remediation"]["steps"] if "--watch" in one
    )
    line, *rest = step.split("\n")
    assert line.endswith(".")
    assert rest[-1] == "    codegpt-doctor check --watch"


@pytest.mark.parametrize(
    ("system", "command", "other"),
    [("windows", "certutil", "sudo"), ("macos", "security add-trusted-cert", "certutil")],
)
def test_code_is_that_of_the_system_at_hand(
    monkeypatch: pytest.MonkeyPatch, system: str, command: str, other: str
) -> None:
    monkeypatch.setattr(steps, "this_system", lambda: system)
    first = diagnosis_data(UNTRUSTED, OPENAI)["remediation"]["steps"][0]
    assert command in first
    assert other not in first


def test_own_steps_of_a_finding_go_first() -> None:
    finding = Finding("insufficient_quota", steps=("Do this.",))
    data = diagnosis_data(Diagnosis(finding, Stage.BILLING, (), (), ()), OPENAI)
    assert data["remediation"]["steps"][0] == "Do this."
    assert len(data["remediation"]["steps"]) > 1


@pytest.mark.parametrize("verbose", [False, True])
def test_a_terminal_shows_the_detail_of_a_step_only_when_asked(verbose: bool) -> None:
    data = diagnosis_data(NO_CREDIT, OPENAI)
    lines = "\n".join(cause_lines(data, Style(width=2000), detailed=verbose))
    line, detail, *_ = data["remediation"]["steps"][0].split("\n")
    assert line.partition(" (https://")[0] in lines
    assert "\n     https://platform.openai.com/" in lines
    assert (detail in lines) == verbose
    assert "codegpt-doctor check --watch" in lines


def test_the_system_at_hand_is_one_that_blocks_can_name() -> None:
    assert steps.this_system(sys.platform) in steps.SYSTEMS
