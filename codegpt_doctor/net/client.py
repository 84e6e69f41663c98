"""HTTP requests to the target, bounded in time and size; redirects are never followed."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

from codegpt_doctor._version import __version__
from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.providers.keys import sendable
from codegpt_doctor.settings.values import Key, Settings

MAX_BYTES = 1024 * 1024
PASSING = (500, 502, 503, 504, *range(520, 528))
PAUSE = 0.2  # seconds before the second attempt
TOO_LONG = "Request timed out."
CUT_OFF = "The body ended before it was complete."


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
        self._base_url = settings.url.text
        self._headers = _headers(settings, key, identity)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> HttpObservation:
        """GET a path below the base URL."""
        query = f"?{urlencode(params, doseq=True)}" if params else ""
        return self._send("GET", path, query, None)

    def post(self, path: str, body: Mapping[str, Any]) -> HttpObservation:
        """POST a JSON body to a path below the base URL."""
        return self._send("POST", path, "", json.dumps(body).encode())

    def _send(self, method: str, path: str, query: str, body: bytes | None) -> HttpObservation:
        """Send a request; one that failed in passing is sent once more, and both are told."""
        first = self._send_once(method, path, query, body)
        left = self._dialer.deadline - monotonic()
        if not _may_pass(first) or left < 2 * first.duration_ms / 1000 + PAUSE:
            return first
        sleep(PAUSE)
        second = self._send_once(method, path, query, body)
        return replace(second, facts={**second.facts, "first": first})

    def _send_once(self, method: str, path: str, query: str, body: bytes | None) -> HttpObservation:
        started = perf_counter()
        operation, url = f"{method} {path}", self._base_url + path + query
        try:
            opened = self._dialer.open()
        except ConnectionFailedError as error:
            facts = {"failed_at": error.stage}
            failure = exception_text(error.__cause__ or error)
            return HttpObservation(operation, _since(started), failure, facts, url)
        asked = perf_counter()
        try:
            with self._exchange(opened.socket, method, url, body) as response:
                text, truncated, broken = self._read(response)
        except (OSError, HTTPException, ValueError) as error:
            facts = {**opened.facts, "failed_at": "http"}
            return HttpObservation(operation, _since(started), exception_text(error), facts, url)
        finally:
            opened.socket.close()
        return HttpObservation(
            operation,
            _since(started),
            broken,
            {**opened.facts, "http_ms": _since(asked)},
            url,
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            text,
            truncated,
        )

    def _exchange(self, sock: Any, method: str, url: str, body: bytes | None) -> HTTPResponse:
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = {"Host": parts.netloc.rpartition("@")[2], **self._headers}
        proxy = self._dialer.proxy
        if proxy and parts.scheme == "http":
            target, headers = url, {**headers, **proxy.headers}
        if body is not None:
            headers["Content-Type"] = "application/json"
        sock.settimeout(max(0.1, self._dialer.deadline - monotonic()))
        connection = HTTPConnection(self._dialer.host, self._dialer.port)
        connection.sock = sock
        connection.request(method, target, body, headers)
        return connection.getresponse()

    def _read(self, response: HTTPResponse) -> tuple[str, bool, str | None]:
        """The body as text, whether there was more of it, and what broke off the reading."""
        raw = bytearray()
        failure = None
        try:
            while len(raw) <= MAX_BYTES:
                if monotonic() > self._dialer.deadline:
                    failure = TOO_LONG
                    break
                chunk = response.read1(65536)
                if not chunk:
                    failure = CUT_OFF if response.length else None
                    break
                raw += chunk
        except IncompleteRead:
            failure = CUT_OFF
        except (OSError, HTTPException, ValueError) as error:
            failure = exception_text(error)
        body, more = _inflate(bytes(raw[:MAX_BYTES]), response.headers.get("content-encoding", ""))
        return body.decode("utf-8", "replace"), more or len(raw) > MAX_BYTES, failure


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
    }
    if key:
        headers["Authorization"] = f"Bearer {sendable(key)}"
    if identity and settings.organization:
        headers["OpenAI-Organization"] = settings.organization.value.strip()
    if identity and settings.project:
        headers["OpenAI-Project"] = settings.project.value.strip()
    return headers


def _inflate(raw: bytes, encoding: str) -> tuple[bytes, bool]:
    """Undo gzip or deflate, to at most the read limit: the data, and whether there was more."""
    if encoding.lower() not in ("gzip", "deflate", "x-gzip"):
        return raw, False
    try:
        inflater = zlib.decompressobj(wbits=47)  # both formats, told apart by their headers
        return inflater.decompress(raw, MAX_BYTES), bool(inflater.unconsumed_tail)
    except zlib.error:
        return raw, False


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
