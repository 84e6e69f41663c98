"""The answer itself: does the model answer, and how much is left of the limits?"""

from collections.abc import Mapping, Sequence

from codegpt_doctor.checks.infer import SOME_MODEL
from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.results import (
    WITHOUT_MODEL,
    attempts_of,
    exchange_of,
    problem_with,
    proves_key,
    tried_model,
    without_key,
)
from codegpt_doctor.engine.background import Task
from codegpt_doctor.findings.answers import (
    AGAIN,
    REFUSED_KEYS,
    finding_of,
    intermittent,
    list_problem,
)
from codegpt_doctor.findings.completions import answer_problem
from codegpt_doctor.findings.lifecycle import with_end
from codegpt_doctor.findings.rate_limits import wait_said
from codegpt_doctor.findings.words import error_of, said
from codegpt_doctor.model.explanation import Confidence
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.net.client import json_of
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.providers.address import asked_at
from codegpt_doctor.providers.dialects.azure import deployment_in
from codegpt_doctor.providers.provider import all_providers, load
from codegpt_doctor.settings.values import Settings

SLOW_MS = 10_000

KEY_REFUSED, SILENT = "invalid_api_key", "request_timeout"
NO_DEPLOYMENT = "deployment_not_found"
NO_KEY, NO_KEY_BEHIND = "missing_api_key", "gateway_has_no_credentials"


def check_inference(context: PathContext) -> Outcome:
    """Do the chosen models answer the smallest request there is?"""
    if not way_of(context).decision().is_sent:
        return without_key(context)
    first = _of_model(context, context.plan.inference, tried_model(context))
    others = {
        model: _of_model(context, task, model) for model, task in context.plan.further.items()
    }
    return _together({tried_model(context) or "": first, **others}) if others else first


def _of_model(context: PathContext, task: Task[Inference] | None, model: str | None) -> Outcome:
    attempts = attempts_of(task)
    if not attempts:
        raise LookupError("no model was tested")
    answer = attempts[-1]
    problem = problem_with(context, task)
    if problem is None:
        return _worked(attempts, model) if context.spend else _accepted(context)
    finding = finding_of(problem, answer, "inference", context.settings, _charged_to(answer))
    if finding and finding.id in REFUSED_KEYS and _is_handed_on(answer):
        detail = "The provider behind this server refuses the server's own key."
        finding = finding._replace(id=NO_KEY_BEHIND, detail=detail, steps=())
    if finding and finding.id == KEY_REFUSED and _lists_models(context):
        detail = f"GET /models works with this key, but {answer.operation} refuses it."
        detail = f"{detail} {finding.detail}".strip()
        finding = finding._replace(confidence=Confidence.LIKELY, detail=detail)
    if finding and finding.id == NO_KEY and context.settings.key and _lists_models(context):
        detail = (
            "The key was sent, and GET /models works with it: the server lacks a key of its own."
        )
        finding = Finding(
            NO_KEY_BEHIND, finding.evidence, finding.confidence, detail, answer=finding.answer
        )
    if finding and finding.id == NO_DEPLOYMENT and not _is_named(context.settings):
        finding = _none_named(finding, model)
    if finding and finding.id in WITHOUT_MODEL and model == SOME_MODEL and _is_guess(context):
        finding = _no_model_named(finding)
    if finding and finding.id == SILENT and _lists_models(context):
        finding = _no_word(finding, answer)
    if finding:
        finding = with_end(finding, load(context.settings.provider), model)
    facts: dict[str, float] = {"status": answer.http_status}
    wait = wait_said(answer.headers, error_of(answer).message)
    facts |= {"retry_after_s": wait} if wait is not None else {}
    return Outcome(
        Status.FAIL, said(answer), finding, observations=facts, measured_ms=answer.duration_ms
    )


def _is_handed_on(answer: Exchange) -> bool:
    """Whether a refusal is that of a provider behind a gateway, which only passes it on."""
    beginnings = (provider.hands_on for provider in all_providers())
    return any(begins and begins in answer.body for begins in beginnings)


def _is_named(settings: Settings) -> bool:
    """Whether the user has said which deployment is meant, with the address or beside it."""
    return settings.model is not None or bool(deployment_in(asked_at(settings)))


