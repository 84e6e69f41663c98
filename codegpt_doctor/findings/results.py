"""What the probes of a run came to, for the checks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.classify import classify_text
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.findings.answers import (
    PATH_STAGES,
    UNKNOWN,
    is_answer,
    problem_of,
    stage_of,
)
from codegpt_doctor.findings.model_list import MAX_ID
from codegpt_doctor.model.explanation import Evidence, Match
from codegpt_doctor.model.observation import HttpObservation, Observation
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.settings.url import has_endpoint_in_it


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
    return {name: seen.headers[name][:MAX_ID] for name in _TOLD if name in seen.headers}


def tried_model(context: Context) -> str | None:
    """The model that is tested: the chosen one, or the one that was fallen back on."""
    if context.settings.model:
        return context.settings.model.value
    try:
        inference: Inference = context.background.result("inference")
    except (UnfinishedError, KeyError):
        return None
    return inference.model


def models_seen(context: Context) -> HttpObservation:
    """What GET /models gave; one that never ended has no status."""
    seen = observed(context, "models")
    if isinstance(seen, HttpObservation):
        return seen
    return HttpObservation("GET /models", seen.duration_ms, seen.failure)


def observed(context: Context, name: str) -> Observation:
    """The observation of a probe; one that did not end in time is a time-out."""
    try:
        seen: Observation = context.background.result(name)
    except UnfinishedError:
        return Observation(name, failure="Request timed out.")
    return seen


def failed(seen: Observation, otherwise: str, origin: str, detail: str = "") -> Outcome:
    """The outcome of a probe that failed: the documented error, or else the one of the stage."""
    failure = seen.failure or ""
    match = classify_text(failure)
    line = first_line(failure)
    finding = Finding(
        match.id if match else otherwise,
        (Evidence(origin, f"{seen.operation}: {line}"),),
        detail=detail,
    )
    return Outcome(Status.FAIL, f"{seen.operation}: {line}", finding, observations=seen.facts)
