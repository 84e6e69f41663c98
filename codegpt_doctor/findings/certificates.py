"""A handshake that failed: which certificate problem it is, and whose."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from codegpt_doctor.classify import classify_text
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import HttpObservation, Observation
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.net import certificate

SKEW = timedelta(minutes=5)  # what certificates and sign-in protocols commonly allow


def judge_certificate(context: Context, seen: HttpObservation) -> Outcome:
    """Name the problem of a failed handshake, from a closer look at the certificate."""
    failure = seen.failure or ""
    match = classify_text(failure)
    entry_id = match.id if match else "tls_protocol_error"
    facts = _closer_look(context).facts
    detail = _details(entry_id, facts, context)
    if entry_id == "tls_certificate_expired" and _clock_is_wrong(facts):
        entry_id = "clock_skew"
    line = failure.splitlines()[0].partition(": ")[2] if failure else "no answer"
    where = f"TLS with {context.settings.host}"
    finding = Finding(entry_id, (Evidence("tls", f"{where}: {line}"),), detail=detail)
    shown = {key: str(value) for key, value in facts.items()}
    return Outcome(Status.FAIL, f"{where}: {line}", finding, observations=shown)


def judge_bundle(context: Context) -> Outcome | None:
    """A failure when the CA bundle that a variable names cannot be used; None when it can."""
    bundle = context.settings.ca_bundle
    if bundle is None or context.dialer is None or context.dialer.url.scheme != "https":
        return None
    try:
        context.background.result("trust")
    except UnfinishedError:
        return None
    except OSError as error:
        said = f"{bundle.source} names {bundle.value}, which cannot be used: "
        said += f"{error.strerror or error}."
        step = f"Correct {bundle.source}, or remove it."
        evidence = (Evidence("tls", said),)
        finding = Finding("tls_untrusted_certificate", evidence, detail=said, steps=(step,))
        return Outcome(Status.FAIL, said.rstrip("."), finding)
    return None


def trusted_by_system(said: str, facts: Mapping[str, Any]) -> Outcome:
    """A warning where the system's store accepts a certificate that certifi's bundle does not."""
    detail = (
        f"The operating system trusts {facts['issuer']}, certifi's bundle does not. The editor and "
        "openai 3 ask the system; Python programs with requests or an older openai ask certifi's "
        "bundle, and need SSL_CERT_FILE and REQUESTS_CA_BUNDLE."
    )
    evidence = (Evidence("tls", said),)
    finding = Finding("tls_untrusted_certificate", evidence, Confidence.LIKELY, detail=detail)
    return Outcome(Status.WARN, f"{said}; {detail}", finding, observations=facts)


def clock_warning(seen: HttpObservation) -> Finding | None:
    """A finding when the local clock is far from the server's, by the header of an answer."""
    try:
        there = parsedate_to_datetime(seen.headers.get("date", ""))
    except ValueError:
        return None
    here = datetime.now(UTC)
    if there.tzinfo is None or abs(there - here) < SKEW:
        return None
    said = f"This computer's clock says {here:%Y-%m-%d %H:%M} UTC, "
    said += f"the server's {there:%Y-%m-%d %H:%M}."
    return Finding("clock_skew", (Evidence("http", said),), detail=said)


def expects_encryption(context: Context) -> Finding | None:
    """A finding when an http:// address was answered badly by a port that expects encryption."""
    dialer = context.dialer
    if dialer is None or dialer.url.scheme != "http":
        return None
    context.background.start("encryption", lambda: certificate.speaks_tls(dialer))
    try:
        speaks: bool = context.background.result("encryption")
    except UnfinishedError:
        return None
    if not speaks:
        return None
    said = "The port expects encryption: write https:// in the base URL."
    return Finding("tls_protocol_error", (Evidence("http", said),), detail=said, steps=(said,))


def _closer_look(context: Context) -> Observation:
    dialer = context.dialer
    if dialer is None:
        return Observation("look at the certificate")
    context.background.start("certificate", lambda: certificate.examine(dialer))
    try:
        seen: Observation = context.background.result("certificate")
    except UnfinishedError:
        return Observation("look at the certificate")
    return seen


def _clock_is_wrong(facts: Mapping[str, Any]) -> bool:
    """Whether the certificate is valid by the server's clock, which differs from the local one."""
    there = facts.get("server_date")
    if not isinstance(there, datetime) or abs(there - datetime.now(UTC)) < SKEW:
        return False
    return bool(facts["not_before"] <= there <= facts["not_after"])


def _details(entry_id: str, facts: Mapping[str, Any], context: Context) -> str:
    parts = [_about(entry_id, facts)]
    if entry_id in ("tls_untrusted_certificate", "tls_certificate_expired"):
        parts.append(_trust(facts, context))
    return " ".join(part for part in parts if part)


def _about(entry_id: str, facts: Mapping[str, Any]) -> str:
    if facts.get("plain_http"):
        return "The port answers plain HTTP: write http:// in the base URL, or use the other port."
    if "issuer" not in facts:
        return ""
    if entry_id == "tls_hostname_mismatch":
        return f"The certificate is for {', '.join(facts['names']) or 'no name at all'}."
    if entry_id == "tls_certificate_expired":
        there = facts.get("server_date")
        clocks = f"This computer's clock says {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        clocks += f", the server's {there:%Y-%m-%d %H:%M}." if there else "."
        days = f"{facts['not_before']:%Y-%m-%d} to {facts['not_after']:%Y-%m-%d}"
        return f"The certificate is valid from {days}. {clocks}"
    return f"The certificate was issued by {facts['issuer'] or 'an unnamed issuer'}."


def _trust(facts: Mapping[str, Any], context: Context) -> str:
    bundle = context.settings.ca_bundle
    names = {"system": "the operating system's store", "certifi": "certifi's bundle"}
    if bundle is None:
        return f"Neither {names['certifi']} nor {names['system']} accepts it."
    asked = f"{bundle.value} (from {bundle.source})"
    accepted = facts.get("accepted_by") or []
    if not accepted:
        return f"Asked was {asked}."
    return f"Asked was {asked}; {' and '.join(names[one] for one in accepted)} would accept it."
