"""HTTP requests to the target, bounded in time and size; redirects are never followed."""

import codecs
import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from codegpt_doctor._version import __version__
from codegpt_doctor.model.observation import Exchange, Failure, late
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer, Opened
from codegpt_doctor.net.failures import LASTING, failure_of
from codegpt_doctor.net.resolve import since
from codegpt_doctor.providers.address import asked_at
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.dialects.wire import Dialect, Request, base_path, events
from codegpt_doctor.providers.keys import sendable
from codegpt_doctor.providers.provider import Provider, load
from codegpt_doctor.settings.values import Key, Settings

if TYPE_CHECKING:
    from requests import Response

MAX_BYTES = 1024 * 1024
MAX_HEADER = 4096  # characters of a header's value that are kept
PASSING = (500, 502, 503, 504, *range(520, 528))
RUN = (504, 524)  # a request may have run all the same, and cost what it costs
PAUSE = 0.2  # seconds before the second attempt
RETRIED = (Stage.TCP, Stage.TLS, Stage.HTTP)
# by the classes of http.client, urllib3 and zlib, whose own words are for programmers
_BROKEN = {
    "IncompleteRead": "The body ended before it was complete.",
    "DecodeError": "The body is not in the encoding that its header names.",
}
CHUNK = 16 * 1024  # bytes, of the wire and of what they unpack to
CODINGS = ("gzip", "x-gzip", "deflate")  # one at most is undone; none was asked for
Reader: TypeAlias = Callable[[str], bool]
Param: TypeAlias = str | int | Sequence[str]


