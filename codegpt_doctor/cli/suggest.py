"""What a person may have meant by a name that does not exist."""

from collections.abc import Sequence

from codegpt_doctor import catalogue


def unknown(name: str) -> str:
    """Say that no error has a name, and which are near."""
    near = did_you_mean(catalogue.near(name))
    return f"No error is called {name}.{near or ' codegpt-doctor errors lists them all.'}"


def did_you_mean(near: Sequence[str]) -> str:
    """The question, after a space; nothing where nothing is near."""
    if not near:
        return ""
    *others, last = near
    return f" Did you mean {', '.join(others)} or {last}?" if others else f" Did you mean {last}?"
