"""Each trouble of CodeGPT on this machine, made for real, gives its id."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from helpers.homes import ACTIVATED, CODEGPT, VERSION, Home
from helpers.worlds import KINDS, LAN, NAMED, Service, World, examine, own_address

from codegpt_doctor.editor.environment import PORTS

pytestmark = pytest.mark.slow

# an address of this machine that is not the one of localhost
ELSEWHERE = {"namespace": LAN, "plain": own_address()}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "person", sys.platform)
    made.path.mkdir()
    made.install()
    return made


def extension(home: Home) -> Path:
    """Where the service of CodeGPT works."""
    return home.path / ".vscode" / "extensions" / f"{CODEGPT}-{VERSION}" / "standalone"


def by_id(report: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {check["id"]: check for check in report["checks"]}


def diagnosed(report: Mapping[str, Any]) -> str | None:
    return report["diagnosis"]["id"] if report["diagnosis"] else None


def unlike(report: Mapping[str, Any], *expected: str) -> dict[str, str]:
    """The checks that are neither fine nor expected to be otherwise."""
    return {
        check["id"]: check["summary"]
        for check in report["checks"]
        if check["status"] not in ("pass", "skip") and check["id"] not in expected
    }


def test_a_service_that_answers_is_healthy(home: Home, kind: str) -> None:
    report = examine(World(home, [Service(extension(home))]), kind)
    assert (report["status"], report["exit_code"]) == ("healthy", 0)
    assert unlike(report) == {}
    service = by_id(report)["service"]
    assert service["summary"].startswith("CodeGPT (")
    assert f"pid {report['pids'][0]}" in service["summary"]


def test_ports_that_are_free_are_fine_while_no_editor_runs(home: Home, kind: str) -> None:
    report = examine(World(home), kind)
    assert (report["status"], unlike(report)) == ("healthy", {})
    assert "are free" in by_id(report)["service"]["summary"]


def test_a_service_for_the_whole_network_answers_and_that_is_said(home: Home, kind: str) -> None:
    report = examine(World(home, [Service(extension(home), address="0.0.0.0")]), kind)
    assert report["status"] == "healthy"
    assert "open to the whole network" in by_id(report)["service"]["summary"]


def test_the_second_port_is_enough(home: Home, kind: str) -> None:
    report = examine(World(home, [Service(extension(home), port=1)]), kind)
    assert (report["status"], unlike(report)) == ("healthy", {})


def test_another_program_on_the_port(home: Home, kind: str, tmp_path: Path) -> None:
    report = examine(World(home, [Service(tmp_path / "project")]), kind)
    assert (diagnosed(report), report["exit_code"]) == ("codegpt_port_in_use", 1)
    pid = report["pids"][0]
    evidence = report["diagnosis"]["evidence"][0]["quote"]
    assert f"(pid {pid})" in evidence
    assert "holder.py" not in evidence  # a command line can hold passwords
    step = report["diagnosis"]["remediation"]["steps"][0]
    kill = "taskkill /PID" if sys.platform == "win32" else "kill"
    assert step.index(f"pid {pid}") < step.index(f"{kill} {pid}")


def test_another_program_on_the_second_port_only_warns(
    home: Home, kind: str, tmp_path: Path
) -> None:
    services = [Service(extension(home)), Service(tmp_path / "project", port=1)]
    report = examine(World(home, services), kind)
    assert (report["status"], diagnosed(report)) == ("healthy", None)
    assert by_id(report)["service"]["finding"]["id"] == "codegpt_port_in_use"


def test_a_service_that_does_not_answer(home: Home, kind: str) -> None:
    report = examine(World(home, [Service(extension(home), says="silent")]), kind)
    assert diagnosed(report) == "codegpt_service_unreachable"
    assert "does not respond" in by_id(report)["service"]["summary"]


def test_a_service_at_another_address_only(home: Home, kind: str) -> None:
    address = ELSEWHERE[kind]
    report = examine(World(home, [Service(extension(home), address=address)]), kind)
    assert diagnosed(report) == "codegpt_hostname_unresolvable"
    assert f"listens on {address}" in by_id(report)["service"]["summary"]


def test_in_a_container_another_address_is_only_a_warning(home: Home, kind: str) -> None:
    services = [Service(extension(home), address=ELSEWHERE[kind])]
    report = examine(World(home, services, container=True), kind)
    assert report["status"] == "healthy"
    assert by_id(report)["service"]["finding"]["id"] == "codegpt_hostname_unresolvable"
    assert by_id(report)["remote"]["summary"] == "in a container"


class TestHostname:
    def test_that_does_not_resolve(self, home: Home, kind: str) -> None:
        report = examine(World(home, variables={"HOSTNAME": "dt1.invalid"}), kind)
        assert diagnosed(report) == "codegpt_hostname_unresolvable"
        step = report["diagnosis"]["remediation"]["steps"][0]
        assert "127.0.0.1 localhost dt1.invalid" in step
        assert by_id(report)["service"]["skipped_because"] == "hostname"
        assert report["diagnosis"]["explains"] == ["service"]

    def test_that_does_not_resolve_in_a_container(self, home: Home, kind: str) -> None:
        variables = {"HOSTNAME": "dt1.invalid"}
        report = examine(World(home, variables=variables, container=True), kind)
        assert diagnosed(report) == "codegpt_hostname_unresolvable"

    def test_that_is_the_address_of_a_container_is_only_a_warning(
        self, home: Home, kind: str
    ) -> None:
        variables = {"HOSTNAME": ELSEWHERE[kind]}
        report = examine(World(home, variables=variables, container=True), kind)
        assert report["status"] == "healthy"
        assert by_id(report)["hostname"]["finding"]["id"] == "codegpt_hostname_unresolvable"

    def test_that_leads_to_the_network_card(self, home: Home, kind: str) -> None:
        name = "dt1" if kind == "namespace" else "192.0.2.9"
        hosts = f"{NAMED}192.0.2.9 dt1\n"
        report = examine(World(home, hosts=hosts, variables={"HOSTNAME": name}), kind)
        assert diagnosed(report) == "codegpt_hostname_unresolvable"
        summary = by_id(report)["hostname"]["summary"]
        assert summary == f"HOSTNAME is {name}, which resolves to 192.0.2.9, not to 127.0.0.1"

    def test_that_leads_to_this_machine(self, home: Home, kind: str) -> None:
        name = "dt1" if kind == "namespace" else "localhost"
        hosts = "127.0.0.1 localhost dt1\n::1 localhost\n"
        report = examine(World(home, hosts=hosts, variables={"HOSTNAME": name}), kind)
        assert (report["status"], unlike(report)) == ("healthy", {})
        assert by_id(report)["hostname"]["summary"].startswith(f"{name} is ")

    def test_that_the_running_service_does_not_mind(self, home: Home, kind: str) -> None:
        world = World(home, [Service(extension(home))], variables={"HOSTNAME": "dt1.invalid"})
        report = examine(world, kind)
        assert (report["status"], unlike(report)) == ("healthy", {})
        assert "the service responds" in by_id(report)["hostname"]["summary"]


def test_hosts_that_cannot_be_reached(home: Home, kind: str) -> None:
    report = examine(World(home, reachable=False), kind)
    assert diagnosed(report) == "codegpt_service_unreachable"
    steps = report["diagnosis"]["remediation"]["steps"]
    assert "send this to your IT" in steps[0]
    assert by_id(report)["codegpt_hosts"]["status"] == "fail"


def test_a_window_that_runs_without_its_service(home: Home, kind: str) -> None:
    home.path.joinpath(".vscode").rename(home.path / ".vscode-server")
    log = ".vscode-server/data/logs/20261123T080000/exthost1/remoteexthost.log"
    home.write(log, f"2026-11-23 08:00:01.000 {ACTIVATED}\n")
    remote = home.path / ".vscode-server" / "cli" / "servers" / "x" / "server" / "bin"
    variables = {"VSCODE_IPC_HOOK_CLI": "/run/x.sock", "PATH": f"{remote}:/usr/bin:/bin"}
    report = examine(World(home, variables=variables), kind)
    assert diagnosed(report) == "codegpt_service_unreachable"
    assert report["diagnosis"]["confidence"] == "likely"
    assert "nothing listens" in by_id(report)["service"]["summary"]


def test_nothing_that_was_running_is_ended(home: Home, kind: str, tmp_path: Path) -> None:
    services = [Service(tmp_path / "project"), Service(tmp_path / "other", port=1)]
    report = examine(World(home, services), kind)
    assert diagnosed(report) == "codegpt_port_in_use"
    assert len(report["pids"]) == 2
    assert report["alive"] == [True, True]


@pytest.mark.parametrize("name", ["namespace"] if "namespace" in KINDS else [])
class TestInANamespace:
    """What takes real names and the real ports."""

    def test_a_localhost_that_leads_nowhere(self, home: Home, name: str) -> None:
        report = examine(World(home, hosts="127.0.0.1 elsewhere\n"), name)
        assert diagnosed(report) == "codegpt_service_unreachable"
        assert "localhost does not resolve" in by_id(report)["service"]["summary"]

    def test_the_ports_are_those_of_codegpt(self, home: Home, name: str) -> None:
        report = examine(World(home, [Service(extension(home))]), name)
        (listener,) = by_id(report)["service"]["observations"]["listeners"]
        assert (listener["port"], listener["holder"]) == (PORTS[0], "CodeGPT")

    def test_a_service_at_ipv6_alone(self, home: Home, name: str) -> None:
        report = examine(World(home, [Service(extension(home), address="::1")]), name)
        assert report["status"] == "healthy"
        only_4 = World(home, [Service(extension(home), address="::1")], "127.0.0.1 localhost\n")
        report = examine(only_4, name)
        assert by_id(report)["service"]["finding"]["id"] == "codegpt_service_unreachable"

    def test_ollama_runs_with_its_models(self, home: Home, name: str, tmp_path: Path) -> None:
        models = tmp_path / "tags.json"
        models.write_text('{"models": [{"name": "llama3.2:latest"}]}')
        report = examine(World(home, [Service(tmp_path, port=2, says=str(models))]), name)
        assert by_id(report)["local_models"]["status"] == "pass"
        assert "Ollama on 127.0.0.1:11434" in by_id(report)["local_models"]["summary"]
        assert "1 model" in by_id(report)["local_models"]["summary"]
