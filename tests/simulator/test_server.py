"""The simulator, seen by the official openai client: it is the API, or fails as the API does."""

import json
import socket
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openai
import pytest
import requests
from helpers.command import complaint, run
from helpers.sdk import MESSAGES, MODEL, SIMULATED, call, client_of, raised_for
from helpers.servers import closed_port

from codegpt_doctor import catalogue
from codegpt_doctor.settings.values import Settings
from codegpt_doctor.simulator import ADMIN_KEY, KEY, can_simulate, healthy, server, simulation
from codegpt_doctor.simulator.server import LARGE_BYTES, Simulator

CLASSES = {
    400: openai.BadRequestError,
    401: openai.AuthenticationError,
    403: openai.PermissionDeniedError,
    404: openai.NotFoundError,
    409: openai.ConflictError,
    422: openai.UnprocessableEntityError,
    429: openai.RateLimitError,
}
FAULTS = ("refused", "reset", "timeout", "slow", "large_body", "plain_http")
WITH_BODY = [entry for entry in SIMULATED if "fault" not in entry.simulate]
REFUSALS = [entry for entry in WITH_BODY if entry.example["status"] >= 300]
ANSWERS = [entry for entry in WITH_BODY if entry.example["status"] < 300]
NOT_SIMULATED = [
    entry
    for entry in catalogue.entries("openai")
    if not can_simulate(entry)
    and not any(can_simulate(catalogue.get(entry.id, one)) for one in catalogue.variants(entry.id))
]


def class_for(status: int) -> type[openai.APIStatusError]:
    """The class of the official client for a status, as its documentation says."""
    if status >= 500:
        return openai.InternalServerError
    return CLASSES.get(status, openai.APIStatusError)


class TestHealthy:
    def test_it_lists_models(self) -> None:
        with simulation(None) as settings, client_of(settings) as client:
            listed = [model.id for model in client.models.list()]
            one = client.models.retrieve(MODEL)
        assert MODEL in listed
        assert (one.id, one.object) == (MODEL, "model")

    def test_it_answers_a_chat(self) -> None:
        with simulation(None) as settings, client_of(settings) as client:
            answer = client.chat.completions.create(
                model=MODEL,
                messages=MESSAGES,  # type: ignore[arg-type]
                max_completion_tokens=16,
            )
        assert answer.choices[0].message.content
        assert answer.choices[0].finish_reason == "stop"
        assert answer.usage
        assert answer.usage.total_tokens > 0

    def test_it_answers_by_the_responses_endpoint(self) -> None:
        with simulation(None) as settings, client_of(settings) as client:
            answer = client.responses.create(model=MODEL, input="hi", max_output_tokens=16)
        assert (answer.status, answer.error) == ("completed", None)
        assert answer.output_text

    def test_an_answer_names_the_organization_and_the_limits(self) -> None:
        with simulation(None) as settings, client_of(settings) as client:
            raw = client.chat.completions.with_raw_response.create(model=MODEL, messages=[])
        assert raw.headers["openai-organization"].startswith("org-")
        assert int(raw.headers["x-ratelimit-remaining-requests"]) > 0
        assert raw.headers["x-request-id"].startswith("req_")

    def test_an_unknown_model_is_refused(self) -> None:
        with (
            simulation(None) as settings,
            client_of(settings) as client,
            pytest.raises(openai.NotFoundError) as caught,
        ):
            client.chat.completions.create(model="gpt-9", messages=[])
        assert caught.value.code == "model_not_found"

    def test_a_request_without_a_key_is_refused(self) -> None:
        status, body = asked(None, "GET", "/models")
        assert (status, body["error"]["type"]) == (401, "invalid_request_error")
        assert "provide an API key" in body["error"]["message"]

    @pytest.mark.parametrize(
        ("method", "path", "sent", "status"),
        [
            ("GET", "/nothing", None, 404),
            ("POST", "/nothing", b"{}", 404),
            ("GET", "/models/gpt-9", None, 404),
            ("POST", "/chat/completions", b'{"speed": 1}', 400),
            ("POST", "/chat/completions", b"{no json", 400),
            ("POST", "/chat/completions", b"[]", 400),
            ("POST", "/responses", b"{}", 400),
        ],
    )
    def test_what_the_api_does_not_know_is_refused_in_its_shape(
        self, method: str, path: str, sent: bytes | None, status: int
    ) -> None:
        got, body = asked(KEY, method, path, sent)
        assert got == status
        assert set(body["error"]) == {"message", "type", "param", "code"}

    def test_it_tells_costs_and_the_spend_limit(self) -> None:
        status, costs = asked(ADMIN_KEY, "GET", "/organization/costs?start_time=1&limit=31")
        amount = costs["data"][0]["results"][0]["amount"]
        assert (status, costs["object"], amount["currency"]) == (200, "page", "usd")
        assert Decimal(str(amount["value"])) > 0
        status, limit = asked(ADMIN_KEY, "GET", "/organization/spend_limit")
        assert (status, limit["object"]) == (200, "organization.spend_limit")

    def test_many_callers_are_served_at_once(self) -> None:
        from concurrent.futures import ThreadPoolExecutor

        with simulation(None) as settings, ThreadPoolExecutor(16) as pool:
            got = list(pool.map(lambda _: get(settings, "/models").status_code, range(64)))
        assert got == [200] * 64


