"""The second opinion: what a Python program with the official SDK sees, with the same settings."""

from codegpt_doctor.checks.api import inference_problem
from codegpt_doctor.checks.key import is_sendable
from codegpt_doctor.checks.path import models_seen
from codegpt_doctor.checks.reading import UNKNOWN, is_model_list, problem_of
from codegpt_doctor.classify import classify_exception
from codegpt_doctor.explanation import Evidence
from codegpt_doctor.model import Finding, Outcome, Status
from codegpt_doctor.probes.sdk import SdkAnswer
from codegpt_doctor.runner import Context, UnfinishedError


def check_sdk(context: Context) -> Outcome:
    """Does the official client see the same as this run?"""
    key = context.settings.key
    if key is None or not is_sendable(key, context.settings):
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
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
