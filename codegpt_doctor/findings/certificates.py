"""A handshake that failed: which certificate problem it is, and whose."""

from datetime import UTC, datetime
from functools import partial

from codegpt_doctor.catalogue.steps import this_system
from codegpt_doctor.engine.background import Background
from codegpt_doctor.findings.chains import EXPIRED, SKEW, of_chain, of_dates, steps_of_names
from codegpt_doctor.findings.failures import UNNAMED, entry_of
from codegpt_doctor.findings.measurements import certificate_facts, reach_facts
from codegpt_doctor.findings.setting import set_to
from codegpt_doctor.findings.trust import known_to_others
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.http_date import date_of
from codegpt_doctor.model.observation import (
    Certificate,
    CertificateLook,
    Exchange,
    Failure,
    Handshake,
    Obstacle,
)
from codegpt_doctor.model.report import Finding, Outcome, Stage, Status
from codegpt_doctor.net import certificate
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.handshake import THIS_COMPUTER
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.settings.values import Settings, Value

UNTRUSTED, PROTOCOL = "tls_untrusted_certificate", "tls_protocol_error"
ALERTS = ("ssl.TLSV1", "ssl.SSLV3_ALERT")  # how OpenSSL names what the other side has told
NO_TLS = "ssl.WRONG_VERSION_NUMBER"  # what came is no record of TLS
OF_OWN_AUTHORITY = (
    "Set SSL_CERT_FILE to the root certificate that signed your server's certificate.",
    "Install the same file in the operating system's store for the editor.",
)


def judge_certificate(failure: Failure, look: CertificateLook, settings: Settings) -> Outcome:
    """Name the problem of a failed handshake, from a closer look at the certificate."""
    if provider_of(settings.host) is not None:
        look = look._replace(plain_http=False)  # a provider's own host is never to be sent a key so
    line = f"TLS with {settings.host}: {failure.text}"
    found = _named(failure, look, settings)
    finding = found._replace(evidence=(Evidence("tls", line),), stage=failure.stage)
    return Outcome(Status.FAIL, line, finding, observations=certificate_facts(look))


def _named(failure: Failure, look: CertificateLook, settings: Settings) -> Finding:
    entry_id = entry_of(failure) or UNNAMED
    if look.obstacle:
        return _of_obstacle(entry_id, look.obstacle, settings)
    if look.only_strictly:
        return _of_strictness(failure, look, settings.ca_bundle)
    of_itself = of_chain(failure, look, settings)
    if of_itself:
        return of_itself
    detail = _details(entry_id, look, settings)
    if look.plain_http:
        return Finding(PROTOCOL, detail=detail, steps=_for_plain_http(settings))
    if entry_id == EXPIRED:
        return _out_of_date(look, settings, detail)
    if entry_id == PROTOCOL:
        return _of_protocol(failure, settings, detail)
    if entry_id != UNTRUSTED:
        return Finding(entry_id, detail=detail, steps=steps_of_names(failure, look, settings))
    return _untrusted(failure, look, settings, detail)


def _out_of_date(look: CertificateLook, settings: Settings, detail: str) -> Finding:
    if _clock_is_wrong(look):
        return Finding("clock_skew", detail=detail)
    dated = of_dates(look, settings) or Finding(EXPIRED)
    return dated._replace(detail=detail)


def _of_protocol(failure: Failure, settings: Settings, detail: str) -> Finding:
    if failure.kind.startswith(ALERTS):
        return _of_alert(detail, settings)
    if failure.kind == NO_TLS:
        return _of_another_protocol(settings)
    return Finding(PROTOCOL, detail=detail)


def _untrusted(failure: Failure, look: CertificateLook, settings: Settings, detail: str) -> Finding:
    if failure.kind == "ssl.SELF_SIGNED" and settings.url.is_private:
        return _of_own_server(detail, settings)
    steps = known_to_others(look.accepted_by, settings.environment)
    if not steps and settings.url.is_loopback:
        return Finding(UNTRUSTED, detail=detail, steps=OF_OWN_AUTHORITY, instead=True)
    if not steps and look.is_alone and provider_of(settings.host) is None:
        detail = f"{detail} The server sent its own certificate alone."
        steps = [
            f"Ask whoever runs {settings.host} for its root certificate, and to send the "
            "intermediate certificates that signed the server's own."
        ]
    return Finding(UNTRUSTED, detail=detail, steps=tuple(steps))


