"""The answer itself: does the model answer, and how much is left of the limits?"""

from collections.abc import Mapping

from codegpt_doctor.checks.api import inference_answers, inference_problem, tried_model
from codegpt_doctor.checks.key import is_sendable
from codegpt_doctor.checks.reading import finding_of, intermittent, is_answer, said
from codegpt_doctor.model import Finding, HttpObservation, Outcome, Status
from codegpt_doctor.probes.http import json_of
from codegpt_doctor.runner import Context

SLOW_MS = 10_000


def check_inference(context: Context) -> Outcome:
    """Does the model answer the smallest request there is?"""
    key = context.settings.key
    if key is None or not is_sendable(key, context.settings):
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
    answer = inference_answers(context)[-1]
    problem = inference_problem(context)
    if problem is None:
        return _worked(context, answer)
    finding = finding_of(problem, answer, "inference", context.settings, _charged_to(answer))
    return Outcome(Status.FAIL, said(answer), finding, observations={"status": answer.http_status})


def _charged_to(answer: HttpObservation) -> str:
    organization = answer.headers.get("openai-organization")
    return f"The request was charged to the organization {organization}." if organization else ""


def _worked(context: Context, answer: HttpObservation) -> Outcome:
    if not context.spend:
        return Outcome(
            Status.PASS, "key and scope are accepted; nothing was run, so credit was not tested"
        )
    attempts = inference_answers(context)
    facts = {"attempts": [f"{one.operation}: {one.http_status}" for one in attempts]}
    took = f"{tried_model(context)} answers in {answer.duration_ms} ms, {_cost(answer)}"
    if answer.operation.endswith("/responses"):
        took += ", through /responses only"
    warning = intermittent(answer, is_answer)
    if warning:
        return Outcome(Status.WARN, f"{took}; {warning.detail}", warning, observations=facts)
    if answer.duration_ms > SLOW_MS:
        return Outcome(Status.WARN, took, Finding("slow_response", detail=took), observations=facts)
    return Outcome(Status.PASS, took, observations=facts)


def _cost(answer: HttpObservation) -> str:
    body = json_of(answer)
    usage = body.get("usage") if isinstance(body, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return f"for {total} tokens" if isinstance(total, int) else "for at most 30 tokens"


_KINDS = ("requests", "tokens", "project-tokens")


def check_limits(context: Context) -> Outcome:
    """What do the rate-limit headers of the answer say is left?"""
    answers = inference_answers(context)
    headers: Mapping[str, str] = answers[-1].headers if answers else {}
    limits = {kind: limit for kind in _KINDS if (limit := _limit(kind, headers))}
    if not limits:
        reason = "the answer has no rate-limit headers"
        return Outcome(Status.SKIP, reason, skipped_because=reason)
    parts = [
        f"{one['remaining']} of {one['limit']} {kind.replace('-', ' ')} left"
        + (f", reset in {one['reset']}" if one["reset"] else "")
        for kind, one in limits.items()
    ]
    return Outcome(Status.PASS, "; ".join(parts), observations=limits)


def _limit(kind: str, headers: Mapping[str, str]) -> dict[str, str] | None:
    limit = headers.get(f"x-ratelimit-limit-{kind}")
    if limit is None:
        return None
    return {
        "limit": limit,
        "remaining": headers.get(f"x-ratelimit-remaining-{kind}", "?"),
        "reset": headers.get(f"x-ratelimit-reset-{kind}", ""),
    }
