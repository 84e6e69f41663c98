"""May the key spend, and if not, why: what the key, a gateway and the limits say."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from codegpt_doctor import catalogue
from codegpt_doctor.billing.balance import Balance, combined, credit_of, granted_of, used_of
from codegpt_doctor.billing.bodies import BodyError
from codegpt_doctor.billing.forecast import Outlook
from codegpt_doctor.billing.gaps import gap_of, unreadable
from codegpt_doctor.billing.report import KeyState
from codegpt_doctor.checks.key import check_key
from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.results import attempts_of, inference_problem, tried_model
from codegpt_doctor.engine.background import Task
from codegpt_doctor.findings.answers import UNKNOWN, finding_of
from codegpt_doctor.findings.windows import windows_of
from codegpt_doctor.findings.words import said
from codegpt_doctor.model.explanation import Confidence, Evidence, Match
from codegpt_doctor.model.money import Gap
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding, KeyFacts
from codegpt_doctor.probes import admin, dashboard
from codegpt_doctor.providers.keys import kind_of
from codegpt_doctor.providers.provider import Provider
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.values import Key, Settings

Told = TypeVar("Told")
ASKED_OF_ALL = {
    admin.COSTS,
    admin.COMPLETIONS,
    admin.SPEND_LIMIT,
    admin.SPEND_ALERTS,
    admin.PROJECTS,
}
ABOUT_THE_KEY = ("invalid_api_key", "invalid_authentication", "insufficient_permissions")


def key_state(context: PathContext) -> KeyState | None:
    """What the ordinary key learned by asking a model; None when there is no key."""
    key = context.settings.key
    if key is None:
        return None
    facts = _facts(key)
    if not way_of(context).decision().is_sent:
        outcome = check_key(context)
        return KeyState(facts, finding=outcome.finding, said=outcome.summary)
    answer, problem = attempts_of(context.plan.inference)[-1], inference_problem(context)
    finding = finding_of(problem, answer, "inference", context.settings) if problem else None
    return KeyState(
        facts,
        tried_model(context),
        answer.http_status,
        _may_spend(answer, problem, context.spend),
        finding,
        f"{answer.operation}: {said(answer)}",
        answer.headers.get("openai-organization"),
        answer.headers.get("openai-project"),
        windows_of(answer),
    )


def unasked(settings: Settings) -> KeyState | None:
    """What is known of the key where nothing was sent at all; None when there is none."""
    return KeyState(_facts(settings.key), said="nothing was sent") if settings.key else None


def _facts(key: Key) -> KeyFacts:
    return KeyFacts(mask(key.secret.reveal()), kind_of(key), key.source)


def _may_spend(answer: Exchange, problem: Match | None, spend: bool) -> bool | None:
    """Only a refusal that stays says no: what never arrived or will pass says nothing."""
    if problem is None:
        return True if spend else None
    known = catalogue.get(problem.id, answer.provider or None) if problem.id != UNKNOWN else None
    passes = known is not None and known.retry != "no"
    return False if 400 <= answer.http_status < 500 and not passes else None


def gateway_balance(
    asked: Task[Mapping[str, Exchange]] | None,
) -> tuple[Balance | None, list[Gap]]:
    """What the old dashboard endpoints of a gateway tell, and which of them tell nothing.

    One of them is enough, so that the gaps are expected ones.
    """
    answers = asked.result_or({}) if asked else {}
    gaps: list[Gap] = []
    if not answers:
        return None, gaps

    def told(path: str, read: Callable[[str], Told]) -> Told | None:
        gap = gap_of(path, answers[path])
        if gap is None:
            try:
                return read(answers[path].body)
            except BodyError as error:
                gap = unreadable(path, error)
        gaps.append(Gap(gap.endpoint, gap.reason, gap.entry_id, expected=True))
        return None

    credit = told(dashboard.CREDIT, credit_of)
    granted, used = told(dashboard.SUBSCRIPTION, granted_of), told(dashboard.USAGE, used_of)
    known = any(one is not None for one in (credit, granted, used))
    return combined(credit, granted, used) if known else None, gaps


def cause(
    key: KeyState | None,
    outlooks: Sequence[Outlook],
    gaps: Sequence[Gap],
    admin_source: str,
    provider: Provider,
) -> Finding | None:
    """The one reason why nothing can be spent, or else why nothing is known; None without one.

    ``admin_source`` says where the admin key came from, ``provider`` whose it is.
    """
    if key and key.finding:
        return key.finding
    reached = [one for one in outlooks if one.reached and one.will_block]
    if reached:
        return _limit_reached(reached[0])
    return _refused_everywhere(gaps, admin_source, provider)


def _limit_reached(one: Outlook) -> Finding:
    scope = "project" if one.limit.project_id else "organization"
    currency = one.limit.currency.upper()
    of = f"{one.spent:.2f} {currency} of {one.limit.amount:.2f} {currency} were spent this month"
    owner = f" by {one.limit.project_id}" if one.limit.project_id else ""
    said = f"{of}{owner} (UTC)."
    evidence = (Evidence("billing", said),)
    return Finding(f"{scope}_spend_limit_exceeded", evidence, Confidence.LIKELY, said)


def _refused_everywhere(
    gaps: Sequence[Gap], admin_source: str, provider: Provider
) -> Finding | None:
    """The documented error that every admin endpoint answered with."""
    ids = {gap.entry_id for gap in gaps if gap.endpoint in ASKED_OF_ALL}
    everywhere = {gap.endpoint for gap in gaps} >= ASKED_OF_ALL
    entry_id = ids.pop() if len(ids) == 1 else None
    if entry_id is None or not everywhere:
        return None
    first = next(gap for gap in gaps if gap.entry_id == entry_id)
    evidence = (Evidence("billing", f"GET {first.endpoint}: {first.reason}"),)
    if entry_id not in ABOUT_THE_KEY:
        return Finding(entry_id, evidence)
    detail = f"This is about the admin key, from {admin_source}."
    page = provider.pages.admin_keys
    step = f"Create an admin key, as an owner of the organization{f', at {page}' if page else ''}."
    return Finding(entry_id, evidence, detail=detail, steps=(step,))
