"""What ``import codegpt_doctor`` gives to a program."""

import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace

import openai
import pytest
import requests
from helpers.command import FOLDER, environment
from helpers.sdk import SIMULATED, raised_for, transport
from helpers.servers import Listener, always, closed_port, listening

import codegpt_doctor
from codegpt_doctor import Explanation, Report, catalogue, check, explain
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.simulator import KEY, simulation
from codegpt_doctor.simulator.server import Simulator

QUOTA_BODY = (
    '{"error": {"message": "You exceeded your current quota, please check your plan and billing '
    'details.", "type": "insufficient_quota", "param": null, "code": "insufficient_quota"}}'
)
REFUSED = [
    entry
    for entry in SIMULATED
    if entry.example.get("status", 0) >= 300 and "fault" not in entry.simulate
]

ERRORS = [entry for entry in REFUSED if entry.example["status"] >= 400]


def found(thing: object) -> str | None:
    match = explain(thing).match
    return match.id if match else None


def raised(action: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any kind is handed to explain
        action()
    return caught.value


def silent(_connection: object, _request: bytes, listener: Listener) -> None:
    listener.closing.wait(10)


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(codegpt_doctor.__all__) == [
        "Explanation",
        "Report",
        "__version__",
        "check",
        "explain",
    ]
    assert all(hasattr(codegpt_doctor, name) for name in codegpt_doctor.__all__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="diagnose_everything"):
        codegpt_doctor.diagnose_everything  # noqa: B018


def test_the_version_is_the_one_of_the_distribution() -> None:
    from importlib.metadata import version

    assert codegpt_doctor.__version__ == version("codegpt-doctor")


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import codegpt_doctor", ("codegpt_doctor.api", "json", "click", "requests", "openai")),
        (
            "from codegpt_doctor import explain; explain('no')",
            ("click", "requests", "ssl", "openai"),
        ),
        ("from codegpt_doctor import check", ("click", "requests", "ssl", "openai")),
    ],
)
def test_an_import_brings_only_what_is_used(statement: str, absent: tuple[str, ...]) -> None:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    result = subprocess.run(
        (sys.executable, "-c", code),
        capture_output=True,
        env=environment(COVERAGE_PROCESS_CONFIG=""),
        cwd=FOLDER,
        timeout=30,
        check=True,
    )
    modules = set(result.stdout.decode().split())
    assert "codegpt_doctor" in modules
    assert not modules & set(absent)


class TestExplainOfText:
    def test_a_text_is_recognised(self) -> None:
        assert (
            found(f"openai.RateLimitError: Error code: 429 - {QUOTA_BODY}") == "insufficient_quota"
        )

    @pytest.mark.parametrize("text", [QUOTA_BODY, "insufficient_quota", "429", "no credits"])
    def test_it_tells_what_the_error_is_about(self, text: str) -> None:
        match = explain(text).match
        assert match
        assert match.family == catalogue.get(match.id).family

    def test_bytes_are_recognised_also_when_they_are_no_utf_8(self) -> None:
        assert found(b"\xff\xfe junk " + QUOTA_BODY.encode()) == "insufficient_quota"
        assert found(bytearray(QUOTA_BODY.encode())) == "insufficient_quota"

    @pytest.mark.parametrize("entry_id", catalogue.ids())
    def test_an_id_is_itself_for_certain(self, entry_id: str) -> None:
        explanation = explain(f" {entry_id}\n")
        assert explanation.match
        assert (explanation.match.id, explanation.match.confidence) == (entry_id, "certain")

    @pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry.id)
    def test_a_status_names_an_entry_and_what_else_it_can_be(self, entry: catalogue.Entry) -> None:
        explanation = explain(str(entry.example["status"]))
        assert explanation.match
        assert explanation.match.confidence == "likely"
        assert entry.id in (explanation.match.id, *explanation.also)

    @pytest.mark.parametrize("text", ["", " \n", "hello", "200", "everything went well", b""])
    def test_what_is_no_error_is_not_recognised(self, text: str | bytes) -> None:
        assert explain(text) == Explanation(None)

    def test_two_problems_are_both_named(self) -> None:
        text = f"{QUOTA_BODY}\n\ncurl: (7) Failed to connect to api.openai.com: Connection refused"
        explanation = explain(text)
        assert explanation.match
        assert {explanation.match.id, *explanation.also} == {
            "insufficient_quota",
            "connection_refused",
        }


