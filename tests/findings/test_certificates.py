"""A certificate that was not accepted: whose fault it is, on looks made by hand."""

import re
import socket
import ssl
import threading
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from urllib.parse import urlsplit

import pytest
import trustme
from helpers.plans import settings_of

from codegpt_doctor.engine.background import Background
from codegpt_doctor.findings.certificates import judge_certificate, look_closer
from codegpt_doctor.model.observation import Certificate, CertificateLook, Failure
from codegpt_doctor.model.report import Outcome, Stage
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import Trust, tls_context
from codegpt_doctor.settings.values import Value

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
AGREES = timedelta(0)
EXPIRED = Failure(Stage.TLS, "ssl.CERT_HAS_EXPIRED", "certificate has expired")
UNTRUSTED = Failure(Stage.TLS, "ssl.CERTIFICATE_VERIFY_FAILED", "unable to get issuer")


def look(
    not_before: datetime, not_after: datetime, server: datetime | None, *stores: str
) -> CertificateLook:
    shown = Certificate("Example CA", not_before, not_after, ("a.example", "b.example"))
    return CertificateLook(shown, server, stores)


def look_now(
    begins: timedelta, ends: timedelta, off: timedelta | None, *stores: str
) -> CertificateLook:
    """A look at a certificate with dates from now, and how far off the server's clock is."""
    now = datetime.now(UTC)
    return look(now + begins, now + ends, None if off is None else now + off, *stores)


def judged(failure: Failure, seen: CertificateLook, bundle: Value | None = None) -> Outcome:
    return judge_certificate(failure, seen, settings_of("https://a.example/v1", ca_bundle=bundle))


def named(outcome: Outcome) -> str:
    assert outcome.finding
    return outcome.finding.id


def test_one_that_was_seen_is_told_also_where_it_takes_too_long_to_ask_who_accepts_it() -> None:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA(organization_name="Initech").issue_cert("127.0.0.1").configure_cert(server_side)
    held = ExitStack()

    def serve_once(server: socket.socket) -> None:
        with suppress(OSError), server_side.wrap_socket(server.accept()[0], True) as shown:
            shown.recv(1000)
        with suppress(OSError):
            while True:
                held.enter_context(server.accept()[0])

    with held, socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve_once, args=(server,), daemon=True).start()
        url = urlsplit(f"https://127.0.0.1:{server.getsockname()[1]}")
        soon = monotonic() + 1
        trust = Trust(lambda: tls_context(None))
        dialer = Dialer(url, lambda: ["127.0.0.1"], trust, None, soon)
        seen = look_closer(dialer, UNTRUSTED, settings_of(), Background(soon - 0.3))
        server.shutdown(socket.SHUT_RDWR)
    assert seen.shown
    assert "Initech" in seen.shown.issuer


class TestTheClock:
    VALID_THERE = (NOW - 400 * DAY, NOW - 300 * DAY, NOW - 350 * DAY)

    def test_is_wrong_where_the_server_is_in_the_certificates_time(self) -> None:
        outcome = judged(EXPIRED, look(*self.VALID_THERE))
        assert named(outcome) == "clock_skew"
        assert outcome.finding
        assert "The certificate is valid from" in outcome.finding.detail

    def test_is_right_where_the_certificate_has_expired_by_the_servers_clock_too(self) -> None:
        # both clocks differ, and the certificate is out of date by either
        seen = look(NOW - 400 * DAY, NOW - 300 * DAY, NOW - 100 * DAY)
        assert named(judged(EXPIRED, seen)) == "tls_certificate_expired"

    def test_is_right_where_the_certificate_is_not_yet_valid_there_either(self) -> None:
        seen = look(NOW + 10 * DAY, NOW + 20 * DAY, NOW + 5 * DAY)
        assert named(judged(EXPIRED, seen)) == "tls_certificate_expired"

    def test_is_right_where_both_clocks_agree(self) -> None:
        seen = look(NOW - 400 * DAY, NOW - 300 * DAY, NOW)
        assert named(judged(EXPIRED, seen)) == "tls_certificate_expired"

    def test_is_not_judged_where_the_server_tells_none(self) -> None:
        seen = look(NOW - 400 * DAY, NOW - 300 * DAY, None)
        assert named(judged(EXPIRED, seen)) == "tls_certificate_expired"
        naive = look(NOW - 400 * DAY, NOW, datetime(2026, 1, 1))  # noqa: DTZ001 - it is about that
        assert named(judged(EXPIRED, naive)) == "tls_certificate_expired"

    def test_is_not_why_an_authority_is_unknown(self) -> None:
        assert named(judged(UNTRUSTED, look(*self.VALID_THERE))) == "tls_untrusted_certificate"


