"""A response that a proxy may have given, to which a request was handed unencrypted."""

import pytest
from helpers.plans import exchange, settings_of

from codegpt_doctor.findings.answers import finding_of, list_problem
from codegpt_doctor.model.observation import Timings
from codegpt_doctor.model.report import Finding

NEAR, FAR = "http://10.9.0.2:8000/v1", "http://8.8.8.8:8000/v1"
PROXY = "http://proxy.example:3128"
WAY = "Set NO_PROXY=a.test,10.9.0.2 if 10.9.0.2 needs no proxy: it is on your own network."


def found(status: int, url: str, by_proxy: int | None = 4, origin: str = "http") -> Finding:
    settings = settings_of(url, provider="custom", environment={"NO_PROXY": "a.test"})
    seen = exchange(status, "")._replace(timings=Timings(proxy=by_proxy))
    problem = list_problem(seen)
    finding = finding_of(problem, seen, origin, settings) if problem else None
    assert finding
    return finding


@pytest.mark.parametrize("status", [403, 502, 503, 504])
def test_of_a_server_of_the_own_network_the_proxy_is_kept_away(
    monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    finding = found(status, NEAR)
    assert finding.steps[0] == WAY
    assert f"through the proxy {PROXY} from HTTP_PROXY, which may have sent" in finding.detail


@pytest.mark.parametrize(
    ("url", "by_proxy"),
    [(FAR, 4), (NEAR, None), ("https://10.9.0.2:8000/v1", 4)],
)
def test_of_others_it_is_not(
    monkeypatch: pytest.MonkeyPatch, url: str, by_proxy: int | None
) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    assert not any("NO_PROXY" in step for step in found(502, url, by_proxy).steps)


def test_one_that_has_let_other_requests_through_is_not_blamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    assert not any("NO_PROXY" in step for step in found(502, NEAR, origin="inference").steps)


def test_one_that_asks_who_it_is_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    finding = found(407, NEAR)
    assert finding.steps[0].startswith("Write your name, a colon, your password and an @ before ")
    monkeypatch.setenv("HTTP_PROXY", "http://mara:secret@proxy.example:3128")
    finding = found(407, NEAR)
    assert finding.steps == ("Correct the user name and password in HTTP_PROXY.",)
    assert "secret" not in finding.detail
