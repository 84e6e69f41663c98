"""Is the chosen model in the list, and will it stay?"""

import difflib

from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import (
    NO_KEY,
    attempts_of,
    has_list,
    inference_problem,
    model_answers,
    models_seen,
    problem_in,
    tried_model,
)
from codegpt_doctor.findings.answers import (
    finding_of,
    list_problem,
    stage_of,
)
from codegpt_doctor.findings.lifecycle import end_of, instead_of, lasting, with_end
from codegpt_doctor.findings.model_list import model_ids, models_in
from codegpt_doctor.model.explanation import Confidence, Match
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.providers.lifecycle import today
from codegpt_doctor.providers.provider import Lifecycle, load
from codegpt_doctor.settings.command import quoted

MAX_COMPARED = 1000  # models; each takes a fraction of a millisecond


def check_model(context: PathContext) -> Outcome:
    """Is the chosen model in the list, and will it stay?"""
    model = tried_model(context)
    seen = models_seen(context.plan)
    if not load(context.settings.provider).models.can_be_asked:
        reason = "the list is of what could be deployed"
        return Outcome(Status.SKIP, reason, skipped_because=reason)
    if not model and context.settings.no_key:
        return Outcome(Status.SKIP, "no model is asked without a key", skipped_because=NO_KEY)
    if not model or not has_list(context.plan) or problem_in(context, seen, list_problem):
        reason = "no list of models"
        return Outcome(Status.SKIP, "there is no list of models", skipped_because=reason)
    if not model_ids(seen) and (context.settings.model is None or model_answers(context)):
        reason = "the list of models is empty"
        return Outcome(Status.SKIP, reason, skipped_because=reason)
    listed = next((one for one in models_in(seen) if one.id == model), None)
    if listed is None:
        return _not_listed(context, model, seen)
    known = end_of(load(context.settings.provider), listed)
    if known:
        return _ending(model, known)
    return Outcome(Status.PASS, f"{model} is available")


def _not_listed(context: PathContext, model: str, seen: Exchange) -> Outcome:
    provider = load(context.settings.provider)
    lasts = [one.id for one in lasting(provider, models_in(seen)[:MAX_COMPARED])]
    nearest = difflib.get_close_matches(model, lasts, n=3, cutoff=0.5)
    said_near = f"; nearest: {', '.join(nearest)}" if nearest else ""
    summary = f"{model} is not in the list{said_near}"
    if model_answers(context):
        return Outcome(Status.WARN, f"{summary}, but it answers")
    problem = inference_problem(context)
    if problem is None and context.settings.model is None:
        reason = "none was chosen, and none was asked"
        return Outcome(Status.SKIP, reason, skipped_because=reason)
    if problem is None or stage_of(problem) == "model":
        answer = attempts_of(context.plan.inference)[-1] if problem else seen
        match = problem or Match("model_not_found", Confidence.LIKELY, ())
        finding = finding_of(match, answer, "model", context.settings, f"{summary}.")
        if finding and nearest:
            step = f"Use --model {quoted(nearest[0])}, the name in the list that is most like it."
            finding = finding._replace(steps=(step, *finding.steps))
        finding = with_end(finding, provider, model) if finding else None
        return Outcome(Status.FAIL, summary, finding, observations={"nearest": nearest})
    return Outcome(Status.WARN, summary, observations={"nearest": nearest})


def _ending(model: str, known: Lifecycle) -> Outcome:
    ends = known.ends.isoformat()
    if known.ends > today():
        summary = f"{model} is available, but will be shut down on {ends}"
    else:
        summary = f"{model} is still in the list, though its last day was {ends}"
    summary += f"; {known.replacement} replaces it" if known.replacement else ""
    finding = Finding("model_deprecated", detail=f"{summary}.", steps=instead_of(known))
    return Outcome(Status.WARN, summary, finding)
