"""A check, and what it knows of its run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.model.report import CheckResult, Outcome, Stage
from codegpt_doctor.settings.values import Settings

P = TypeVar("P", covariant=True)
Asked = TypeVar("Asked", contravariant=True)


@dataclass(frozen=True, slots=True)
class Context(Generic[P]):
    """What a check sees: the settings, the plan of the probes, and the results before it.

    ``spend`` is false when nothing that costs money may be asked, ``control`` when no other host
    than the target may be.  ``planned`` is the plan, or why none could be made.  ``has_editor``
    tells whether an editor with CodeGPT is installed here.
    """

    settings: Settings
    background: Background
    spend: bool = True
    control: bool = True
    planned: Task[P] | None = None
    results: dict[str, CheckResult] = field(default_factory=dict)
    has_editor: Callable[[], bool] = lambda: False

    @property
    def plan(self) -> P:
        """The probes that are under way.

        Raises:
            LookupError: none was begun.
            Exception: what kept them from being begun, so that the check that asks has broken.
        """
        if self.planned is None:
            raise LookupError("no probe was started")
        return self.planned.result()


class Check(NamedTuple, Generic[Asked]):
    """One question with a stable id.

    ``requires`` names the checks without which the question makes no sense: when one of them
    failed, this one is skipped and says why.
    """

    id: str
    title: str
    stage: Stage
    run: Callable[[Context[Asked]], Outcome]
    requires: tuple[str, ...] = ()
