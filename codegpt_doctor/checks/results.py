"""What the probes of a run came to, for the checks."""

from collections.abc import Mapping, Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue.steps import this_system
from codegpt_doctor.checks.plan import PathContext, Plan
from codegpt_doctor.engine.background import Task, UnfinishedError
from codegpt_doctor.findings.answers import (
    FORMAL,
    PATH_STAGES,
    REFUSED_KEYS,
    UNKNOWN,
    Judge,
    list_problem,
    stage_of,
)
from codegpt_doctor.findings.completions import answer_problem
from codegpt_doctor.findings.words import error_of
from codegpt_doctor.model.explanation import Match
from codegpt_doctor.model.observation import Exchange, late
from codegpt_doctor.model.report import Finding, Outcome, Stage, Status
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.providers.address import faults_at
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.url import Fault

# what a server says to a request that names no model, or before it looks at one
WITHOUT_MODEL = ("model_not_found", "model_not_loaded", "model_not_pulled", "deployment_not_found")
NO_KEY = "--no-key"  # the option that leaves the key out

OWN_VALIDATION = "invalid_request_error"  # the type of a refusal that only follows a good key


def exchange_of(task: Task[Exchange] | None, operation: str) -> Exchange:
    """What a request gave; one that did not end in time, or was not begun, has no status."""
    unanswered = Exchange(operation, failure=late(Stage.HTTP))
    return task.result_or(unanswered) if task else unanswered


def models_seen(plan: Plan) -> Exchange:
    """What GET /models gave."""
    return exchange_of(plan.models, "GET /models")


def has_list(plan: Plan) -> bool:
    """Whether the list of models was asked for: some providers have none."""
    return plan.models is not None or (plan.inference is None and plan.knock is None)


def first_answer(plan: Plan) -> tuple[Exchange, Judge]:
    """What tells whether an API answers, and what is wrong with that: the list, or the model."""
    if plan.knock:
        return exchange_of(plan.knock, "a request without a key"), answer_problem
    if has_list(plan):
        return models_seen(plan), list_problem
    return attempts_of(plan.inference)[-1], answer_problem


def attempts_of(task: Task[Inference] | None) -> Sequence[Exchange]:
    """The attempts at an inference, the last one counts; a time-out when it did not end."""
    if task is None:
        return ()
    try:
        return task.result().attempts
    except UnfinishedError:
        return (Exchange("inference", failure=late(Stage.HTTP)),)


def problem_with(context: PathContext, task: Task[Inference] | None) -> Match | None:
    """What is wrong with an inference; None when it worked, or was not tried."""
    answers = attempts_of(task)
    if not answers:
        return None
    problem = problem_in(context, answers[-1], answer_problem)
    if problem and not context.spend and _is_asked_for(problem, answers[-1]):
        return None
    return problem


def proves_key(context: PathContext) -> bool:
    """Whether the answer to an inference, or to a stand-in for one, shows that the key works.

    A server that accepts a request which names no model, or refuses it because of the model, may
    never have looked at the key; nor may one that is not known to look at it first.
    """
    answers = attempts_of(context.plan.inference)
    if not answers or inference_problem(context):
        return False
    refused = answers[-1].http_status in FORMAL
    own = provider_of(context.settings.host) == context.settings.provider
    return context.spend or (refused and own and error_of(answers[-1]).type == OWN_VALIDATION)


def inference_problem(context: PathContext) -> Match | None:
    """What is wrong with the inference of the first model; None when it worked or was not tried."""
    return problem_with(context, context.plan.inference)


def problem_in(context: PathContext, seen: Exchange, judge: Judge) -> Match | None:
    """What is wrong with an answer; a path that is no endpoint may be taken for a model's name."""
    problem = judge(seen)
    kinds = {fault.kind for fault in faults_at(context.settings)}
    has_endpoint = bool(kinds & {Fault.ENDPOINT, Fault.VERSION_TWICE})
    if problem and problem.id == "model_not_found" and has_endpoint:
        return problem._replace(id="endpoint_not_found")
    return problem


def _is_asked_for(problem: Match, answer: Exchange) -> bool:
    """Whether a deliberately invalid request was refused for being invalid, and nothing else.

    It names no model, and some servers say just that.
    """
    if problem.id in WITHOUT_MODEL:
        return True
    refused = answer.http_status in FORMAL
    return refused and (problem.id == UNKNOWN or catalogue.get(problem.id).family == "request")


def inference_works(context: PathContext) -> bool:
    """Whether an inference was tried and answered, or a stand-in for one proved the key."""
    return proves_key(context)


def model_answers(context: PathContext) -> bool:
    """Whether the model itself was asked and has answered."""
    return context.spend and inference_works(context)


def api_answers(context: PathContext) -> bool:
    """Whether an inference was answered by an API, be it with a refusal that is documented."""
    problem = inference_problem(context)
    if problem is None or problem.id == UNKNOWN:
        return inference_works(context)
    return stage_of(problem) not in PATH_STAGES


def tried_model(context: PathContext) -> str | None:
    """The model that is tested: the chosen one, or the one that was fallen back on."""
    if context.settings.model:
        return context.settings.model.value
    task = context.plan.inference
    try:
        return task.result().model if task else None
    except UnfinishedError:
        return None


def without_key(context: PathContext) -> Outcome:
    """The outcome of a question that only a key can ask, where none was sent."""
    if context.settings.no_key:
        return Outcome(Status.SKIP, "the run sends no key", skipped_because=NO_KEY)
    return Outcome(Status.SKIP, "no key to send", skipped_because="key")


def with_other_key(context: PathContext, finding: Finding) -> Finding:
    """Tell of the key that is not used beside one that is refused: it may be the right one."""
    key, others = context.settings.key, context.settings.searched.others
    if finding.id not in REFUSED_KEYS or key is None:
        return finding
    if not others:
        return _with_file(finding, context)
    tried = context.plan.others.result_or([]) if context.plan.others else []
    works = next((one for one, seen in tried if list_problem(seen) is None), None)
    if works:
        said = f"The one from {works.source} ({mask(works.secret.reveal())}) works there."
        step = removal_of(key.source, context.settings.environment)
    elif tried:
        said = f"{tried[0][0].source} holds another key, which is refused too."
        return finding._replace(detail=f"{said} {finding.detail}".strip())
    else:
        said = f"{others[0].source} holds another key, which was not tried."
        step = f"Remove {key.source} if {others[0].source} is the right key."
    detail = f"{said} {finding.detail}".strip()
    return finding._replace(detail=detail, steps=(step, *finding.steps))


def _with_file(finding: Finding, context: PathContext) -> Finding:
    """The finding with what in the file makes another key of the one that was meant."""
    for fault in context.settings.searched.faults[:1]:
        detail = f"{finding.detail} {fault.words[:1].upper()}{fault.words[1:]}.".strip()
        return finding._replace(detail=detail, steps=(fault.step, *finding.steps))
    return finding


def removal_of(source: str, environment: Mapping[str, str]) -> str:
    """The step that takes a key out of the way of another that works."""
    step = f"Remove {source}, so that the other key is used."
    if source not in environment:
        return step
    line = f"Remove-Item Env:{source}" if this_system() == "windows" else f"unset {source}"
    return f"{step}\n    {line}"
