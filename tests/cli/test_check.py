"""A whole run against the simulator: every error that it can make is named, and nothing leaks."""

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from helpers.command import data_of, run, shows_no_traceback
from helpers.sdk import SIMULATED
from helpers.servers import always, closed_port, listening

import codegpt_doctor
from codegpt_doctor import Report, catalogue
from codegpt_doctor.doctor import path_checks, run_check, sdk_check
from codegpt_doctor.output.check_text import check_line
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.report_text import report_text, verbose_text
from codegpt_doctor.output.style import Style
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value
from codegpt_doctor.simulator import KEY, simulation

TIMEOUT = 3.0
PATIENCE = {"slow": 10.0, "timeout": 1.5}  # seconds, where a fault decides how long it takes
SECRET = "sk-proj-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5T3BlbkFJPc0Ju8Ea4Wo6Ri1Nv3Yz"
ADMIN = "sk-admin-Kd5Rw2Gh8Jt4Lp1Zx7Cv9Bn3Mq6T3BlbkFJAf0Se2Ui4Oy8Pl1Xk5V"
PIECE = 12  # characters of a key that may not appear anywhere

CHECK_KEYS = {
    "id",
    "title",
    "stage",
    "status",
    "summary",
    "finding",
    "skipped_because",
    "duration_ms",
    "measured_ms",
    "observations",
}
CONTRACT = {
    "": {
        "schema_version",
        "tool",
        "started_at",
        "duration_ms",
        "target",
        "status",
        "diagnosis",
        "untested",
        "checks",
        "exit_code",
    },
    "tool": {"name", "version"},
    "target": {
        "provider",
        "provider_from",
        "base_url",
        "model",
        "organization",
        "project",
        "key",
        "proxy",
    },
    "diagnosis": {
        "id",
        "title",
        "summary",
        "stage",
        "provider",
        "family",
        "http_status",
        "code",
        "request_id",
        "retry_after_s",
        "confidence",
        "evidence",
        "remediation",
        "retry",
        "explains",
        "also",
        "ruled_out",
        "docs_url",
        "links",
    },
}


def leaked(text: str, *secrets: str) -> list[str]:
    """The pieces of the secrets that a text shows, beyond the prefix and the last four."""
    return [
        piece
        for secret in secrets
        for at in range(len("sk-proj-"), len(secret) - PIECE + 1)
        if (piece := secret[at : at + PIECE]) in text
    ]


def everything(report: Report, settings: Settings) -> str:
    """All that a run can print: the JSON, and the text with every detail."""
    data = report_data(report)
    style = Style(width=92, color=True)
    lines = [check_line(check, style) for check in data["checks"]]
    return "\n".join(
        (json.dumps(data), *lines, report_text(data, style), verbose_text(data, style))
    )


@pytest.fixture(scope="module", params=SIMULATED, ids=lambda entry: entry.id)
def simulated(request: pytest.FixtureRequest) -> tuple[catalogue.Entry, Report, str]:
    """An entry, the report of a run against it, and all that is printed of it."""
    entry: catalogue.Entry = request.param
    with simulation(entry.id) as made:
        settings = replace(
            made, key=Key(Secret(SECRET), "test"), admin_key=Key(Secret(ADMIN), "test")
        )
        report = run_check(settings, patience_for(entry))
        return entry, report, everything(report, settings)


def patience_for(entry: catalogue.Entry) -> float:
    return PATIENCE.get(entry.simulate.get("fault", ""), TIMEOUT)


@pytest.mark.slow
class TestEverySimulatedError:
    def test_is_the_diagnosis_or_healthy_where_it_is_no_fault(
        self, simulated: tuple[catalogue.Entry, Report, str]
    ) -> None:
        entry, report, _ = simulated
        if entry.severity == "fail":
            assert report.diagnosis
            assert report.diagnosis.finding.id == entry.id
            assert (report.status, report.exit_code) == ("problem", 1)
            root = next(check for check in report.checks if check.status == "fail")
            on_the_way = entry.family in ("network", "server")
            assert report.diagnosis.stage == (root.stage if on_the_way else entry.stage)
        else:
            assert report.diagnosis is None
            assert (report.status, report.exit_code) == ("healthy", 0)

    def test_that_only_warns_is_found_as_a_warning(
        self, simulated: tuple[catalogue.Entry, Report, str]
    ) -> None:
        entry, report, _ = simulated
        warned = {check.finding.id for check in report.checks if check.finding}
        assert (entry.id in warned) == (entry.severity != "pass")

    def test_has_evidence_a_fix_and_a_page(
        self, simulated: tuple[catalogue.Entry, Report, str]
    ) -> None:
        entry, report, _ = simulated
        data = report_data(report)["diagnosis"]
        if entry.severity != "fail":
            assert data is None
            return
        assert data
        assert all(one["check"] and one["quote"] for one in data["evidence"])
        assert data["evidence"]
        assert data["remediation"]["steps"]
        assert data["docs_url"].endswith(f"/{entry.id}/")

    def test_lists_every_check_in_order_and_why_one_was_skipped(
        self, simulated: tuple[catalogue.Entry, Report, str]
    ) -> None:
        _, report, _ = simulated
        assert [check.id for check in report.checks] == [check.id for check in path_checks()]
        for check in report.checks:
            assert bool(check.skipped_because) == (check.status == "skip"), check
            assert check.status != "error", check
            assert check.summary

    def test_shows_no_key(self, simulated: tuple[catalogue.Entry, Report, str]) -> None:
        _, _, printed = simulated
        assert "…" + SECRET[-4:] in printed
        assert leaked(printed, SECRET, ADMIN) == []

    def test_is_found_within_two_seconds_where_nothing_is_slow(
        self, simulated: tuple[catalogue.Entry, Report, str]
    ) -> None:
        entry, report, _ = simulated
        is_waiting = entry.simulate.get("fault") in PATIENCE
        assert report.duration_ms <= (patience_for(entry) if is_waiting else 2.0) * 1000