def get(settings: Settings, path: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        headers = {"Authorization": f"Bearer {KEY}"}
        url = settings.base_url.value + path
        return session.get(url, headers=headers, timeout=5, allow_redirects=False)


def asked(
    key: str | None, method: str, path: str, sent: bytes | None = None
) -> tuple[int, dict[str, Any]]:
    with simulation(None) as settings, requests.Session() as session:
        session.trust_env = False
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        url = settings.base_url.value + path
        answer = session.request(method, url, data=sent, headers=headers, timeout=5)
        body: dict[str, Any] = answer.json()
        return answer.status_code, body


@pytest.mark.parametrize("entry", REFUSALS, ids=lambda entry: entry.id)
def test_the_official_client_raises_the_class_of_the_status_with_all_that_was_sent(
    entry: catalogue.Entry,
) -> None:
    error = raised_for(entry)
    assert isinstance(error, openai.APIStatusError)
    assert type(error) is class_for(entry.example["status"])
    answer = error.response
    assert (answer.status_code, answer.text) == (entry.example["status"], entry.example["body"])
    for name, value in entry.example.get("headers", {}).items():
        assert answer.headers[name] == value.replace("{{host}}", "127.0.0.1")
    sent_code = code_in(entry.example["body"])
    assert sent_code is None or str(error.code) == sent_code


def code_in(body: str) -> str | None:
    """The ``error.code`` of a body in the API's shape, if it has one."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return None
    return str(error["code"]) if isinstance(error, dict) and error.get("code") else None


@pytest.mark.parametrize("entry", ANSWERS, ids=lambda entry: entry.id)
def test_an_error_that_comes_with_status_200_arrives_as_it_is(entry: catalogue.Entry) -> None:
    with simulation(entry.id) as settings, client_of(settings) as client:
        raw = client.responses.with_raw_response.create(model=MODEL, input="hi")
    assert raw.status_code == entry.example["status"]
    assert raw.http_response.text == entry.example["body"]


@pytest.mark.parametrize(
    "entry",
    [entry for entry in ANSWERS if '"object": "response"' in entry.example["body"]],
    ids=lambda entry: entry.id,
)
def test_a_response_that_failed_has_its_code(entry: catalogue.Entry) -> None:
    with simulation(entry.id) as settings, client_of(settings) as client:
        answer = client.responses.create(model=MODEL, input="hi")
    assert answer.status == "failed"
    assert answer.error
    assert answer.error.code in entry.codes


@pytest.mark.parametrize("entry", WITH_BODY, ids=lambda entry: entry.id)
def test_other_endpoints_than_the_failing_one_are_healthy(entry: catalogue.Entry) -> None:
    where = entry.simulate["on"]
    with simulation(entry.id) as settings:
        models, costs = get(settings, "/models"), get(settings, "/organization/costs")
    assert (models.text == entry.example["body"]) == (where in ("all", "models"))
    assert (costs.text == entry.example["body"]) == (where == "billing")


def faulty(fault: str) -> catalogue.Entry:
    return catalogue.get("connection_refused", "openai")._replace(simulate={"fault": fault})


class TestFaults:
    @pytest.mark.parametrize("entry", SIMULATED, ids=lambda entry: entry.id)
    def test_only_faults_that_the_simulator_knows_are_asked_for(
        self, entry: catalogue.Entry
    ) -> None:
        assert entry.simulate.get("fault", FAULTS[0]) in FAULTS

    @pytest.mark.parametrize("fault", ["refused", "reset", "plain_http"])
    def test_a_broken_connection_is_a_connection_error(self, fault: str) -> None:
        error, _ = self.outcome(fault, timeout=5)
        assert type(error) is openai.APIConnectionError

    def test_silence_is_a_time_out(self) -> None:
        error, took = self.outcome("timeout", timeout=0.4)
        assert type(error) is openai.APITimeoutError
        assert took < 10

    def test_a_slow_answer_comes_in_the_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "SLOW_SECONDS", 0.5)
        error, took = self.outcome("slow", timeout=20)
        assert error is None
        assert took >= 0.5

    def test_a_large_body_is_larger_than_the_doctor_reads(self) -> None:
        with Simulator(faulty("large_body")) as simulator, requests.Session() as session:
            session.trust_env = False
            answer = session.get(simulator.base_url + "/models", timeout=5)
        assert len(answer.content) > LARGE_BYTES > 1024 * 1024

    def outcome(self, fault: str, timeout: float) -> tuple[Exception | None, float]:
        started = time.monotonic()
        error = None
        with Simulator(faulty(fault)) as simulator:
            settings = replace(settings_of(simulator), direct=True)
            with client_of(settings, timeout) as client:
                try:
                    call(client, "models")
                except openai.APIError as raised:
                    error = raised
        return error, time.monotonic() - started


def settings_of(simulator: Simulator) -> Settings:
    from codegpt_doctor.redact import Secret
    from codegpt_doctor.settings.values import Key, Value

    return Settings("openai", Value(simulator.base_url, "test"), Key(Secret(KEY), "test"))


class TestListening:
    def test_it_listens_on_this_machine_only_and_frees_the_port(self) -> None:
        port = closed_port()
        for _ in range(2):
            with Simulator(port=port) as simulator:
                assert simulator.base_url == f"http://127.0.0.1:{port}/v1"
                socket.create_connection(("127.0.0.1", port), timeout=2).close()
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port), timeout=2)

    def test_a_port_that_is_taken_is_said_in_one_line(self) -> None:
        with Simulator() as simulator:
            result = run("simulate", "healthy", "--port", str(simulator.port))
        assert result.returncode == 2
        assert str(simulator.port) in complaint(result)

    def test_every_model_that_is_tried_first_is_listed(self) -> None:
        assert set(catalogue.providers()["openai"]["models"]["default"]) & set(healthy.MODELS)


@pytest.mark.parametrize("entry", NOT_SIMULATED, ids=lambda entry: entry.id)
def test_what_no_server_can_do_is_refused_with_the_reason(entry: catalogue.Entry) -> None:
    with pytest.raises(LookupError, match=f"^{entry.id} .*\\.$"), simulation(entry.id):
        pass


@pytest.mark.parametrize("command", [("check", "--simulate"), ("simulate",)])
def test_the_command_says_in_one_line_what_cannot_be_simulated(command: tuple[str, ...]) -> None:
    entry = NOT_SIMULATED[0]
    result = run(*command, entry.id)
    assert result.returncode == 2
    assert entry.id in complaint(result)
