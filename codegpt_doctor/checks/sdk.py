"""The second opinion: what a Python program with the official SDK sees, with the same settings."""

from codegpt_doctor.checks.route import decision
from codegpt_doctor.classify import classify_exception
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.answers import UNKNOWN, is_model_list, problem_of
from codegpt_doctor.findings.results import inference_problem, models_seen
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.probes.sdk import SdkAnswer


def check_sdk(context: Context) -> Outcome:
    """Does the official client see the same as this run?"""
    if not decision(context).is_sent:
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
    if not context.background.started("sdk"):
        return Outcome(Status.SKIP, "not tried", skipped_because="proxy")
    try:
        answers: list[SdkAnswer] = context.background.result("sdk")
    except UnfinishedError:
        return Outcome(Status.WARN, "the official client did not end in time")
    ours = {
        "models.list": problem_of(models_seen(context), is_model_list),
        "chat.completions.create": inference_problem(context),
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


def _name(match: object) -> str:
    return str(getattr(match, "id", "no error"))
