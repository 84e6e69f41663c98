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

from codegpt_doctor import redact
from codegpt_doctor.cli import group
from codegpt_doctor.providers.provider import load
from helpers.documented import ROWS
from helpers.standins import KEYS, Fault, standing_in

LINK = re.compile(r"https?://([a-zA-Z0-9.-]+)")
OTHERS = ("openai.com", "chatgpt.com")


def checked(provider: str, fault: Fault | None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The report of one run of the command in this process."""
    monkeypatch.setattr(redact, "_process", redact.Scrubber())
    names = load(provider).key_variables
    if names and KEYS[provider]:
        monkeypatch.setenv(names[0], KEYS[provider])
    with standing_in(provider, fault) as standin, contextlib.redirect_stdout(io.StringIO()) as out:
        arguments = ["check", "--provider", provider, "--base-url", standin.base_url, "--json"]
        code = group.main([*arguments, "--no-control"], standalone_mode=False)
    report: dict[str, Any] = json.loads(out.getvalue())
    assert report["exit_code"] == code
    return report


def told(report: dict[str, Any]) -> str:
    diagnosis = report["diagnosis"]
    return json.dumps([diagnosis["remediation"], diagnosis["links"], diagnosis["docs_url"]])


def fault_of(provider: str, expected: str, report: dict[str, Any]) -> str:
    """What of a report is wrong; empty where it is right."""
    diagnosis = report["diagnosis"]
    if diagnosis is None:
        return f"no diagnosis: {report['status']}"
    if diagnosis["id"] not in expected.split("|"):
        return f"{diagnosis['id']}, not {expected}"
    if diagnosis["provider"] != provider:
        return f"of {diagnosis['provider']}"
    hosts = set(LINK.findall(json.dumps(diagnosis)))
    own = set(load(provider).pages.link_hosts)
    if provider != "openai" and any(one.endswith(OTHERS) for one in hosts):
        return f"links to OpenAI: {hosts}"
    named = load(provider).name in json.dumps(diagnosis["remediation"])
    if own and not named and not own & set(LINK.findall(told(report))):
        return f"no help of its own: {diagnosis['remediation']['steps']}"
    return ""


@pytest.mark.parametrize("provider", ROWS)
def test_each_failure_is_named_with_the_help_of_its_provider(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {}
    for kind, expected, fault in ROWS[provider]:
        found = fault_of(provider, expected, checked(provider, fault, monkeypatch))
        if found:
            wrong[kind] = found
    assert not wrong


@pytest.mark.parametrize("provider", [one for one in ROWS if one != "github"])
def test_a_healthy_one_is_healthy(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = checked(provider, None, monkeypatch)
    assert (report["status"], report["diagnosis"]) == ("healthy", None)
    assert report["target"]["provider"] == provider


def test_there_are_enough_rows() -> None:
    assert sum(map(len, ROWS.values())) >= 160
