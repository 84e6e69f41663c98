"""The patterns and tables of `classify` by which the page in the browser reads alike."""

from typing import Any

from codegpt_doctor.classify import (
    answers,
    events,
    hosts,
    matching,
    normalize,
    programs,
    roots,
    signals,
    speaking,
)


def rules() -> dict[str, Any]:
    """The rules by the part of the reading that they are for."""
    return {
        "answers": answers.rules(),
        "normalize": normalize.rules(),
        "hosts": hosts.rules(),
        "events": events.rules(),
        "speaking": speaking.rules(),
        "signals": signals.rules(),
        "matching": matching.rules(),
        "roots": roots.rules(),
        "programs": programs.rules(),
    }
