"""SOCKS proxies of every version, spoken to for real."""

from collections.abc import Iterator

import pytest
from helpers.servers import Listener, always, closed_port, listening
from helpers.socks import SocksProxy, socks_proxy

from codegpt_doctor import Report
from codegpt_doctor.doctor import run_check
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value

HOST = "provider.example.net"  # known to the proxy alone
USER, PASSWORD = "mara", "p@ss:w/rd"
SECRET = "sk-proj-" + "Aa1Bb2Cc3Dd4Ee5Ff6Gg" * 3
ANSWER = b'{"object": "list", "data": [{"id": "gpt-4o-mini"}], "choices": [{"text": "hi"}]}'


@pytest.fixture
def api() -> Iterator[Listener]:
    with listening(always(200, ANSWER)) as server:
        yield server


def checked(proxy: str, host: str, port: int, patch: pytest.MonkeyPatch) -> Report:
    patch.setenv("ALL_PROXY", proxy)
    url = Value(f"http://{host}:{port}/v1", "test")
    key = Key(Secret(SECRET), "test")
    return run_check(Settings("openai", url, key, allow_http=True), 10, control=False)


def named(report: Report) -> str | None:
    return report.diagnosis.finding.id if report.diagnosis else None


def summary(report: Report, check_id: str) -> str:
    return next(check.summary for check in report.checks if check.id == check_id)


def asked_of(proxy: SocksProxy) -> set[str]:
    return {host for host, _ in proxy.asked}


class TestTheWayThrough:
    @pytest.mark.parametrize("scheme", ["socks5h", "socks4a", "socks"])
    def test_the_proxy_looks_up_the_name(
        self, scheme: str, api: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy({HOST: "127.0.0.1"}) as proxy:
            report = checked(f"{scheme}://127.0.0.1:{proxy.port}", HOST, api.port, monkeypatch)
        assert report.status == "healthy"
        assert asked_of(proxy) == {HOST}
        assert f"{scheme}://127.0.0.1:{proxy.port} from ALL_PROXY" in summary(report, "proxy")

    @pytest.mark.parametrize("scheme", ["socks5", "socks4"])
    def test_the_name_is_looked_up_here(
        self, scheme: str, api: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy() as proxy:
            address = f"{scheme}://127.0.0.1:{proxy.port}"
            report = checked(address, "localhost", api.port, monkeypatch)
        assert report.status == "healthy"
        assert asked_of(proxy) == {"127.0.0.1"}

    def test_the_request_is_that_of_a_direct_connection(
        self, api: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy({HOST: "127.0.0.1"}) as proxy:
            checked(f"socks5h://127.0.0.1:{proxy.port}", HOST, api.port, monkeypatch)
        assert all(request.split()[1].startswith(b"/v1/") for request in api.requests)
        assert all(f"host: {HOST}:{api.port}".encode() in one.lower() for one in api.requests)

    def test_user_and_password_go_to_the_proxy_alone(
        self, api: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy({HOST: "127.0.0.1"}, USER, PASSWORD) as proxy:
            address = f"socks5h://{USER}:p%40ss%3Aw%2Frd@127.0.0.1:{proxy.port}"
            report = checked(address, HOST, api.port, monkeypatch)
        assert report.status == "healthy"
        assert all(PASSWORD.encode() not in request for request in api.requests)
        assert "p@ss" not in summary(report, "proxy")


class TestWhatGoesWrong:
    def test_nobody_listens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report = checked(f"socks5h://127.0.0.1:{closed_port()}", HOST, 80, monkeypatch)
        assert named(report) == "proxy_unreachable"

    @pytest.mark.parametrize("user", ["", "somebody:else@"])
    def test_it_wants_another_password(self, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with socks_proxy({HOST: "127.0.0.1"}, USER, PASSWORD) as proxy:
            address = f"socks5h://{user}127.0.0.1:{proxy.port}"
            report = checked(address, HOST, 80, monkeypatch)
        assert named(report) == "proxy_authentication_required"

    @pytest.mark.parametrize("scheme", ["socks5h", "socks4a"])
    def test_it_gives_no_way_to_the_host(
        self, scheme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy({HOST: "127.0.0.1"}) as proxy:
            address = f"{scheme}://127.0.0.1:{proxy.port}"
            report = checked(address, HOST, closed_port(), monkeypatch)
        assert report.diagnosis
        told = (report.diagnosis.finding.id, report.diagnosis.finding.detail)
        assert told[0] == ("proxy_cannot_connect" if scheme == "socks5h" else "proxy_unreachable")
        # only version 5 of SOCKS tells the one from the other
        words = "could not reach" if scheme == "socks5h" else "allows no connection to"
        assert f"It responds, but {words} {HOST}" in told[1]

    @pytest.mark.slow
    def test_it_speaks_http(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(always(400, b"")) as server:
            report = checked(f"socks5h://127.0.0.1:{server.port}", HOST, 80, monkeypatch)
        assert named(report) == "proxy_unreachable"

    @pytest.mark.slow
    def test_a_proxy_of_http_that_speaks_socks_is_no_puzzle(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy() as proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
            url = Value(f"https://{HOST}/v1", "test")
            settings = Settings("openai", url, Key(Secret(SECRET), "test"))
            report = run_check(settings, 10, control=False)
        assert named(report) == "proxy_unreachable"

    def test_a_name_that_is_looked_up_here_and_unknown_is_no_fault_of_the_proxy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socks_proxy() as proxy:
            address = f"socks5://127.0.0.1:{proxy.port}"
            report = checked(address, "no-such-name.invalid", 80, monkeypatch)
        assert named(report) == "dns_failure"
        assert proxy.asked == []
