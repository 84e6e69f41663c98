"""Measurements of the way to the target: as an outcome where they failed, and as data of JSON."""

from codegpt_doctor.findings.failures import UNNAMED, entry_of
from codegpt_doctor.findings.model_list import MAX_ID
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import (
    CertificateLook,
    Connections,
    Exchange,
    Failure,
    Observation,
    Resolution,
    failed_at,
)
from codegpt_doctor.model.report import Facts, Finding, Outcome, Status
from codegpt_doctor.redact import cut

TOLD_HEADERS = (
    "server",
    "cf-ray",
    "via",
    "x-request-id",
    "openai-organization",
    "openai-project",
    "openai-processing-ms",
    "openai-version",
    "retry-after",
)


def failed(
    seen: Observation, failure: Failure, origin: str, detail: str = "", facts: Facts | None = None
) -> Outcome:
    """The outcome of a probe that failed: the documented error, or just that it did not connect."""
    line = f"{seen.operation}: {failure.text}"
    finding = Finding(
        entry_of(failure) or UNNAMED,
        (Evidence(origin, line),),
        detail=detail,
        stage=failure.stage,
    )
    return Outcome(Status.FAIL, line, finding, observations=facts or {})


def resolution_facts(seen: Resolution) -> Facts:
    """The addresses of a name."""
    return {} if seen.failure else {"addresses": list(seen.addresses)}


def connection_facts(seen: Connections) -> Facts:
    """For each family its address, the milliseconds and the failure."""
    return {
        family: {
            "address": one.address,
            "duration_ms": one.duration_ms,
            "failure": one.failure.text if one.failure else None,
        }
        for family, one in seen.attempts.items()
    }


def reach_facts(seen: Exchange) -> Facts:
    """The milliseconds of each stage, where it led, the encryption, and where it failed."""
    times = seen.timings
    certificate = seen.certificate
    facts = {
        "dns_ms": times.dns,
        "proxy_ms": times.proxy,
        "tcp_ms": times.tcp,
        "address": seen.address,
        "protocol": certificate.protocol if certificate else None,
        "tls_ms": times.tls,
        "http_ms": times.http,
        "failed_at": failed_at(seen),
    }
    known: dict[str, object] = {name: value for name, value in facts.items() if value is not None}
    if certificate:
        known["issuer"], known["not_after"] = certificate.issuer, certificate.not_after
    return known


def certificate_facts(look: CertificateLook) -> Facts:
    """What a closer look at a certificate showed, as text."""
    if look.shown is None:
        why = {"obstacle": look.obstacle} if look.obstacle else {}
        return {"plain_http": str(look.plain_http), **why}
    return {
        "issuer": look.shown.issuer,
        "not_before": str(look.shown.not_before),
        "not_after": str(look.shown.not_after),
        "names": str(list(look.shown.names)),
        "server_date": str(look.server_date),
        "accepted_by": str(list(look.accepted_by)),
    }


def told_headers(seen: Exchange) -> dict[str, str]:
    """The headers of an answer that help whoever is asked about it."""
    return {name: cut(seen.headers[name], MAX_ID) for name in TOLD_HEADERS if name in seen.headers}
