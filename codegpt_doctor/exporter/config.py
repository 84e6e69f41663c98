"""The configuration of the exporter: targets and modules in one TOML file that holds no secret."""

from collections.abc import Mapping
from dataclasses import dataclass

from codegpt_doctor.settings.profile import Profile, ProfileError, read_table, read_toml

MIN_INTERVAL, MAX_INTERVAL = 1.0, 86_400.0  # seconds
MAX_CONCURRENCY = 64
INTERVAL = 300.0  # seconds between two runs of one target, if not given
CONCURRENCY = 8
TIMEOUT = 15.0  # seconds of a run, if not given
DEFAULT = "default"  # the module that is used where none is named
GENERAL = ("interval", "concurrency", "modules", "targets")
OF_MODULE = ("spend", "timeout")


@dataclass(frozen=True, slots=True)
class Module:
    """How a target is tested: whether an answer may be requested, and for how many seconds."""

    spend: bool = False
    timeout: float = TIMEOUT


@dataclass(frozen=True, slots=True)
class Config:
    """What is tested and how; ``interval`` is in seconds."""

    targets: Mapping[str, Profile]
    modules: Mapping[str, Module]
    interval: float = INTERVAL
    concurrency: int = CONCURRENCY


def read_config(path: str) -> Config:
    """Read a file that the user named.

    Raises:
        ProfileError: it cannot be read, holds a secret, or a value that cannot be.
    """
    data = read_toml(path, path)
    if not data:
        raise ProfileError(f"{path} cannot be read, or is empty.")
    _only(data, GENERAL, path)
    targets = {
        name: read_table(name, table, f"targets.{name}")
        for name, table in _table(data, "targets", path).items()
    }
    if not targets:
        raise ProfileError(f"{path} has no table [targets.NAME].")
    modules = {
        name: _module(table, f"modules.{name}")
        for name, table in _table(data, "modules", path).items()
    }
    interval = _number(data, "interval", INTERVAL, MIN_INTERVAL, MAX_INTERVAL, path)
    concurrency = _number(data, "concurrency", CONCURRENCY, 1, MAX_CONCURRENCY, path)
    return Config(targets, {DEFAULT: Module(), **modules}, interval, int(concurrency))


def _table(data: Mapping[str, object], name: str, where: str) -> Mapping[str, object]:
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise ProfileError(f"{name} of {where} is not a table.")
    return found


def _only(table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    for unknown in (one for one in table if one not in known):
        raise ProfileError(f"{where} has {unknown!r}; it takes {', '.join(known)}.")


def _module(table: object, where: str) -> Module:
    if not isinstance(table, dict):
        raise ProfileError(f"{where} is not a table.")
    _only(table, OF_MODULE, where)
    spend = table.get("spend", False)
    if not isinstance(spend, bool):
        raise ProfileError(f"In {where}, spend must be true or false.")
    return Module(spend, _number(table, "timeout", TIMEOUT, 1, MAX_INTERVAL, where))


def _number(
    table: Mapping[str, object], name: str, default: float, least: float, most: float, where: str
) -> float:
    value = table.get(name, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not least <= float(str(value)) <= most:
        raise ProfileError(f"In {where}, {name} must be a number from {least:g} to {most:g}.")
    return float(str(value))