def test_a_leak_would_be_seen() -> None:
    assert leaked(f"key {SECRET[:30]} was refused", SECRET, ADMIN)
    assert not leaked(f"key sk-proj-…{SECRET[-4:]}", SECRET, ADMIN)


SAMPLE = [
    "healthy",
    "insufficient_quota",
    "invalid_api_key",
    "model_not_found",
    "output_limit_reached",
    "connection_refused",
    "server_error",
    "cloudflare_blocked",
]


@pytest.mark.slow
class TestTheCommand:
    @pytest.mark.sampled(3)
    @pytest.mark.parametrize("entry_id", SAMPLE)
    def test_prints_one_object_of_the_contract(self, entry_id: str) -> None:
        result = run("check", "--simulate", entry_id, "--json", "--timeout", "5")
        data = data_of(result)
        assert result.stderr == b""
        assert data["exit_code"] == result.returncode
        is_fine = entry_id in ("healthy", "output_limit_reached")
        assert result.returncode == (0 if is_fine else 1)
        assert (data["diagnosis"] or {"id": entry_id})["id"] == entry_id
        assert (data["status"], data["diagnosis"] is None) == (
            ("healthy", True) if is_fine else ("problem", False)
        )
        assert_contract(data)
        assert leaked(result.stdout.decode(), KEY) == []

    @pytest.mark.sampled(3)
    @pytest.mark.parametrize("entry_id", SAMPLE)
    def test_prints_the_diagnosis_for_a_person(self, entry_id: str) -> None:
        result = run("check", "--simulate", entry_id, "--timeout", "5", "--verbose")
        said = result.stdout.decode()
        assert result.stderr == b""
        assert shows_no_traceback(result)
        assert leaked(said, KEY) == []
        if result.returncode:
            assert catalogue.get(entry_id, "openai").title in said
            assert f"codegpt-doctor explain {entry_id}" in said
        else:
            assert "All is well" in said

    def test_with_the_second_opinion_agrees_with_the_official_client(self) -> None:
        result = run("check", "--simulate", "insufficient_quota", "--sdk", "--json")
        data = data_of(result)
        assert [check["id"] for check in data["checks"]] == [
            *(check.id for check in path_checks()),
            sdk_check().id,
        ]
        assert data["checks"][-1]["status"] == "pass"
        assert data["diagnosis"]["id"] == "insufficient_quota"

    def test_without_spending_runs_no_model_and_says_so(self) -> None:
        data = data_of(run("check", "--simulate", "healthy", "--no-spend", "--json"))
        inference = by_id(data)["inference"]
        assert data["status"] == "healthy"
        assert "no model was run" in inference["summary"]

    def test_without_spending_still_sees_a_key_that_is_refused(self) -> None:
        result = run("check", "--simulate", "invalid_api_key", "--no-spend", "--json")
        assert data_of(result)["diagnosis"]["id"] == "invalid_api_key"

    def test_a_chosen_model_that_is_missing_is_named_with_its_neighbours(self) -> None:
        with simulation(None) as settings:
            result = run(
                *(
                    "check",
                    "--base-url",
                    settings.base_url.value,
                    "--model",
                    "gpt-4o-minni",
                    "--json",
                ),
                variables={"OPENAI_API_KEY": SECRET},
            )
        data = data_of(result)
        assert (result.returncode, data["diagnosis"]["id"]) == (1, "model_not_found")
        assert "gpt-4o-mini" in data["diagnosis"]["summary"]
        assert data["target"]["model"] == "gpt-4o-minni"
        assert data["diagnosis"]["explains"] == ["inference"]

    def test_a_chosen_model_is_also_asked_of_the_simulator(self) -> None:
        data = data_of(run("check", "--simulate", "healthy", "--model", "gpt-4.1-mini", "--json"))
        assert (data["status"], data["target"]["model"]) == ("healthy", "gpt-4.1-mini")

    def test_an_error_is_simulated_by_its_code_too(self) -> None:
        with_code = next(e for e in SIMULATED if e.codes and e.codes[0] != e.id)
        resolved = catalogue.resolve(with_code.codes[0])
        assert resolved
        data = data_of(run("check", "--simulate", with_code.codes[0], "--json"))
        assert data["diagnosis"]["id"] == resolved


