"""One whole run of ``limits``: the rate limits of a key and its project, and how long to wait."""

from dataclasses import replace
from time import monotonic

from codegpt_doctor.billing import bodies
from codegpt_doctor.billing.bodies import BodyError
from codegpt_doctor.billing.fetch import AdminFetcher
from codegpt_doctor.billing.gaps import gap_of, unreadable
from codegpt_doctor.billing.ledger import read_list, read_projects
from codegpt_doctor.billing.report import Limits
from codegpt_doctor.billing.retry_after import tier_of, wait_now
from codegpt_doctor.billing.shared import chosen, start_inference, without_keys
from codegpt_doctor.billing.verdict import key_state, unasked
from codegpt_doctor.checks.plan import PathContext, Plan, start_path, way_of
from codegpt_doctor.checks.results import attempts_of
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.checks.target import target_of
from codegpt_doctor.engine.background import MARGIN, Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT, EXIT_CODES
from codegpt_doctor.model.money import Gap, Permissions, Project
from codegpt_doctor.model.report import Health, Status
from codegpt_doctor.probes import admin
from codegpt_doctor.providers.keys import Refusal, has_books
from codegpt_doctor.providers.provider import CUSTOM, load
from codegpt_doctor.settings.values import Settings

PART = 0.6  # of the time, after which the project is chosen with what is known by then


def run_limits(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    project: str | None = None,
    spend: bool = True,
) -> Limits:
    """Learn the rate limits of a key from the headers of an answer, and those of its project.

    Args:
        settings: what to ask and with what keys.
        timeout: seconds for the whole run.
        project: the id or the name of the project; the one of the key if not given.
        spend: whether one request of at most 16 output tokens may be made; without it no header
            tells anything.

    Raises:
        UnknownProjectError: the organization has no such project.
    """
    background = Background.within(timeout)
    way = Way(settings, background)
    found = Limits(settings.url.written, background.started_at, 0, provider=settings.provider)
    refused = judge_settings(way)
    if refused.status is Status.FAIL:
        nothing: PathContext = Context(settings, background, planned=Task.done(Plan(way)))
        found = replace(
            found,
            key=unasked(settings),
            notes=(refused.summary,),
            finding=refused.finding,
            target=target_of(nothing),
        )
    else:
        path = start_path(way, background)
        planned = Task.done(start_inference(path, way, background, spend))
        context = Context(settings, background, spend, planned=planned)
        found = _of_project(found, context, project, monotonic() + PART * timeout)
        found = replace(_of_key(found, context), target=target_of(context))
    health = _health(found)
    return replace(
        found,
        duration_ms=background.duration_ms(),
        status=health,
        exit_code=EXIT_CODES[health],
    )


def _of_key(found: Limits, context: PathContext) -> Limits:
    key = key_state(context)
    finding = without_keys(context.settings) or (key.finding if key else None)
    found = replace(found, key=key, finding=finding)
    attempts = attempts_of(context.plan.inference)
    if key is None or not attempts:
        return found
    wait = wait_now(key, attempts[-1])
    return replace(found, wait=wait, tier=tier_of(key, load(found.provider).tiers))


def _of_project(found: Limits, context: PathContext, wanted: str | None, patience: float) -> Limits:
    """What the admin key can tell of the project."""
    settings, background, dialer = context.settings, context.background, context.plan.dialer
    decision = way_of(context).admin_decision()
    if not decision.is_sent or settings.admin_key is None or dialer is None:
        if not has_books(load(settings.provider)) and settings.provider != CUSTOM:
            return found  # its limits are on a page, which the text names
        expected = decision.refusal in (Refusal.NO_KEY, Refusal.ELSEWHERE)
        unasked = Gap(admin.RATE_LIMITS, decision.words, expected=expected)
        return replace(found, gaps=(unasked,))
    deadline = background.deadline - MARGIN
    organization = admin.Organization(settings, settings.admin_key, dialer, deadline)
    return _asked(found, context, AdminFetcher(organization, background), wanted, patience)


def _asked(
    found: Limits, context: PathContext, inquiry: AdminFetcher, wanted: str | None, patience: float
) -> Limits:
    inquiry.start("projects", admin.PROJECTS, limit=100, include_archived=True)
    listed = inquiry.wait("projects", patience)
    projects, gap = read_projects(inquiry) if listed else ((), None)
    project, source = _project(context, wanted, projects, patience)
    gaps = [gap] if gap else []
    if project is None:
        gaps.append(Gap(admin.RATE_LIMITS, source))
        return replace(found, gaps=tuple(gaps))
    ids = {"project_id": project.id}
    inquiry.start("limits", admin.RATE_LIMITS, ids, limit=100)
    inquiry.start("permissions", admin.PERMISSIONS, ids)
    models, limits_gap = read_list(inquiry, "limits", admin.RATE_LIMITS, bodies.rate_limit_page)
    permissions, permissions_gap = _permissions(inquiry)
    gaps += [gap for gap in (limits_gap, permissions_gap) if gap]
    return replace(
        found,
        project=project,
        project_source=source,
        models=models,
        permissions=permissions,
        gaps=tuple(gaps),
    )


def _project(
    context: PathContext, wanted: str | None, projects: tuple[Project, ...], patience: float
) -> tuple[Project | None, str]:
    """The project and where its name is from, or None and why there is none."""
    named = context.settings.project
    if wanted:
        return chosen(wanted, projects), "--project"
    if named and named.value.strip():
        return chosen(named.value.strip(), projects), named.source
    asked = context.plan.inference
    if asked and asked.wait(patience):
        owner = attempts_of(asked)[-1].headers.get("openai-project")
        if owner:
            known = next((one for one in projects if one.id == owner), None)
            return known or Project(owner, None), "the project of the key"
    active = [one for one in projects if one.status == "active"]
    if len(active) == 1:
        return active[0], "the only project"
    names = ", ".join(one.name or one.id for one in active[:10])
    return None, "say which project with --project" + (f": {names}" if names else "")


def _permissions(inquiry: AdminFetcher) -> tuple[Permissions | None, Gap | None]:
    answer = inquiry.answers("permissions")[0]
    gap = None if answer.http_status == 404 else gap_of(admin.PERMISSIONS, answer)
    if gap or answer.http_status == 404:
        return None, gap
    try:
        return bodies.permissions(answer.body), None
    except BodyError as error:
        return None, unreadable(admin.PERMISSIONS, error)


def _health(found: Limits) -> Health:
    if found.finding:
        return Health.PROBLEM
    learned = found.models or (found.key and found.key.windows)
    unknown = any(not gap.expected for gap in found.gaps)
    refused = found.key is not None and found.key.may_spend is False
    if found.notes or refused or unknown or not learned:
        return Health.INCONCLUSIVE
    return Health.HEALTHY