@pytest.mark.parametrize(
    ("bundle", "stores", "said"),
    [
        (None, (), "Neither certifi's bundle nor the operating system's store accepts it."),
        (Value("/ca.pem", "SSL_CERT_FILE"), (), "This run used /ca.pem (from SSL_CERT_FILE)."),
        (
            Value("/ca.pem", "SSL_CERT_FILE"),
            ("system", "certifi"),
            "the operating system's store and certifi's bundle would accept it.",
        ),
    ],
)
def test_who_would_accept_it_is_said(
    bundle: Value | None, stores: tuple[str, ...], said: str
) -> None:
    outcome = judged(UNTRUSTED, look(NOW - DAY, NOW + DAY, NOW, *stores), bundle)
    assert outcome.finding
    assert outcome.finding.detail.startswith("The certificate was issued by Example CA.")
    assert outcome.finding.detail.endswith(said)


def test_for_another_name_its_own_names_are_said() -> None:
    failure = Failure(Stage.TLS, "ssl.HOSTNAME_MISMATCH", "hostname mismatch")
    outcome = judged(failure, look(NOW - DAY, NOW + DAY, NOW))
    assert outcome.finding
    assert outcome.finding.detail == "The certificate is for a.example, b.example."


def test_where_nothing_was_shown_only_the_failure_is_told() -> None:
    failure = Failure(Stage.TLS, "ssl.WRONG_VERSION_NUMBER", "wrong version number")
    assert judged(failure, CertificateLook()).observations == {"plain_http": "False"}
    outcome = judged(failure, CertificateLook(plain_http=True))
    assert outcome.finding
    assert outcome.finding.detail.startswith("The port speaks plain HTTP")


def test_the_providers_own_host_is_never_to_be_sent_a_key_unencrypted() -> None:
    failure = Failure(Stage.TLS, "ssl.WRONG_VERSION_NUMBER", "wrong version number")
    own = settings_of("https://api.openai.com/v1")
    outcome = judge_certificate(failure, CertificateLook(plain_http=True), own)
    assert outcome.finding
    assert "http://" not in outcome.finding.detail


@pytest.mark.parametrize(
    ("url", "own"), [("https://127.0.0.1:8443/v1", True), ("https://llm.example.net/v1", False)]
)
def test_an_authority_of_ones_own_is_named_where_the_server_is_on_this_computer(
    url: str, own: bool
) -> None:
    seen = look(NOW - DAY, NOW + DAY, NOW)
    finding = judge_certificate(UNTRUSTED, seen, settings_of(url)).finding
    assert finding
    assert (
        any("the root certificate that signed your server" in step for step in finding.steps) is own
    )


@pytest.mark.parametrize(
    ("url", "kind", "step"),
    [
        ("https://a/v1", "HOSTNAME_MISMATCH", "Set test to https://a.example/v1 ("),
        ("https://A:8443/v1", "HOSTNAME_MISMATCH", "Set test to https://a.example:8443/v1 ("),
        ("https://c/v1", "HOSTNAME_MISMATCH", ""),
        ("https://a.c/v1", "HOSTNAME_MISMATCH", ""),
        # whoever signed such a certificate may name any host in it
        ("https://a/v1", "SELF_SIGNED", ""),
    ],
)
def test_a_host_in_short_is_told_in_full(url: str, kind: str, step: str) -> None:
    failure = Failure(Stage.TLS, f"ssl.{kind}", "mismatch")
    finding = judge_certificate(failure, look(NOW - DAY, NOW + DAY, None), settings_of(url)).finding
    assert finding
    told = [one for one in finding.steps if "a.example" in one]
    assert "".join(told).startswith(step)
    assert bool(told) is bool(step)


