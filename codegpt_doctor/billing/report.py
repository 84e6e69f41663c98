"""One whole run of ``billing``: what is known of the money, and what is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from codegpt_doctor.billing.balance import Balance
from codegpt_doctor.billing.forecast import Outlook
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.findings.windows import Window
from codegpt_doctor.model.money import Cost, Gap, Limit, ModelLimit, Permissions, Project, Usage
from codegpt_doctor.model.report import Finding, Health, KeyFacts, Target


@dataclass(frozen=True, slots=True)
class Span:
    """Days of UTC, the first and the last one counted."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the admin endpoints told.

    ``known`` is the span for which all costs are known, or None when none are; ``costs`` and
    ``by_key`` have the same costs, grouped in two ways, and each may be empty by itself.
    """

    known: Span | None = None
    costs: tuple[Cost, ...] = ()
    by_key: tuple[Cost, ...] = ()
    usage: tuple[Usage, ...] | None = None
    projects: tuple[Project, ...] = ()
    limits: tuple[Limit, ...] = ()
    key_names: Mapping[str, str] = field(default_factory=dict)


NO_BOOKS = Ledger()


@dataclass(frozen=True, slots=True)
class KeyState:
    """What the ordinary key itself learned by asking a model.

    ``may_spend`` is None when that was not tried.  ``charged_to`` and ``project_id`` are the
    owners that the answer names.
    """

    facts: KeyFacts
    model: str | None = None
    http_status: int = 0
    may_spend: bool | None = None
    finding: Finding | None = None
    said: str = ""
    charged_to: str | None = None
    project_id: str | None = None
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Billing:
    """The result of a run.

    ``shown`` is the span that was asked for, ``now`` the time of the run in UTC.  ``project`` is
    the one project that the costs are limited to.  ``finding`` is the one reason why nothing can
    be spent, or why nothing is known.
    """

    base_url: str
    now: datetime
    shown: Span
    duration_ms: int = 0
    books: Ledger = NO_BOOKS
    outlooks: tuple[Outlook, ...] = ()
    key: KeyState | None = None
    balance: Balance | None = None
    project: Project | None = None
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()
    finding: Finding | None = None
    status: Health = Health.HEALTHY
    exit_code: int = 0
    provider: str = DEFAULT_PROVIDER
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait before the next request, and why.

    ``seconds`` is None where no wait helps, or where it is not known.
    """

    seconds: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The result of a run of ``limits``.

    ``models`` and ``permissions`` are those of the project, None where they are not known;
    ``project_source`` says why it is that project.  ``tier`` is one that the limits are consistent
    with.
    """

    base_url: str
    now: datetime
    duration_ms: int
    key: KeyState | None = None
    wait: Wait | None = None
    tier: str | None = None
    project: Project | None = None
    project_source: str = ""
    models: tuple[ModelLimit, ...] | None = None
    permissions: Permissions | None = None
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()
    finding: Finding | None = None
    status: Health = Health.HEALTHY
    exit_code: int = 0
    provider: str = DEFAULT_PROVIDER
    target: Target | None = None
