"""Does the proxy let us through: on measurements made by hand."""

import pytest
from helpers.plans import MODELS, broken, context_of, exchange, found, listed, settings_of

from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.checks.proxy import check_proxy
from codegpt_doctor.engine.background import Task
from codegpt_doctor.model.observation import Connections, Exchange, Failure, ProxyAnswer
from codegpt_doctor.model.report import Outcome, Stage
from codegpt_doctor.net.proxy import ChosenProxy
from codegpt_doctor.net.tunnel import Proxy

PROXY = ChosenProxy("http://mara:secret@proxy.example:3128", "HTTPS_PROXY")
SHOWN = "http://proxy.example:3128 from HTTPS_PROXY"
CONNECTED = Connections("connect to the proxy")


def at_proxy(kind: str, text: str = "it said no") -> Failure:
    return Failure(Stage.PROXY, kind, text)


def asked(seen: Exchange, tcp: Connections = CONNECTED) -> Outcome:
    return check_proxy(context_of(Plan(proxy=PROXY, tcp=Task.done(tcp), models=listed(seen))))


def test_without_one_the_connection_is_direct() -> None:
    assert check_proxy(context_of()).summary == "none, the connection is direct"


def test_one_that_lets_the_connection_through_is_named_without_its_password() -> None:
    outcome = asked(exchange(200, MODELS))
    assert (outcome.status, outcome.summary) == ("pass", f"{SHOWN} lets the connection through")


@pytest.mark.parametrize(
    ("kind", "entry_id", "said"),
    [
        ("407", "proxy_authentication_required", "It refused the user name and password"),
        ("401", "proxy_authentication_required", "It refused the user name and password"),
        ("405", "proxy_unreachable", "opens no tunnel: it may be a web server"),
        ("SOCKS5AuthError", "proxy_authentication_required", "It refused the user name"),
        ("403", "proxy_unreachable", "It responds, but allows no connection to llm.example.net"),
        ("502", "proxy_cannot_connect", "It responds, but could not reach llm.example.net"),
        ("503", "proxy_cannot_connect", "It responds, but could not reach"),
        ("504", "proxy_cannot_connect", "It responds, but could not reach"),
        ("SOCKS5Error.02", "proxy_unreachable", "It responds, but allows no connection"),
        ("SOCKS5Error.05", "proxy_cannot_connect", "It responds, but could not reach llm.example"),
        ("SOCKS4Error.5b", "proxy_unreachable", "It responds, but allows no connection"),
        ("ssl.WRONG_VERSION_NUMBER", "proxy_unreachable", "write http:// instead of http:// in"),
        ("BadStatusLine", "proxy_unreachable", "is not an HTTP proxy"),
        ("SocksReply", "proxy_unreachable", "write socks5h:// instead of http:// in HTTPS_PROXY"),
        ("ETIMEDOUT", "proxy_unreachable", ""),
        ("RemoteDisconnected", "proxy_unreachable", "It ended the connection without a response"),
    ],
)
def test_what_it_answered_decides(kind: str, entry_id: str, said: str) -> None:
    outcome = asked(broken(at_proxy(kind)))
    assert (outcome.status, found(outcome)) == ("fail", entry_id)
    assert outcome.finding
    assert said in outcome.finding.detail
    known = ("allows no connection", "refused the user", "write ", "no tunnel", "without a")
    assert bool(outcome.finding.steps) == any(words in said for words in known)
    assert "secret" not in outcome.summary + outcome.finding.detail


@pytest.mark.parametrize(
    ("url", "schemes", "step"),
    [
        (
            "http://p.example:3128",
            ("Basic",),
            "Write your name, a colon, your password and an @ before p.example:",
        ),
        (
            "http://p.example:3128",
            (),
            "Write your name, a colon, your password and an @ before p.example:",
        ),
        (
            "socks5h://p.example:1080",
            (),
            "Write your name, a colon, your password and an @ before p.example:",
        ),
        ("http://p.example:3128", ("Negotiate", "NTLM"), None),  # which no address can give
        ("http://a:b@p.example:3128", ("Basic",), "Correct the user name and password in"),
    ],
)
def test_one_that_asks_who_it_is_for_is_told_where_that_can_be(
    url: str, schemes: tuple[str, ...], step: str | None
) -> None:
    asks = at_proxy("407")._replace(answer=ProxyAnswer(schemes))
    plan = Plan(
        proxy=ChosenProxy(url, "HTTPS_PROXY"), tcp=Task.done(CONNECTED), models=listed(broken(asks))
    )
    finding = check_proxy(context_of(plan)).finding
    assert finding
    assert finding.steps[:1] == () if step is None else finding.steps[0].startswith(step)


