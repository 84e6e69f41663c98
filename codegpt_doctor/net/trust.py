"""The certificates that are trusted, as TLS contexts; every one of them verifies."""

import os
import ssl
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import NamedTuple, TypeAlias

TlsContext: TypeAlias = ssl.SSLContext

LINUX_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)

# the first two are this program's and the official client's own
STORE_VARIABLES = (
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "NODE_EXTRA_CA_CERTS",
)


class Trust(NamedTuple):
    """Gives the context to connect with, and the one to try where that one refuses, if any.

    ``lenient`` gives one that trusts the same and keeps fewer rules, or None where there are no
    such rules; it only tells why a chain is refused, and nothing is ever sent over it.
    """

    context: Callable[[], ssl.SSLContext]
    otherwise: Callable[[], ssl.SSLContext] | None = None
    lenient: Callable[[], ssl.SSLContext | None] = lambda: None


def trust_in(ca_bundle: str | None) -> Trust:
    """Trust in the bundle that a variable names; without one, in certifi's or else the system's.

    Programs differ: requests and openai before version 3 know certifi's alone, openai 3 and VS Code
    know the system's, which is where a company's own root certificate is.
    """
    return Trust(
        lambda: tls_context(ca_bundle),
        None if ca_bundle else system_context,
        lambda: _if_strict(tls_context(ca_bundle)),
    )


def _if_strict(context: ssl.SSLContext) -> ssl.SSLContext | None:
    """The context without its strict rules; None where it has none."""
    return not_strict(context) if context.verify_flags & ssl.VERIFY_X509_STRICT else None


def not_strict(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context without the rules that Python 3.13 added; all others stay."""
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def stores(environment: Mapping[str, str]) -> dict[str, Callable[[], ssl.SSLContext]]:
    """The trust stores that programs of this machine ask, by name; each may raise OSError.

    Of a variable that names one it is what stands there alone.
    """
    made: dict[str, Callable[[], ssl.SSLContext]] = {
        "system": system_context,
        "certifi": partial(tls_context, None),
    }
    for name in STORE_VARIABLES:
        if environment.get(name):
            made[name] = partial(tls_context, environment[name])
    return made


def tls_context(ca_bundle: str | None) -> ssl.SSLContext:
    """A verifying context on the given bundle (a file or a folder), or else on certifi's.

    Raises:
        OSError: the bundle does not exist or holds no certificate.
    """
    if ca_bundle and os.path.isdir(ca_bundle):
        return ssl.create_default_context(capath=ca_bundle)
    return ssl.create_default_context(cafile=ca_bundle or _certifi())


def _certifi() -> str:
    import certifi

    return certifi.where()


@cache
def system_context() -> ssl.SSLContext:
    """A context on the trust store of the operating system, whatever the variables say.

    It keeps the system's rules and not those that Python 3.13 added: so do the editor and the
    official client, whom it stands for.

    Raises:
        OSError: there is none.
    """
    if sys.platform in ("win32", "darwin"):
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    compiled_in = ssl.get_default_verify_paths().openssl_cafile
    bundles = [path for path in (*LINUX_BUNDLES, compiled_in) if os.path.exists(path)]
    return not_strict(ssl.create_default_context(cafile=bundles[0] if bundles else compiled_in))
