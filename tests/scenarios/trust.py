"""Handshakes that fail for a reason of their own, and programs that trust other stores."""

import os
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.authorities import Authority
from helpers.command import ROOT

from scenarios.place import Place, World, run
from scenarios.scenario import HEALTHY, QUICK, Scenario, at, scenario
from scenarios.worlds import certificates
from scenarios.worlds.api import ADDRESS, Api, api, page
from scenarios.worlds.home import in_home
from scenarios.worlds.network import filtered
from scenarios.worlds.proxies import inspecting, through
from scenarios.worlds.trust import SYSTEM, in_the_system

UNTRUSTED = "tls_untrusted_certificate"
PROTOCOL = "tls_protocol_error"
NO_PLAIN = "http:// in the base URL"
LARGE = f"ip saddr {ADDRESS} tcp sport 443 meta length gt 700 drop"
NO_CERTIFICATE = page(
    "<html><head><title>400 No required SSL certificate was sent</title></head><body><center>"
    "<h1>400 Bad Request</h1></center></body></html>",
    400,
)
INSTALLED = ".vscode/extensions/danielsanmedium.dscodegpt-3.14.73/package.json"


def other_ciphers(place: Place, host: str) -> ssl.SSLContext:
    """A good certificate on a server whose ciphers are out of use."""
    context = certificates.trusted(place, host)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-AES256-SHA:@SECLEVEL=0")
    return context


def refusing_names(place: Place, host: str) -> ssl.SSLContext:
    """A server that refuses every name that it is asked for."""
    context = certificates.trusted(place, host)
    context.sni_callback = lambda _s, name, _c: (
        ssl.AlertDescription.ALERT_DESCRIPTION_UNRECOGNIZED_NAME if name else None
    )
    return context


def silent_at_names(place: Place, host: str) -> ssl.SSLContext:
    """A filter that lets no connection pass for a name, and says nothing."""
    context = certificates.trusted(place, host)
    context.sni_callback = lambda _s, name, _c: time.sleep(3600) if name else None
    return context


