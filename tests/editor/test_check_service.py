"""What the ports, the hosts and the local models are judged to be."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from helpers.homes import Home

from codegpt_doctor.editor.check_hosts import check_hosts
from codegpt_doctor.editor.check_local_models import check_local_models
from codegpt_doctor.editor.check_service import check_service
from codegpt_doctor.editor.environment import local_models
from codegpt_doctor.editor.plan import EditorContext, EditorPlan
from codegpt_doctor.editor.run import find_environment
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Exchange, Failure, late
from codegpt_doctor.model.report import CheckResult, Outcome, Stage, Status
from codegpt_doctor.probes.listeners import Listener
from codegpt_doctor.probes.local_services import Answer, LocalModels, ServiceObservation
from codegpt_doctor.settings.values import Settings, Value

PAGE = Answer("127.0.0.1", connected=True, http_status=200)
CLOSED = Answer("127.0.0.1", failure="builtins.ConnectionRefusedError: refused")
CLOSED_6 = replace(CLOSED, address="::1")
NEXT = Answer("127.0.0.1", True, 200, {"x-powered-by": "Next.js"})
HOSTS = ("api.codegpt.co", "app.codegpt.co")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.install()
    return made


def context(
    home: Home,
    service: ServiceObservation | None = None,
    running: Mapping[str, str] | None = None,
    local_models: LocalModels | None = None,
    hosts: Mapping[str, Exchange] | None = None,
    control: bool = True,
) -> EditorContext:
    plan = EditorPlan(
        find_environment(home.machine),
        running=Task.done(running or {}),
        service=Task.done(service) if service else None,
        local_models=Task.done(local_models) if local_models else None,
        hosts={host: Task.done(seen) for host, seen in (hosts or {}).items()},
    )
    settings = Settings("openai", Value("https://api.openai.com/v1", "test"))
    background = Background(monotonic() + 30)
    made = Context(settings, background, control=control, planned=Task.done(plan))
    made.results["hostname"] = CheckResult("hostname", "", Stage.EDITOR, Status.PASS, "")
    return made


def service(home: Home, *held: Listener, answers: Mapping[int, Answer]) -> Outcome:
    given = {port: (answers.get(port, CLOSED),) for port in (54112, 54113)}
    seen = ServiceObservation("look", localhost=("127.0.0.1",), listeners=held, answers=given)
    return check_service(context(home, service=seen))


def found(outcome: Outcome) -> str | None:
    return outcome.finding.id if outcome.finding else None


class TestThePorts:
    def test_a_forwarding_is_a_warning_and_named(self, home: Home) -> None:
        held = Listener(54112, "0.0.0.0", 7, "/usr/bin/docker-proxy")
        outcome = service(home, held, answers={54112: PAGE})
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_port_in_use")
        assert "/usr/bin/docker-proxy (pid 7)" in outcome.summary

    def test_of_another_person_who_answers_as_codegpt(self, home: Home) -> None:
        outcome = service(home, Listener(54112, "0.0.0.0"), answers={54112: NEXT})
        assert outcome.status == "pass"

    def test_of_another_person_who_does_not(self, home: Home) -> None:
        outcome = service(home, Listener(54112, "0.0.0.0"), answers={54112: PAGE})
        assert (outcome.status, found(outcome)) == ("fail", "codegpt_port_in_use")
        assert outcome.finding
        assert outcome.finding.confidence == "likely"
        assert "sudo lsof -nP -iTCP:54112" in outcome.finding.steps[0]
        assert "kill" not in " ".join(outcome.finding.steps)

    def test_on_windows_its_own_programs_are_named(self, home: Home) -> None:
        home.platform = "win32"
        unknown = service(home, Listener(54112, "0.0.0.0"), answers={54112: PAGE})
        known = service(home, Listener(54112, "0.0.0.0", 7, "x.exe"), answers={54112: PAGE})
        assert unknown.finding
        assert known.finding
        assert "netstat -abno" in unknown.finding.steps[0]
        assert known.finding.steps[0].endswith("taskkill /PID 7")

    def test_somebody_whom_no_list_shows(self, home: Home) -> None:
        outcome = service(home, answers={54112: PAGE})
        assert found(outcome) == "codegpt_port_in_use"

    def test_the_editor_itself_holds_it(self, home: Home) -> None:
        held = Listener(54112, "127.0.0.1", 7, "/usr/share/code/code")
        outcome = service(home, held, answers={54112: PAGE})
        assert outcome.summary == "the editor (code, pid 7) responds on port 54112"

    def test_a_running_editor_without_the_extension_started_expects_nothing(
        self, home: Home
    ) -> None:
        nobody = ServiceObservation(
            "look", localhost=("127.0.0.1",), answers={54112: (CLOSED,), 54113: (CLOSED,)}
        )
        running = {"VS Code": "/usr/share/code/code"}
        assert check_service(context(home, service=nobody, running=running)).status == "pass"
        home.log("[info] ExtensionService#_doActivateExtension DanielSanMedium.dscodegpt, startup")
        outcome = check_service(context(home, service=nobody, running=running))
        assert found(outcome) == "codegpt_service_unreachable"
        other = {"VS Code": "/usr/bin/another-program-with-the-same-pid"}
        assert check_service(context(home, service=nobody, running=other)).status == "pass"


NO_NAME = Failure(Stage.DNS, "EAI_NONAME", "[Errno -2] Name or service not known")


def hosts(home: Home, *failures: Failure | None) -> Outcome:
    seen = {
        host: Exchange(f"reach {host}", 7, failure)
        for host, failure in zip(HOSTS, failures, strict=True)
    }
    return check_hosts(context(home, hosts=seen))


class TestTheHosts:
    def test_both_reached(self, home: Home) -> None:
        outcome = hosts(home, None, None)
        assert outcome.summary == "api.codegpt.co, app.codegpt.co reached (7 ms)"
        assert outcome.status == "pass"

    @pytest.mark.parametrize(
        ("failure", "status", "entry_id"),
        [
            (NO_NAME, "fail", "codegpt_service_unreachable"),
            (late(Stage.TCP), "fail", "codegpt_service_unreachable"),
            (
                Failure(Stage.TLS, "ssl.CERTIFICATE_VERIFY_FAILED", "self-signed certificate"),
                "warn",
                "tls_untrusted_certificate",
            ),
            (
                Failure(Stage.PROXY, "407", "Tunnel connection failed: 407"),
                "fail",
                "proxy_authentication_required",
            ),
            (
                Failure(Stage.PROXY, "403", "Tunnel connection failed: 403 Forbidden"),
                "fail",
                "codegpt_service_unreachable",
            ),
            (
                Failure(Stage.PROXY, "SOCKS5Error", "0x02: Connection not allowed by ruleset"),
                "fail",
                "codegpt_service_unreachable",
            ),
            (
                Failure(Stage.PROXY, "ECONNREFUSED", "[Errno 111] Connection refused"),
                "fail",
                "proxy_unreachable",
            ),
        ],
    )
    def test_the_first_is_cut_off(
        self, home: Home, failure: Failure, status: str, entry_id: str
    ) -> None:
        outcome = hosts(home, failure, failure)
        assert (outcome.status, found(outcome)) == (status, entry_id)

    def test_they_are_left_alone_where_no_other_host_is_to_be_asked(self, home: Home) -> None:
        outcome = check_hosts(context(home, control=False))
        assert outcome.status == "skip"
        assert "--no-control" in outcome.summary

    def test_only_the_second_is_cut_off(self, home: Home) -> None:
        outcome = hosts(home, None, NO_NAME)
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_service_unreachable")

    def test_the_text_for_it_names_every_host(self, home: Home) -> None:
        outcome = hosts(home, NO_NAME, NO_NAME)
        assert outcome.finding
        (step,) = outcome.finding.steps
        named = {*HOSTS, "storage.codegpt.co", "api.openai.com", "443", "54112", "54113"}
        assert all(one in step for one in named)


def models(
    home: Home,
    ollama: Answer = CLOSED,
    ollama_6: Answer = CLOSED_6,
    localhost: tuple[str, ...] = ("127.0.0.1",),
) -> Outcome:
    answers = {"Ollama": (ollama, ollama_6), "LM Studio": (CLOSED, CLOSED_6)}
    seen = LocalModels("ask", answers=answers, localhost=localhost)
    return check_local_models(context(home, local_models=seen))


def with_models(*names: str, address: str = "127.0.0.1") -> Answer:
    body = json.dumps({"models": [{"name": name} for name in names]})
    return Answer(address, True, 200, body=body)


class TestLocalModels:
    def test_none_is_needed(self, home: Home) -> None:
        outcome = models(home)
        assert outcome.status == "skip"
        assert outcome.skipped_because

    def test_one_runs(self, home: Home) -> None:
        outcome = models(home, with_models("llama3.2:latest", "qwen:7b"))
        assert outcome.summary == "Ollama on 127.0.0.1:11434, 2 models"
        assert outcome.status == "pass"

    def test_one_runs_without_a_model(self, home: Home) -> None:
        outcome = models(home, with_models())
        assert (outcome.status, found(outcome)) == ("warn", "local_model_unreachable")
        assert "ollama pull" in outcome.summary

    def test_one_is_not_where_localhost_is_first(self, home: Home) -> None:
        outcome = models(home, with_models("a"), localhost=("::1", "127.0.0.1"))
        assert outcome.status == "pass"
        assert "not at ::1, which localhost resolves to first" in outcome.summary

    def test_one_is_at_ipv6(self, home: Home) -> None:
        outcome = models(home, CLOSED, with_models("a", address="::1"), ("::1",))
        assert outcome.summary == "Ollama on [::1]:11434, 1 model"

    def test_one_that_was_chosen_does_not_run(self, home: Home) -> None:
        home.write(".config/Code/User/settings.json", '{"CodeGPT.apiKey": "Ollama"}')
        home.environment["OLLAMA_HOST"] = "0.0.0.0:11500"
        outcome = models(home)
        assert (outcome.status, found(outcome)) == ("warn", "local_model_unreachable")
        assert "OLLAMA_HOST is 0.0.0.0:11500" in outcome.summary

    @pytest.mark.parametrize("body", ["", "[]", "null", '{"models": 5}', '{"models": [5, {}]}'])
    def test_one_answers_something_else(self, home: Home, body: str) -> None:
        answer = Answer("127.0.0.1", True, 200, body=body)
        assert models(home, answer).status in ("warn", "pass")


def test_the_servers_of_all_three_kinds_are_looked_for_where_their_variables_say() -> None:
    assert local_models({}) == {
        "Docker Model Runner": (12434, "/engines/v1/models"),
        "LM Studio": (1234, "/v1/models"),
        "Ollama": (11434, "/api/tags"),
    }
    assert local_models({"OLLAMA_HOST": "0.0.0.0:9"})["Ollama"] == (9, "/api/tags")
    assert local_models({"OLLAMA_HOST": "https://far.example"})["Ollama"] == (11434, "/api/tags")
    found = local_models({"MODEL_RUNNER_HOST": "http://localhost:9"})
    assert found["Docker Model Runner"] == (9, "/engines/v1/models")
