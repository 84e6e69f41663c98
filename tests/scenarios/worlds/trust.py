"""Trust stores beside the bundle that a variable names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.place import Place

SYSTEM = "/etc/ssl/certs/ca-certificates.crt"


@contextmanager
def in_the_system(place: Place) -> Iterator[None]:
    """The authority of the place is in the store of the operating system, as IT puts it there."""
    known = Path(SYSTEM).read_text(encoding="ascii")
    place.instead(SYSTEM, known + place.authority.cert_pem.bytes().decode("ascii"))
    yield
