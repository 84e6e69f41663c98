"""Is the chosen model in the list, and will it stay?"""

import difflib
from datetime import UTC, datetime
from typing import Any

from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.answers import (
    finding_of,
    is_model_list,
    stage_of,
)
from codegpt_doctor.findings.model_list import _models, model_ids
from codegpt_doctor.findings.results import (
    _problem,
    inference_answers,
    inference_problem,
    inference_works,
    models_seen,
    tried_model,
)
from codegpt_doctor.model.explanation import Confidence, Match
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.model.report import Finding, Outcome, Status

MAX_COMPARED = 1000  # models; each takes a fraction of a millisecond


def check_model(context: Context) -> Outcome:
    """Is the chosen model in the list, and will it stay?"""
    model = tried_model(context)
    seen = models_seen(context)
    if not model or _problem(context, seen, is_model_list) or not model_ids(seen):
        return Outcome(
            Status.SKIP, "there is no list of models", skipped_because="no list of models"
        )
    if model not in model_ids(seen):
        return _not_listed(context, model, seen)
    ends = next((m.get("shutdown_date") for m in _models(seen) if m.get("id") == model), None)
    if ends:
        return _ending(model, ends)
    return Outcome(Status.PASS, f"{model} is available")


def _not_listed(context: Context, model: str, seen: HttpObservation) -> Outcome:
    nearest = difflib.get_close_matches(model, model_ids(seen)[:MAX_COMPARED], n=3, cutoff=0.5)
    said_near = f"; nearest: {', '.join(nearest)}" if nearest else ""
    summary = f"{model} is not in the list{said_near}"
    if inference_works(context):
        return Outcome(Status.WARN, f"{summary}, but it answers")
    problem = inference_problem(context)
    if problem is None or stage_of(problem) == "model":
        answer = inference_answers(context)[-1:] or [seen]
        match = problem or Match("model_not_found", Confidence.LIKELY, ())
        finding = finding_of(match, answer[0], "model", context.settings, f"{summary}.")
        return Outcome(Status.FAIL, summary, finding, observations={"nearest": nearest})
    return Outcome(Status.WARN, summary, observations={"nearest": nearest})


def _ending(model: str, ends: Any) -> Outcome:
    day = (
        datetime.fromtimestamp(ends, UTC).date().isoformat() if isinstance(ends, int) else str(ends)
    )
    summary = f"{model} is available, but will be shut down on {day[:10]}"
    return Outcome(Status.WARN, summary, Finding("model_deprecated", detail=f"{summary}."))
