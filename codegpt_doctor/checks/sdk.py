"""The second opinion: what a Python program with the official SDK sees, with the same settings."""

from codegpt_doctor.checks.plan import PathContext, takes_openais_client_at, way_of
from codegpt_doctor.checks.results import attempts_of, inference_problem, models_seen, without_key
from codegpt_doctor.checks.tls import unusable_bundle
from codegpt_doctor.classify import classify_exception
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.findings.answers import AGAIN, UNKNOWN, certain, list_problem
from codegpt_doctor.model.explanation import Confidence, Evidence, Match
from codegpt_doctor.model.report import Finding, Outcome, Stage, Status
from codegpt_doctor.probes.sdk import COMPLETE, LIST
from codegpt_doctor.providers.provider import load

# what a client says whose connection never came about
SILENT = "request_timeout"
NOT_REACHED = (SILENT, "connection_error", "network_unreachable", "connection_refused")


def check_sdk(context: PathContext) -> Outcome:
    """Does the official client see the same as this run?"""
    if not way_of(context).decision().is_sent:
        return without_key(context)
    if not takes_openais_client_at(context.settings):
        name = load(context.settings.provider).name
        said = f"{name} is not asked in OpenAI's format there, so OpenAI's client cannot ask it"
        return Outcome(Status.SKIP, said, skipped_because=said)
    if context.plan.sdk is None:
        return Outcome(Status.SKIP, "not tried", skipped_because="proxy")
    try:
        answers = context.plan.sdk.result()
    except UnfinishedError:
        return _as_ipv6(context, "the official client did not end in time", Finding(SILENT))
    if not answers:
        return Outcome(Status.SKIP, "not tried", skipped_because="--no-spend")
    ours = {
        LIST: list_problem(models_seen(context.plan)),
        COMPLETE: inference_problem(context),
    }
    seen = {answer.call: _raised(answer.error) for answer in answers}
    differences = [
        f"{call}: the SDK sees {name_of(theirs)}, this run {name_of(ours[call])}"
        for call, theirs in seen.items()
        if name_of(theirs) != name_of(ours[call])
    ]
    if not differences:
        return Outcome(Status.PASS, f"openai {answers[0].version} sees the same")
    said = "; ".join(differences)
    refused = [answer for answer in answers if answer.error and not ours[answer.call]]
    other = next((match for match in seen.values() if match), None)
    evidence = tuple(Evidence("sdk", line) for line in differences)
    finding = Finding(other.id, evidence) if other and other.id != UNKNOWN else None
    if not refused:
        return Outcome(Status.WARN, said, finding)
    return _of_refusal(context, said, finding)


def _of_refusal(context: PathContext, said: str, finding: Finding | None) -> Outcome:
    """What the client failed at that this run did not, by what is known of this machine."""
    unusable = unusable_bundle(context)
    if finding is None and unusable:  # the client reads it, whatever the address begins with
        return unusable
    told = context.results.get("proxy")
    if finding and told and told.finding and told.finding.id == finding.id:
        finding = told.finding._replace(evidence=(*told.finding.evidence, *finding.evidence))
        return Outcome(Status.FAIL, said, finding)
    if finding is None or finding.id in NOT_REACHED:
        return _as_ipv6(context, said, finding)
    return Outcome(Status.FAIL, said, finding)


def _raised(error: Exception | None) -> Match | None:
    return (classify_exception(error) or certain(UNKNOWN)) if error else None


def _as_ipv6(context: PathContext, said: str, finding: Finding | None) -> Outcome:
    """What the client failed at that this run did not: addresses of IPv6 that give no answer.

    This run tries all addresses at once, the client one after the other.  Where that is not the
    reason and none is known, the run is left open, or it is said that time ran out: an answer that
    the client cannot repeat is no proof that all is well.
    """
    tcp = context.results.get("tcp")
    broken = tcp.finding if tcp and tcp.status is Status.WARN else None
    if broken and broken.id == "ipv6_broken":
        evidence = (*broken.evidence, Evidence("sdk", said))
        detail = f"{broken.detail} The official client tries IPv6 first, and waits.".strip()
        finding = broken._replace(evidence=evidence, detail=detail, stage=Stage.TCP)
    elif finding and finding.id == SILENT:
        finding = _ran_out_of_time(context, said)
    return Outcome(Status.FAIL, said, finding)


def _ran_out_of_time(context: PathContext, said: str) -> Finding:
    """The client had only the time that was left when the model had answered this run."""
    answers = attempts_of(context.plan.inference)
    took = sum(one.duration_ms for one in answers) / 1000
    ours = "" if inference_problem(context) else f"This run got its answer in {took:.1f} s. "
    detail = f"{ours}The official client got none in the time that was left."
    longer = round(max(60.0, 8 * took))
    step = f"Give the run more time.\n    {AGAIN} --timeout {longer}"
    evidence = (Evidence("sdk", said),)
    return Finding(SILENT, evidence, Confidence.LIKELY, detail, (step,), Stage.HTTP, instead=True)


def name_of(match: Match | None) -> str:
    """The id of what was seen, or that nothing is wrong."""
    return match.id if match else "no error"
