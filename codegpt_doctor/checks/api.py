"""The API itself: does it answer in JSON, does it accept the key, does it have the model?"""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.checks.configuration import has_endpoint_in_it
from codegpt_doctor.checks.key import is_sendable
from codegpt_doctor.checks.path import models_seen, observed
from codegpt_doctor.checks.reading import (
    PATH_STAGES,
    UNKNOWN,
    finding_of,
    intermittent,
    is_answer,
    is_model_list,
    problem_of,
    said,
    stage_of,
)
from codegpt_doctor.checks.tls import clock_warning, expects_encryption
from codegpt_doctor.explanation import Confidence, Match
from codegpt_doctor.model import Finding, HttpObservation, Observation, Outcome, Status
from codegpt_doctor.probes.http import json_of
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.runner import Context, UnfinishedError

SLOW_MS = 3000


def inference_answers(context: Context, probe: str = "inference") -> Sequence[HttpObservation]:
    """The attempts at an inference, the last one counts; a time-out when it did not end."""
    if not context.background.started(probe):
        return ()
    try:
        inference: Inference = context.background.result(probe)
    except UnfinishedError:
        return (as_http(observed(context, probe)),)
    return inference.attempts


def as_http(seen: Observation) -> HttpObservation:
    """The observation as one of HTTP: one that never ended has no status."""
    if isinstance(seen, HttpObservation):
        return seen
    return HttpObservation(seen.operation, seen.duration_ms, seen.failure)


def inference_problem(context: Context, probe: str = "inference") -> Match | None:
    """What is wrong with the inference; None when it worked, or was not tried."""
    answers = inference_answers(context, probe)
    if not answers:
        return None
    problem = _problem(context, answers[-1], is_answer)
    if problem and not context.spend and _is_asked_for(problem, answers[-1]):
        return None
    return problem


def _problem(context: Context, seen: HttpObservation, fine: Callable[[Any], bool]) -> Match | None:
    """What is wrong with an answer; a path that is no endpoint may be taken for a model's name."""
    problem = problem_of(seen, fine)
    if problem and problem.id == "model_not_found" and has_endpoint_in_it(context.settings):
        return replace(problem, id="endpoint_not_found")
    return problem


def _is_asked_for(problem: Match, answer: HttpObservation) -> bool:
    """Whether a deliberately invalid request was refused for being invalid, and nothing else.

    It names no model, and some servers say just that.
    """
    if problem.id == "model_not_found":
        return True
    refused = answer.http_status in (400, 422)
    return refused and (problem.id == UNKNOWN or catalogue.get(problem.id).family == "request")


def inference_works(context: Context) -> bool:
    """Whether an inference was tried and worked."""
    return bool(inference_answers(context)) and inference_problem(context) is None


def api_answers(context: Context) -> bool:
    """Whether an inference was answered by an API, be it with a refusal that is documented."""
    problem = inference_problem(context)
    if problem is None or problem.id == UNKNOWN:
        return inference_works(context)
    return stage_of(problem) not in PATH_STAGES


def check_http(context: Context) -> Outcome:
    """Does an API answer at the base URL, in JSON?"""
    seen = models_seen(context)
    problem = _problem(context, seen, is_model_list)
    if problem and stage_of(problem) in PATH_STAGES and not api_answers(context):
        finding = finding_of(problem, seen, "http", context.settings)
        encrypted = expects_encryption(context) if seen.http_status in (0, 400) else None
        return Outcome(Status.FAIL, f"{seen.operation}: {said(seen)}", encrypted or finding)
    facts = {"status": seen.http_status, "duration_ms": seen.duration_ms, "headers": _told(seen)}
    warning = clock_warning(seen) or intermittent(seen, is_model_list) or _slow(seen)
    if warning:
        return Outcome(Status.WARN, warning.detail.rstrip("."), warning, observations=facts)
    return Outcome(Status.PASS, f"the API answers ({seen.duration_ms} ms)", observations=facts)


def _slow(seen: HttpObservation) -> Finding | None:
    if seen.duration_ms <= SLOW_MS:
        return None
    stages = {
        name: seen.facts.get(f"{name}_ms", 0) for name in ("dns", "proxy", "tcp", "tls", "http")
    }
    slowest = max(stages, key=lambda name: stages[name])
    took = f"{seen.operation} took {seen.duration_ms / 1000:.1f} s"
    return Finding("slow_response", detail=f"{took}, most of it at the stage {slowest}.")


_TOLD = (
    "server",
    "cf-ray",
    "via",
    "x-request-id",
    "openai-organization",
    "openai-project",
    "openai-processing-ms",
    "openai-version",
    "retry-after",
)


def _told(seen: HttpObservation) -> dict[str, str]:
    return {name: seen.headers[name] for name in _TOLD if name in seen.headers}


def check_auth(context: Context) -> Outcome:
    """Is the key accepted?"""
    key = context.settings.key
    if key is None or not is_sendable(key, context.settings):
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


def model_ids(seen: HttpObservation) -> list[str]:
    """The ids in a list of models."""
    return [str(model["id"]) for model in _models(seen) if "id" in model]


def _models(seen: HttpObservation) -> list[dict[str, Any]]:
    body = json_of(seen)
    if isinstance(body, dict):
        body = body.get("data") or body.get("models")
    return [model for model in body if isinstance(model, dict)] if isinstance(body, list) else []


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


def tried_model(context: Context) -> str | None:
    """The model that is tested: the chosen one, or the one that was fallen back on."""
    if context.settings.model:
        return context.settings.model.value
    try:
        inference: Inference = context.background.result("inference")
    except (UnfinishedError, KeyError):
        return None
    return inference.model


def _not_listed(context: Context, model: str, seen: HttpObservation) -> Outcome:
    nearest = difflib.get_close_matches(model, model_ids(seen), n=3, cutoff=0.5)
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
