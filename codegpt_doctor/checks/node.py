"""The second opinion of Node.js: what an editor's extensions see, on the way that they take."""

from collections.abc import Iterator
from typing import NamedTuple

from codegpt_doctor import catalogue
from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.results import inference_problem, models_seen, problem_in, without_key
from codegpt_doctor.checks.sdk import name_of
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.findings.answers import UNKNOWN, Judge, finding_of, list_problem
from codegpt_doctor.findings.completions import answer_problem
from codegpt_doctor.findings.trust import UNTRUSTED, known_to_node
from codegpt_doctor.model.explanation import Match
from codegpt_doctor.model.observation import TIMED_OUT, Exchange
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.probes.node import NodeAnswer, Runtime

MISSING = "no editor's Node.js was found, and node is not on the PATH"
LONG_MS = 5_000  # milliseconds without an answer that say something


class Seen(NamedTuple):
    """One request as Node.js saw it and as this run did."""

    exchange: Exchange
    theirs: Match | None
    ours: Match | None


def check_node(context: PathContext) -> Outcome:
    """Does the editor's own runtime, on the editor's way, see the same as this run?"""
    runtime, asked = context.plan.runtime, context.plan.node
    if not way_of(context).decision().is_sent:
        return without_key(context)
    if runtime is None or runtime.program is None:
        return Outcome(Status.SKIP, MISSING, skipped_because=MISSING)
    if not runtime.takes_its_way:
        source = runtime.proxy.source if runtime.proxy else ""
        said = f"not tried: the proxy from {source} is not an HTTP proxy"
        return Outcome(Status.SKIP, said, skipped_because=said)
    if asked is None:
        return Outcome(Status.SKIP, "not tried", skipped_because="proxy")
    try:
        answer = asked.result()
    except UnfinishedError:
        return Outcome(Status.WARN, f"{runtime.title} did not finish in time")
    if answer.version is None:
        return Outcome(Status.WARN, f"{runtime.program} could not be run")
    return _judged(context, runtime, answer)


def _judged(context: PathContext, runtime: Runtime, answer: NodeAnswer) -> Outcome:
    who = f"{runtime.title} {answer.version}"
    seen = list(_seen(context, answer))
    if not seen:
        return Outcome(Status.SKIP, "not tried", skipped_because="--no-spend")
    facts = {
        "node": answer.version,
        "program": runtime.program,
        "proxy": runtime.proxy.shown if runtime.proxy else None,
    }
    differing = [one for one in seen if name_of(one.theirs) != name_of(one.ours)]
    if not differing:
        return Outcome(Status.PASS, f"{who} sees the same{_by(runtime)}", observations=facts)
    said = "; ".join(dict.fromkeys(_difference(one, who) for one in differing))
    refused = next((one for one in differing if one.theirs and not one.ours), None)
    if refused is None or refused.theirs is None:
        return Outcome(Status.WARN, f"{said}{_by(runtime)}", observations=facts)
    finding = _finding(context, runtime, refused.theirs, refused.exchange)
    status = Status.WARN if _passes(refused, answer) else Status.FAIL
    return Outcome(status, f"{said}{_by(runtime)}", finding, observations=facts)


def _difference(seen: Seen, who: str) -> str:
    return f"{who} sees {name_of(seen.theirs)}, this run {name_of(seen.ours)}"


def _seen(context: PathContext, answer: NodeAnswer) -> Iterator[Seen]:
    if answer.listed:
        ours = problem_in(context, models_seen(context.plan), list_problem)
        yield _compared(context, answer.listed, list_problem, ours)
    if answer.inference:
        ours = inference_problem(context)
        yield _compared(context, answer.inference[-1], answer_problem, ours)


def _compared(context: PathContext, theirs: Exchange, judge: Judge, ours: Match | None) -> Seen:
    return Seen(theirs, problem_in(context, theirs, judge), ours)


def _passes(refused: Seen, answer: NodeAnswer) -> bool:
    """Whether what Node.js met says little.

    That is a limit that was reached, certificates that it cannot read, or the end of the run while
    it had waited for no longer than a slow model takes.
    """
    failure = refused.exchange.failure
    if failure and failure.kind == TIMED_OUT:
        return refused.exchange.duration_ms < LONG_MS
    if refused.theirs is None or refused.theirs.id == UNKNOWN:
        return False
    if refused.theirs.id == UNTRUSTED:
        return not answer.knows_system
    return bool(refused.exchange.http_status) and (catalogue.get(refused.theirs.id).retry != "no")


def _finding(
    context: PathContext, runtime: Runtime, match: Match, seen: Exchange
) -> Finding | None:
    finding = finding_of(match, seen, "node", context.settings)
    if finding is None:
        return None
    trusting = known_to_node(context.settings) if finding.id == UNTRUSTED else finding.steps
    return finding._replace(lead=_lead(runtime), steps=trusting)


def _lead(runtime: Runtime) -> str:
    return (
        f"{runtime.title} gets this error where it sends requests like an editor's "
        f"extensions{_by(runtime)}. This run itself does not."
    )


def _by(runtime: Runtime) -> str:
    proxy = runtime.proxy
    return f", through {proxy.shown} from {proxy.source}" if proxy else ""
