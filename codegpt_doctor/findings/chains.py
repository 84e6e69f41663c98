"""A chain of certificates with a fault for which no root certificate is the remedy."""

from datetime import UTC, datetime, timedelta

from codegpt_doctor.findings.setting import set_to
from codegpt_doctor.model.observation import Certificate, CertificateLook, Failure
from codegpt_doctor.model.report import Finding
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.settings.url import is_loopback, literal
from codegpt_doctor.settings.values import Settings

UNTRUSTED, MISMATCH, EXPIRED = (
    "tls_untrusted_certificate",
    "tls_hostname_mismatch",
    "tls_certificate_expired",
)
SKEW = timedelta(minutes=5)  # what certificates and sign-in protocols commonly allow
UNSIGNED = ("ssl.CERTIFICATE_VERIFY_FAILED", "ssl.SELF_SIGNED")
MADE_WRONG = {
    "ssl.DIGEST_TOO_WEAK": (
        "A certificate in the chain is signed with a weak digest (SHA-1)",
        "a certificate that is signed with SHA-256 and a key of at least 2048 bits",
    ),
    "ssl.KEY_TOO_SMALL": (
        "A certificate in the chain has a key that is too short",
        "a certificate that is signed with SHA-256 and a key of at least 2048 bits",
    ),
    "ssl.CHAIN_NOT_ALLOWED": (
        "A certificate in the chain is used for what it may not be used for",
        "certificates that are made for a server of this name",
    ),
}
SIGN_IN = "Open any page in a browser, and sign in to the network if asked."


def of_chain(failure: Failure, look: CertificateLook, settings: Settings) -> Finding | None:
    """The finding for a chain that no root certificate puts right; None for any other."""
    if failure.kind in MADE_WRONG:
        return _made_wrong(failure, settings)
    if look.shown and failure.kind in UNSIGNED and _is_elsewhere(look.shown, settings):
        return _of_elsewhere(look.shown, settings)
    return None


def steps_of_names(failure: Failure, look: CertificateLook, settings: Settings) -> tuple[str, ...]:
    """The step where a certificate, whose issuer is trusted, says how its server is called."""
    host, names = settings.host, look.shown.names if look.shown else ()
    if failure.kind != "ssl.HOSTNAME_MISMATCH":
        return ()
    if literal(host) and host in names:
        step = f"Ask {_who(settings)} for a certificate that has {host} as an IP address."
        return (f"{step}\n    It has it as a name, which programs do not accept.",)
    here = settings.url.is_loopback
    whole = next((name for name in names if _is_called(name, host, here)), None)
    if whole is None:
        return ()
    right = settings.url._replace(host=whole).text
    if here:
        return (set_to(settings.base_url, right),)
    return (f"{set_to(settings.base_url, right).rstrip('.')} if {whole} is your server.",)


def _is_called(name: str, host: str, here: bool) -> bool:
    """Whether a name of a certificate is the host's in full, or another one of this computer's."""
    in_short = "." not in host and ":" not in host and name.startswith(f"{host}.")
    return in_short or (here and is_loopback(name))


def of_dates(look: CertificateLook, settings: Settings) -> Finding | None:
    """The finding for a certificate that is out of date, whatever this computer's clock says."""
    shown, now = look.shown, datetime.now(UTC)
    if shown is None:
        return None
    if shown.not_before <= now <= shown.not_after:
        said = "The server's certificate is within its dates, but one in its chain is not."
        step = f"Ask {_who(settings)} to renew the certificates that signed the server's own."
        if settings.ca_bundle and "system" in look.accepted_by:
            bundle = settings.ca_bundle.source
            step = f"Remove {bundle}: the operating system's store accepts the certificate."
        return Finding(EXPIRED, lead=said, steps=(step,), instead=True)
    there = look.server_date
    if there is None or there.tzinfo is None or abs(there - now) >= SKEW:
        return None
    issuer = shown.issuer or "an unnamed issuer"
    dated = "not valid yet" if shown.not_before > now else "expired"
    said = f"The certificate, issued by {issuer}, is {dated}, and the server's clock says so too."
    return Finding(EXPIRED, lead=said, steps=(_renewal(shown, settings, now),), instead=True)


def _renewal(shown: Certificate, settings: Settings, now: datetime) -> str:
    if shown.not_before > now:
        return (
            f"Wait until {shown.not_before:%Y-%m-%d %H:%M} UTC, or ask {_who(settings)} for a "
            "certificate that is valid now."
        )
    if settings.url.is_loopback:
        return f"Renew the certificate of the server at {settings.url.authority}, and restart it."
    if provider_of(settings.host):
        return f"Ask IT which program shows this certificate for {settings.host}, and to renew it."
    return f"Ask {_who(settings)} to renew the certificate for {settings.host}."


def _who(settings: Settings) -> str:
    """Who can change what is shown: at a provider's own host it is hardly the provider."""
    return "IT" if provider_of(settings.host) else f"whoever runs {settings.host}"


def _made_wrong(failure: Failure, settings: Settings) -> Finding:
    said, wanted = MADE_WRONG[failure.kind]
    told = f"{said}. Current programs refuse that, and installing a root certificate does not help."
    step = f"Ask whoever runs {settings.host}, or the proxy in front of it, for {wanted}."
    return Finding(UNTRUSTED, lead=told, steps=(step,), instead=True)


def _is_elsewhere(shown: Certificate, settings: Settings) -> bool:
    """Whether a certificate is for other hosts; software that inspects makes one for each host."""
    host = settings.host.removesuffix(".")
    if settings.url.is_private or literal(host) or not shown.names:
        return False
    parent = host.partition(".")[2]
    return not any(name.lower() in (host, f"*.{parent}") for name in shown.names)


def _of_elsewhere(shown: Certificate, settings: Settings) -> Finding:
    """Another server, as of a hotel, that answers for the host."""
    issuer = shown.issuer or "an unnamed issuer"
    detail = f"The certificate is for {', '.join(shown.names)}, issued by {issuer}."
    steps = (SIGN_IN,) if provider_of(settings.host) else ()  # its address is right
    return Finding(MISMATCH, detail=f"{detail} No store accepts it.", steps=steps)
