"""The second opinion: what a Python program with the official SDK sees, with the same settings."""

from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.results import inference_problem, models_seen
from codegpt_doctor.classify import classify_exception
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.findings.answers import UNKNOWN, is_model_list, problem_of
from codegpt_doctor.model.explanation import Evidence, Match
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.probes.sdk import COMPLETE, LIST


def check_sdk(context: PathContext) -> Outcome:
    """Does the official client see the same as this run?"""
    if not way_of(context).decision().is_sent:
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
    if context.plan.sdk is None:
        return Outcome(Status.SKIP, "not tried", skipped_because="proxy")
    try:
        answers = context.plan.sdk.result()
    except UnfinishedError:
        return Outcome(Status.WARN, "the official client did not end in time")
    ours = {
        LIST: problem_of(models_seen(context.plan), is_model_list),
        COMPLETE: inference_problem(context),
    }
    seen = {
        answer.call: classify_exception(answer.error) if answer.error else None
        for answer in answers
    }
    differences = [
        f"{call}: the SDK sees {_name(theirs)}, this run {_name(ours[call])}"
        for call, theirs in seen.items()
        if _name(theirs) != _name(ours[call])
    ]
    if not differences:
        return Outcome(Status.PASS, f"openai {answers[0].version} sees the same")
    other = next((match for match in seen.values() if match), None)
    evidence = tuple(Evidence("sdk", line) for line in differences)
    finding = Finding(other.id, evidence) if other and other.id != UNKNOWN else None
    return Outcome(Status.WARN, "; ".join(differences), finding)


def _name(match: Match | None) -> str:
    return match.id if match else "no error"
