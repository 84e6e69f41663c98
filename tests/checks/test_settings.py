"""What is refused before anything is sent, and what the step is that puts it right."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.servers import Listener, always, listening

from codegpt_doctor import Report
from codegpt_doctor.billing.limits import run_limits
from codegpt_doctor.billing.run import run_billing
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.doctor import run_check
from codegpt_doctor.engine.background import Background
from codegpt_doctor.model.report import Finding, Outcome
from codegpt_doctor.providers.selection import selected
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Key, Options, Settings, Value

SECRET = "sk-proj-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5T3BlbkFJPc0Ju8Ea4Wo6Ri1Nv3Yz"
ADMIN = "sk-admin-Kd5Rw2Gh8Jt4Lp1Zx7Cv9Bn3Mq6T3BlbkFJAf0Se2Ui4Oy8Pl1Xk5V"
MODELS = b'{"object": "list", "data": [{"id": "gpt-4o-mini"}]}'
OFFICIAL = "https://api.openai.com/v1"


def examined(url: str, source: str = "OPENAI_BASE_URL", **more: Any) -> Report:
    made = Settings("openai", Value(url, source), Key(Secret(SECRET), "OPENAI_API_KEY"), **more)
    return run_check(made, 6, control=False)


def cause(report: Report) -> Finding:
    assert report.diagnosis
    return report.diagnosis.finding


def status(report: Report, check: str) -> str:
    return next(str(result.status) for result in report.checks if result.id == check)


@pytest.fixture
def server() -> Iterator[Listener]:
    with listening(always(200, MODELS)) as listener:
        yield listener


class TestAnAddress:
    @pytest.mark.parametrize("stray", ["\u200b", "\u3002", "\u201d", "\u2026", "\ufeff", "\u00a0"])
    def test_with_a_stray_end_is_named_and_nothing_is_sent(
        self, server: Listener, stray: str
    ) -> None:
        report = examined(server.base_url + stray)
        finding = cause(report)
        assert finding.id == "bad_base_url"
        assert f"--base-url {server.base_url} " in finding.steps[0]
        assert finding.steps[0].startswith(f"Set OPENAI_BASE_URL to {server.base_url} ")
        assert status(report, "http") == "skip"
        assert server.requests == []

    def test_of_letters_of_another_script_is_asked_in_ascii(self, server: Listener) -> None:
        examined(f"{server.base_url}/\u6a21\u578b")
        asked = [request.split(b"\r\n")[0] for request in server.requests]
        assert b"GET /v1/%E6%A8%A1%E5%9E%8B/models HTTP/1.1" in asked

    def test_of_ipv6_with_a_mapped_ipv4_address_is_one(self, server: Listener) -> None:
        report = examined(f"http://[::ffff:127.0.0.1]:{server.port}/v1")
        assert status(report, "settings") == "pass"
        assert status(report, "http") == "pass"
        assert any(b"\r\nHost: [::ffff:127.0.0.1]" in request for request in server.requests)

    @pytest.mark.parametrize("ending", ["?api-version=1", "#x", "?", "/?key=abc"])
    def test_with_a_query_or_a_fragment_says_so(self, server: Listener, ending: str) -> None:
        finding = cause(examined(server.base_url + ending))
        assert finding.id == "endpoint_not_found"
        assert "clients append the path of each request" in finding.detail
        assert f"--base-url {server.base_url} " in finding.steps[0]
        assert server.requests == []

    def test_of_the_option_is_corrected_there(self) -> None:
        assert cause(examined("api.openai.com", "--base-url")).steps == (
            f"Use --base-url {OFFICIAL}",
        )

    def test_with_a_port_that_is_none_is_completed_at_a_provider_alone(self) -> None:
        known = cause(examined("https://api.openai.com:99999/v1"))
        assert known.steps[0].startswith("Set OPENAI_BASE_URL to https://api.openai.com/v1 ")
        own = cause(examined("http://127.0.0.1:99999/v1"))
        assert own.steps[0].startswith("Set OPENAI_BASE_URL to the address of your server")

    def test_of_a_website_leads_to_the_api(self) -> None:
        finding = cause(examined("https://platform.openai.com/api-keys"))
        assert finding.id == "bad_base_url"
        assert OFFICIAL in finding.steps[0]

    def test_that_is_a_key_is_not_printed(self) -> None:
        finding = cause(examined("gsk_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6"))
        assert finding.id == "bad_base_url"
        assert "looks like a key" in finding.detail
        assert OFFICIAL in finding.steps[0]

    @pytest.mark.parametrize("ending", ["/chat/completions", "/v1"])
    def test_with_an_odd_path_is_only_refused_by_a_provider_that_is_known(
        self, server: Listener, ending: str
    ) -> None:
        finding = cause(examined(OFFICIAL + ending))
        assert finding.id == "endpoint_not_found"
        assert OFFICIAL in finding.steps[0]
        report = examined(server.base_url + ending)
        assert status(report, "settings") == "warn"
        assert status(report, "auth") == "pass"

    @pytest.mark.parametrize(
        ("url", "right"),
        [
            ("http://api.openai.com/v1", OFFICIAL),
            ("http://llm.example.net:8080", "https://llm.example.net:8080/v1"),
        ],
    )
    def test_without_encryption_is_corrected(self, url: str, right: str) -> None:
        finding = cause(examined(url))
        assert finding.id == "bad_base_url"
        assert f"--base-url {right} " in finding.steps[0]

    def test_with_a_password_is_used_without_it(self, server: Listener) -> None:
        url = server.base_url.replace("//", "//bob:hunter2pass@")
        report = examined(url)
        assert "hunter2" not in repr(report)
        assert status(report, "settings") == "warn"
        assert server.requests
        assert not any(b"hunter2" in one or b"Basic" in one for one in server.requests)


WRONG = {
    "masked": "org-\u2026wxyz",
    "of another script": "\u7ec4\u7ec7",
    "with a line break": "org-a\nb",
    "in quotes": '"org-abc"',
    "with a space": "org-abc ",
    "of a project": "proj_abc",
}


class TestNoAddress:
    """Azure and Bedrock have one for each customer or region; the step says what names it."""

    @pytest.mark.parametrize(
        ("provider", "key", "step", "told"),
        [
            (
                "azure",
                {"AZURE_OPENAI_API_KEY": "0123456789abcdef0123456789abcdef"},
                "Set AZURE_OPENAI_ENDPOINT to the address of your own resource or server.",
                {"AZURE_OPENAI_ENDPOINT": "https://house.openai.azure.com"},
            ),
            (
                "bedrock",
                {"AWS_BEARER_TOKEN_BEDROCK": "ABSKQmVkcm9ja0FQSUtleS1hYmNk"},
                "Set AWS_REGION to your region, such as us-east-1.",
                {"AWS_REGION": "us-east-1"},
            ),
            (
                "litellm",
                {"LITELLM_API_KEY": "sk-1234"},
                "Set LITELLM_PROXY_API_BASE to the address of your own resource or server.",
                {"LITELLM_PROXY_API_BASE": "http://127.0.0.1:4000"},
            ),
        ],
    )
    def test_is_told_with_the_variable_that_names_it(
        self, tmp_path: Path, provider: str, key: dict[str, str], step: str, told: dict[str, str]
    ) -> None:
        def judged(variables: dict[str, str]) -> Outcome:
            made = resolve(Options(provider=provider), variables, str(tmp_path), selected)
            return judge_settings(Way(made, Background.within(5)))

        finding = judged(key).finding
        assert finding
        assert finding.steps == (step,)
        assert "default" not in finding.detail
        assert judged(key | told).status == "pass"


@pytest.mark.parametrize(
    ("provider", "url", "hint"),
    [
        ("openai", "https://api.openai.com", "the base URL lacks /v1"),
        ("anthropic", "https://api.anthropic.com", ""),  # which has none
        ("azure", "https://house.openai.azure.com", ""),
        ("custom", "https://llm.example.net", ""),
    ],
)
def test_a_path_is_missed_where_the_provider_has_one(provider: str, url: str, hint: str) -> None:
    way = Way(Settings(provider, Value(url, "--base-url")), Background.within(5))
    assert judge_settings(way).summary == f"{url} from --base-url{hint and f'; {hint}'}"


class TestAServerOfTheOwnNetwork:
    """Without a key nothing can be read on the way there."""

    LAN = "http://192.0.2.9:11434"

    @pytest.mark.parametrize(
        ("key", "sent"), [(None, True), (Key(Secret("house-key-3141"), "OLLAMA_API_KEY"), False)]
    )
    def test_needs_no_encryption_where_there_is_no_key(self, key: Key | None, sent: bool) -> None:
        way = Way(Settings("ollama", Value(self.LAN, "--base-url"), key), Background.within(5))
        assert (judge_settings(way).status == "pass") is sent
        assert way.decision().is_sent is sent

    def test_still_is_not_for_a_proxy_where_it_is_this_computer(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
        made = Settings("ollama", Value("http://127.0.0.1:11434", "default"))
        finding = judge_settings(Way(made, Background.within(5))).finding
        assert finding
        assert finding.id == "loopback_through_proxy"


class TestAHeader:
    @pytest.mark.parametrize("value", WRONG.values(), ids=WRONG)
    def test_that_cannot_be_right_is_named_and_the_key_is_not_blamed(
        self, server: Listener, value: str
    ) -> None:
        report = examined(server.base_url, organization=Value(value, "OPENAI_ORG_ID"))
        finding = cause(report)
        assert finding.id == "bad_setting"
        assert "OPENAI_ORG_ID" in finding.detail
        assert finding.steps[0].startswith("Remove OPENAI_ORG_ID")
        assert finding.detail.isprintable()
        assert report.diagnosis
        assert "malformed_authorization" not in report.diagnosis.also
        assert status(report, "key") == "pass"
        assert server.requests == []

    def test_of_a_project_is_judged_alike(self, server: Listener) -> None:
        report = examined(server.base_url, project=Value("proj_\u2026", "--project"))
        assert cause(report).id == "bad_setting"
        assert "--project" in cause(report).detail

    @pytest.mark.parametrize("value", ["org-AbCdEf", "Personal", ""])
    def test_that_can_be_right_is_sent(self, server: Listener, value: str) -> None:
        examined(server.base_url, organization=Value(value, "OPENAI_ORG_ID"))
        sent = f"OpenAI-Organization: {value}\r\n".encode()
        assert any(sent in request for request in server.requests)

    def test_of_the_official_client_is_a_hint(self, server: Listener) -> None:
        lines = "X-One: fine\nX-Team: \u7ec4"
        report = examined(server.base_url, environment={"OPENAI_CUSTOM_HEADERS": lines})
        (summary,) = [check.summary for check in report.checks if check.id == "settings"]
        assert "X-Team" in summary
        assert "X-One" not in summary


class TestWithoutEncryption:
    """A proxy of this machine sees what passes in the clear, as one of another machine would."""

    @pytest.fixture
    def proxy(self) -> Iterator[Listener]:
        with listening(always(200, MODELS)) as listener:
            yield listener

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]"])
    @pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
    def test_a_server_of_this_machine_behind_a_proxy_is_sent_nothing(
        self, monkeypatch: pytest.MonkeyPatch, proxy: Listener, host: str, variable: str
    ) -> None:
        monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        report = examined(f"http://{host}:9/v1", admin_key=Key(Secret(ADMIN), "OPENAI_ADMIN_KEY"))
        finding = cause(report)
        assert proxy.requests == []
        assert finding.id == "loopback_through_proxy"
        assert variable in finding.detail
        assert finding.steps[0].startswith("Set NO_PROXY=localhost,127.0.0.1,::1")

    @pytest.mark.parametrize("spelled", ["NO_PROXY", "no_proxy"])
    def test_the_first_step_makes_it_work(
        self, monkeypatch: pytest.MonkeyPatch, proxy: Listener, server: Listener, spelled: str
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        url = server.base_url.replace("127.0.0.1", "127.0.0.2")
        monkeypatch.setenv(spelled, ".corp, intranet")
        step = cause(examined(url, environment={spelled: ".corp, intranet"})).steps[0]
        variable, _, line = step.split(" ")[1].partition("=")
        assert line == ".corp,intranet,localhost,127.0.0.1,::1,127.0.0.2"
        monkeypatch.setenv(variable, line)
        report = examined(server.base_url)
        assert status(report, "settings") == "pass"
        assert status(report, "auth") == "pass"
        assert proxy.requests == []

    @pytest.mark.parametrize("command", [run_check, run_billing, run_limits])
    def test_allow_http_lets_it_through_but_no_admin_key(
        self, monkeypatch: pytest.MonkeyPatch, proxy: Listener, command: Callable[..., object]
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        made = Settings(
            "openai",
            Value("http://127.0.0.1:9/v1", "--base-url"),
            Key(Secret(SECRET), "OPENAI_API_KEY"),
            Key(Secret(ADMIN), "OPENAI_ADMIN_KEY"),
            allow_http=True,
        )
        command(made, 8)
        assert any(SECRET.encode() in request for request in proxy.requests)
        assert not any(ADMIN.encode() in request for request in proxy.requests)

    @pytest.mark.parametrize("command", [run_check, run_billing, run_limits])
    def test_a_key_of_another_provider_stays_here(
        self, server: Listener, command: Callable[..., object]
    ) -> None:
        groq = "gsk_" + "Zm4Tq9Wb2Xc7" * 4
        command(Settings("openai", Value(server.base_url, "x"), Key(Secret(groq), "y")), 8)
        assert not any(groq.encode() in request for request in server.requests)

    def test_a_proxy_for_https_alone_is_not_in_the_way(
        self, monkeypatch: pytest.MonkeyPatch, proxy: Listener, server: Listener
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert status(examined(server.base_url), "auth") == "pass"
        assert proxy.requests == []

    def test_the_name_localhost_is_asked_for_and_used(self, server: Listener) -> None:
        report = examined(f"http://localhost:{server.port}/v1")
        assert status(report, "auth") == "pass"

    def test_a_name_that_does_not_resolve_is_not_this_machine(self) -> None:
        report = examined("http://nowhere.localhost.invalid/v1")
        assert cause(report).id == "bad_base_url"
        report = examined("http://nas/v1")
        assert (status(report, "settings"), status(report, "dns")) == ("fail", "skip")

    def test_the_official_client_goes_no_other_way(
        self, monkeypatch: pytest.MonkeyPatch, proxy: Listener, server: Listener
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", ".localhost")  # of which httpx takes only what is below it
        url = f"http://localhost:{server.port}/v1"
        made = Settings("openai", Value(url, "x"), Key(Secret(SECRET), "y"))
        report = run_check(made, 20, sdk=True, control=False)
        assert any(result.id == "sdk" for result in report.checks)
        assert proxy.requests == []
        assert any(b"x-stainless" in request.lower() for request in server.requests)
