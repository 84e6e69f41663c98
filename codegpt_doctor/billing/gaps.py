"""What an endpoint that told nothing, or not all, leaves unknown."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from codegpt_doctor import catalogue
from codegpt_doctor.billing.bodies import BodyError, Page
from codegpt_doctor.findings.answers import UNKNOWN, problem_of
from codegpt_doctor.findings.words import said
from codegpt_doctor.model.money import Gap
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import json_of

Record = TypeVar("Record")


def gap_of(endpoint: str, answer: Exchange) -> Gap | None:
    """The gap that a refusal or a time-out leaves; None for an answer in JSON."""
    problem = problem_of(answer, lambda seen: isinstance(json_of(seen), dict))
    if problem is None:
        return None
    if problem.id == UNKNOWN:
        return Gap(endpoint, said(answer))
    return Gap(
        endpoint,
        f"{catalogue.get(problem.id, answer.provider or None).title} ({said(answer)})",
        problem.id,
    )


def unreadable(endpoint: str, error: BodyError) -> Gap:
    """The gap that an answer leaves which is not what the endpoint is documented to answer."""
    return Gap(endpoint, f"the response cannot be read: {error}", "malformed_response")


def read_pages(
    endpoint: str, answers: Sequence[Exchange], parse: Callable[[str], Page[Record]]
) -> tuple[list[Page[Record]], Gap | None]:
    """The pages that can be read, from the first one on, and the gap if there were to be more."""
    pages: list[Page[Record]] = []
    seen: set[str] = set()
    for number, answer in enumerate(answers, 1):
        gap = gap_of(endpoint, answer)
        try:
            page = None if gap else parse(answer.body)
        except BodyError as error:
            gap, page = unreadable(endpoint, error), None
        if gap or page is None:
            return pages, _from(number, gap)
        if page.cursor in seen:
            return pages, Gap(endpoint, f"from page {number} on the pages repeat themselves")
        pages.append(page)
        seen |= {page.cursor} if page.cursor else set()
    more = bool(pages) and pages[-1].cursor is not None
    return pages, Gap(endpoint, f"there are more than {len(pages)} pages") if more else None


def _from(number: int, gap: Gap | None) -> Gap | None:
    if gap is None or number == 1:
        return gap
    return Gap(gap.endpoint, f"from page {number} on: {gap.reason}", gap.entry_id)


def gap_of_each(
    endpoint: str, gaps: Mapping[str, Gap], asked: int, wanted: int, names: Mapping[str, str]
) -> Gap | None:
    """One gap for an endpoint that was asked for many projects.

    Args:
        endpoint: which it is.
        gaps: the gap of each project that has one.
        asked: for how many projects it was asked.
        wanted: for how many it was to be asked.
        names: what to call the projects.
    """
    if not gaps and asked >= wanted:
        return None
    first = next(iter(gaps.values()), None)
    parts = [first.reason] if first else []
    if gaps and len(gaps) < wanted:
        parts.append(f"for {', '.join(names.get(one, one) for one in list(gaps)[:3])}")
        parts[-1] += f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
    if asked < wanted:
        parts.append(f"not asked for {wanted - asked} of {wanted} projects")
    return Gap(endpoint, "; ".join(parts), first.entry_id if first else None)
