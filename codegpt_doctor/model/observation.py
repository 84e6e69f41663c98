"""What a probe measured, as typed facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Observation:
    """What one probe measured: ``failure`` is the text of what went wrong, or None.

    ``operation`` says what was tried, such as ``resolve api.openai.com``.
    """

    operation: str
    duration_ms: int = 0
    failure: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HttpObservation(Observation):
    """One request and what came back; ``http_status`` is 0 when no response came.

    ``headers`` have lower-case names.  ``body`` is text of at most the read limit; ``truncated``
    says that there was more.
    """

    url: str = ""
    http_status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    truncated: bool = False
