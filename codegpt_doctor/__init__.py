"""Finds out why the AI in your editor does not answer: one root cause, evidence, the fix.

``explain`` names the error in a text, an exception or a response; ``check`` tests a key and
everything on the way to the API.  Both are imported only when they are used.
"""

from codegpt_doctor._version import __version__

TYPE_CHECKING = False  # as typing has it; importing that would be most of the import of this

if TYPE_CHECKING:
    from codegpt_doctor.api import check, explain
    from codegpt_doctor.model.explanation import Explanation
    from codegpt_doctor.model.report import Report

__all__ = ["Explanation", "Report", "__version__", "check", "explain"]

_HOMES = {
    "check": "api",
    "explain": "api",
    "Explanation": "model.explanation",
    "Report": "model.report",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
