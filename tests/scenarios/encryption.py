"""Certificates, trust stores, protocols, and the clock that judges them."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.place import Place
from scenarios.scenario import HEALTHY, QUICK, at, scenario
from scenarios.worlds import certificates, errors, raw
from scenarios.worlds.api import ADDRESS, Api, api, failing
from scenarios.worlds.clock import clock
from scenarios.worlds.sockets import listening
from scenarios.worlds.trust import in_the_system

UNTRUSTED = "tls_untrusted_certificate"
PROTOCOL = "tls_protocol_error"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def refusing(place: Place, host: str) -> ssl.SSLContext:
    """A server that refuses everybody by an alert, whatever name is asked for."""
    context = certificates.trusted(place, host)
    context.sni_callback = lambda *_: ssl.AlertDescription.ALERT_DESCRIPTION_ACCESS_DENIED
    return context


@contextmanager
def patient(_: Place) -> Iterator[None]:
    """A server without encryption that says nothing before a request of HTTP is whole."""

    def serve(connection: socket.socket) -> None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return
            data += more
        connection.sendall(OK)
        connection.close()

    with listening("127.0.0.1", 8000, serve):
        yield


CERTIFICATES = (
    scenario("certificate_expired", "tls_certificate_expired", api(shows=certificates.expired)),
    scenario(
        "certificate_not_yet_valid",
        "tls_certificate_expired",
        api(shows=certificates.not_yet_valid),
    ),
    scenario(
        "certificate_for_another_host",
        "tls_hostname_mismatch",
        api(shows=certificates.for_another_host),
        says="parked.hosting.example",
    ),
    scenario(
        "certificate_of_a_portal",
        "tls_hostname_mismatch",
        api(shows=certificates.of_a_portal),
        says=("portal.hotel.example", "sign in to the network"),
        never_says="root certificate",
    ),
    scenario(
        "certificate_for_localhost",
        "tls_hostname_mismatch",
        api(None, "127.0.0.1", port=8443, shows=certificates.for_localhost),
        arguments=at("https://127.0.0.1:8443/v1"),
        says="--base-url https://localhost:8443/v1",
    ),
    scenario(
        "certificate_without_the_address",
        "tls_hostname_mismatch",
        api(),
        arguments=at(f"https://{ADDRESS}/v1"),
    ),
    scenario("certificate_self_signed", UNTRUSTED, api(shows=certificates.self_signed)),
    scenario(
        "certificate_of_unknown_authority",
        UNTRUSTED,
        api(shows=certificates.unknown_authority),
        says="Initech",
    ),
    scenario(
        "certificate_without_intermediate", UNTRUSTED, api(shows=certificates.without_intermediate)
    ),
)

INTERMEDIATE = (
    scenario(
        "intermediate_that_a_company_does_not_send",
        UNTRUSTED,
        api(None, "llm.corp.internal", shows=certificates.without_intermediate),
        arguments=at("https://llm.corp.internal/v1"),
        says=("sent its own certificate alone", "to send the intermediate certificates"),
    ),
    scenario(
        "root_that_only_a_company_knows",
        UNTRUSTED,
        api(None, "llm.corp.internal", shows=certificates.of_a_long_chain),
        arguments=at("https://llm.corp.internal/v1"),
        never_says="sent its own certificate alone",
    ),
)

STORES = (
    scenario(
        "certifi_alone",
        UNTRUSTED,
        api(),
        variables={"SSL_CERT_FILE": None},
        says="certifi's bundle",
    ),
    scenario(
        "system_accepts_certifi_does_not",
        HEALTHY,
        in_the_system,
        api(),
        variables={"SSL_CERT_FILE": None},
        says="The operating system trusts",
    ),
    *(
        scenario(
            f"system_knows_the_issuer_of_one_{name}",
            expected,
            in_the_system,
            api(shows=shown),
            variables={"SSL_CERT_FILE": None},
            never_says="Install the company's root certificate",
        )
        for name, expected, shown in (
            ("for_another_host", "tls_hostname_mismatch", certificates.for_another_host),
            ("that_expired", "tls_certificate_expired", certificates.expired),
        )
    ),
    scenario(
        "system_accepts_and_the_credit_is_used_up",
        "credit_balance_exhausted",
        in_the_system,
        api(Api(chat=errors.NO_CREDIT)),
        variables={"SSL_CERT_FILE": None},
    ),
    scenario(
        "system_would_accept",
        UNTRUSTED,
        in_the_system,
        api(shows=certificates.unknown_authority),
        variables={"SSL_CERT_FILE": None},
        says="nor the operating system's store accepts it",
    ),
    scenario(
        "bundle_of_others",
        UNTRUSTED,
        api(),
        variables={
            "SSL_CERT_FILE": None,
            "REQUESTS_CA_BUNDLE": "/etc/ssl/certs/ca-certificates.crt",
        },
        says="REQUESTS_CA_BUNDLE",
    ),
    scenario(
        "bundle_missing",
        UNTRUSTED,
        api(),
        variables={"SSL_CERT_FILE": "/no/such.pem"},
        says="/no/such.pem",
    ),
    scenario(
        "bundle_missing_where_nothing_is_encrypted",
        UNTRUSTED,
        api(Api(needs_key=False), "127.0.0.1", "127.0.0.1", port=8000, shows=None),
        arguments=(*at("http://127.0.0.1:8000/v1"), "--sdk"),
        variables={"SSL_CERT_FILE": "/no/such.pem"},
        says=("/no/such.pem", "Correct SSL_CERT_FILE, or remove it"),
    ),
    scenario(
        "bundle_of_no_certificates",
        UNTRUSTED,
        api(),
        variables={"SSL_CERT_FILE": "/etc/passwd"},
        says="/etc/passwd",
    ),
    scenario(
        "folder_missing",
        UNTRUSTED,
        api(),
        variables={"SSL_CERT_FILE": None, "SSL_CERT_DIR": "/no/such"},
        says="SSL_CERT_DIR",
    ),
)

PROTOCOLS = (
    scenario("old_protocol", PROTOCOL, api(shows=certificates.old_protocol)),
    scenario(
        "device_certificate_wanted",
        "client_certificate_required",
        api(shows=certificates.wants_client_certificate),
    ),
    scenario(
        "plain_http_on_the_port",
        PROTOCOL,
        api(None, "llm.corp.internal", shows=None),
        arguments=at("https://llm.corp.internal/v1"),
        says=("Ask whoever runs llm.corp.internal for its HTTPS address", "--allow-http"),
    ),
    scenario(
        "plain_http_that_waits_for_a_whole_request",
        PROTOCOL,
        patient,
        arguments=at("https://127.0.0.1:8000/v1"),
        timeout=QUICK,
        says="--base-url http://127.0.0.1:8000/v1",
    ),
    scenario(
        "handshake_ended_with_an_alert",
        PROTOCOL,
        api(None, "llm.corp.internal", shows=refusing),
        arguments=at("https://llm.corp.internal/v1"),
        says="Ask whoever runs llm.corp.internal why",
        never_says="Match the base URL to its port",
    ),
    scenario(
        "plain_http_on_the_providers_port",
        PROTOCOL,
        api(shows=None),
        never_says="speaks plain HTTP",
    ),
    scenario(
        "plain_http_is_refused_on_the_port",
        PROTOCOL,
        api(
            Api(everything=failing(400, "plain HTTP", None)),
            "llm.corp.internal",
            shows=None,
        ),
        arguments=at("https://llm.corp.internal/v1"),
        never_says="speaks plain HTTP",
    ),
    scenario(
        "something_else_on_the_port",
        PROTOCOL,
        raw.raw(raw.saying(b"SSH-2.0-OpenSSH_9.2p1\r\n"), encrypted=False),
    ),
    scenario(
        "handshake_hung_up",
        PROTOCOL,
        raw.raw(raw.hang_up, encrypted=False),
        also_right="connection_reset",
    ),
    scenario(
        "encryption_on_a_plain_port",
        PROTOCOL,
        api(None, "localhost", "127.0.0.1", port=8443),
        arguments=at("http://localhost:8443/v1"),
        says="write https://",
    ),
)

CLOCKS = (
    scenario("clock_a_year_behind", "clock_skew", api(), clock("-400d")),
    scenario("clock_years_behind", "clock_skew", api(), clock("-6y")),
    scenario("clock_years_ahead", "clock_skew", api(), clock("+5y")),
)

SCENARIOS = (*CERTIFICATES, *INTERMEDIATE, *STORES, *PROTOCOLS, *CLOCKS)
