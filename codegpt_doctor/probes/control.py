"""Neutral measurements that tell a broken network from a blocked host and from a provider's fault.

None of them sends a key, and none is made unless something failed.
"""

from time import monotonic
from urllib.parse import urlsplit

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.model.observation import Exchange, Neutral
from codegpt_doctor.net import resolve
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import trust_in
from codegpt_doctor.settings.values import Settings, Value

NEUTRAL_HOST = "example.com"  # reserved by RFC 2606, run by IANA
PATIENCE = 3.0


def neutral(deadline: float) -> Neutral:
    """Whether anything is reached at all, step by step."""
    if not has_route():
        return Neutral(route=False)
    named = resolve.resolve(NEUTRAL_HOST, 443)
    if named.failure:
        return Neutral(route=True)
    patience = max(0.1, min(PATIENCE, 0.8 * (deadline - monotonic())))
    seen = resolve.connect(named.addresses, 443, patience)
    return Neutral(route=True, name=True, connection=seen.failure is None)


def has_route() -> bool:
    """Whether the system knows a way out; nothing is sent."""
    return any(map(resolve.has_way, resolve.NEUTRAL_ADDRESSES))


def provider_status(url: str, bundle: str | None, deadline: float) -> Exchange:
    """The summary of the provider's status page, asked without a key."""
    parts = urlsplit(url)
    until = min(deadline, monotonic() + PATIENCE)
    dialer = Dialer(
        parts,
        lambda: resolve.addresses_of(parts.hostname or "", 443),
        trust_in(bundle),
        None,
        until,
    )
    base = Value(url.removesuffix(parts.path), "the provider's data")
    return Client(dialer, Settings(DEFAULT_PROVIDER, base), None).get(parts.path)
