"""One rule over many things as one test: a test of its own for each costs more than the rule."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

MAX_TOLD = 5  # of what breaks a rule


def each(
    things: Iterable[T], name: Callable[[T], str] = str
) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Make a rule about one thing a test that all of them keep it, and that names who does not.

    Args:
        things: what the rule is held against; there is at least one.
        name: how one of them is called in the message.
    """
    kept = tuple(things)

    def over(rule: Callable[[T], None]) -> Callable[[], None]:
        def test() -> None:
            assert kept
            broken = [f"{name(one)}: {error}" for one in kept if (error := _broken(rule, one))]
            told = "\n\n".join(broken[:MAX_TOLD])
            assert not broken, f"{len(broken)} of {len(kept)} break the rule\n{told}"

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return over


def _broken(rule: Callable[[T], None], one: T) -> AssertionError | None:
    try:
        rule(one)
    except AssertionError as error:
        return error
    return None