class Client:
    """Sends requests to one base URL with one set of credentials, each on its own connection.

    Args:
        dialer: opens the connections, and knows the deadline.
        settings: the base URL, the organization and the project.
        key: what goes into the Authorization header, or None for none.
        identity: whether the organization and project headers are sent, as an SDK would.
        max_bytes: how much of a body is read, once it is unpacked.
    """

    def __init__(
        self,
        dialer: Dialer,
        settings: Settings,
        key: Key | None,
        identity: bool = True,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self.dialer = dialer
        self._max_bytes = max_bytes
        self.base_url = asked_at(settings)
        self._path = base_path(self.base_url)
        self._root = self.base_url.partition("?")[0].removesuffix(self._path)
        self.provider: Provider = load(settings.provider)
        self.dialect: Dialect = dialect_at(self.provider, self.base_url)
        self.headers = _headers(self.provider, self.dialect, settings, key, identity)

    def get(
        self,
        path: str,
        params: Mapping[str, Param] | None = None,
        enough: Reader | None = None,
    ) -> Exchange:
        """GET a path below the base URL; ``enough`` is as for ``post``."""
        return self._send(Asked("GET", path, params, enough=enough))

    def post(self, path: str, body: Mapping[str, object], enough: Reader | None = None) -> Exchange:
        """POST a JSON body to a path below the base URL.

        Args:
            path: below the base URL.
            body: what is sent.
            enough: is given each piece of the answer as it comes, and says whether the rest need
                not be read; for a stream of events, of which the first words may tell all.
        """
        return self._send(Asked("POST", path, body=body, enough=enough))

    def ask(self, asked: Request, enough: Reader | None = None) -> Exchange:
        """Send a request of the provider's format.

        Args:
            asked: the request, its path from the root of the host.
            enough: as for ``post``.
        """
        is_below = asked.path.startswith(f"{self._path}/")
        path = asked.path.removeprefix(self._path) if is_below else asked.path
        params = asked.params or None
        return self._send(Asked(asked.method, path, params, asked.body, enough, not is_below))

    def told(self, request: "Asked") -> Callable[..., Exchange]:
        """Makes what came of a request, with what was asked and who."""
        operation = f"{request.method} {request.path}"
        return partial(Exchange, operation, provider=self.provider.id, base_url=self.base_url)

    def url_of(self, request: "Asked") -> str:
        """The address of a request, without its parameters."""
        return self._root + ("" if request.is_whole else self._path) + request.path

    def _send(self, request: "Asked") -> Exchange:
        """Send a request; one that failed in passing is sent once more, and both are told."""
        first = self.send_once(request)
        left = self.dialer.deadline - monotonic()
        ran = request.method == "POST" and first.http_status in RUN
        if ran or not _may_pass(first) or left < 2 * first.duration_ms / 1000 + PAUSE:
            return first
        sleep(PAUSE)
        second = self.send_once(request)
        return second._replace(first_attempt=first)

    def send_once(self, request: "Asked") -> Exchange:
        """Send a request over a connection of its own; another client's way is in its place."""
        started = perf_counter()
        url = self.url_of(request)
        try:
            opened = self.dialer.open()
        except ConnectionFailedError as error:
            return self.told(request)(since(started), error.failure, url=url)
        try:
            return self._exchange(request, opened, url, since(started))
        finally:
            opened.socket.close()

    def _exchange(self, request: "Asked", opened: Opened, url: str, connecting_ms: int) -> Exchange:
        from http.client import HTTPException

        import requests

        from codegpt_doctor.net.session import session_over  # begun while the socket was opened

        came = partial(
            self.told(request),
            timings=opened.timings,
            address=opened.address,
            certificate=opened.certificate,
        )
        asked = perf_counter()
        try:
            with session_over(self.dialer, opened) as session:
                response = session.request(
                    request.method,
                    url,
                    params=request.params,
                    json=request.body,
                    headers=self.headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=self._left(),
                )
                body = self._read(response, opened, request.enough)
        except (requests.RequestException, OSError, HTTPException, ValueError) as error:
            took = connecting_ms + since(asked)
            return came(took, failure_of(Stage.HTTP, error), url=url)
        http_ms = since(asked)
        return came(
            connecting_ms + http_ms,
            body.failure,
            timings=opened.timings._replace(http=http_ms),
            url=response.url,
            http_status=response.status_code,
            headers={k.lower(): value[:MAX_HEADER] for k, value in response.headers.items()},
            body=body.text,
            truncated=body.truncated,
        )

    def _left(self) -> float:
        """Seconds that waiting for bytes may take."""
        return max(0.1, self.dialer.deadline - monotonic())

    def _read(self, response: "Response", opened: Opened, enough: Reader | None) -> "_Body":
        """The body as far as it is wanted, came in time and fits into the read limit."""
        from http.client import HTTPException

        from urllib3.exceptions import HTTPError

        undone = response.headers.get("content-encoding", "").strip().lower() in CODINGS
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        # what a refusal is about is said at its start
        most = self._max_bytes if response.ok else MAX_BYTES
        body, size = _Body(), 0
        try:
            while size <= most:
                if monotonic() > self.dialer.deadline:
                    body.failure = late(Stage.HTTP)
                    break
                with contextlib.suppress(OSError):  # all is read, and the socket closed
                    opened.socket.settimeout(self._left())
                chunk = response.raw.read1(CHUNK, decode_content=undone)
                body.pieces.append(decoder.decode(chunk[: max(0, most - size)], final=not chunk))
                size += len(chunk)
                if not chunk or (enough and enough(body.pieces[-1])):
                    break
        except (HTTPError, OSError, HTTPException, ValueError) as error:
            body.failure = _broken(error)
        body.truncated = size > most
        return body


class Asked(NamedTuple):
    """A request as it is sent; ``enough`` is as for ``post``."""

    method: str
    path: str
    params: Mapping[str, Param] | None = None
    body: Mapping[str, object] | None = None
    enough: Reader | None = None
    is_whole: bool = False  # whether the path is that from the root of the host


class _Body:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.truncated = False
        self.failure: Failure | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def _broken(error: Exception) -> Failure:
    failure = failure_of(Stage.HTTP, error)
    return failure._replace(text=_BROKEN.get(failure.kind, failure.text))


def _may_pass(seen: Exchange) -> bool:
    """Whether a failure is of the kind that a second attempt may not meet."""
    if seen.http_status:
        return seen.http_status in PASSING
    failure = seen.failure
    return failure is not None and failure.stage in RETRIED and failure.kind not in LASTING


def _headers(
    provider: Provider, speaks: Dialect, settings: Settings, key: Key | None, identity: bool
) -> dict[str, str]:
    headers = {
        "User-Agent": f"codegpt-doctor/{__version__}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Host": settings.url.authority,
    }
    headers |= speaks.auth_headers(provider, sendable(key) if key else None)
    auth = provider.auth
    if identity and settings.organization and auth.organization_header:
        headers[auth.organization_header] = settings.organization.value.strip()
    if identity and settings.project and auth.project_header:
        headers[auth.project_header] = settings.project.value.strip()
    return headers


def json_of(seen: Exchange) -> object:
    """The body as JSON, or None when it is none or was cut off.

    Of a stream of events it is the first one: a server may stream without being asked to.
    """
    return None if seen.truncated else next(events(seen.body), None)