def _none_named(finding: Finding, model: str | None) -> Finding:
    """The finding where nobody has said which deployment is meant, and a name had to be tried."""
    detail = f"No deployment was named, so {model} from the list of models was tried."
    step = f"Name your deployment.\n    {AGAIN} --model NAME"
    steps = (step, *finding.steps)
    return finding._replace(confidence=Confidence.LIKELY, detail=detail, steps=steps)


def _is_guess(context: PathContext) -> bool:
    """Whether no model was named, and the list did not come from which one is taken else."""
    listed = exchange_of(context.plan.models, "GET /models")
    return context.settings.model is None and list_problem(listed) is not None


def _no_model_named(finding: Finding) -> Finding:
    """The finding where a server that gives no list refuses the name that had to be made up."""
    detail = f"No model was named, and the server has no list of models, so {SOME_MODEL} was tried."
    step = f"Name one of the server's models.\n    {AGAIN} --model NAME"
    return finding._replace(confidence=Confidence.LIKELY, detail=detail, steps=(step,))


def _no_word(finding: Finding, answer: Exchange) -> Finding:
    """A model that gives no answer in time, while the list of models comes at once."""
    seconds = answer.duration_ms / 1000
    if answer.http_status and not answer.failure:
        detail = "The server itself, or a gateway in front of it, ended the request."
        return finding._replace(detail=detail)
    if answer.body.strip():
        return finding  # it has begun, and what is said of that stands there
    if answer.http_status:
        detail = (
            "The server accepted the request, but sent no output of the model within "
            f"{seconds:.0f} s. It may still be loading the model, or be busy with other requests."
        )
    else:
        detail = f"GET /models works with this key; only {answer.operation} gets no response."
    longer = round(max(60.0, 4 * seconds))
    step = f"Give the model more time.\n    {AGAIN} --timeout {longer}"
    return finding._replace(detail=detail, steps=(step,))


def _lists_models(context: PathContext) -> bool:
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
        said_so = f"The problem is with {failing}. Working: {', '.join(work)}."
        finding = finding._replace(detail=f"{finding.detail} {said_so}".strip())
    facts = {name: outcome.observations for name, outcome in outcomes.items()}
    return Outcome(
        worst.status, summary, finding, observations=facts, measured_ms=worst.measured_ms
    )


def _charged_to(answer: Exchange) -> str:
    organization = answer.headers.get("openai-organization")
    return f"The request was charged to the organization {organization}." if organization else ""


def _accepted(context: PathContext) -> Outcome:
    """What a request that is invalid on purpose tells: that the key works, or nothing."""
    if proves_key(context):
        said = (
            "the key and its permissions are accepted; no model was run, so credit was not tested"
        )
        return Outcome(Status.PASS, said)
    said = "no model was run, and the server's response to an invalid request proves nothing"
    return Outcome(Status.SKIP, said, skipped_because="--no-spend")


def _worked(attempts: Sequence[Exchange], model: str | None) -> Outcome:
    answer = attempts[-1]
    facts: dict[str, object] = {
        "attempts": [f"{one.operation}: {one.http_status}" for one in attempts],
        "latency_ms": answer.duration_ms,
    }
    measured = answer.duration_ms
    took = f"{model} answered in {answer.duration_ms} ms, {_cost(answer)}"
    if answer.operation.endswith("/responses"):
        took += ", through /responses only"
    warning = intermittent(answer, answer_problem)
    if warning:
        said = f"{took}; {warning.detail}"
        return Outcome(Status.WARN, said, warning, observations=facts, measured_ms=measured)
    if answer.duration_ms > SLOW_MS:
        slow = Finding("slow_response", detail=took)
        return Outcome(Status.WARN, took, slow, observations=facts, measured_ms=measured)
    return Outcome(Status.PASS, took, observations=facts, measured_ms=measured)


def _cost(answer: Exchange) -> str:
    """What an answer took: what it tells itself, or what was read of one that was broken off."""
    body = json_of(answer)
    usage = body.get("usage") if isinstance(body, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return f"using {total} tokens" if isinstance(total, int) else "using at most 30 tokens"