def test_one_before_this_computer_is_kept_away_from_it() -> None:
    plan = Plan(proxy=PROXY, tcp=Task.done(CONNECTED), models=listed(broken(at_proxy("403"))))
    here = settings_of("https://127.0.0.1:8443/v1")
    finding = check_proxy(context_of(plan, here)).finding
    assert finding
    assert finding.steps[0].startswith("Set NO_PROXY=localhost,127.0.0.1,::1 ")


@pytest.mark.parametrize("kind", ["ECONNREFUSED", "EAI_NONAME", "EHOSTUNREACH"])
def test_one_that_cannot_be_connected_to_is_the_cause(kind: str) -> None:
    failed = Connections("connect to the proxy", failure=at_proxy(kind))
    outcome = asked(broken(at_proxy(kind)), failed)
    assert (outcome.status, found(outcome)) == ("fail", "proxy_unreachable")


def test_one_that_has_not_answered_in_time_is_the_cause() -> None:
    outcome = check_proxy(context_of(Plan(proxy=PROXY, tcp=Task(0.0))))
    assert (outcome.status, found(outcome)) == ("fail", "proxy_unreachable")


def test_a_failure_behind_it_is_none_of_its_own() -> None:
    assert asked(broken(Failure(Stage.TLS, "ECONNRESET", "reset"))).status == "pass"


def test_an_address_that_is_none_is_the_cause() -> None:
    outcome = check_proxy(context_of(Plan(proxy=PROXY, fault="it has no host")))
    assert (outcome.status, found(outcome)) == ("fail", "proxy_unreachable")
    assert outcome.summary == "HTTPS_PROXY does not hold a proxy address: it has no host"


@pytest.mark.parametrize(
    ("kind", "url", "said", "step"),
    [
        ("ECONNREFUSED", "http://p.example", "names no port, so the usual one", "Write a colon"),
        ("ETIMEDOUT", "p.example/", "names no port, so the usual one of http://", "Write a colon"),
        ("ECONNREFUSED", "http://p.example:80", "", ""),
        ("GeneralProxyError", "socks5h://p.example:1080", "it requires a user", "Compare host"),
    ],
)
def test_what_the_address_lacks_is_said(kind: str, url: str, said: str, step: str) -> None:
    plan = Plan(proxy=ChosenProxy(url, "HTTPS_PROXY"), models=listed(broken(at_proxy(kind))))
    finding = check_proxy(context_of(plan._replace(tcp=Task.done(CONNECTED)))).finding
    assert finding
    assert said in finding.detail
    assert "".join(finding.steps).startswith(step)
    assert bool(finding.steps) is bool(step)


@pytest.mark.parametrize(
    ("url", "step"),
    [
        ('"http://p.example:80"', "Remove the quotation marks or spaces around the value of X."),
        (" http://p.example:80 ", "Remove the quotation marks or spaces around the value of X."),
        ("'p.example:80", "Write X as http://host:port, or remove it."),
        ("http://bob:p#s@p.example:80", "Encode the password in X: # as %23, / as %2F, ? as %3F"),
        ("http://p.example:80;http://q.example", "Write X as http://host:port, or remove it."),
    ],
)
def test_what_an_address_cannot_have_is_named(url: str, step: str) -> None:
    with pytest.raises(ValueError, match=r"quotation|whitespace|password|port") as fault:
        Proxy.from_url(url)
    plan = Plan(proxy=ChosenProxy(url, "X"), fault=str(fault.value))
    finding = check_proxy(context_of(plan)).finding
    assert finding
    assert finding.steps[0].startswith(step)


def test_an_exception_that_does_not_count_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*.example.net")
    finding = asked(broken(at_proxy("407"))).finding
    assert finding
    assert finding.steps[0] == "Set NO_PROXY=llm.example.net if llm.example.net needs no proxy."
    assert "NO_PROXY has *.example.net, which does not exclude" in finding.detail
