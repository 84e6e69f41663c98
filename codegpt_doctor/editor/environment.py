"""All that a run about the editor looks at: the machine, its editors, the ports and the hosts.

Source of the ports and hosts: the troubleshooting page of CodeGPT's documentation as of 2025-07-17,
read on 2026-11-28; those of local servers are in the data of their providers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codegpt_doctor.editor.discovery import Editor
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.editor.preferences import Preferences, preferences
from codegpt_doctor.probes.local_services import Endpoint
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.provider import all_providers
from codegpt_doctor.providers.selection import host_and_port, select
from codegpt_doctor.settings.url import is_loopback

PORTS = (54112, 54113)
HOSTS = (("api.codegpt.co", 443), ("app.codegpt.co", 443))


def local_models(environment: Mapping[str, str]) -> dict[str, Endpoint]:
    """Where each server of local models lists them, by the name of its provider."""
    found = {}
    for one in all_providers():
        if one.local and one.ports:
            address = select(one.id, None, environment).base_url
            asked = dialect_at(one, one.base_url).list_request(one, one.base_url)
            host, port = host_and_port(address)
            port = port if port and is_loopback(host) else one.ports[0]
            found[one.name] = Endpoint(port, asked.path if asked else "/")
    return found


@dataclass(frozen=True, slots=True)
class EditorEnvironment:
    """What is examined.  ``ports`` has the one that the panel asks first."""

    machine: Machine
    editors: tuple[Editor, ...]
    ports: tuple[int, ...] = PORTS
    hosts: tuple[tuple[str, int], ...] = HOSTS
    models: Mapping[str, Endpoint] = field(default_factory=lambda: local_models({}))

    @property
    def with_codegpt(self) -> tuple[Editor, ...]:
        """The editors that have the extension."""
        return tuple(editor for editor in self.editors if editor.codegpt)

    def preferences(self) -> list[Preferences]:
        """The settings of the editors that have the extension, or of all where none has it."""
        chosen = self.with_codegpt or self.editors
        read = (preferences(editor.place.settings) for editor in chosen)
        return [one for one in read if one]