def _of_strictness(failure: Failure, look: CertificateLook, bundle: Value | None) -> Finding:
    """A chain that the strict rules alone refuse; the system's store is asked without them."""
    detail = f"The strict check that failed: {failure.text}."
    steps: tuple[str, ...] = ()
    if bundle and "system" in look.accepted_by:
        steps = (f"Remove {bundle.source}: the operating system's store accepts the certificate.",)
    return Finding("tls_certificate_not_strict", detail=detail, steps=steps)


def _for_plain_http(settings: Settings) -> tuple[str, ...]:
    """What to do with a port that does not encrypt: nothing that a key may not travel by."""
    url = settings.url
    plain = set_to(settings.base_url, f"http{url.text.removeprefix('https')}")
    if url.is_loopback:
        return (plain,)
    return (
        f"Ask whoever runs {url.host} for its HTTPS address: this port has no encryption.",
        f"{plain.rstrip('.')} with --allow-http only on your own network: the key is then sent "
        "unencrypted.",
    )


def _of_obstacle(entry_id: str, obstacle: Obstacle, settings: Settings) -> Finding:
    host = settings.host
    ask = f"whoever runs {host}" if provider_of(host) is None else "IT"
    lines = {
        Obstacle.CERTIFICATE: "",
        Obstacle.PROTOCOL: f"Ask {ask} to allow TLS 1.2 or newer for {host}.",
        Obstacle.CIPHERS: f"Ask {ask} to allow current ciphers such as AES-GCM for {host}.",
        Obstacle.NAME: f"Ask {ask} to let encrypted connections for the name {host} "
        "through, or use another name for the server.",
        Obstacle.NO_NAME: set_to(settings.base_url, settings.url.at(THIS_COMPUTER).text),
        Obstacle.LARGE_PACKETS: "Lower the MTU of the VPN or network adapter to 1280 bytes.",
    }
    detail = f"A different handshake works, which shows the reason: {obstacle}."
    if obstacle is Obstacle.CERTIFICATE:
        return Finding("client_certificate_required", detail=f"{obstacle.capitalize()}.")
    return Finding(entry_id, detail=detail, steps=(lines[obstacle],), instead=True)


def _of_alert(detail: str, settings: Settings) -> Finding:
    """A server that speaks TLS, and ends the handshake for a reason that it alone knows."""
    host = settings.host
    ask = f"whoever runs {host}" if provider_of(host) is None else "IT"
    said = "The port speaks TLS, and the server there ended the handshake with this alert."
    step = (
        f"Ask {ask} why the handshake fails: the server or a filter in front of it logs the reason."
    )
    return Finding(PROTOCOL, detail=f"{said} {detail}".strip(), steps=(step,), instead=True)


def _of_another_protocol(settings: Settings) -> Finding:
    """A port where something answers that is neither TLS nor plain HTTP."""
    place = f"{settings.url.host} port {settings.url.actual_port}"
    said = f"What answers at {place} does not speak TLS."
    step = f"Check the port in the base URL: the program at {place} does not speak TLS."
    if provider_of(settings.host) is not None:
        step = f"Ask IT what answers in place of {place}: it does not speak TLS."
    return Finding(PROTOCOL, detail=said, steps=(step,))


def _of_own_server(detail: str, settings: Settings) -> Finding:
    """A server of one's own, whose certificate vouches for itself: nobody else can be asked."""
    url = settings.url
    save = (
        f"openssl s_client -connect {url.host}:{url.actual_port} -servername {url.host} </dev/null "
        "| openssl x509 -out server.pem"
    )
    step = "Save your server's certificate, and set SSL_CERT_FILE to the file."
    if this_system() != "windows":
        step = f'{step}\n    {save}\n    export SSL_CERT_FILE="$PWD/server.pem"'
    other = "Install the same file in the operating system's store for the editor."
    said = f"{detail} The certificate is self-signed, as is common for a private server."
    return Finding(UNTRUSTED, detail=said, steps=(step, other), instead=True)


def look_closer(
    dialer: Dialer | None, failure: Failure, settings: Settings, background: Background
) -> CertificateLook:
    """A closer look at the certificate that the target shows, in the time that is left."""
    if dialer is None:
        return CertificateLook()
    look = background.start(partial(certificate.look_closer, dialer, failure))
    seen = look.result_or(CertificateLook())
    if seen.shown is None:
        return seen
    judged = partial(certificate.with_judges, seen, dialer, settings.environment)
    return background.start(judged).result_or(seen)