def client_certificate_in_1_2(place: Place, host: str) -> ssl.SSLContext:
    """A server that lets only known devices in, by TLS 1.2."""
    context = certificates.wants_client_certificate(place, host)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def weak(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of an authority that is known, and whose keys are too short."""
    authority = Authority(bits=1024)
    known = (place.folder / "bundle.pem").read_bytes()
    place.file("bundle.pem", known + authority.pem)
    return authority.shown(host)


def not_by_the_letter(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of a company whose root is known, and not made by the letter of the standard.

    The place's own authority takes its place.
    """
    root = Authority(critical=False)
    place.file("bundle.pem", root.pem)
    place.file("not_strict.pem", root.pem)
    return root.shown(host)


STRICT = """
import ssl
usual = ssl.create_default_context
def create_default_context(*given, **more):
    context = usual(*given, **more)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context
ssl.create_default_context = create_default_context
"""


@contextmanager
def strict(place: Place) -> Iterator[None]:
    """The rules for certificates that Python has from 3.13 on, whatever Python is here."""
    folder = place.folder / "strict"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(STRICT)
    place.variables["PYTHONPATH"] = os.pathsep.join((str(folder), str(ROOT)))
    yield


@contextmanager
def root_in_the_system(place: Place) -> Iterator[None]:
    """The company's root is in the store of the operating system, and no variable names it."""
    known = Path(SYSTEM).read_text(encoding="ascii")
    place.instead(SYSTEM, known + (place.folder / "not_strict.pem").read_text(encoding="ascii"))
    yield


def small_segments() -> World:
    """Packets on this computer are as they would be on a cable."""

    @contextmanager
    def world(_: Place) -> Iterator[None]:
        run("ip", "link", "set", "lo", "mtu", "1500", "gso_max_segs", "1")
        yield

    return world


def variable(name: str, file: str, *content: bytes) -> World:
    """A variable that names a file of certificates; the place's own authority if not given."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        known = b"".join(content) or place.authority.cert_pem.bytes()
        place.variables[name] = str(place.file(file, known))
        yield

    return world


def refused(name: str, expected: str, *worlds: World, **more: object) -> Scenario:
    """A handshake of the provider's own host, which is never to be spoken to unencrypted."""
    return scenario(name, expected, *worlds, never_says=NO_PLAIN, **more)


HANDSHAKES = (
    refused("protocol_too_old", PROTOCOL, api(shows=certificates.old_protocol), says="TLS 1.2"),
    refused("ciphers_out_of_use", PROTOCOL, api(shows=other_ciphers), says="ciphers"),
    refused("name_refused", PROTOCOL, api(shows=refusing_names), says="for the name"),
    refused(
        "name_filtered",
        "request_timeout",
        api(shows=silent_at_names),
        timeout=QUICK,
        says="for the name",
    ),
    refused(
        "large_packets_of_the_handshake_lost",
        "request_timeout",
        small_segments(),
        api(),
        filtered(LARGE),
        timeout=QUICK,
        says="MTU",
    ),
    refused(
        "client_certificate_wanted_in_1_2",
        "client_certificate_required",
        api(shows=client_certificate_in_1_2),
    ),
    refused(
        "client_certificate_wanted_by_a_page",
        "client_certificate_required",
        api(Api(everything=NO_CERTIFICATE)),
    ),
    refused("keys_too_short", UNTRUSTED, api(shows=weak), says="2048 bits"),
    scenario(
        "own_server_vouches_for_itself",
        UNTRUSTED,
        api(None, "localhost", "127.0.0.1", port=8443, shows=certificates.self_signed),
        arguments=at("https://localhost:8443/v1"),
        says="Save your server's certificate",
        never_says="IT department",
    ),
)

NO_FILE = {"SSL_CERT_FILE": None}
COMPANY = Authority().pem

STORES = (
    scenario(
        "only_requests_knows_the_inspector",
        UNTRUSTED,
        api(),
        variable("REQUESTS_CA_BUNDLE", "company.pem"),
        variables=NO_FILE,
        says="Set SSL_CERT_FILE to the file that REQUESTS_CA_BUNDLE names",
    ),
    scenario(
        "only_curl_knows_the_inspector",
        UNTRUSTED,
        api(),
        variable("CURL_CA_BUNDLE", "company.pem"),
        variables=NO_FILE,
        says="Set SSL_CERT_FILE to the file that CURL_CA_BUNDLE names",
    ),
    scenario(
        "only_node_knows_the_inspector",
        UNTRUSTED,
        api(),
        variable("NODE_EXTRA_CA_CERTS", "company.pem"),
        variables=NO_FILE,
        says="Set SSL_CERT_FILE to the file that NODE_EXTRA_CA_CERTS names",
    ),
    scenario(
        "requests_alone_would_refuse",
        HEALTHY,
        in_the_system,
        api(),
        variable("REQUESTS_CA_BUNDLE", "company.pem", COMPANY),
        variables=NO_FILE,
        warns=UNTRUSTED,
        says="refuse",
    ),
    scenario(
        "file_of_the_company_alone",
        UNTRUSTED,
        in_the_system,
        api(),
        variable("SSL_CERT_FILE", "company.pem", COMPANY),
        says="Remove SSL_CERT_FILE",
    ),
    scenario(
        "editor_would_refuse",
        UNTRUSTED,
        api(),
        in_home(INSTALLED, "{}"),
        says="VS Code",
    ),
    scenario("no_editor_that_would_refuse", HEALTHY, api(), warns=UNTRUSTED, says="VS Code"),
    scenario(
        "inspector_known_to_the_file",
        HEALTHY,
        inspecting(known=True),
        through(),
        warns=UNTRUSTED,
    ),
)

NOT_STRICT = "tls_certificate_not_strict"

STRICTNESS = (
    scenario(
        "root_not_by_the_letter",
        NOT_STRICT,
        strict,
        api(shows=not_by_the_letter),
        says="The strict check that failed: ",
    ),
    scenario(
        "root_not_by_the_letter_in_the_system_too",
        NOT_STRICT,
        strict,
        api(shows=not_by_the_letter),
        root_in_the_system,
        says="Remove SSL_CERT_FILE",
    ),
    scenario(
        "root_not_by_the_letter_in_the_system_alone",
        HEALTHY,
        strict,
        api(shows=not_by_the_letter),
        root_in_the_system,
        variables=NO_FILE,
        warns=UNTRUSTED,
        says="The operating system trusts Initech Root",
    ),
    scenario(
        "root_not_by_the_letter_and_not_known",
        UNTRUSTED,
        strict,
        api(shows=not_by_the_letter),
        variables=NO_FILE,
        says="nor the operating system's store accepts it",
    ),
    scenario("strict_rules_are_kept", HEALTHY, strict, api()),
)

SCENARIOS = (*HANDSHAKES, *STORES, *STRICTNESS)
