"""The answers of the admin endpoints as one set of books, with a gap wherever one is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from codegpt_doctor.billing import bodies
from codegpt_doctor.billing.bodies import BodyError, Page
from codegpt_doctor.billing.fetch import AdminFetcher
from codegpt_doctor.billing.forecast import Outlook, outlook
from codegpt_doctor.billing.gaps import gap_of, gap_of_each, read_pages, unreadable
from codegpt_doctor.billing.report import Ledger, Span
from codegpt_doctor.model.money import Cost, Gap, Limit, Project
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.probes import admin

Record = TypeVar("Record")
Answers = Sequence[Exchange]
Limits = tuple[tuple[Limit, ...], Gap | None]


def books(inquiry: AdminFetcher, asked: Span, wanted: Sequence[str]) -> tuple[Ledger, list[Gap]]:
    """Everything that an inquiry found, and what it did not find.

    Args:
        inquiry: the questions, which may still be under way.
        asked: the span that costs were asked for.
        wanted: the ids of the projects that were to be asked for their limits.
    """
    costs, known, cost_gap = read_costs(inquiry, asked)
    by_key, key_gap = read_list(inquiry, "by key", admin.COSTS, bodies.cost_page)
    usage, usage_gap = read_list(inquiry, "usage", admin.COMPLETIONS, bodies.usage_page)
    projects, project_gap = read_projects(inquiry)
    limit, limit_gap = _limit(admin.SPEND_LIMIT, None, inquiry.answers("spend limit"))
    alerts, alert_gap = read_list(inquiry, "spend alerts", admin.SPEND_ALERTS, bodies.alert_page)
    names = {one.id: one.name or one.id for one in projects}
    of_projects, limits_gap = _of_each(inquiry, admin.PROJECT_LIMIT, wanted, names, _limit)
    alerts_of, alerts_gap = _of_each(inquiry, admin.PROJECT_ALERTS, wanted, names, _alerts)
    if key_gap:  # it is the same endpoint, whose refusal need not be told twice
        key_gap = None if cost_gap else replace(key_gap, reason=f"by key: {key_gap.reason}")
    gaps = [cost_gap, key_gap, project_gap, limit_gap, alert_gap, limits_gap, alerts_gap, usage_gap]
    found = Ledger(
        known,
        costs,
        by_key or (),
        usage,
        projects,
        (*limit, *of_projects, *(alerts or ()), *alerts_of),
    )
    return found, list(dict.fromkeys(gap for gap in gaps if gap))


def read_costs(
    inquiry: AdminFetcher, asked: Span, name: str = "costs"
) -> tuple[tuple[Cost, ...], Span | None, Gap | None]:
    """The costs by project and line item, the span in which they are complete, and the gap."""
    pages, gap = _pages(inquiry, name, admin.COSTS, bodies.cost_page)
    days = [day for page in pages for day in page.days]
    costs = tuple(record for page in pages for record in page.records)
    if gap is None:
        return costs, *_answered(asked, days)
    if not days:
        return (), None, gap
    reason = f"{gap.reason}; the sums end with {max(days)}"
    return costs, Span(asked.start, max(days)), replace(gap, reason=reason)


def _answered(asked: Span, days: Sequence[date]) -> tuple[Span, Gap | None]:
    """The span asked for, unless the server told of another one altogether."""
    if not days or any(asked.start <= day <= asked.end for day in days):
        return asked, None
    told = Span(min(days), max(days))
    return told, Gap(
        admin.COSTS,
        f"requested for {asked.start} to {asked.end}, returned for {told.start} to {told.end}; "
        "the figures are for those days",
    )


def read_projects(inquiry: AdminFetcher) -> tuple[tuple[Project, ...], Gap | None]:
    """The projects of the organization, as far as they are known."""
    projects, gap = read_list(inquiry, "projects", admin.PROJECTS, bodies.project_page)
    return projects or (), gap


def read_list(
    inquiry: AdminFetcher, name: str, endpoint: str, parse: Callable[[str], Page[Record]]
) -> tuple[tuple[Record, ...] | None, Gap | None]:
    """The records of all pages that came, and the gap; None when not even the first page came."""
    pages, gap = _pages(inquiry, name, endpoint, parse)
    return tuple(record for page in pages for record in page.records) if pages else None, gap


def _pages(
    inquiry: AdminFetcher, name: str, endpoint: str, parse: Callable[[str], Page[Record]]
) -> tuple[list[Page[Record]], Gap | None]:
    def read(answers: list[Exchange]) -> tuple[list[Page[Record]], Gap | None]:
        return read_pages(endpoint, answers, parse)

    return inquiry.read(name, read)


def _limit(endpoint: str, project_id: str | None, answers: Answers) -> Limits:
    """A hard limit; a 404 means that none is set."""
    if answers[0].http_status == 404:
        return (), None
    gap = gap_of(endpoint, answers[0])
    if gap:
        return (), gap
    try:
        limit = bodies.spend_limit(answers[0].body, project_id)
    except BodyError as error:
        return (), unreadable(endpoint, error)
    return (limit,) if limit else (), None


def _alerts(endpoint: str, project_id: str | None, answers: Answers) -> Limits:
    parse = partial(bodies.alert_page, project_id=project_id)
    pages, gap = read_pages(endpoint, answers, parse)
    return tuple(alert for page in pages for alert in page.records), gap


def _of_each(
    inquiry: AdminFetcher,
    endpoint: str,
    wanted: Sequence[str],
    names: Mapping[str, str],
    read: Callable[[str, str | None, Answers], Limits],
) -> Limits:
    answers = inquiry.answers_of_each(endpoint)
    found = {project_id: read(endpoint, project_id, told) for project_id, told in answers.items()}
    gaps = {project_id: gap for project_id, (_, gap) in found.items() if gap}
    limits = tuple(limit for told, _ in found.values() for limit in told)
    return limits, gap_of_each(endpoint, gaps, len(found), len(wanted), names)


def outlooks_of(known: Ledger, as_of: date, only: Project | None) -> tuple[Outlook, ...]:
    """How each limit stands on a day: those of one project, or of all."""
    limits = [one for one in known.limits if only is None or one.project_id in (None, only.id)]
    if known.known is None or known.known.end < as_of:
        return tuple(Outlook(limit) for limit in limits)
    return tuple(outlook(limit, known.costs, as_of, known.known.start) for limit in limits)
