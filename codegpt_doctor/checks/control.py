"""Whose fault it is: this network's, the way to this host, or the provider's."""

from dataclasses import replace
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.checks.configuration import is_private
from codegpt_doctor.explanation import Evidence
from codegpt_doctor.model import (
    CheckResult,
    Finding,
    HttpObservation,
    Observation,
    Outcome,
    Status,
)
from codegpt_doctor.probes import control
from codegpt_doctor.probes.http import json_of
from codegpt_doctor.runner import Context, UnfinishedError

PROVIDER_SIDE = ("request_timeout", "connection_refused", "connection_reset", "engine_overloaded")


def with_control(context: Context, outcome: Outcome) -> Outcome:
    """Add to a connection that failed what a neutral host tells about the network."""
    finding = outcome.finding
    if finding is None or not context.control or is_private(context.settings.host):
        return outcome
    context.background.start("control", lambda: control.neutral(context.background.deadline))
    try:
        seen: Observation = context.background.result("control")
    except UnfinishedError:
        return outcome
    return replace(outcome, finding=_judged(finding, seen.facts, context.settings.host))


def _judged(finding: Finding, facts: Any, host: str) -> Finding:
    steps = finding.steps
    if not facts["route"]:
        said = "This computer has no route to the internet at all."
        steps = ("Connect this computer to a network, and look whether others work.", *steps)
    elif not facts["name"]:
        said = f"{control.NEUTRAL_HOST} does not resolve either, so it is not about {host}."
    elif not facts["connection"]:
        said = f"{control.NEUTRAL_HOST} cannot be reached either, so it is not about {host}."
    elif finding.id == "dns_failure":
        said = f"Other names resolve ({control.NEUTRAL_HOST}): this one is blocked or misspelled."
    else:
        said = (
            f"{control.NEUTRAL_HOST} can be reached: something blocks the way to {host}, or the "
            "provider is down."
        )
    evidence = (*finding.evidence, Evidence("control", said))
    return replace(
        finding, evidence=evidence, detail=f"{finding.detail} {said}".strip(), steps=steps
    )


def check_status(context: Context) -> Outcome:
    """Does the provider report an incident?  Asked only when its side may have failed."""
    provider = catalogue.providers()[context.settings.provider]
    if context.settings.host not in provider["hosts"]:
        reason = "the base URL is not the provider's own"
    elif not context.control:
        reason = "turned off"
    elif not any(map(_may_be_the_provider, context.results.values())):
        reason = "nothing failed on the provider's side"
    else:
        return _status(context, provider["status_page"])
    return Outcome(Status.SKIP, reason, skipped_because=reason)


def _may_be_the_provider(result: CheckResult) -> bool:
    finding = result.finding
    if result.status is not Status.FAIL or finding is None:
        return False
    return finding.id in PROVIDER_SIDE or catalogue.get(finding.id).family == "server"


def _status(context: Context, url: str) -> Outcome:
    bundle = context.settings.ca_bundle
    path = bundle.value if bundle else None
    deadline = context.background.deadline
    context.background.start("status", lambda: control.provider_status(url, path, deadline))
    try:
        seen: HttpObservation = context.background.result("status")
    except UnfinishedError:
        return Outcome(Status.SKIP, "it did not answer", skipped_because="it did not answer")
    body = json_of(seen)
    state = body.get("status") if isinstance(body, dict) else None
    if not isinstance(state, dict) or "indicator" not in state:
        return Outcome(Status.SKIP, "it could not be read", skipped_because="it could not be read")
    return _incidents(body, state)


def _incidents(body: dict[str, Any], state: dict[str, Any]) -> Outcome:
    listed = [one for one in body.get("incidents") or () if isinstance(one, dict)]
    named = [str(one["name"]).strip() for one in listed if one.get("name")]
    said = "; ".join(named) or str(state.get("description", "")).strip()
    if state["indicator"] == "none":
        return Outcome(Status.PASS, "the provider reports no incident")
    return Outcome(Status.WARN, f"the provider reports: {said}", observations={"incidents": named})
