"""Is the key accepted?"""

from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.results import (
    has_list,
    inference_problem,
    inference_works,
    models_seen,
    problem_in,
    proves_key,
    with_other_key,
    without_key,
)
from codegpt_doctor.findings.answers import PATH_STAGES, UNKNOWN, finding_of, list_problem, stage_of
from codegpt_doctor.findings.measurements import told_headers
from codegpt_doctor.findings.model_list import model_ids
from codegpt_doctor.findings.words import said
from codegpt_doctor.model.explanation import Match
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Outcome, Status
from codegpt_doctor.providers.provider import load


def check_auth(context: PathContext) -> Outcome:
    """Is the key accepted?"""
    if not way_of(context).decision().is_sent:
        return without_key(context)
    if not has_list(context.plan):
        return _by_model(context, "there is no list of models")
    seen = models_seen(context.plan)
    problem = problem_in(context, seen, list_problem)
    if problem is None and _is_public(context):
        return _by_model(context, f"{_accepted(seen)}, a list that anyone can see")
    if problem is None:
        facts, took = told_headers(seen), seen.duration_ms
        return Outcome(Status.PASS, _accepted(seen), observations=facts, measured_ms=took)
    finding = finding_of(problem, seen, "auth", context.settings)
    finding = with_other_key(context, finding) if finding else None
    if inference_works(context):
        works = "the key is accepted" if context.settings.key else "no key is needed"
        return Outcome(
            Status.WARN,
            f"{works}, but the server did not return the list of models: {said(seen)}",
            finding,
        )
    status = Status.FAIL if _is_root(problem, context) else Status.WARN
    return Outcome(status, f"{seen.operation}: {said(seen)}", finding)


def _is_public(context: PathContext) -> bool:
    """Whether a provider that wants a key gives the list of its models without one."""
    provider = load(context.settings.provider)
    return provider.auth.required and not provider.models.proves_key


def _by_model(context: PathContext, reason: str) -> Outcome:
    """What the model's answer tells of the key, where a list proves nothing."""
    if proves_key(context):
        proof = "the inference request shows that the key works"
        needless = "the inference request worked without a key"
        return Outcome(Status.PASS, f"{proof if context.settings.key else needless} ({reason})")
    return Outcome(Status.SKIP, f"{reason}: only an inference request proves the key", None, reason)


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
