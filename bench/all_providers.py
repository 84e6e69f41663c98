"""How much longer ``check --all`` takes than the slowest of its providers alone; aim: at most 1.30.

Eight providers are played on this machine, each answering after a while, the slowest after half a
second; nothing leaves the machine.
"""

import os
import time
from contextlib import ExitStack
from tempfile import TemporaryDirectory

from installed import installed
from paired import compare

from codegpt_doctor.providers.provider import load
from codegpt_doctor.simulator.provider_api import Reply, Sent
from codegpt_doctor.simulator.server import Api, Simulator

PLAYED = (
    *("anthropic", "cerebras", "cohere", "fireworks"),
    *("groq", "openai", "perplexity", "together"),
)
SLOWEST, OTHERS = 0.5, 0.2  # seconds until a response
KEY = "simulated-key"


class Slow(Api):
    """Answers as another one does, after a while."""

    def __init__(self, api: Api, seconds: float) -> None:
        self._api, self._seconds = api, seconds
        self.path = api.path

    def answer(self, sent: Sent) -> Reply:
        """The response, late."""
        time.sleep(self._seconds)
        return self._api.answer(sent)


def slowed(provider: str, seconds: float) -> Simulator:
    """A healthy provider that takes its time for each response."""
    simulator = Simulator(provider=provider)
    simulator._server.api = Slow(simulator._server.api, seconds)
    return simulator


def main() -> None:
    """Compare all of them at once with the slowest."""
    with installed() as (doctor, _), ExitStack() as stack:
        home = stack.enter_context(TemporaryDirectory())
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        for number, provider in enumerate(PLAYED):
            simulator = stack.enter_context(slowed(provider, OTHERS if number else SLOWEST))
            known = load(provider)
            environment[known.key_variables[0]] = KEY
            environment[known.base_url_variables[0]] = simulator.base_url
        check = [doctor, "check", "--no-control"]
        compare([*check, "--all"], [*check, "--provider", PLAYED[0]], 9, environment)


if __name__ == "__main__":
    main()
