"""Does a connection come about: on measurements made by hand."""

import pytest
from helpers.plans import HANDSHAKE, REFUSED, RESET, broken, context_of, found, listed, settings_of
from helpers.servers import always, listening

from codegpt_doctor.checks import tcp
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.checks.tcp import NOT_LET_OUT, check_tcp
from codegpt_doctor.engine.background import Task
from codegpt_doctor.model.observation import Attempt, Connections, Exchange, Failure, Resolution
from codegpt_doctor.model.report import Outcome, Stage
from codegpt_doctor.net import resolve
from codegpt_doctor.net.proxy import ChosenProxy

PORT = "connect to 192.0.2.7 port 443"
DEAD = broken(REFUSED)


def failing(kind: str) -> Failure:
    return Failure(Stage.TCP, kind, f"it said {kind}")


def asked(
    seen: Connections,
    models: Exchange = DEAD,
    url: str = "https://llm.example.net/v1",
    address: str = "192.0.2.7",
) -> Outcome:
    dns = Task.done(Resolution("resolve", addresses=(address,)))
    plan = Plan(dns=dns, tcp=Task.done(seen), models=listed(models))
    return check_tcp(context_of(plan, settings_of(url)))


def refused_everywhere(*kinds: str) -> Connections:
    families = ("IPv4", "IPv6")
    attempts = {
        family: Attempt("192.0.2.7", 3, failing(kind))
        for family, kind in zip(families, kinds, strict=False)
    }
    return Connections(PORT, 3, failing(kinds[0]), attempts)


def test_a_connection_is_told_with_what_it_took() -> None:
    outcome = asked(Connections(PORT, 12, attempts={"IPv4": Attempt("192.0.2.7", 12)}))
    assert (outcome.status, outcome.summary) == ("pass", f"{PORT} (12 ms)")
    assert outcome.observations == {
        "IPv4": {"address": "192.0.2.7", "duration_ms": 12, "failure": None}
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("ETIMEDOUT", "IPv6 works, IPv4 does not: it said ETIMEDOUT; programs that use only IPv4"),
        ("ENETUNREACH", f"{PORT} (12 ms)"),  # a network of IPv6 alone is as it should be
    ],
)
def test_ipv4_that_is_lost_beside_ipv6_is_said(kind: str, said: str) -> None:
    lost = Attempt("192.0.2.7", 12, failing(kind))
    attempts = {"IPv6": Attempt("2001:db8::7", 12), "IPv4": lost}
    outcome = asked(Connections(PORT, 12, attempts=attempts))
    assert outcome.summary.startswith(said)
    assert outcome.status == ("warn" if kind == "ETIMEDOUT" else "pass")


@pytest.mark.parametrize(
    ("kind", "entry_id"),
    [
        ("ECONNREFUSED", "connection_refused"),
        ("ETIMEDOUT", "request_timeout"),
        ("ENETUNREACH", "network_unreachable"),
        ("EHOSTUNREACH", "network_unreachable"),
        ("ECONNRESET", "connection_reset"),
        ("EPROTO", "connection_error"),
    ],
)
def test_the_number_of_the_failure_decides(kind: str, entry_id: str) -> None:
    outcome = asked(refused_everywhere(kind))
    assert (outcome.status, found(outcome)) == ("fail", entry_id)
    assert outcome.observations["IPv4"]["failure"] == f"it said {kind}"


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        (("IPv6",), "This computer has IPv6 and no IPv4, and the server's address is IPv4."),
        ((), ""),
    ],
)
def test_an_address_of_the_kind_that_a_network_lacks_is_said(
    monkeypatch: pytest.MonkeyPatch, ways: tuple[str, ...], words: str
) -> None:
    monkeypatch.setattr(tcp, "has_way", lambda family: family in ways)
    finding = asked(refused_everywhere("ENETUNREACH")).finding
    assert finding
    assert finding.detail == words
    assert finding.instead is bool(words)