class TestExplainOfBytes:
    @pytest.mark.parametrize("word", ["insufficient_quota", " ECONNREFUSED\n", "429", "no-such"])
    def test_a_word_is_what_it_is_as_text(self, word: str) -> None:
        assert explain(word.encode()) == explain(word)
        assert explain(bytearray(word.encode())) == explain(word)

    def test_a_text_is_what_it_is_as_text(self) -> None:
        assert explain(QUOTA_BODY.encode()) == explain(QUOTA_BODY)
        assert (
            found(b"\xff\xfe Error: You exceeded your current quota \x80") == "insufficient_quota"
        )


class TestExplainOfExceptions:
    @pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry.id)
    def test_what_the_official_client_raises_is_the_entry(self, entry: catalogue.Entry) -> None:
        error = raised_for(entry)
        assert isinstance(error, openai.APIStatusError)
        assert found(error) == entry.id

    @pytest.mark.parametrize("entry", ERRORS, ids=lambda entry: entry.id)
    def test_what_requests_raises_for_a_status_is_the_entry(self, entry: catalogue.Entry) -> None:
        status, body = entry.example["status"], entry.example["body"]
        with listening(always(status, body.encode())) as server, requests.Session() as session:
            answer = session.get(server.base_url, timeout=5)
            error = raised(answer.raise_for_status)
        assert found(error) == entry.id

    def test_a_cause_is_found_below_other_exceptions(self) -> None:
        def work() -> None:
            try:
                try:
                    raise ConnectionRefusedError(111, "Connection refused")
                except OSError as error:
                    raise RuntimeError("the assistant is unavailable") from error
            except RuntimeError:
                raise ValueError("no answer")  # noqa: B904 - the implicit context is the subject

        assert found(raised(work)) == "connection_refused"

    def test_an_exception_about_something_else_is_not_recognised(self) -> None:
        assert explain(KeyError("name")) == Explanation(None)

    def test_what_happened_within_a_group_is_found(self) -> None:
        refused = ConnectionRefusedError(111, "Connection refused")
        assert found(ExceptionGroup("a task failed", [refused])) == "connection_refused"

    def test_a_chain_that_bites_its_own_tail_ends(self) -> None:
        first, second = RuntimeError("one"), RuntimeError("two")
        first.__cause__, second.__cause__ = second, first
        assert explain(first) == Explanation(None)


def by_requests(url: str, timeout: float) -> object:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=timeout)


def by_httpx(url: str, timeout: float) -> object:
    return transport().get(url, timeout=timeout, trust_env=False)


def by_openai(url: str, timeout: float) -> object:
    http = openai.DefaultHttpxClient(trust_env=False)
    with openai.OpenAI(
        api_key=KEY, base_url=url, timeout=timeout, max_retries=0, http_client=http
    ) as client:
        return client.models.list()


@pytest.mark.parametrize("get", [by_requests, by_httpx, by_openai])
class TestExplainOfRealNetworkFailures:
    def test_a_closed_port(self, get: Callable[[str, float], object]) -> None:
        error = raised(lambda: get(f"http://127.0.0.1:{closed_port()}/v1", 5))
        assert found(error) == "connection_refused"

    def test_a_name_that_does_not_resolve(self, get: Callable[[str, float], object]) -> None:
        error = raised(lambda: get("http://api.openai.invalid/v1", 5))
        assert found(error) == "dns_failure"

    def test_a_server_that_says_nothing(self, get: Callable[[str, float], object]) -> None:
        with listening(silent) as server:
            error = raised(lambda: get(server.base_url, 0.3))
        assert found(error) == "request_timeout"

    def test_a_connection_that_is_reset(self, get: Callable[[str, float], object]) -> None:
        with Simulator(catalogue.get("connection_reset", "openai")) as simulator:
            error = raised(lambda: get(simulator.base_url, 5))
        assert found(error) == "connection_reset"