def by_id(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {check["id"]: check for check in data["checks"]}


def assert_contract(data: dict[str, Any]) -> None:
    assert set(data) == CONTRACT[""]
    assert data["schema_version"] == 1
    assert set(data["tool"]) == CONTRACT["tool"]
    assert data["tool"] == {"name": "codegpt-doctor", "version": codegpt_doctor.__version__}
    assert data["started_at"].endswith("Z")
    assert set(data["target"]) == CONTRACT["target"]
    assert set(data["target"]["key"]) == {"hint", "kind", "source"}
    assert [check["id"] for check in data["checks"]] == [check.id for check in path_checks()]
    for check in data["checks"]:
        assert set(check) == CHECK_KEYS
        assert isinstance(check["duration_ms"], int)
    if data["diagnosis"]:
        assert set(data["diagnosis"]) == CONTRACT["diagnosis"]
        assert set(data["diagnosis"]["remediation"]) == {"steps", "commands", "who"}
        assert {key for one in data["diagnosis"]["evidence"] for key in one} == {"check", "quote"}


def examined(base_url: str, timeout: float = TIMEOUT, **chosen: Any) -> Report:
    key = chosen.pop("key", Key(Secret(SECRET), "test"))
    return run_check(
        Settings("openai", Value(base_url, "test"), key, direct=True, **chosen), timeout
    )


class TestFallbacks:
    """What servers of another generation want is given to them, once."""

    def test_a_server_that_only_knows_the_new_name_of_the_token_limit(self) -> None:
        refusal = error_body(
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            "invalid_request_error",
        )

        def answer(request: bytes) -> tuple[int, bytes]:
            if b"GET" in request[:3]:
                return 200, b'{"object": "list", "data": [{"id": "gpt-4o-mini"}]}'
            return (400, refusal) if b'"max_tokens"' in request else (200, CHAT)

        report, requests = self.against(answer)
        assert report.status == "healthy"
        assert sum(b"/chat/completions" in request for request in requests) == 2

    def test_a_model_that_only_answers_on_responses(self) -> None:
        refusal = error_body(
            "This model is only supported in v1/responses and not in v1/chat/completions.",
            "invalid_request_error",
        )

        def answer(request: bytes) -> tuple[int, bytes]:
            if b"GET" in request[:3]:
                return 200, b'{"object": "list", "data": [{"id": "gpt-4o-mini"}]}'
            return (404, refusal) if b"/chat/" in request[:60] else (200, RESPONSE)

        report, requests = self.against(answer)
        assert report.status == "healthy"
        assert sum(b"/responses" in request[:60] for request in requests) == 1

    def test_a_server_that_has_none_of_the_usual_models(self) -> None:
        refusal = error_body("The model `x` does not exist", "invalid_request_error")

        def answer(request: bytes) -> tuple[int, bytes]:
            if b"GET" in request[:3]:
                listed = [{"id": "text-embed-1"}, {"id": "llama-small"}]
                return 200, json.dumps({"object": "list", "data": listed}).encode()
            return (200, CHAT) if b'"llama-small"' in request else (404, refusal)

        report, _ = self.against(answer)
        assert (report.status, report.target.model) == ("healthy", "llama-small")

    def test_a_key_that_may_not_list_models_but_works_is_healthy(self) -> None:
        refusal = b'{"error": "You have insufficient permissions for this operation."}'

        def answer(request: bytes) -> tuple[int, bytes]:
            return (403, refusal) if b"GET" in request[:3] else (200, CHAT)

        report, _ = self.against(answer)
        assert report.status == "healthy"
        assert {check.id: check.status for check in report.checks}["auth"] == "warn"

    def test_a_model_that_will_end_is_a_warning_with_the_day(self) -> None:
        def answer(request: bytes) -> tuple[int, bytes]:
            if b"GET" in request[:3]:
                model = {"id": "gpt-5.4-mini", "shutdown_date": 1798761600}
                return 200, json.dumps({"object": "list", "data": [model]}).encode()
            return 200, CHAT

        report, _ = self.against(answer)
        model = next(check for check in report.checks if check.id == "model")
        assert (report.status, model.status) == ("healthy", "warn")
        assert "2027-01-01" in model.summary

    def against(self, answer: Any) -> tuple[Report, list[bytes]]:
        from helpers.servers import response

        with listening(
            lambda connection, request, _: connection.sendall(response(*answer(request)))
        ) as server:
            return examined(server.base_url), server.requests


CHAT = b'{"object": "chat.completion", "choices": [{"message": {"content": "hi"}}]}'
RESPONSE = (
    b'{"object": "response", "status": "incomplete", "output": [],'
    b' "incomplete_details": {"reason": "max_output_tokens"}}'
)


def error_body(message: str, kind: str) -> bytes:
    return json.dumps(
        {"error": {"message": message, "type": kind, "param": None, "code": None}}
    ).encode()


class TestWhatMayBeSent:
    @pytest.mark.parametrize(
        "value", ["sk-ab\u2019cd" * 6, ADMIN, "\u200b", "sk-proj-two words" + "x" * 30]
    )
    def test_a_key_that_cannot_be_one_is_sent_nowhere(self, value: str) -> None:
        with listening(always(200, b'{"object": "list", "data": []}')) as server:
            report = examined(server.base_url, key=Key(Secret(value), "test"))
            sent = b"".join(server.requests).lower()
        assert b"authorization" not in sent
        assert report.exit_code == 1

    def test_without_a_key_the_address_is_still_tried_and_the_key_is_the_cause(self) -> None:
        with listening(always(401, b"{}")) as server:
            report = examined(server.base_url, key=None)
            assert len(server.requests) == 1
        assert report.diagnosis
        assert report.diagnosis.finding.id == "missing_api_key"

    def test_the_admin_key_goes_to_the_billing_endpoints_only(self) -> None:
        with listening(always(200, b'{"object": "page", "data": []}')) as server:
            examined(server.base_url, admin_key=Key(Secret(ADMIN), "OPENAI_ADMIN_KEY"))
            requests = list(server.requests)
        with_admin = [request for request in requests if ADMIN.encode() in request]
        assert with_admin
        assert all(request.startswith(b"GET /v1/organization/") for request in with_admin)
        others = [request for request in requests if request not in with_admin]
        assert all(SECRET.encode() in request for request in others)
        assert b"/organization/" not in b"".join(others)

    def test_unencrypted_to_another_machine_nothing_is_sent(self) -> None:
        report = examined("http://llm.internal/v1")
        assert (report.status, report.exit_code) == ("problem", 1)
        assert {check.status for check in report.checks[2:]} == {"skip"}

    @pytest.mark.parametrize("host", ["api.openai.com", "api.invalid"])
    def test_unencrypted_over_the_internet_is_a_wrong_base_url(self, host: str) -> None:
        report = examined(f"http://{host}/v1")
        assert report.diagnosis
        assert report.diagnosis.finding.id == "bad_base_url"
        assert {check.status for check in report.checks[2:]} == {"skip"}


@pytest.mark.parametrize(
    "url",
    [
        "api.openai.com/v1",
        "",
        " ",
        "ftp://x/v1",
        "https://",
        "http://[",
        "x",
        "https://a b/",
        "http://x:99999",
    ],
)
def test_an_address_that_is_none_is_the_root_and_nothing_is_tried(url: str) -> None:
    report = examined(url)
    assert report.diagnosis
    assert report.diagnosis.finding.id == "bad_base_url"
    assert {check.status for check in report.checks[2:]} == {"skip"}
    assert report.duration_ms < 5000


def test_a_port_where_nobody_listens_is_the_root_and_the_rest_is_skipped() -> None:
    report = examined(f"http://127.0.0.1:{closed_port()}/v1")
    assert report.diagnosis
    assert report.diagnosis.finding.id == "connection_refused"
    skipped = {check.id: check.skipped_because for check in report.checks if check.status == "skip"}
    assert {skipped[name] for name in ("http", "auth", "model", "inference", "limits")} == {"tcp"}
    assert set(report.diagnosis.explains) >= {"http", "auth", "model", "inference"}


def test_independent_requests_run_at_once() -> None:
    here: list[bytes] = []
    all_are_here = threading.Event()
    met: list[bool] = []

    def answer_together(connection: Any, request: bytes, _listener: Any) -> None:
        here.append(request)
        if len(here) == 4:
            all_are_here.set()
        met.append(all_are_here.wait(5))
        connection.sendall(b"HTTP/1.1 401 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

    with listening(answer_together) as server:
        examined(server.base_url, admin_key=Key(Secret(ADMIN), "test"))
    assert len(met) >= 4
    assert all(met)
