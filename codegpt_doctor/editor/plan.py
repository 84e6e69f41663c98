"""What a run about the editor looks at, and the probes that take time, each under way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from codegpt_doctor.editor.environment import EditorEnvironment
from codegpt_doctor.editor.keys import FoundKey
from codegpt_doctor.engine.background import Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.probes.local_services import Hostname, LocalModels, ServiceObservation


@dataclass(frozen=True, slots=True)
class EditorPlan:
    """The machine with its editors, and the probes; None for one that is not asked for.

    ``running`` gives the program of each editor that runs now, by the editor's title.
    """

    place: EditorEnvironment
    key_files: Task[list[FoundKey]] | None = None
    local_models: Task[LocalModels] | None = None
    running: Task[Mapping[str, str]] | None = None
    service: Task[ServiceObservation] | None = None
    hostname: Task[Hostname] | None = None
    hosts: Mapping[str, Task[Exchange]] = field(default_factory=dict)


EditorContext: TypeAlias = Context[EditorPlan]
