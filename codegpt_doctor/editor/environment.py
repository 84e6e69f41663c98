"""All that a run about the editor looks at: the machine, its editors, the ports and the hosts.

Source of the ports and hosts: the troubleshooting page of CodeGPT's documentation as of 2025-07-17,
read on 2026-11-28; of the ports of local servers: their own documentation, read on the same day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codegpt_doctor.editor.discovery import Editor
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.editor.preferences import Preferences, preferences

PORTS = (54112, 54113)
HOSTS = (("api.codegpt.co", 443), ("app.codegpt.co", 443))
LOCAL_MODELS = {"Ollama": (11434, "/api/tags"), "LM Studio": (1234, "/v1/models")}


@dataclass(frozen=True, slots=True)
class EditorEnvironment:
    """What is examined.  ``ports`` has the one that the panel asks first."""

    machine: Machine
    editors: tuple[Editor, ...]
    ports: tuple[int, ...] = PORTS
    hosts: tuple[tuple[str, int], ...] = HOSTS
    models: Mapping[str, tuple[int, str]] = field(default_factory=lambda: LOCAL_MODELS)

    @property
    def with_codegpt(self) -> tuple[Editor, ...]:
        """The editors that have the extension."""
        return tuple(editor for editor in self.editors if editor.codegpt)

    def preferences(self) -> list[Preferences]:
        """The settings of the editors that have the extension, or of all where none has it."""
        chosen = self.with_codegpt or self.editors
        read = (preferences(editor.place.settings) for editor in chosen)
        return [one for one in read if one]
