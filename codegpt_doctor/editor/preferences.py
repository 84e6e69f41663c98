"""The settings of an editor that decide how its requests travel, and which provider is chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from codegpt_doctor.editor.jsonc import loads
from codegpt_doctor.editor.machine import read_text
from codegpt_doctor.redact import learn, passwords_in

PROXY = "http.proxy"
SUPPORT = "http.proxySupport"
NO_PROXY = "http.noProxy"
STRICT = "http.proxyStrictSSL"
SYSTEM = "http.systemCertificates"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a ``settings.json`` says; ``fault`` is why it cannot be read, or empty."""

    path: str
    values: Mapping[str, object] = field(default_factory=dict)
    fault: str = ""

    def text(self, name: str) -> str:
        """A setting that is text; empty when it is not set."""
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) else ""

    def is_off(self, name: str) -> bool:
        """Whether a switch is turned off; one that is not set is on."""
        return self.values.get(name) is False

    @property
    def network(self) -> dict[str, object]:
        """The settings of the network that are set at all."""
        names = (PROXY, SUPPORT, NO_PROXY, STRICT, SYSTEM)
        return {name: self.values[name] for name in names if name in self.values}

    def chooses(self, provider: str) -> bool:
        """Whether CodeGPT is told in these settings to use a provider."""
        chosen = (
            str(value)
            for name, value in self.values.items()
            if re.match(r"codegpt\..*(?:apikey|provider)$", name, re.IGNORECASE)
        )
        return any(value.lower().startswith(provider.lower()) for value in chosen)


def preferences(path: str) -> Preferences | None:
    """Read a ``settings.json``; None when there is none."""
    text = read_text(path)
    if text is None:
        return None
    try:
        values = loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        return Preferences(path, fault=f"line {line}" if line else str(error))
    read = Preferences(path, values if isinstance(values, dict) else {})
    learn(passwords_in(read.text(PROXY)))
    return read
