"""A local provider that answers as the real API does, or fails in the way of a documented error."""

from collections.abc import Iterator
from contextlib import contextmanager

from codegpt_doctor import catalogue
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value
from codegpt_doctor.simulator.server import Simulator

PROVIDER = "openai"  # whose answers and errors it gives
KEY = "sk-proj-simulated0simulated0T3BlbkFJsimulated0simulated0"
ADMIN_KEY = KEY.replace("proj", "admin")


def can_simulate(entry: catalogue.Entry) -> bool:
    """Whether the simulator can make this error over a socket."""
    return "body" in entry.example or "fault" in entry.simulate


@contextmanager
def simulation(entry_id: str | None, port: int = 0) -> Iterator[Settings]:
    """Serve on loopback for as long as the block runs; gives the settings that point there.

    Args:
        entry_id: the error to fail with, or None for a healthy provider.
        port: where to listen; 0 lets the system choose.

    Raises:
        LookupError: a client, a proxy or an editor makes the error; no server can simulate it.
    """
    entry = catalogue.get(entry_id, PROVIDER) if entry_id else None
    if entry and not can_simulate(entry):
        raise LookupError(f"{entry.id} does not come from a server, so none can simulate it.")
    with Simulator(entry, port) as simulator:
        yield Settings(
            provider=PROVIDER,
            base_url=Value(simulator.base_url, "simulator"),
            key=Key(Secret(KEY), "simulator"),
            admin_key=Key(Secret(ADMIN_KEY), "simulator"),
            direct=True,
        )
