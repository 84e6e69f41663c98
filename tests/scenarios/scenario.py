"""What a scenario is, and what comes of playing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.place import World

HEALTHY = "healthy"
INCONCLUSIVE = "inconclusive"
NOTHING_RUN = ("inference", "credit")  # what --no-spend leaves out
QUICK = 6.0  # seconds, where a scenario waits for what does not come


@dataclass(frozen=True)
class Scenario:
    """A named world and what must be said of it.

    Args:
        name: unique, in the words of a file name.
        expected: the id of the diagnosis, or ``HEALTHY`` or ``INCONCLUSIVE``.
        worlds: set up one within the other, the first one outermost.
        also_right: ids that are as good an answer.
        warns: ids that some check must warn of.
        says: words that must be in the diagnosis, or among the warnings where there is none.
        untested: what the run says that it left out.
        never_says: words that must be nowhere in the output.
        nothing_for: servers of the world that must not have been sent a thing.
        arguments: of the command, beside ``--json`` and the time-out.
        variables: of the environment, beside those of the worlds; None removes one.
        timeout: seconds of the whole run; the command's own default if not given.
    """

    name: str
    expected: str
    worlds: tuple[World, ...]
    also_right: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    nothing_for: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str | None] = field(default_factory=dict)
    timeout: float = 15.0


def scenario(name: str, expected: str, *worlds: World, **more: Any) -> Scenario:
    """A scenario, its worlds as arguments; one word alone may be given for a tuple of words."""
    return Scenario(name, expected, worlds, **{key: _words(value) for key, value in more.items()})


def _words(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def at(url: str) -> tuple[str, ...]:
    """The arguments that choose a base URL."""
    return ("--base-url", url)


@dataclass(frozen=True)
class Played:
    """One run of the command as a process: what it printed and what it took.

    ``peak_mb`` is the most memory that was in use at a time; ``seen`` what the servers were sent.
    """

    exit_code: int
    stdout: str
    stderr: str
    seconds: float
    peak_mb: float
    seen: Mapping[str, list[str]]
