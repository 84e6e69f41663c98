"""What a server shows of itself: each function gives the TLS context of a server for a host."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scenarios.place import Place

Shown = Callable[[Place, str], ssl.SSLContext]


def trusted(place: Place, host: str) -> ssl.SSLContext:
    """A certificate as it should be, for a span of months as usual."""
    return _issued(place.authority, host, days=(-30, 60))


def expired(place: Place, host: str) -> ssl.SSLContext:
    """A certificate that was good until yesterday."""
    return _issued(place.authority, host, days=(-91, -1))


def not_yet_valid(place: Place, host: str) -> ssl.SSLContext:
    """A certificate that will be good from next week on."""
    return _issued(place.authority, host, days=(7, 97))


def for_another_host(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of a hosting company, whatever the host."""
    return _issued(place.authority, "parked.hosting.example", days=(-30, 60))


def unknown_authority(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of an authority that nobody here knows, as a company's inspection has one."""
    authority = trustme.CA(organization_name="Initech Inspection")
    return _issued(authority, host, days=(-30, 60))


def of_a_portal(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of a hotel, for its own page, and of an authority that nobody knows."""
    authority = trustme.CA(organization_name="Grand Hotel Guests")
    return _issued(authority, "portal.hotel.example", days=(-30, 60))


def for_localhost(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of a server of one's own, for localhost alone, whatever the host."""
    return _issued(place.authority, "localhost", days=(-30, 60))


def of_a_long_chain(place: Place, host: str) -> ssl.SSLContext:
    """A certificate of a company whose root nobody knows, with all that signed it."""
    company = trustme.CA(organization_name="Initech Root").create_child_ca()
    return _issued(company, host, days=(-30, 60))


def without_intermediate(place: Place, host: str) -> ssl.SSLContext:
    """A good certificate, but its server forgets to show the one between it and the authority."""
    leaf = place.authority.create_child_ca().issue_cert(host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    alone = place.file("alone.pem", leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes())
    context.load_cert_chain(alone)
    return context


def self_signed(place: Place, host: str) -> ssl.SSLContext:
    """A certificate that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place.file("self.pem", private + made.public_bytes(pem)))
    return context


def old_protocol(place: Place, host: str) -> ssl.SSLContext:
    """A good certificate on a server that speaks TLS 1.1 at most."""
    context = trusted(place, host)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def wants_client_certificate(place: Place, host: str) -> ssl.SSLContext:
    """A good certificate on a server that lets only known devices in."""
    context = trusted(place, host)
    context.verify_mode = ssl.CERT_REQUIRED
    place.authority.configure_trust(context)
    return context


def _issued(authority: trustme.CA, host: str, days: tuple[int, int]) -> ssl.SSLContext:
    now = datetime.now(UTC)
    start, end = (now + timedelta(days=one) for one in days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, not_before=start, not_after=end).configure_cert(context)
    return context