def test_a_server_at_the_other_address_of_this_computer_is_found() -> None:
    with listening(always(200, b"")) as server:
        url = f"http://[::1]:{server.port}/v1"
        finding = asked(refused_everywhere("ECONNREFUSED"), url=url).finding
    assert finding
    assert finding.detail == "A server listens at 127.0.0.1, not at ::1."
    assert finding.steps[0].startswith(f"Set test to http://127.0.0.1:{server.port}/v1 ")
    gone = asked(refused_everywhere("ECONNREFUSED"), url=url).finding
    assert gone
    assert gone.detail == ""


@pytest.mark.parametrize("kinds", [("EACCES",), ("EPERM", "EINVAL")])
def test_what_this_computer_forbids_is_said(kinds: tuple[str, ...]) -> None:
    outcome = asked(refused_everywhere(*kinds))
    assert found(outcome) == "network_unreachable"
    assert outcome.finding
    assert outcome.finding.detail == NOT_LET_OUT


def test_one_family_that_is_refused_is_not_what_this_computer_forbids() -> None:
    outcome = asked(refused_everywhere("ECONNREFUSED", "EACCES"))
    assert found(outcome) == "connection_refused"


@pytest.mark.parametrize(
    ("url", "said"),
    [("https://localhost/v1", "write 127.0.0.1"), ("https://llm.example.net/v1", "")],
)
def test_ipv6_that_is_broken_is_a_warning(url: str, said: str) -> None:
    attempts = {
        "IPv6": Attempt("::1", 2000, failing("ETIMEDOUT")),
        "IPv4": Attempt("127.0.0.1", 1),
    }
    outcome = asked(Connections(PORT, 2000, attempts=attempts), url=url)
    assert (outcome.status, found(outcome)) == ("warn", "ipv6_broken")
    assert outcome.finding
    assert said in outcome.finding.detail


def test_a_public_name_that_leads_to_this_computer_is_said() -> None:
    outcome = asked(refused_everywhere("ECONNREFUSED"), address="127.0.0.1")
    assert outcome.finding
    assert "resolves to 127.0.0.1, which is this computer" in outcome.finding.detail
    assert outcome.finding.steps[0].startswith("Remove llm.example.net from ")
    assert outcome.finding.instead  # no server is to be started here


@pytest.mark.parametrize(("host", "portal"), [("api.openai.com", True), ("llm.example.net", False)])
def test_only_a_providers_name_that_leads_into_the_network_is_odd(host: str, portal: bool) -> None:
    outcome = asked(
        refused_everywhere("ECONNREFUSED"), url=f"https://{host}/v1", address="10.1.2.3"
    )
    assert outcome.finding
    assert ("sign-in page" in outcome.finding.detail) is portal
    assert bool(outcome.finding.steps) is portal


@pytest.mark.parametrize(("address", "asks"), [("10.1.2.3", False), ("8.8.8.8", True)])
def test_the_way_out_is_no_matter_of_a_server_of_the_own_network(
    monkeypatch: pytest.MonkeyPatch, address: str, asks: bool
) -> None:
    monkeypatch.setattr(resolve, "NEUTRAL_ADDRESSES", {})  # as where there is no route at all
    dns = Task.done(Resolution("resolve", addresses=(address,)))
    plan = Plan(dns=dns, tcp=Task.done(refused_everywhere("ECONNREFUSED")), models=listed(DEAD))
    finding = check_tcp(context_of(plan, control=True)).finding
    assert finding
    assert ("no route to the internet" in finding.detail) is asks


def test_a_connection_that_failed_beside_one_that_worked_is_a_warning() -> None:
    answered = Exchange("GET /models", failure=RESET, address="192.0.2.7", certificate=HANDSHAKE)
    outcome = asked(refused_everywhere("ECONNREFUSED"), answered)
    assert (outcome.status, found(outcome)) == ("warn", "connection_refused")
    assert outcome.summary.startswith("Intermittent")


def test_behind_a_proxy_it_is_not_asked() -> None:
    plan = Plan(proxy=ChosenProxy("http://proxy:3128", "HTTPS_PROXY"))
    assert check_tcp(context_of(plan)).status == "skip"
