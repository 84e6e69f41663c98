"""A session of requests over a socket that a dialer has opened and measured.

It costs most of 80 ms to import, so that it is imported while the first connections come about.
"""

from functools import partial
from time import monotonic

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from codegpt_doctor.net.dialer import Dialer, Opened
from codegpt_doctor.net.interim import FinalResponse


class _Measured(HTTPConnection):
    """A connection that takes the dialer's socket, encrypted already where it is to be."""

    dialer: Dialer
    opened: Opened

    def connect(self) -> None:
        self.sock = self.opened.socket
        self.sock.settimeout(max(0.1, self.dialer.deadline - monotonic()))


class _Adapter(HTTPAdapter):
    """Sends its one request over the socket; knows no pool, no retry and no trust of its own."""

    def __init__(self, dialer: Dialer, opened: Opened) -> None:
        super().__init__(max_retries=0)
        self._dialer = dialer
        answer = staticmethod(partial(FinalResponse, until=dialer.deadline))
        members = {"dialer": dialer, "opened": opened, "response_class": answer}
        self._pool = HTTPConnectionPool(dialer.host, dialer.port)
        self._pool.ConnectionCls = type("Measured", (_Measured,), members)

    def get_connection_with_tls_context(self, *_: object, **__: object) -> HTTPConnectionPool:
        """The pool of the one connection."""
        return self._pool

    def request_url(self, request: requests.PreparedRequest, _: object) -> str:
        """The whole URL where a proxy passes the request on, else its path."""
        return str(request.url if self._dialer.forwarder else request.path_url)

    def add_headers(self, request: requests.PreparedRequest, **_: object) -> None:
        """Tell a proxy that passes the request on who asks."""
        if self._dialer.forwarder:
            request.headers.update(self._dialer.forwarder.headers)

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()
        super().close()


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: a redirect is an answer; the target is not followed, and not even read ahead."""


def session_over(dialer: Dialer, opened: Opened) -> requests.Session:
    """A session for one request over an open connection; nothing of the environment is in it."""
    made = _Session()
    made.trust_env = False
    made.headers.clear()
    adapter = _Adapter(dialer, opened)
    for scheme in ("https://", "http://"):
        made.mount(scheme, adapter)
    return made
