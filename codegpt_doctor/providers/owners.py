"""Whose a host, a port, a variable or a key is."""

import re
from collections.abc import Iterator, Mapping

from codegpt_doctor.providers.provider import KeyShape, Provider, all_providers, has_ended


def by_host(host: str) -> Provider | None:
    """The provider whose API answers at a host; None where it is nobody's."""
    return next((one for one in all_providers() if one.serves(host)), None)


def by_website(host: str) -> Provider | None:
    """The provider of whose sites a host is one, but without an API."""
    host = host.lower().removesuffix(".")
    return next((one for one in all_providers() if host in one.not_api_hosts), None)


def by_port(port: int) -> Provider | None:
    """The provider whose server usually listens at a port of this machine."""
    return next((one for one in all_providers() if port in one.ports), None)


def by_key_variable(environment: Mapping[str, str]) -> dict[str, str]:
    """The providers whose key a variable holds, each with the first one that does.

    A variable that several read belongs to the one with hosts of its own.  A service that has ended
    is nobody's choice: its variables serve other purposes as well.
    """
    found: dict[str, str] = {}
    for provider in _with_hosts_first():
        taken = set(found.values())
        for name in provider.key_variables:
            if environment.get(name, "").strip() and name not in taken:
                found.setdefault(provider.id, name)
    return found


def _with_hosts_first() -> Iterator[Provider]:
    alive = [one for one in all_providers() if not has_ended(one)]
    yield from sorted(alive, key=lambda one: not (one.hosts or one.host_suffixes))


def by_key(value: str) -> Provider | None:
    """The provider whose key a value is, where its shape proves that."""
    return next((provider for provider, shape in fitting_shapes(value) if shape.unique), None)


def fitting_shapes(value: str) -> list[tuple[Provider, KeyShape]]:
    """Every shape of a key that a value has, with the provider whose keys have it."""
    return [
        (provider, shape)
        for provider in all_providers()
        for shape in provider.keys
        if re.match(shape.pattern, value)
    ]
