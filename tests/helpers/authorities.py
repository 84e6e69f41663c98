"""Authorities that are not made as they should be, as those of companies and devices often are."""

import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


class Authority:
    """An authority and the certificates that it signs.

    Args:
        critical: whether it says in the way of the standard that it is an authority.
        bits: of the keys.
    """

    def __init__(self, critical: bool = True, bits: int = 2048) -> None:
        self._bits = bits
        self._key = rsa.generate_private_key(65537, bits)
        self._name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Initech Root")])
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        made = _builder(self._name, self._name, self._key.public_key())
        signed = made.add_extension(constraints, critical).sign(self._key, hashes.SHA256())
        self.pem = signed.public_bytes(PEM)

    def shown(self, host: str) -> ssl.SSLContext:
        """The context of a server with a certificate for a host."""
        key = rsa.generate_private_key(65537, self._bits)
        subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Initech")])
        made = _builder(self._name, subject, key.public_key())
        leaf = made.add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
        return _context(key, leaf.sign(self._key, hashes.SHA256()))


def _context(key: rsa.RSAPrivateKey, signed: x509.Certificate) -> ssl.SSLContext:
    private = key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "server.pem")
        file.write_bytes(private + signed.public_bytes(PEM))
        context.load_cert_chain(file)
    return context


def _builder(
    issuer: x509.Name, subject: x509.Name, key: rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer,
        subject,
        key,
        x509.random_serial_number(),
        now - timedelta(days=30),
        now + timedelta(days=60),
    )


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def self_signed(host: str) -> ssl.SSLContext:
    """The context of a server whose certificate vouches for itself."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = _builder(name, name, key.public_key())
    made = made.add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
    return _context(key, made.sign(key, hashes.SHA256()))
