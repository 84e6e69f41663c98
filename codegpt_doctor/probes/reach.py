"""Whether a host can be reached at all, along the path that the provider's requests take."""

from dataclasses import replace
from functools import partial
from time import perf_counter
from urllib.parse import urlsplit

from codegpt_doctor.model.observation import Exchange, Failure
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.proxy import proxy_for
from codegpt_doctor.net.resolve import addresses_of, since
from codegpt_doctor.net.trust import Trust, system_context, tls_context
from codegpt_doctor.net.tunnel import Proxy
from codegpt_doctor.settings.values import Settings, Value


def reach(host: str, port: int, settings: Settings, deadline: float) -> Exchange:
    """Open an encrypted connection and close it again; no request and no key is sent.

    Args:
        host: the name of the host.
        port: its port for HTTPS.
        settings: the trust store, and whether proxies are used.
        deadline: the latest end on the clock of ``time.monotonic``.
    """
    started = perf_counter()
    address = f"https://{host}:{port}"
    chosen = proxy_for(replace(settings, base_url=Value(address, "host")))
    try:
        proxy = Proxy.from_url(chosen.url) if chosen else None
    except ValueError as error:
        failure = Failure(Stage.PROXY, "ProxyURL", str(error))
        return Exchange(_operation(Stage.PROXY, host), 0, failure)
    dialer = _dialer(address, proxy, settings, deadline)
    try:
        opened = dialer.open()
    except ConnectionFailedError as error:
        failure = error.failure
        if proxy and failure.stage is Stage.DNS and proxy.resolves:
            failure = failure._replace(stage=Stage.PROXY)
        return Exchange(_operation(failure.stage, host), since(started), failure)
    opened.socket.close()
    how = (opened.timings, opened.address, opened.certificate)
    return Exchange(f"reach {host}", since(started), None, *how)


def _dialer(address: str, proxy: Proxy | None, settings: Settings, deadline: float) -> Dialer:
    bundle = settings.ca_bundle.value if settings.ca_bundle else None
    trust = Trust(lambda: tls_context(bundle), system_context)  # the editor asks the latter
    dialer = Dialer(urlsplit(address), tuple, trust, proxy, deadline)
    here = partial(addresses_of, dialer.host, dialer.port)
    dialer.addresses = partial(addresses_of, proxy.host, proxy.port) if proxy else here
    dialer.targets = None if proxy is None or proxy.resolves else here
    return dialer


def _operation(stage: Stage, host: str) -> str:
    return {
        Stage.DNS: f"resolve {host}",
        Stage.PROXY: f"connect to {host} through the proxy",
        Stage.TLS: f"TLS handshake with {host}",
    }.get(stage, f"connect to {host}")
