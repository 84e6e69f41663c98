"""The answer itself: does the model answer, and how much is left of the limits?"""

from collections.abc import Mapping
from dataclasses import replace

from codegpt_doctor.billing.rates import wait_said, windows
from codegpt_doctor.checks.api import (
    inference_answers,
    inference_problem,
    tried_model,
)
from codegpt_doctor.checks.key import is_sendable
from codegpt_doctor.checks.reading import error_of, finding_of, intermittent, is_answer, said
from codegpt_doctor.explanation import Confidence
from codegpt_doctor.model import CheckResult, Finding, HttpObservation, Outcome, Status
from codegpt_doctor.probes.http import json_of
from codegpt_doctor.probes.inference import another
from codegpt_doctor.runner import Context

SLOW_MS = 10_000
KEY_REFUSED, SILENT = "invalid_api_key", "request_timeout"


def check_inference(context: Context) -> Outcome:
    """Do the chosen models answer the smallest request there is?"""
    key = context.settings.key
    if key is None or not is_sendable(key, context.settings):
        return Outcome(Status.SKIP, "no key to send", skipped_because="key")
    first = _of_model(context, "inference", tried_model(context))
    others = {
        value.value: _of_model(context, another(value.value), value.value)
        for value in context.settings.models[1:]
        if context.spend
    }
    return _together({tried_model(context) or "": first, **others}) if others else first


def _of_model(context: Context, probe: str, model: str | None) -> Outcome:
    answer = inference_answers(context, probe)[-1]
    problem = inference_problem(context, probe)
    if problem is None:
        return _worked(context, probe, model)
    finding = finding_of(problem, answer, "inference", context.settings, _charged_to(answer))
    if finding and finding.id == KEY_REFUSED and _lists_models(context):
        detail = f"GET /models answers with this key, {answer.operation} refuses it."
        detail = f"{detail} {finding.detail}".strip()
        finding = replace(finding, confidence=Confidence.LIKELY, detail=detail)
    if finding and finding.id == SILENT and _lists_models(context):
        detail = f"The network and the key are fine: {answer.operation} alone gets no answer."
        finding = replace(finding, detail=detail)
    facts: dict[str, float] = {"status": answer.http_status}
    wait = wait_said(answer.headers, str(error_of(answer).get("message") or ""))
    facts |= {"retry_after_s": wait} if wait is not None else {}
    return Outcome(Status.FAIL, said(answer), finding, observations=facts)


def _lists_models(context: Context) -> bool:
    """Whether the list of models was given."""
    auth = context.results.get("auth")
    return auth is not None and auth.status is Status.PASS


def _together(outcomes: Mapping[str, Outcome]) -> Outcome:
    """One outcome for several models: the worst one, and which of the others answer."""
    order = (Status.FAIL, Status.WARN, Status.PASS)
    worst = min(outcomes.values(), key=lambda outcome: order.index(outcome.status))
    summary = "; ".join(
        outcome.summary if outcome.status is not Status.FAIL else f"{name}: {outcome.summary}"
        for name, outcome in outcomes.items()
    )
    work = [name for name, outcome in outcomes.items() if outcome.status is not Status.FAIL]
    finding = worst.finding
    if finding and work and worst.status is Status.FAIL:
        failing = next(name for name, outcome in outcomes.items() if outcome is worst)
        said_so = f"It is about {failing}; fine: {', '.join(work)}."
        finding = replace(finding, detail=f"{finding.detail} {said_so}".strip())
    facts = {name: outcome.observations for name, outcome in outcomes.items()}
    return Outcome(worst.status, summary, finding, observations=facts)


def _charged_to(answer: HttpObservation) -> str:
    organization = answer.headers.get("openai-organization")
    return f"The request was charged to the organization {organization}." if organization else ""


def _worked(context: Context, probe: str, model: str | None) -> Outcome:
    if not context.spend:
        return Outcome(
            Status.PASS, "key and scope are accepted; nothing was run, so credit was not tested"
        )
    attempts = inference_answers(context, probe)
    answer = attempts[-1]
    facts = {"attempts": [f"{one.operation}: {one.http_status}" for one in attempts]}
    took = f"{model} answers in {answer.duration_ms} ms, {_cost(answer)}"
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


def check_limits(context: Context) -> Outcome:
    """What do the rate-limit headers of the answer say is left?"""
    answers = inference_answers(context)
    found = windows(answers[-1].headers) if answers else ()
    if not found:
        return _no_limits(context.results["inference"])
    limits = {
        one.kind: {
            "limit": str(one.limit),
            "remaining": "?" if one.left is None else str(one.left),
            "reset": one.said,
        }
        for one in found
    }
    parts = [
        f"{one['remaining']} of {one['limit']} {kind.replace('-', ' ')} left"
        + (f", reset in {one['reset']}" if one["reset"] else "")
        for kind, one in limits.items()
    ]
    status = Status.WARN if any(one.exhausted for one in found) else Status.PASS
    return Outcome(status, "; ".join(parts), observations=limits)


def _no_limits(inference: CheckResult) -> Outcome:
    """Why no limit is known, which is not worth a word of its own where no answer came at all."""
    reason = "the answer has no rate-limit headers"
    if inference.status in (Status.FAIL, Status.ERROR):
        return Outcome(Status.SKIP, "not tried", skipped_because=inference.id)
    if inference.status is Status.SKIP:
        return Outcome(Status.SKIP, "not tried", skipped_because=inference.skipped_because)
    return Outcome(Status.SKIP, reason, skipped_because=reason)
