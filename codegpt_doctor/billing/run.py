"""One whole run of ``billing``: ask the key and the admin endpoints, and put it all together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import TypeAlias

from codegpt_doctor.billing import sums
from codegpt_doctor.billing.bodies import key_name
from codegpt_doctor.billing.fetch import AdminFetcher
from codegpt_doctor.billing.forecast import BASIS_DAYS
from codegpt_doctor.billing.key_info import KeyNews, news_of
from codegpt_doctor.billing.ledger import books, outlooks_of, read_costs, read_projects
from codegpt_doctor.billing.report import NO_BOOKS, Billing, Ledger, Span
from codegpt_doctor.billing.shared import chosen, start_inference, without_keys
from codegpt_doctor.billing.verdict import cause, gateway_balance, key_state, unasked
from codegpt_doctor.checks.plan import PathContext, Plan, start_path, way_of
from codegpt_doctor.checks.results import exchange_of
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.checks.target import console_of, target_of
from codegpt_doctor.engine.background import MARGIN, Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.engine.runner import EXIT_CODES
from codegpt_doctor.model.money import Gap
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Health, Outcome, Status
from codegpt_doctor.probes import admin, dashboard
from codegpt_doctor.providers.keys import Refusal, has_books
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Settings

DEFAULT_TIMEOUT = 30.0
MAX_DAYS = 366
MAX_PROJECTS = 25
MAX_BUCKETS, MAX_USAGE_BUCKETS = 180, 31  # a page, by the API's own limits
PART = 0.6  # of the time; then the limits of projects are asked for with what is known by then
NAMED_KEYS = 3
MIDNIGHT = datetime.min.time()
Dashboard: TypeAlias = Task[Mapping[str, Exchange]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """``asked`` is longer than ``shown`` where the month or the present rate needs more days."""

    now: datetime
    shown: Span
    asked: Span
    patience: float  # the time of ``time.monotonic`` until which the first answers are waited for


def run_billing(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    days: int | None = None,
    project: str | None = None,
    spend: bool = True,
) -> Billing:
    """Learn what there is to know about the money of a key.

    Args:
        settings: what to ask and with what keys.
        timeout: seconds for the whole run.
        days: how many days to show, today being the last; the present month if not given.
        project: the id or the name of the only project whose costs are wanted.
        spend: whether one request of at most 16 output tokens may be made.

    Raises:
        UnknownProjectError: the organization has no such project.
    """
    background = Background.within(timeout)
    plan = _plan(background.started_at, days, monotonic() + PART * timeout)
    way = Way(settings, background)
    found = Billing(settings.url.written, plan.now, plan.shown, provider=settings.provider)
    judged = judge_settings(way)
    if judged.status is Status.FAIL:
        found = _refused(found, way, background, judged)
    else:
        found = _find(found, way, background, spend, plan, project)
    health = _health(found)
    return replace(
        found,
        duration_ms=background.duration_ms(),
        status=health,
        exit_code=EXIT_CODES[health],
    )


def _plan(now: datetime, days: int | None, patience: float) -> _Plan:
    today = now.date()
    month = sums.month_start(today)
    first = today - timedelta(days=days - 1) if days else month
    earliest = min(first, month, today - timedelta(days=BASIS_DAYS))
    return _Plan(now, Span(first, today), Span(earliest, today), patience)


def _refused(found: Billing, way: Way, background: Background, judged: Outcome) -> Billing:
    """What is known where the settings keep anything from being sent."""
    context: PathContext = Context(way.settings, background, planned=Task.done(Plan(way)))
    return replace(
        found,
        key=unasked(way.settings),
        notes=(judged.summary,),
        finding=judged.finding,
        target=target_of(context),
    )


def _find(
    found: Billing,
    way: Way,
    background: Background,
    spend: bool,
    plan: _Plan,
    project: str | None,
) -> Billing:
    settings = way.settings
    path = start_inference(start_path(way, background), way, background, spend)
    context: PathContext = Context(settings, background, spend, planned=Task.done(path))
    balance_task = _ask_gateway(context, plan)
    known, gaps, notes = _ask_with_admin_key(context, plan)
    only = chosen(project, known.projects) if project else None
    shown = _told(known, plan)
    outlooks = outlooks_of(known, shown.end, only)
    key = key_state(context)
    balance, more = gateway_balance(balance_task)
    news = _news(context)
    balance = news.balance or balance
    source = settings.admin_key.source if settings.admin_key else ""
    provider = load(settings.provider)
    finding = cause(key, outlooks, gaps, source, provider) or news.finding
    return replace(
        found,
        shown=shown,
        books=known,
        outlooks=outlooks,
        key=key,
        balance=balance,
        project=only,
        gaps=(*gaps, *more),
        notes=(*notes, *news.notes),
        finding=without_keys(settings) or finding,
        target=target_of(context),
    )


def _news(context: PathContext) -> KeyNews:
    """What the ordinary key is told of itself."""
    asked = context.plan.key_info
    if asked is None:
        return KeyNews()
    answer = exchange_of(asked, "the key's own state")
    return news_of(load(context.settings.provider), answer)


def _told(known: Ledger, plan: _Plan) -> Span:
    """The span to show: the one that was asked for, unless the server told of another."""
    told = known.known
    elsewhere = told and (told.end < plan.asked.start or told.start > plan.asked.end)
    return told if told and elsewhere else plan.shown


def _ask_gateway(context: PathContext, plan: _Plan) -> Dashboard | None:
    """Begin what the ordinary key can learn from the dashboard of a gateway; None for no gateway.

    The model is asked already.
    """
    settings, dialer, key = context.settings, context.plan.dialer, context.settings.key
    at_home = load(settings.provider).serves(settings.host)
    known = at_home or load(settings.provider).key_info is not None
    if context.plan.inference is None or dialer is None or key is None or known:
        return None
    start, end = sums.month_start(plan.now.date()), plan.now.date() + timedelta(days=1)
    return context.background.start(partial(dashboard.ask, dialer, settings, key, start, end))


Told = tuple[Ledger, list[Gap], tuple[str, ...]]


def _ask_with_admin_key(context: PathContext, plan: _Plan) -> Told:
    """The books, their gaps, and notes about what was left out on purpose."""
    settings, background, dialer = context.settings, context.background, context.plan.dialer
    decision = way_of(context).admin_decision()
    if not decision.is_sent or settings.admin_key is None or dialer is None:
        expected = decision.refusal in (Refusal.NO_KEY, Refusal.ELSEWHERE)
        page = _page_of_costs(settings)
        if page:
            return NO_BOOKS, [], (page,)
        return NO_BOOKS, [Gap(admin.COSTS, decision.words, expected=expected)], ()
    deadline = background.deadline - MARGIN
    organization = admin.Organization(settings, settings.admin_key, dialer, deadline)
    return _organization(organization, AdminFetcher(organization, background), background, plan)


def _page_of_costs(settings: Settings) -> str:
    """Where a person sees the costs of a provider whose API tells them to no key that is here."""
    provider = load(settings.provider)
    page = provider.pages.usage or provider.pages.billing
    if has_books(provider) or not page or console_of(settings) != provider.id:
        return ""
    return f"what was spent is on {page}"


def _organization(
    organization: admin.Organization, inquiry: AdminFetcher, background: Background, plan: _Plan
) -> Told:
    _start(inquiry, plan)
    every = _by_spending(inquiry, plan)
    wanted = every[:MAX_PROJECTS]
    inquiry.start_each(admin.PROJECT_LIMIT, wanted)
    inquiry.start_each(admin.PROJECT_ALERTS, wanted)
    naming = background.start(partial(_key_names, organization, inquiry, plan))
    found, gaps = books(inquiry, plan.asked, wanted)
    names = naming.result_or({})  # they are no part of the figures
    left_out = (
        f"limits were requested only for the {len(wanted)} of {len(every)} projects that spend "
        "the most"
    )
    notes = (left_out,) if len(every) > len(wanted) else ()
    return replace(found, key_names=names), gaps, notes


def _start(inquiry: AdminFetcher, plan: _Plan) -> None:
    start = int(datetime.combine(plan.asked.start, MIDNIGHT, UTC).timestamp())
    shown = int(datetime.combine(plan.shown.start, MIDNIGHT, UTC).timestamp())
    days = (plan.asked.end - plan.asked.start).days + 1
    limit = min(MAX_BUCKETS, days)
    usage = min(MAX_USAGE_BUCKETS, days)
    groups = {"costs": ["project_id", "line_item"], "by key": ["project_id", "api_key_id"]}
    for name, group in groups.items():
        inquiry.start(name, admin.COSTS, start_time=start, limit=limit, group_by=group)
    models = ["project_id", "model"]
    inquiry.start("usage", admin.COMPLETIONS, start_time=shown, limit=usage, group_by=models)
    inquiry.start("projects", admin.PROJECTS, limit=100, include_archived=True)
    inquiry.start("spend limit", admin.SPEND_LIMIT)
    inquiry.start("spend alerts", admin.SPEND_ALERTS, limit=100)


def _by_spending(inquiry: AdminFetcher, plan: _Plan) -> list[str]:
    """The projects to ask for their limits: those that spend most, then the other active ones."""
    listed = inquiry.wait("projects", plan.patience)
    projects = read_projects(inquiry)[0] if listed else ()
    charged = inquiry.wait("costs", plan.patience)
    costs = read_costs(inquiry, plan.asked)[0] if charged else ()
    spending = [owner for owner, amount in sums.by(costs, lambda cost: cost.project_id) if amount]
    active = [one.id for one in projects if one.status == "active"]
    found = dict.fromkeys(owner for owner in (*spending, *active) if owner)
    return list(found)


def _key_names(
    organization: admin.Organization, inquiry: AdminFetcher, plan: _Plan
) -> dict[str, str]:
    """What the keys that spend most are called; one that was deleted has no name any more."""
    if not inquiry.wait("by key", plan.patience):
        return {}
    names: dict[str, str] = {}
    costs = read_costs(inquiry, plan.asked, "by key")[0]
    owners = {cost.key_id: cost.project_id for cost in costs}
    for key_id, _ in sums.by(costs, lambda cost: cost.key_id)[:NAMED_KEYS]:
        owner = owners[key_id]
        if key_id and owner:
            ids = {"project_id": owner, "api_key_id": key_id}
            answer = organization.ask(admin.PROJECT_KEY, ids)
            name = key_name(answer.body) if answer.http_status == 200 else None
            names |= {key_id: name} if name else {}
    return names


def _health(found: Billing) -> Health:
    if found.finding:
        return Health.PROBLEM
    refused = found.key is not None and found.key.may_spend is False
    learned = found.books.known or found.balance or (found.key and found.key.may_spend)
    if refused or not learned or any(not gap.expected for gap in found.gaps):
        return Health.INCONCLUSIVE
    return Health.HEALTHY
