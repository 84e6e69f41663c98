"""Is the key accepted?"""

from codegpt_doctor.checks.route import decision
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.answers import (
    PATH_STAGES,
    UNKNOWN,
    finding_of,
    is_model_list,
    said,
    stage_of,
)
from codegpt_doctor.findings.model_list import model_ids
from codegpt_doctor.findings.results import (
    _problem,
    _told,
    inference_problem,
    inference_works,
    models_seen,
)
from codegpt_doctor.model.explanation import Match
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.model.report import Outcome, Status


def check_auth(context: Context) -> Outcome:
    """Is the key accepted?"""
    if not decision(context).is_sent:
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
    seen = models_seen(context)
    problem = _problem(context, seen, is_model_list)
    if problem is None:
        return Outcome(Status.PASS, _accepted(seen), observations=_told(seen))
    finding = finding_of(problem, seen, "auth", context.settings)
    if inference_works(context):
        return Outcome(
            Status.WARN,
            f"the key works; only the list of models is not given: {said(seen)}",
            finding,
        )
    status = Status.FAIL if _is_root(problem, context) else Status.WARN
    return Outcome(status, f"{seen.operation}: {said(seen)}", finding)


def _is_root(problem: Match, context: Context) -> bool:
    """Whether the refusal of the list says why the model does not answer either."""
    other = inference_problem(context)
    if other is None or other.id == problem.id:
        return True
    return problem.id != UNKNOWN and stage_of(other) in PATH_STAGES


def _accepted(seen: HttpObservation) -> str:
    names = model_ids(seen)
    count = f"{len(names)} model{'' if len(names) == 1 else 's'}"
    organization = seen.headers.get("openai-organization")
    return f"{count}, organization {organization}" if organization else count
