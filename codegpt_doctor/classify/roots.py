"""What a fault is more exactly where the host or the provider tells it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.classify.hosts import Host
from codegpt_doctor.classify.matching import Candidate
from codegpt_doctor.classify.ports import CODEGPT_PORTS
from codegpt_doctor.classify.speaking import Speaking


@dataclass(frozen=True, slots=True)
class Move:
    """One row: what is found, by what evidence, where that is so; what it is; why; an example."""

    found: frozenset[str]
    tiers: frozenset[str]
    where: str
    meant: str
    why: str
    example: str


def _move(found: str, where: str, meant: str, why: str, example: str, tiers: str = "") -> Move:
    return Move(frozenset(found.split()), frozenset(tiers.split()), where, meant, why, example)


MOVES = (
    _move(
        "server_error bad_gateway",
        "codegpt",
        "codegpt_service_error",
        "the service that the extension runs on this machine failed",
        "POST http://localhost:54116/api/custom 500 (Internal Server Error)",
    ),
    _move(
        "connection_refused connection_error connection_reset",
        "codegpt",
        "codegpt_service_unreachable",
        "the service that the extension runs on this machine does not listen",
        "Error: connect ECONNREFUSED 127.0.0.1:54117",
    ),
    _move(
        "connection_refused connection_error",
        "local",
        "local_model_unreachable",
        "a local server of models that is not running, or listens elsewhere",
        "Ollama: connect ECONNREFUSED 127.0.0.1:11434",
    ),
    _move(
        "endpoint_not_found",
        "local",
        "model_not_found",
        "a local server answers 404 for a model that it does not have",
        "Ollama: POST http://localhost:11434/api/chat 404 Not Found",
        tiers="status",
    ),
)


def moved(found: list[Candidate], speaking: Speaking, hosts: Iterable[Host]) -> list[Candidate]:
    """The candidates with what the first one is more exactly in front, where a row tells it."""
    if not found:
        return found
    best, where = found[0], _where(speaking, hosts)
    for row in MOVES:
        fits = row.where in where and best.id in row.found
        if fits and (not row.tiers or best.tier in row.tiers):
            return [replace(best, id=row.meant), *found]
    return found


def _where(speaking: Speaking, hosts: Iterable[Host]) -> set[str]:
    found = list(hosts)
    where = set()
    if any(host.port in CODEGPT_PORTS for host in found):
        where.add("codegpt")
    is_remote = any(host.whose in ("provider", "address") for host in found)
    if not is_remote and (speaking.own or speaking.named) & _local():
        where.add("local")
    return where


@cache
def _local() -> frozenset[str]:
    """The providers that are servers of models on the user's machine."""
    found = catalogue.providers().items()
    return frozenset(provider for provider, data in found if data.get("local"))


def rules() -> dict[str, Any]:
    """The tables by which the browser tells the same."""
    return {
        "local": sorted(_local()),
        "moves": [
            {
                "found": sorted(row.found),
                "tiers": sorted(row.tiers),
                "where": row.where,
                "meant": row.meant,
            }
            for row in MOVES
        ],
    }
