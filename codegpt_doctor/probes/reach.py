"""Whether a host can be reached at all, along the path that the provider's requests take."""

from collections.abc import Callable
from dataclasses import replace

from codegpt_doctor.model import Observation
from codegpt_doctor.probes import path
from codegpt_doctor.settings import Settings, Value


def reach(
    host: str,
    port: int,
    settings: Settings,
    proxied: bool,
    patience: Callable[[], float],
    deadline: float,
) -> Observation:
    """Resolve, connect and shake hands, or ask through the proxy.  No key is sent.

    Args:
        host: the name of the host.
        port: its port for HTTPS.
        settings: the trust store, and whether proxies are used.
        proxied: whether there may be a proxy.
        patience: seconds that the next connection may take.
        deadline: the end of the run on the clock of ``time.monotonic``.
    """
    through = _through_proxy(host, port, settings, deadline) if proxied else None
    if through:
        return through
    named = path.resolve(host, port)
    if named.failure:
        return named
    connected = path.connect(named.facts["addresses"], port, patience())
    if connected.failure:
        return replace(connected, operation=f"connect to {host} port {port}")
    bundle = settings.ca_bundle.value if settings.ca_bundle else None
    address = connected.facts["connected"]
    shaken = path.handshake(host, address, port, bundle, patience())
    total = named.duration_ms + connected.duration_ms + shaken.duration_ms
    return replace(shaken, duration_ms=total)


def _through_proxy(host: str, port: int, settings: Settings, deadline: float) -> Observation | None:
    """What a request through the proxy gave; None when this host is reached without one."""
    from codegpt_doctor.probes.http import Client, proxy_for

    address = Value(f"https://{host}:{port}", "host")
    target = replace(settings, base_url=address, organization=None, project=None)
    if proxy_for(target) is None:
        return None
    answer = Client(target, None, deadline).get("/")
    failure = None if answer.http_status else answer.failure
    return Observation(f"ask {host} through the proxy", answer.duration_ms, failure)
