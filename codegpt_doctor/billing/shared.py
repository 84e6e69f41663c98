"""What the runs of ``billing`` and ``limits`` share: the keys, and choosing a project."""

from collections.abc import Sequence

from codegpt_doctor.checks.plan import Plan, start_requests
from codegpt_doctor.checks.route import Way
from codegpt_doctor.engine.background import Background
from codegpt_doctor.model.money import Project
from codegpt_doctor.model.report import Finding
from codegpt_doctor.providers.keys import has_books
from codegpt_doctor.providers.provider import CUSTOM, load
from codegpt_doctor.settings.values import Settings


class UnknownProjectError(LookupError):
    """The organization has no such project; the message says which it has."""


def start_inference(plan: Plan, way: Way, background: Background, spend: bool) -> Plan:
    """Begin to ask one model with the ordinary key, if there is one that can be sent."""
    if not way.decision().is_sent:
        return plan
    return start_requests(plan, way, background, spend, models=1)


def without_keys(settings: Settings) -> Finding | None:
    """The finding that there is no key at all."""
    if settings.key or settings.admin_key:
        return None
    provider = load(settings.provider)
    names = provider.key_variables[:1]
    names += ("OPENAI_ADMIN_KEY",) if has_books(provider) or provider.id == CUSTOM else ()
    if not names or provider.local:
        return None
    detail = f"There is no key in {' and none in '.join(names)}."
    return Finding("missing_api_key", detail=detail)


def chosen(wanted: str, projects: Sequence[Project]) -> Project:
    """The project of an id or a name; an id is taken at its word where no list is known.

    Raises:
        UnknownProjectError: the list does not have it.
    """
    for one in projects:
        if wanted == one.id or wanted.casefold() == (one.name or "").casefold():
            return one
    if not projects:
        return Project(wanted, None)
    names = sorted(one.name or one.id for one in projects)
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    raise UnknownProjectError(
        f"The organization has no project {wanted}. It has: {', '.join(names[:10])}{more}."
    )
