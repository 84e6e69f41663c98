"""What is wrong with the network between the computer and the server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.place import Place, World, run
from scenarios.worlds.api import api, reply
from scenarios.worlds.sockets import listening

NEUTRAL = "example.com"
NEUTRAL_ADDRESS = "203.0.113.80"
STATUS_PAGE = "status.openai.com"
TABLE = """
table inet firewall {{
    chain way {{
        type filter hook {hook} priority 0;
        {rule}
    }}
}}
"""


def named(host: str, *addresses: str) -> World:
    """A name for addresses where nothing has to be."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        place.name(host, *addresses)
        yield

    return world


def here(*addresses: str) -> World:
    """Addresses of this computer, where nobody listens unless another world does."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        for address in addresses:
            place.address(address)
        yield

    return world


@contextmanager
def internet(place: Place) -> Iterator[None]:
    """The rest of the internet works: a neutral host can be reached."""
    with api(lambda _: reply({}), NEUTRAL, NEUTRAL_ADDRESS, called="neutral")(place):
        yield


def status_page(indicator: str, *incidents: str) -> World:
    """The provider's status page, with its indicator and the names of its incidents."""
    said = {
        "page": {"id": "01", "name": "OpenAI"},
        "status": {"indicator": indicator, "description": "Partial System Outage"},
        "components": [{"id": "1", "name": "Chat Completions", "status": "operational"}],
        "incidents": [{"id": str(at), "name": name} for at, name in enumerate(incidents)],
    }
    return api(lambda _: reply(said), STATUS_PAGE, "203.0.113.81", called="status")


def filtered(rule: str, hook: str = "input") -> World:
    """A packet filter: a rule in the words of nft, for packets that arrive, or else ``output``."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        run("nft", "-f", "-", stdin=TABLE.format(hook=hook, rule=rule))
        yield

    return world


def routed(*routes: str) -> World:
    """Routes, as arguments of ``ip route replace``."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        for route in routes:
            run("ip", "route", "replace", *route.split())
        yield

    return world


def without(*families: int) -> World:
    """No way out for IPv4, for IPv6 or for both: no route, as on a cable that leads nowhere."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        for family in families:
            run("ip", f"-{family}", "route", "delete", "default")
        yield

    return world


@contextmanager
def offline(place: Place) -> Iterator[None]:
    """The cable is out."""
    run("ip", "link", "set", "eth0", "down")
    yield


def tarpit(address: str, port: int, host: str) -> World:
    """A port that accepts connections and never says a word."""

    @contextmanager
    def world(place: Place) -> Iterator[None]:
        place.address(address)
        place.name(host, address)
        with listening(address, port, lambda _: time.sleep(3600)):
            yield

    return world
