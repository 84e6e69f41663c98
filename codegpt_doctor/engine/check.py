"""A check, and what it knows of its run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codegpt_doctor.engine.background import Background
from codegpt_doctor.model.report import CheckResult, Outcome, Stage
from codegpt_doctor.settings.values import Settings

if TYPE_CHECKING:
    from codegpt_doctor.net.dialer import Dialer


@dataclass(slots=True)
class Context:
    """What a check sees: the settings, the probes under way and the results before it.

    ``spend`` is false when nothing that costs money may be asked, ``control`` when no other host
    than the target may be.  ``dialer`` opens further connections to the target, for a closer look.
    """

    settings: Settings
    background: Background
    spend: bool = True
    control: bool = True
    dialer: "Dialer | None" = None
    results: dict[str, CheckResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One question with a stable id.

    ``requires`` names the checks without which the question makes no sense: when one of them
    failed, this one is skipped and says why.
    """

    id: str
    title: str
    stage: Stage
    run: Callable[[Context], Outcome]
    requires: tuple[str, ...] = ()
