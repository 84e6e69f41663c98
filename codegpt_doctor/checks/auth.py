"""Is the key accepted?"""

from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.results import (
    inference_problem,
    inference_works,
    models_seen,
    problem_in,
)
from codegpt_doctor.findings.answers import PATH_STAGES, UNKNOWN, finding_of, list_problem, stage_of
from codegpt_doctor.findings.measurements import told_headers
from codegpt_doctor.findings.model_list import model_ids
from codegpt_doctor.findings.words import said
from codegpt_doctor.model.explanation import Match
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Outcome, Status


def check_auth(context: PathContext) -> Outcome:
    """Is the key accepted?"""
    if not way_of(context).decision().is_sent:
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
    seen = models_seen(context.plan)
    problem = problem_in(context, seen, list_problem)
    if problem is None:
        return Outcome(Status.PASS, _accepted(seen), observations=told_headers(seen))
    finding = finding_of(problem, seen, "auth", context.settings)
    if inference_works(context):
        return Outcome(
            Status.WARN,
            f"the key works; only the list of models is not given: {said(seen)}",
            finding,
        )
    status = Status.FAIL if _is_root(problem, context) else Status.WARN
    return Outcome(status, f"{seen.operation}: {said(seen)}", finding)


def _is_root(problem: Match, context: PathContext) -> bool:
    """Whether the refusal of the list says why the model does not answer either."""
    other = inference_problem(context)
    if other is None or other.id == problem.id:
        return True
    return problem.id != UNKNOWN and stage_of(other) in PATH_STAGES


def _accepted(seen: Exchange) -> str:
    names = model_ids(seen)
    count = f"{len(names)} model{'' if len(names) == 1 else 's'}"
    organization = seen.headers.get("openai-organization")
    return f"{count}, organization {organization}" if organization else count