def judge_bundle(bundle: Value, error: OSError) -> Outcome:
    """The failure that the CA bundle which a variable names cannot be used."""
    said = f"{bundle.source} names {bundle.value}, which cannot be used: {error.strerror or error}."
    step = f"Correct {bundle.source}, or remove it."
    evidence = (Evidence("tls", said),)
    finding = Finding(UNTRUSTED, evidence, lead=said, steps=(step,), stage=Stage.TLS, instead=True)
    return Outcome(Status.FAIL, said.rstrip("."), finding)


def trusted_by_system(said: str, seen: Exchange, shown: Handshake) -> Outcome:
    """A warning where the system's store accepts a certificate that certifi's bundle does not."""
    detail = (
        f"The operating system trusts {shown.issuer}, but certifi's bundle does not. The editor "
        "and openai 3 use the system's store. Python programs with requests or an older openai "
        "use certifi's bundle: they need SSL_CERT_FILE and REQUESTS_CA_BUNDLE."
    )
    evidence = (Evidence("tls", said),)
    finding = Finding("tls_untrusted_certificate", evidence, Confidence.LIKELY, detail=detail)
    return Outcome(Status.WARN, f"{said}; {detail}", finding, observations=reach_facts(seen))


def clock_warning(seen: Exchange) -> Finding | None:
    """A finding when the local clock is far from the server's, by the header of an answer."""
    there, here = date_of(seen.headers.get("date", "")), datetime.now(UTC)
    if there is None or abs(there - here) < SKEW:
        return None
    said = f"This computer's clock says {here:%Y-%m-%d %H:%M} UTC, "
    said += f"the server's {there:%Y-%m-%d %H:%M}."
    return Finding("clock_skew", (Evidence("http", said),), detail=said)


def expects_encryption(
    dialer: Dialer | None, settings: Settings, background: Background
) -> Finding | None:
    """A finding when an http:// address was answered badly by a port that expects encryption."""
    if dialer is None or dialer.url.scheme != "http":
        return None
    asked = background.start(lambda: certificate.speaks_tls(dialer))
    if not asked.result_or(False):
        return None
    said = "The port expects encryption: write https:// in the base URL."
    right = f"https{settings.url.text.removeprefix('http')}"
    steps = (set_to(settings.base_url, right),)
    return Finding(
        "tls_protocol_error", (Evidence("http", said),), detail=said, steps=steps, instead=True
    )


def _clock_is_wrong(look: CertificateLook) -> bool:
    """Whether the certificate is valid by the server's clock, which differs from the local one."""
    there, shown = look.server_date, look.shown
    if shown is None or there is None or there.tzinfo is None:
        return False
    differs = abs(there - datetime.now(UTC)) >= SKEW
    return differs and shown.not_before <= there <= shown.not_after


def _details(entry_id: str, look: CertificateLook, settings: Settings) -> str:
    parts = [_about(entry_id, look)]
    if entry_id in ("tls_untrusted_certificate", "tls_certificate_expired"):
        parts.append(_trust(look, settings.ca_bundle))
    return " ".join(part for part in parts if part)


def _about(entry_id: str, look: CertificateLook) -> str:
    if look.plain_http:
        return "The port speaks plain HTTP, without encryption."
    if look.shown is None:
        return ""
    if entry_id == "tls_hostname_mismatch":
        return f"The certificate is for {', '.join(look.shown.names) or 'no name at all'}."
    if entry_id == "tls_certificate_expired":
        return _validity(look.shown, look.server_date)
    return f"The certificate was issued by {look.shown.issuer or 'an unnamed issuer'}."


def _validity(shown: Certificate, there: datetime | None) -> str:
    clocks = f"This computer's clock says {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    clocks += f", the server's {there:%Y-%m-%d %H:%M}." if there else "."
    days = f"{shown.not_before:%Y-%m-%d} to {shown.not_after:%Y-%m-%d}"
    return f"The certificate is valid from {days}. {clocks}"


def _trust(look: CertificateLook, bundle: Value | None) -> str:
    names = {"system": "the operating system's store", "certifi": "certifi's bundle"}
    others = [names.get(one, f"the file of {one}") for one in look.accepted_by]
    would = f"{' and '.join(others)} would accept it." if others else ""
    if bundle is None:
        neither = f"Neither {names['certifi']} nor {names['system']} accepts it."
        return neither if not others else f"{neither} {would[0].upper()}{would[1:]}"
    asked = f"{bundle.value} (from {bundle.source})"
    return f"This run used {asked}; {would}" if others else f"This run used {asked}."