class TestExplainOfResponses:
    @pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry.id)
    def test_a_response_of_requests_is_the_entry(self, entry: catalogue.Entry) -> None:
        with simulation(entry.id) as settings, requests.Session() as session:
            assert settings.key
            answer = session.request(
                "GET" if entry.simulate["on"] == "models" else "POST",
                settings.base_url.value
                + ("/models" if entry.simulate["on"] == "models" else "/chat/completions"),
                json={},
                headers={"Authorization": f"Bearer {settings.key.secret.reveal()}"},
                allow_redirects=False,
                timeout=5,
            )
        assert answer.status_code == entry.example["status"]
        assert found(answer) == entry.id

    def test_a_response_of_the_official_clients_transport(self) -> None:
        with listening(always(429, QUOTA_BODY.encode())) as server:
            answer = transport().get(server.base_url, trust_env=False)
        assert found(answer) == "insufficient_quota"

    @pytest.mark.parametrize(
        "answer",
        [
            SimpleNamespace(status_code=429, text=QUOTA_BODY),
            SimpleNamespace(status=429, text=QUOTA_BODY),
            SimpleNamespace(status_code=429, content=QUOTA_BODY.encode()),
            SimpleNamespace(status_code=429, content=bytearray(QUOTA_BODY.encode())),
            SimpleNamespace(status_code=429, content=QUOTA_BODY),
            SimpleNamespace(status_code=429, text=None, content=QUOTA_BODY),
        ],
    )
    def test_anything_that_looks_like_a_response(self, answer: SimpleNamespace) -> None:
        assert found(answer) == "insufficient_quota"

    @pytest.mark.parametrize(
        "fields",
        [{"text": ""}, {}, {"content": None}, {"content": 5}, {"text": str, "content": object()}],
    )
    def test_a_response_without_a_body_is_known_by_its_status(
        self, fields: dict[str, object]
    ) -> None:
        explanation = explain(SimpleNamespace(status_code=429, **fields))
        assert explanation.match
        assert explanation.match.confidence == "likely"
        assert 429 in catalogue.get(explanation.match.id, "openai").statuses

    def test_a_response_that_is_fine_is_no_error(self) -> None:
        answer = SimpleNamespace(status_code=200, text='{"object": "list", "data": []}')
        assert explain(answer) == Explanation(None)

    @pytest.mark.parametrize("thing", [None, 429, 1.5, [QUOTA_BODY], {"error": "x"}, object()])
    def test_anything_else_is_a_type_error(self, thing: object) -> None:
        with pytest.raises(TypeError, match=type(thing).__name__):
            explain(thing)


class TestCheck:
    def test_a_healthy_provider(self) -> None:
        with simulation(None) as settings:
            report = check(api_key=KEY, base_url=settings.base_url.value)
        assert isinstance(report, Report)
        assert (report.status, report.exit_code, report.diagnosis) == ("healthy", 0, None)
        assert report.target.key
        assert report.target.key.source == "the caller"
        assert KEY not in repr(report)

    def test_a_provider_that_fails(self) -> None:
        with simulation("insufficient_quota") as settings:
            report = check(api_key=KEY, base_url=settings.base_url.value)
        assert report.diagnosis
        assert report.diagnosis.finding.id == "insufficient_quota"
        assert report.exit_code == 1

    def test_settings_that_are_not_given_come_from_the_environment(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with simulation("invalid_api_key") as settings:
            monkeypatch.setenv("OPENAI_API_KEY", KEY)
            monkeypatch.setenv("OPENAI_BASE_URL", settings.base_url.value)
            report = check()
        assert report.target.base_url == settings.base_url.value
        assert report.diagnosis
        assert report.diagnosis.finding.id == "invalid_api_key"

    def test_a_diagnosis_has_the_fields_of_the_json(self) -> None:
        with simulation("rate_limit_requests") as settings:
            report = check(api_key=KEY, base_url=settings.base_url.value)
        found, data = report.diagnosis, report_data(report)["diagnosis"]
        assert found
        assert data
        assert found.id == data["id"] == "rate_limit_requests"
        assert found.family == data["family"]
        assert found.http_status == data["http_status"] == 429
        assert found.code == data["code"] == "rate_limit_exceeded"
        assert found.request_id == data["request_id"]
        assert found.request_id
        assert found.retry_after_s == data["retry_after_s"] == 20
        assert report.untested == ()
        inference = next(one for one in report.checks if one.id == "inference")
        assert inference.measured_ms is not None

    def test_a_run_without_spending_asks_for_no_answer_of_a_model(self) -> None:
        with listening(always(400, QUOTA_BODY.encode())) as server:
            check(api_key=KEY, base_url=server.base_url, spend=False, timeout=3)
            bodies = [request.partition(b"\r\n\r\n")[2] for request in server.requests]
        assert any(bodies)
        assert not any(b"messages" in body or b"input" in body for body in bodies)

    def test_the_timeout_is_the_longest_that_it_takes(self) -> None:
        with listening(silent) as server:
            report = check(api_key=KEY, base_url=server.base_url, timeout=1)
        assert report.duration_ms <= 1500
        assert report.diagnosis
        assert report.diagnosis.finding.id == "request_timeout"

    def test_the_organization_the_project_and_the_model_are_sent(self) -> None:
        with listening(always(401, b"{}")) as server:
            check(
                api_key=KEY,
                base_url=server.base_url,
                organization="org-one",
                project="proj_two",
                model="model-three",
            )
            sent = b"".join(server.requests).lower()
        assert b"openai-organization: org-one" in sent
        assert b"openai-project: proj_two" in sent
        assert b'"model": "model-three"' in sent
