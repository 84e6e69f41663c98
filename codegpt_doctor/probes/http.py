"""HTTP requests to the provider, bounded in time and size; redirects are never followed."""

import json
import zlib
from collections.abc import Mapping
from time import monotonic, perf_counter
from typing import Any

import requests
from requests.utils import get_environ_proxies, select_proxy

from codegpt_doctor import __version__
from codegpt_doctor.classify import exception_text
from codegpt_doctor.model import HttpObservation
from codegpt_doctor.settings import Key, Settings

MOST_BYTES = 1024 * 1024
TOO_LONG = "Request timed out."


class Client:
    """Sends requests to one base URL with one set of credentials until a deadline.

    Args:
        settings: the base URL, the trust store, the organization and the project.
        key: what goes into the Authorization header, or None for none.
        deadline: the end of the run on the clock of ``time.monotonic``.
        identity: whether the organization and project headers are sent, as an SDK would.
    """

    def __init__(
        self, settings: Settings, key: Key | None, deadline: float, identity: bool = True
    ) -> None:
        self._base_url = settings.base_url.value.strip().rstrip("/")
        self._deadline = deadline
        self._headers = _headers(settings, key, identity)
        self._verify = settings.ca_bundle.value if settings.ca_bundle else True
        self._proxies = {} if settings.direct else dict(proxies_for(self._base_url))

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> HttpObservation:
        """GET a path below the base URL."""
        return self._send("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, Any]) -> HttpObservation:
        """POST a JSON body to a path below the base URL."""
        return self._send("POST", path, json=body)

    def _send(self, method: str, path: str, **arguments: Any) -> HttpObservation:
        started = perf_counter()
        operation = f"{method} {path}"
        url = self._base_url + path
        try:
            with _Session() as session:
                session.trust_env = False
                response = session.request(
                    method,
                    url,
                    headers=self._headers,
                    timeout=max(0.1, self._deadline - monotonic()),
                    stream=True,
                    allow_redirects=False,
                    verify=self._verify,
                    proxies=self._proxies,
                    **arguments,
                )
                body, truncated, failure = self._read(response)
        except (requests.RequestException, OSError, ValueError) as error:
            return HttpObservation(operation, _since(started), exception_text(error), url=url)
        return HttpObservation(
            operation,
            _since(started),
            failure,
            url=url,
            http_status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=body,
            truncated=truncated,
        )

    def _read(self, response: requests.Response) -> tuple[str, bool, str | None]:
        """The body as text, whether there was more of it, and what broke off the reading."""
        raw = bytearray()
        failure = None
        try:
            while len(raw) <= MOST_BYTES:
                if monotonic() > self._deadline:
                    failure = TOO_LONG
                    break
                chunk = response.raw.read1(65536, decode_content=False)
                if not chunk:
                    break
                raw += chunk
        except Exception as error:  # noqa: BLE001 - urllib3's and http.client's own families
            failure = exception_text(error)
        body, more = _inflate(bytes(raw[:MOST_BYTES]), response.headers.get("content-encoding", ""))
        return body.decode("utf-8", "replace"), more or len(raw) > MOST_BYTES, failure


class _Session(requests.Session):
    """Sees no redirects: requests reads the whole body of one even when it may not follow it."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """None, whatever the response says."""
        return None


def _headers(settings: Settings, key: Key | None, identity: bool) -> dict[str, str]:
    headers = {
        "User-Agent": f"codegpt-doctor/{__version__}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }
    if key:
        headers["Authorization"] = f"Bearer {sendable(key)}"
    if identity and settings.organization:
        headers["OpenAI-Organization"] = settings.organization.value.strip()
    if identity and settings.project:
        headers["OpenAI-Project"] = settings.project.value.strip()
    return headers


def sendable(key: Key) -> str:
    """The key without what surely is no part of it: white space, quotes, a leading ``Bearer``."""
    clean = key.secret.reveal().strip().strip("\"'`").strip()
    return clean[7:].strip() if clean.lower().startswith("bearer ") else clean


def proxies_for(url: str) -> Mapping[str, str]:
    """The proxies that the environment and the system name for a URL, NO_PROXY considered."""
    found: Mapping[str, str] = get_environ_proxies(url, no_proxy=None)
    return found


def proxy_for(settings: Settings) -> str | None:
    """The proxy that the requests go through, or None for a direct connection."""
    url = settings.base_url.value.strip()
    if settings.direct or not settings.host:
        return None
    chosen: str | None = select_proxy(url, dict(proxies_for(url)))
    return chosen


def _inflate(raw: bytes, encoding: str) -> tuple[bytes, bool]:
    """Undo gzip or deflate, to at most the read limit: the data, and whether there was more."""
    if encoding.lower() not in ("gzip", "deflate", "x-gzip"):
        return raw, False
    try:
        inflater = zlib.decompressobj(wbits=47)  # both formats, told apart by their headers
        return inflater.decompress(raw, MOST_BYTES), bool(inflater.unconsumed_tail)
    except zlib.error:
        return raw, False


def json_of(observation: HttpObservation) -> Any:
    """The body as JSON, or None when it is none or was cut off."""
    try:
        return None if observation.truncated else json.loads(observation.body)
    except (ValueError, RecursionError):
        return None


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
