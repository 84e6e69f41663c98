"""HTTP requests to the target, bounded in time and size; redirects are never followed."""

import codecs
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPException, IncompleteRead
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from codegpt_doctor._version import __version__
from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer, Opened
from codegpt_doctor.settings.values import Key, Settings

MAX_BYTES = 1024 * 1024
PASSING = (500, 502, 503, 504, *range(520, 528))
PAUSE = 0.2  # seconds before the second attempt
TOO_LONG = "Request timed out."
CUT_OFF = "The body ended before it was complete."
CHUNK = 16 * 1024  # bytes, of the wire and of what they unpack to
CODINGS = ("gzip", "x-gzip", "deflate")  # one at most is undone; none was asked for
Reader = Callable[[str], bool]


class Client:
    """Sends requests to one base URL with one set of credentials, each on its own connection.

    Args:
        dialer: opens the connections, and knows the deadline.
        settings: the base URL, the organization and the project.
        key: what goes into the Authorization header, or None for none.
        identity: whether the organization and project headers are sent, as an SDK would.
    """

    def __init__(
        self, dialer: Dialer, settings: Settings, key: Key | None, identity: bool = True
    ) -> None:
        self._dialer = dialer
        self._base_url = _without_user(settings.base_url.value.strip()).rstrip("/")
        self._headers = _headers(settings, key, identity)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> HttpObservation:
        """GET a path below the base URL."""
        return self._send(_Request("GET", path, params))

    def post(
        self, path: str, body: Mapping[str, Any], enough: Reader | None = None
    ) -> HttpObservation:
        """POST a JSON body to a path below the base URL.

        Args:
            path: below the base URL.
            body: what is sent.
            enough: is given each piece of the answer as it comes, and says whether the rest need
                not be read; for a stream of events, of which the first words may tell all.
        """
        return self._send(_Request("POST", path, body=body, enough=enough))

    def _send(self, request: "_Request") -> HttpObservation:
        """Send a request; one that failed in passing is sent once more, and both are told."""
        first = self._send_once(request)
        left = self._dialer.deadline - monotonic()
        if not _may_pass(first) or left < 2 * first.duration_ms / 1000 + PAUSE:
            return first
        sleep(PAUSE)
        second = self._send_once(request)
        return replace(second, facts={**second.facts, "first": first})

    def _send_once(self, request: "_Request") -> HttpObservation:
        started = perf_counter()
        operation = f"{request.method} {request.path}"
        url = self._base_url + request.path
        try:
            opened = self._dialer.open()
        except ConnectionFailedError as error:
            facts = {"failed_at": error.stage}
            failure = exception_text(error.__cause__ or error)
            return HttpObservation(operation, _since(started), failure, facts, url)
        try:
            return self._exchange(request, opened, url, started)
        finally:
            opened.socket.close()

    def _exchange(
        self, request: "_Request", opened: Opened, url: str, started: float
    ) -> HttpObservation:
        import requests

        from codegpt_doctor.net.session import session_over  # begun while the socket was opened

        operation, asked = f"{request.method} {request.path}", perf_counter()
        try:
            with session_over(self._dialer, opened) as session:
                response = session.request(
                    request.method,
                    url,
                    params=request.params,
                    json=request.body,
                    headers=self._headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=self._left(),
                )
                body = self._read(response, opened, request.enough)
        except (requests.RequestException, OSError, HTTPException, ValueError) as error:
            facts = {**opened.facts, "failed_at": "http"}
            return HttpObservation(operation, _since(started), exception_text(error), facts, url)
        return HttpObservation(
            operation,
            _since(started),
            body.failure,
            {**opened.facts, "http_ms": _since(asked)},
            response.url,
            response.status_code,
            {name.lower(): value for name, value in response.headers.items()},
            body.text,
            body.truncated,
        )

    def _left(self) -> float:
        """Seconds that waiting for bytes may take."""
        return max(0.1, self._dialer.deadline - monotonic())

    def _read(self, response: Any, opened: Opened, enough: Reader | None) -> "_Body":
        """The body as far as it is wanted, came in time and fits into the read limit."""
        from urllib3.exceptions import HTTPError

        undone = response.headers.get("content-encoding", "").strip().lower() in CODINGS
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        body, size = _Body(), 0
        try:
            while size <= MAX_BYTES:
                if monotonic() > self._dialer.deadline:
                    body.failure = TOO_LONG
                    break
                with contextlib.suppress(OSError):  # all is read, and the socket closed
                    opened.socket.settimeout(self._left())
                chunk = response.raw.read1(CHUNK, decode_content=undone)
                body.pieces.append(decoder.decode(chunk[: MAX_BYTES - size], final=not chunk))
                size += len(chunk)
                if not chunk or (enough and enough(body.pieces[-1])):
                    break
        except (HTTPError, OSError, HTTPException, ValueError) as error:
            body.failure = CUT_OFF if _is_cut(error) else exception_text(error)
        body.truncated = size > MAX_BYTES
        return body


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    params: Mapping[str, Any] | None = None
    body: Mapping[str, Any] | None = None
    enough: Reader | None = None


@dataclass(slots=True)
class _Body:
    pieces: list[str] = field(default_factory=list)
    truncated: bool = False
    failure: str | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def _is_cut(error: Exception) -> bool:
    """Whether a body ended before the length that was announced."""
    return isinstance(error, IncompleteRead) or isinstance(error.__cause__, IncompleteRead)


def _may_pass(seen: HttpObservation) -> bool:
    """Whether a failure is of the kind that a second attempt may not meet."""
    broken = seen.http_status == 0 and seen.facts.get("failed_at") in ("tcp", "tls", "http")
    lasting = "certificate" in (seen.failure or "").lower()
    return (broken and not lasting) or seen.http_status in PASSING


def _headers(settings: Settings, key: Key | None, identity: bool) -> dict[str, str]:
    headers = {
        "User-Agent": f"codegpt-doctor/{__version__}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Host": urlsplit(settings.base_url.value.strip()).netloc.rpartition("@")[2],
    }
    if key:
        headers["Authorization"] = f"Bearer {sendable(key)}"
    if identity and settings.organization:
        headers["OpenAI-Organization"] = settings.organization.value.strip()
    if identity and settings.project:
        headers["OpenAI-Project"] = settings.project.value.strip()
    return headers


def _without_user(url: str) -> str:
    """A URL without its user and password, which requests would send in the place of the key."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def sendable(key: Key) -> str:
    """The key without what surely is no part of it: white space, quotes, a leading ``Bearer``."""
    clean = key.secret.reveal().strip().strip("\"'`").strip()
    return clean[7:].strip() if clean.lower().startswith("bearer ") else clean


def json_of(observation: HttpObservation) -> Any:
    """The body as JSON, or None when it is none or was cut off.

    Of a stream of events it is the first one: a server may stream without being asked to.
    """
    body = observation.body.removeprefix("\ufeff")
    if body.startswith(("data:", "event:", ":")):
        _, _, event = f"\n{body}".partition("\ndata:")
        body = event.partition("\n")[0]
    try:
        return None if observation.truncated else json.loads(body)
    except (ValueError, RecursionError):
        return None


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
