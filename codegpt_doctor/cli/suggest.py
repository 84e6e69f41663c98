"""What a person may have meant by a name that does not exist."""

from collections.abc import Sequence

from codegpt_doctor import catalogue


def unknown(name: str, otherwise: str = "") -> str:
    """Say that no error has a name, and which are near; ``otherwise`` where none is."""
    return f"No error is called {name}.{did_you_mean(catalogue.near(name)) or otherwise}"


def did_you_mean(near: Sequence[str]) -> str:
    """The question, after a space; nothing where nothing is near."""
    if not near:
        return ""
    *others, last = near
    return f" Did you mean {', '.join(others)} or {last}?" if others else f" Did you mean {last}?"
