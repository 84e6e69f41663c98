"""Every scenario gets its diagnosis, in time and in little memory, and nothing is given away."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from conftest import NAMESPACES, NO_NAMESPACES
from helpers.command import environment
from test_style import broken, prose

import codegpt_doctor
from codegpt_doctor import catalogue
from scenarios.everything import SCENARIOS
from scenarios.place import SECRET
from scenarios.scenario import HEALTHY, INCONCLUSIVE, Played, Scenario
from scenarios.worlds.clock import library

PACKAGES = {"ip": "iproute2", "nft": "nftables", "squid": "squid"}
FOLDERS = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
SLACK = 3.0  # seconds beyond the deadline, the start of the interpreter on a busy machine included
MAX_MB = 150
PIECE = 12  # characters of a key that may not appear anywhere
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
# those that wait for what does not come have a short deadline
LONGEST_FIRST = sorted(SCENARIOS, key=lambda scenario: scenario.timeout)
FAMILIES = ("auth", "model", "quota", "server", "network")

# ids that no run can meet
ELSEWHERE = {
    "oauth_token_exchange_failed": "the command signs in nowhere",
    "connection_error": "what a client says that hides the cause; a run knows the cause",
    "api_key_exposed": "found where an editor is, tests/checks/ has it",
    "local_model_unreachable": "found where an editor is, tests/checks/ has it",
    "flex_capacity_unavailable": "the command asks for no flex processing",
    **dict.fromkeys(
        (
            *("browser_access_denied", "data_policy_mismatch", "deployment_not_found"),
            *("free_tier_exhausted", "local_model_crashed", "local_out_of_memory"),
            *("model_needs_inference_profile", "model_not_enabled"),
            *("model_not_pulled", "service_retired"),
        ),
        "what other providers answer, tests/simulator and tests/providers have it",
    ),
}


def lacking() -> str:
    """What this machine lacks to play scenarios, in words; empty when it lacks nothing."""
    if NO_NAMESPACES:
        return f"namespaces: {NO_NAMESPACES}"
    missing = [
        package for tool, package in PACKAGES.items() if not shutil.which(tool, path=FOLDERS)
    ]
    missing += [] if library() else ["libfaketime"]
    return f"apt-get install {' '.join(missing)}" if missing else ""


LACKING = lacking()


def play(scenario: Scenario) -> Played:
    """Play a scenario in a process and in namespaces of its own."""
    tests = Path(__file__).parent.parent
    package = Path(codegpt_doctor.__file__).parent.parent
    variables = {"PYTHONPATH": os.pathsep.join(map(str, (tests, package))), "PATH": FOLDERS}
    done = subprocess.run(
        (*NAMESPACES, sys.executable, "-m", "scenarios.play", scenario.name),
        env=environment(**variables),
        cwd=tests,
        capture_output=True,
        text=True,
        timeout=scenario.timeout + 60,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{scenario.name} cannot be played: {done.stderr}", pytrace=False)
    return Played(**json.loads(done.stdout))


def tiered() -> Iterator[ParameterSet]:
    """Every scenario; of those with one and the same diagnosis the first is played often."""
    seen: set[str] = set()
    for scenario in LONGEST_FIRST:
        marks = [pytest.mark.full] if scenario.expected in seen else []
        seen.add(scenario.expected)
        yield pytest.param(scenario, id=scenario.name, marks=marks)


@pytest.fixture(scope="module", params=tiered())
def played(request: pytest.FixtureRequest) -> tuple[Scenario, Played]:
    """A scenario and what came of it."""
    return request.param, play(request.param)


def report_of(played: Played) -> dict[str, Any]:
    """The one JSON object on standard output."""
    report: dict[str, Any] = json.loads(played.stdout)
    return report


def strings(value: Any) -> Iterator[str]:
    """Every string in a report, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def warnings_of(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The checks that warn."""
    return [check for check in report["checks"] if check["status"] == "warn"]


@pytest.mark.slow
@pytest.mark.skipif(bool(LACKING), reason=f"needs {LACKING}")
class TestEveryScenario:
    def test_has_the_right_diagnosis(self, played: tuple[Scenario, Played]) -> None:
        scenario, run = played
        report = report_of(run)
        named = report["diagnosis"]["id"] if report["diagnosis"] else report["status"]
        told = [(check["id"], check["status"], check["summary"]) for check in report["checks"]]
        assert named in (scenario.expected, *scenario.also_right), told
        codes = {HEALTHY: 0, INCONCLUSIVE: 3}
        assert run.exit_code == report["exit_code"] == codes.get(named, 1)
        assert "error" not in {check["status"] for check in report["checks"]}

    def test_says_what_is_known_of_it(self, played: tuple[Scenario, Played]) -> None:
        scenario, run = played
        report = report_of(run)
        warned = {check["finding"]["id"] for check in report["checks"] if check["finding"]}
        assert warned >= set(scenario.warns)
        said = " ".join(strings(report["diagnosis"] or warnings_of(report)))
        assert [words for words in scenario.says if words not in said] == []
        assert report["untested"] == list(scenario.untested)

    def test_says_it_in_the_style(self, played: tuple[Scenario, Played]) -> None:
        report = report_of(played[1])
        said = [check["summary"].partition(': "')[0] for check in report["checks"]]
        if report["diagnosis"]:
            said += report["diagnosis"]["summary"], *report["diagnosis"]["remediation"]["steps"]
        assert broken("\n".join(map(prose, said))) == []

    def test_is_bounded_in_time_and_memory(self, played: tuple[Scenario, Played]) -> None:
        scenario, run = played
        assert run.seconds < scenario.timeout + SLACK
        assert run.peak_mb < MAX_MB

    def test_gives_nothing_away(self, played: tuple[Scenario, Played]) -> None:
        scenario, run = played
        said = list(strings(report_of(run)))
        printed = " ".join((*said, run.stdout, run.stderr))
        pieces = {SECRET[at : at + PIECE] for at in range(len("sk-proj-"), len(SECRET) - PIECE + 1)}
        assert [piece for piece in pieces if piece in printed] == []
        assert [words for words in scenario.never_says if words in printed] == []
        assert [text for text in said if CONTROL.search(text)] == []
        assert run.stderr == ""
        assert [name for name in scenario.nothing_for if run.seen[name]] == []
        others = [text for name, sent in run.seen.items() if name != "api" for text in sent]
        assert [text for text in others if SECRET in text] == []


class TestTheSuite:
    def test_has_every_id_that_a_run_can_meet(self) -> None:
        met = {name for scenario in SCENARIOS for name in (scenario.expected, *scenario.warns)}
        known = {entry.id for entry in catalogue.entries() if entry.family in FAMILIES}
        assert known - met == set(ELSEWHERE)

    def test_knows_every_id_that_it_names(self) -> None:
        named = {name for one in SCENARIOS for name in (one.expected, *one.also_right, *one.warns)}
        assert named - {HEALTHY, INCONCLUSIVE} <= set(catalogue.ids())

    def test_has_no_name_twice(self) -> None:
        names = [scenario.name for scenario in SCENARIOS]
        assert sorted(names) == sorted(set(names))
