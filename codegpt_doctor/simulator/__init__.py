"""A local provider that answers as the real API does, or fails in the way of a documented error."""

from collections.abc import Iterator
from contextlib import contextmanager

from codegpt_doctor import catalogue
from codegpt_doctor.providers.provider import load
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value
from codegpt_doctor.simulator.server import Simulator

KEY = "sk-proj-simulated0simulated0T3BlbkFJsimulated0simulated0"
ADMIN_KEY = KEY.replace("proj", "admin")
OTHER_KEY = "simulated-key"  # of no provider's shape, so that it may go to any of them


def can_simulate(entry: catalogue.Entry) -> bool:
    """Whether the simulator can make this error over a socket."""
    return "body" in entry.example or "fault" in entry.simulate


@contextmanager
def simulation(
    entry_id: str | None, provider: str | None = None, *, port: int = 0
) -> Iterator[Settings]:
    """Serve on loopback for as long as the block runs; gives the settings that point there.

    Args:
        entry_id: the error to fail with, or None for a healthy provider.
        provider: whose answers and errors it gives; OpenAI's if not given, or those of the
            provider that has the error.
        port: where to listen; 0 lets the system choose.

    Raises:
        KeyError: there is no such provider.
        LookupError: a client, a proxy or an editor makes the error; no server can simulate it.
    """
    whose = load(provider or _whose(entry_id)).id
    entry = catalogue.get(entry_id, whose) if entry_id else None
    if entry and not can_simulate(entry):
        raise LookupError(_why_not(entry, whose))
    with Simulator(entry, port, whose) as simulator:
        is_default = whose == catalogue.DEFAULT_PROVIDER
        yield Settings(
            provider=whose,
            base_url=Value(simulator.base_url, "simulator"),
            key=Key(Secret(KEY if is_default else OTHER_KEY), "simulator"),
            admin_key=Key(Secret(ADMIN_KEY), "simulator") if is_default else None,
            direct=True,
        )


def _whose(entry_id: str | None) -> str:
    """The provider that has an error, where OpenAI has none of its kind."""
    first = catalogue.DEFAULT_PROVIDER
    if entry_id is None:
        return first
    entry = catalogue.get(entry_id, first)
    return entry.provider or first if can_simulate(entry) else next(iter(_having(entry_id)), first)


def _having(entry_id: str) -> list[str]:
    """The providers whose words of an error can be given by a server."""
    variants = catalogue.variants(entry_id)
    return [one for one in variants if can_simulate(catalogue.get(entry_id, one))]


def _why_not(entry: catalogue.Entry, provider: str) -> str:
    having = _having(entry.id)
    if having:
        return f"{entry.id} is not documented for {provider}, but for {', '.join(having)}."
    return f"{entry.id} does not come from a server, so it cannot be simulated."
