"""Which trust stores accept the certificate that a host shows; nothing is sent to find out."""

import contextlib
import ssl
import threading
from collections.abc import Mapping

from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.trust import stores


def accepting(dialer: Dialer, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the trust stores that accept the chain which a host shows.

    The stores are read one after the other, since each takes a processor for a while that the
    requests of the run need as well; the host is asked about all of them at once.
    """
    found: list[str] = []
    makers = stores(environment)
    threads: list[threading.Thread] = []
    for name, make in makers.items():
        with contextlib.suppress(OSError, ImportError):
            asked = threading.Thread(target=_ask, args=(dialer, name, make(), found), daemon=True)
            asked.start()
            threads.append(asked)
    for thread in threads:
        thread.join()
    return tuple(name for name in makers if name in found)


def _ask(dialer: Dialer, name: str, context: ssl.SSLContext, found: list[str]) -> None:
    if accepts(dialer, context):
        found.append(name)


def accepts(dialer: Dialer, context: ssl.SSLContext) -> bool:
    """Whether a handshake with the host succeeds with a TLS context."""
    try:
        dialer.open(context).socket.close()
    except ConnectionFailedError:
        return False
    return True
