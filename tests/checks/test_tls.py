"""Is the certificate trusted: on measurements made by hand."""

from urllib.parse import urlsplit

import pytest
from helpers.plans import MODELS, broken, context_of, exchange, found, listed, settings_of

from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.checks.tls import check_tls
from codegpt_doctor.engine.background import Task
from codegpt_doctor.model.observation import Exchange, Failure
from codegpt_doctor.model.report import Outcome, Stage
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import TlsContext, Trust, tls_context
from codegpt_doctor.settings.values import Value

URL = "https://llm.example.net/v1"


def dialer(url: str = URL, fell_back: bool = False) -> Dialer:
    """One that has no time left, so that nothing is connected to."""
    trust = Trust(lambda: tls_context(None))
    return Dialer(urlsplit(url), tuple, trust, None, 0.0, fell_back=fell_back)


def asked(seen: Exchange, url: str = URL, fell_back: bool = False) -> Outcome:
    plan = Plan(dialer=dialer(url, fell_back), models=listed(seen))
    return check_tls(context_of(plan, settings_of(url)))


def test_an_encrypted_connection_is_told_in_full() -> None:
    outcome = asked(exchange(200, MODELS))
    assert (outcome.status, outcome.summary) == (
        "pass",
        "TLSv1.3, issued by Let's Encrypt (3 ms)",
    )
    assert outcome.observations == {
        "dns_ms": 1,
        "tcp_ms": 2,
        "address": "192.0.2.7",
        "protocol": "TLSv1.3",
        "tls_ms": 3,
        "http_ms": 4,
        "issuer": "Let's Encrypt",
        "not_after": "Jan  1 00:00:00 2030 GMT",
    }


def test_one_whose_answer_broke_off_is_encrypted_all_the_same() -> None:
    reset = Failure(Stage.HTTP, "ECONNRESET", "reset")
    assert asked(exchange(0)._replace(failure=reset)).status == "pass"


@pytest.mark.parametrize(
    ("kind", "entry_id"),
    [
        ("ECONNRESET", "connection_reset"),
        ("ETIMEDOUT", "request_timeout"),
        ("ssl.CERT_HAS_EXPIRED", "tls_certificate_expired"),
        ("ssl.HOSTNAME_MISMATCH", "tls_hostname_mismatch"),
        ("ssl.CERTIFICATE_VERIFY_FAILED", "tls_untrusted_certificate"),
        ("ssl.CERT_NOT_STRICT", "tls_certificate_not_strict"),
        ("ssl.TLSV13_ALERT_CERTIFICATE_REQUIRED", "client_certificate_required"),
        ("ssl.WRONG_VERSION_NUMBER", "tls_protocol_error"),
        ("ssl.TLSV1_ALERT_UNRECOGNIZED_NAME", "tls_protocol_error"),
        ("ENOSPC", "connection_error"),
    ],
)
def test_a_handshake_that_failed_is_named_by_its_number(kind: str, entry_id: str) -> None:
    outcome = asked(broken(Failure(Stage.TLS, kind, "it broke")))
    assert (outcome.status, found(outcome)) == ("fail", entry_id)
    assert outcome.finding
    assert outcome.finding.stage is Stage.TLS
    assert outcome.summary == "TLS with llm.example.net: it broke"


def test_what_only_the_system_trusts_is_a_warning() -> None:
    outcome = asked(exchange(200, MODELS), fell_back=True)
    assert (outcome.status, found(outcome)) == ("warn", "tls_untrusted_certificate")


@pytest.mark.parametrize(
    ("url", "because"),
    [
        (URL, "the connection did not get that far"),
        ("http://127.0.0.1:8080/v1", "the URL is http://"),
    ],
)
def test_without_a_handshake_it_says_why(url: str, because: str) -> None:
    outcome = asked(broken(Failure(Stage.TCP, "ECONNREFUSED", "refused")), url)
    assert (outcome.status, outcome.skipped_because) == ("skip", because)


def test_a_bundle_that_cannot_be_used_is_named_with_its_variable() -> None:
    def missing() -> TlsContext:
        raise FileNotFoundError(2, "No such file or directory")

    plan = Plan(dialer=dialer(), trust=Task.now(missing), models=listed())
    settings = settings_of(ca_bundle=Value("/no/such.pem", "SSL_CERT_FILE"))
    outcome = check_tls(context_of(plan, settings))
    assert (outcome.status, found(outcome)) == ("fail", "tls_untrusted_certificate")
    assert outcome.finding
    assert outcome.finding.steps == ("Correct SSL_CERT_FILE, or remove it.",)
    assert outcome.finding.instead  # no company's certificate helps
    assert outcome.finding.lead.startswith("SSL_CERT_FILE names /no/such.pem")
