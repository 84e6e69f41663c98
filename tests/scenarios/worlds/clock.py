"""A wrong clock, for the command alone: the servers keep the right time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.place import Place, World


def library() -> Path | None:
    """The library that shifts the clock of a program; None where it is not installed."""
    return next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


def clock(offset: str) -> World:
    """A clock that is off by so much, in the words of libfaketime."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        place.variables.update(LD_PRELOAD=str(library()), FAKETIME=offset)
        yield

    return world
