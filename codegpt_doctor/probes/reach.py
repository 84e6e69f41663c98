"""Whether a host can be reached at all, along the path that the provider's requests take."""

import socket
from dataclasses import replace
from time import perf_counter
from urllib.parse import urlsplit

from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer, Proxy
from codegpt_doctor.net.proxy import proxy_for
from codegpt_doctor.net.trust import Trust, system_context, tls_context
from codegpt_doctor.settings.values import Settings, Value


def reach(host: str, port: int, settings: Settings, deadline: float) -> Observation:
    """Open an encrypted connection and close it again; no request and no key is sent.

    ``facts`` has the milliseconds of each stage, or ``failed_at``.

    Args:
        host: the name of the host.
        port: its port for HTTPS.
        settings: the trust store, and whether proxies are used.
        deadline: the latest end on the clock of ``time.monotonic``.
    """
    started = perf_counter()
    address = f"https://{host}:{port}"
    chosen = proxy_for(replace(settings, base_url=Value(address, "host")))
    proxy = Proxy.from_url(chosen.url) if chosen else None
    first = (proxy.host, proxy.port) if proxy else (host, port)
    bundle = settings.ca_bundle.value if settings.ca_bundle else None
    trust = Trust(lambda: tls_context(bundle), system_context)  # the editor asks the latter
    dialer = Dialer(urlsplit(address), lambda: _addresses(*first), trust, proxy, deadline)
    try:
        opened = dialer.open()
    except ConnectionFailedError as error:
        facts = {"failed_at": error.stage}
        failure = exception_text(error.__cause__ or error)
        operation = _operation(error.stage, host, first[0])
        return Observation(operation, _since(started), failure, facts)
    opened.socket.close()
    return Observation(f"reach {host}", _since(started), None, opened.facts)


def _operation(stage: str, host: str, first: str) -> str:
    if stage == "dns":
        return f"resolve {first}"
    return {
        "tcp": f"connect to {host}",
        "proxy": f"connect to {host} through the proxy",
        "tls": f"TLS handshake with {host}",
    }[stage]


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
