"""Neutral measurements that tell a broken network from a blocked host and from a provider's fault.

None of them sends a key, and none is made unless something failed.
"""

import socket
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from codegpt_doctor.model.observation import HttpObservation, Observation
from codegpt_doctor.net import resolve
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import trust_in
from codegpt_doctor.settings.values import Settings, Value

NEUTRAL_HOST = "example.com"  # reserved by RFC 2606, run by IANA
NEUTRAL_ADDRESSES = (
    "192.0.43.8",
    "2001:500:88:200::8",
)  # IANA's; only asked whether a route exists
PATIENCE = 3.0


def neutral(deadline: float) -> Observation:
    """Whether anything is reached: ``facts`` has ``route``, ``name`` and ``connection``."""
    patience = max(0.1, min(PATIENCE, 0.8 * (deadline - monotonic())))
    facts: dict[str, Any] = {"route": has_route(), "name": False, "connection": False}
    if facts["route"]:
        named = resolve.resolve(NEUTRAL_HOST, 443)
        facts["name"] = named.failure is None
        if facts["name"]:
            seen = resolve.connect(named.facts["addresses"], 443, patience)
            facts["connection"] = seen.failure is None
    return Observation(f"reach {NEUTRAL_HOST}", facts=facts)


def has_route() -> bool:
    """Whether the system knows a way out; nothing is sent."""
    for address in NEUTRAL_ADDRESSES:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as unsent:
                unsent.connect((address, 443))
        except OSError:
            continue
        return True
    return False


def provider_status(url: str, bundle: str | None, deadline: float) -> HttpObservation:
    """The summary of the provider's status page, asked without a key."""
    parts = urlsplit(url)
    until = min(deadline, monotonic() + PATIENCE)
    dialer = Dialer(
        parts,
        lambda: resolve.resolve(parts.hostname or "", 443).facts.get("addresses", []),
        trust_in(bundle),
        None,
        until,
    )
    base = Value(url.removesuffix(parts.path), "the provider's data")
    return Client(dialer, Settings("openai", base), None).get(parts.path)