class TestADate:
    @pytest.mark.parametrize(
        ("begins", "ends", "off", "step"),
        [
            (-90 * DAY, -DAY, AGREES, "Ask whoever runs a.example to renew the certificate"),
            (DAY / 24, DAY, AGREES, r"Wait until \d{4}-\d\d-\d\d \d\d:\d\d UTC, or ask whoever"),
            # the chain, of which only the first is shown
            (-DAY, DAY, None, "Ask whoever runs a.example to renew the certificates"),
        ],
    )
    def test_that_no_clock_here_puts_right(
        self, begins: timedelta, ends: timedelta, off: timedelta | None, step: str
    ) -> None:
        finding = judged(EXPIRED, look_now(begins, ends, off)).finding
        assert finding
        assert finding.id == "tls_certificate_expired"
        assert re.match(step, finding.steps[0])
        assert finding.instead

    def test_of_an_old_bundle_is_none_of_the_systems_store(self) -> None:
        seen = look_now(-DAY, DAY, AGREES, "system")
        finding = judged(EXPIRED, seen, Value("/old.pem", "SSL_CERT_FILE")).finding
        assert finding
        assert finding.steps[0].startswith("Remove SSL_CERT_FILE: the operating system's store")

    def test_of_a_server_here_is_renewed_here(self) -> None:
        here = settings_of("https://127.0.0.1:8443/v1")
        finding = judge_certificate(EXPIRED, look_now(-90 * DAY, -DAY, AGREES), here).finding
        assert finding
        assert finding.steps[0].startswith("Renew the certificate of the server at 127.0.0.1:8443")


@pytest.mark.parametrize(
    ("url", "names", "step"),
    [
        ("https://127.0.0.1:8443/v1", ("localhost",), "Set test to https://localhost:8443/v1 ("),
        ("https://localhost:8443/v1", ("::1",), "Set test to https://[::1]:8443/v1 ("),
        ("https://10.0.0.5/v1", ("10.0.0.5",), "Ask whoever runs 10.0.0.5 for a certificate that"),
        ("https://10.0.0.5/v1", ("localhost",), ""),
        ("https://llm.example.net/v1", ("localhost",), ""),
    ],
)
def test_a_server_is_called_as_its_certificate_calls_it(
    url: str, names: tuple[str, ...], step: str
) -> None:
    failure = Failure(Stage.TLS, "ssl.HOSTNAME_MISMATCH", "mismatch")
    seen = CertificateLook(Certificate("Example CA", NOW - DAY, NOW + DAY, names))
    finding = judge_certificate(failure, seen, settings_of(url)).finding
    assert finding
    assert "".join(finding.steps).startswith(step)
    assert bool(finding.steps) is bool(step)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/v1", "tls_untrusted_certificate"),  # an inspector makes one for it
        ("https://A.example./v1", "tls_untrusted_certificate"),
        ("https://api.openai.com/v1", "tls_hostname_mismatch"),
        ("https://llm.example.net/v1", "tls_hostname_mismatch"),
        ("https://10.0.0.5/v1", "tls_untrusted_certificate"),
        ("https://203.0.113.5/v1", "tls_untrusted_certificate"),
    ],
)
def test_a_certificate_of_nobody_for_other_hosts_is_none_of_an_inspector(
    url: str, expected: str
) -> None:
    seen = look(NOW - DAY, NOW + DAY, NOW)
    finding = judge_certificate(UNTRUSTED, seen, settings_of(url)).finding
    assert finding
    assert finding.id == expected
    assert any("sign in to the network" in one for one in finding.steps) is ("openai" in url)


@pytest.mark.parametrize("url", ["https://api.openai.com/v1", "https://llm.example.net/v1"])
def test_what_does_not_speak_tls_is_said(url: str) -> None:
    failure = Failure(Stage.TLS, "ssl.WRONG_VERSION_NUMBER", "wrong version number")
    finding = judge_certificate(failure, CertificateLook(), settings_of(url)).finding
    assert finding
    assert finding.detail.endswith("port 443 does not speak TLS.")
    assert finding.steps[0].endswith("does not speak TLS.")


def test_a_chain_that_may_not_be_used_so_is_helped_by_no_root() -> None:
    failure = Failure(Stage.TLS, "ssl.CHAIN_NOT_ALLOWED", "unsuitable certificate purpose")
    finding = judged(failure, look(NOW - DAY, NOW + DAY, NOW)).finding
    assert finding
    assert "installing a root certificate does not help" in finding.lead
    assert finding.instead
