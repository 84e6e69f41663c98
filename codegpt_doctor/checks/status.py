"""Is the provider's own service in trouble?"""

from collections.abc import Mapping

from codegpt_doctor import catalogue
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import CheckResult, Outcome, Status
from codegpt_doctor.net.client import json_of
from codegpt_doctor.probes import control

PROVIDER_SIDE = ("request_timeout", "connection_refused", "connection_reset", "engine_overloaded")


def check_status(context: Context[object]) -> Outcome:
    """Does the provider report an incident?  Asked only when its side may have failed."""
    provider = catalogue.providers()[context.settings.provider]
    if context.settings.host not in provider["hosts"]:
        reason = "the base URL is not the provider's own"
    elif not context.control:
        reason = "turned off"
    elif not any(map(_may_be_the_provider, context.results.values())):
        reason = "nothing failed on the provider's side"
    else:
        return _status(context, provider["status"]["summary"])
    return Outcome(Status.SKIP, reason, skipped_because=reason)


def _may_be_the_provider(result: CheckResult) -> bool:
    finding = result.finding
    if result.status is not Status.FAIL or finding is None:
        return False
    return finding.id in PROVIDER_SIDE or catalogue.get(finding.id).family == "server"


def _status(context: Context[object], url: str) -> Outcome:
    bundle = context.settings.ca_bundle
    path = bundle.value if bundle else None
    deadline = context.background.deadline
    asked = context.background.start(lambda: control.provider_status(url, path, deadline))
    try:
        seen = asked.result()
    except UnfinishedError:
        return Outcome(Status.SKIP, "it did not respond", skipped_because="it did not respond")
    return judge_page(seen)


def judge_page(seen: Exchange) -> Outcome:
    """What a status page says of the provider."""
    body = json_of(seen)
    state = body.get("status") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(state, dict) or "indicator" not in state:
        return Outcome(Status.SKIP, "it could not be read", skipped_because="it could not be read")
    return _incidents(body, state)


def _incidents(body: Mapping[str, object], state: Mapping[str, object]) -> Outcome:
    incidents = body.get("incidents")
    every = incidents if isinstance(incidents, list) else []
    listed = [one for one in every if isinstance(one, dict)]
    named = [str(one["name"]).strip() for one in listed if one.get("name")]
    said = "; ".join(named) or str(state.get("description", "")).strip()
    if state["indicator"] == "none":
        return Outcome(Status.PASS, "the provider reports no incident")
    return Outcome(Status.WARN, f"the provider reports: {said}", observations={"incidents": named})
