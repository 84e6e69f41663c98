"""What lies in the folder that the command is started in."""

from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.place import Place, World


def in_home(name: str, content: str) -> World:
    """A file in that folder."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        (place.home / name).parent.mkdir(parents=True, exist_ok=True)
        (place.home / name).write_text(content, encoding="utf-8")
        yield

    return world
