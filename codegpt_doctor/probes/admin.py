"""What an admin key may ask about the organization.  Only GET: the same paths change settings too.

The calls go through the official client's admin API, whose import costs most of a second; what an
older client does not have is asked without it.
"""

import contextlib
import ssl
import threading
from collections.abc import Callable, Mapping
from functools import partial, reduce
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from codegpt_doctor._version import __version__
from codegpt_doctor.classify.exception_text import exception_text
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.net import sdk_transport
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.proxy import proxy_for
from codegpt_doctor.probes.pagination import cursor_of
from codegpt_doctor.providers.keys import sendable
from codegpt_doctor.settings.values import Key, Settings

if TYPE_CHECKING:
    import openai

COSTS = "/organization/costs"
COMPLETIONS = "/organization/usage/completions"
SPEND_LIMIT = "/organization/spend_limit"
SPEND_ALERTS = "/organization/spend_alerts"
PROJECTS = "/organization/projects"
PROJECT_LIMIT = "/organization/projects/{project_id}/spend_limit"
PROJECT_ALERTS = "/organization/projects/{project_id}/spend_alerts"
PROJECT_KEY = "/organization/projects/{project_id}/api_keys/{api_key_id}"
RATE_LIMITS = "/organization/projects/{project_id}/rate_limits"
PERMISSIONS = "/organization/projects/{project_id}/model_permissions"

# where the official client has each endpoint, below client.admin.organization
_CALLS = {
    COSTS: "usage.costs",
    COMPLETIONS: "usage.completions",
    SPEND_LIMIT: "spend_limit.retrieve",
    SPEND_ALERTS: "spend_alerts.list",
    PROJECTS: "projects.list",
    PROJECT_LIMIT: "projects.spend_limit.retrieve",
    PROJECT_ALERTS: "projects.spend_alerts.list",
    PROJECT_KEY: "projects.api_keys.retrieve",
    RATE_LIMITS: "projects.rate_limits.list_rate_limits",
    PERMISSIONS: "projects.model_permissions.retrieve",
}
Ids = Mapping[str, str]
NO_IDS: Ids = {}
MAX_BYTES = 32 * 1024 * 1024  # 180 days of a large organization fit in one page
MAX_PAGES = 60


class Organization:
    """Asks the admin endpoints with the admin key, until a deadline.

    Args:
        settings: the base URL, the trust store and the proxies.
        key: the admin key; it is sent to the host of the base URL and nowhere else.
        dialer: opens connections for what the official client does not have.
        deadline: the end of the last request on the clock of ``time.monotonic``.
    """

    def __init__(self, settings: Settings, key: Key, dialer: Dialer, deadline: float) -> None:
        self._settings = settings
        self._key = key
        self._dialer = dialer
        self.deadline = deadline
        self._plain = Client(dialer, settings, key, identity=False)
        self._lock = threading.Lock()
        self._made: openai.OpenAI | None = None

    def ask(self, endpoint: str, ids: Ids = NO_IDS, **params: Any) -> HttpObservation:
        """GET one endpoint; ``ids`` fill its placeholders."""
        started = perf_counter()
        path = endpoint.format(**{name: quote(value, safe="") for name, value in ids.items()})
        operation = f"GET {path}"
        try:
            call = _method(self._client(), endpoint)
            if call is None:
                return self._plain.get(path, _written(params))
            left = max(0.1, self.deadline - monotonic())
            response = call(**ids, **params, timeout=left).http_response
        except Exception as error:  # noqa: BLE001 - the client's own families, and the transport's
            response = getattr(error, "response", None)
            if response is None:
                failure = exception_text(error)
                return HttpObservation(operation, _since(started), failure)
        return HttpObservation(
            operation,
            _since(started),
            url=str(response.url),
            http_status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=response.content.decode("utf-8", "replace"),
        )

    def pages(
        self, endpoint: str, into: list[HttpObservation], ids: Ids = NO_IDS, **params: Any
    ) -> None:
        """GET a list page by page, into a list that shows how far it came when time runs out.

        It ends at the last page, at a refusal, and at a cursor that was there before.
        """
        name = "page" if endpoint in (COSTS, COMPLETIONS) else "after"
        seen: set[str] = set()
        for _ in range(MAX_PAGES):
            into.append(self.ask(endpoint, ids, **params))
            cursor = cursor_of(into[-1].body) if into[-1].http_status == 200 else None
            if cursor is None or cursor in seen:
                return
            seen.add(cursor)
            params = {**params, name: cursor}

    def close(self) -> None:
        """Close the connections, those of questions that are given up too."""
        with self._lock:
            if self._made is not None:
                self._made.close()

    def _client(self) -> "openai.OpenAI":
        """The one client of all threads, made at the first question."""
        with self._lock:
            if self._made is None:
                self._made = _official(
                    self._settings, self._key, _accepting(self._dialer), self.deadline
                )
            return self._made


def _accepting(dialer: Dialer) -> ssl.SSLContext:
    """The TLS context that accepts the target's certificate; where two could, one is tried."""
    if dialer.trust.otherwise and not dialer.fell_back and dialer.url.scheme == "https":
        with contextlib.suppress(ConnectionFailedError):
            dialer.open().socket.close()
    return dialer.trusted()


def _official(
    settings: Settings, key: Key, trust: ssl.SSLContext, deadline: float
) -> "openai.OpenAI":
    import openai

    return openai.OpenAI(
        api_key="",
        admin_api_key=sendable(key),
        base_url=settings.url.text,
        max_retries=0,
        default_headers={"User-Agent": f"codegpt-doctor/{__version__}"},
        http_client=_transport(settings, key, trust, deadline),
    )


def _transport(settings: Settings, key: Key, trust: ssl.SSLContext, deadline: float) -> Any:
    """An HTTP client that reads until the deadline and the read limit, and sends one key alone."""
    proxy = proxy_for(settings)
    return sdk_transport.transport(
        deadline,
        MAX_BYTES,
        partial(_make_plain, settings=settings, key=key),
        trust_env=False,
        proxy=proxy.url if proxy else None,
        verify=trust,
    )


def _make_plain(request: Any, settings: Settings, key: Key) -> None:
    """Keep what the environment adds for the official client out of a request.

    OPENAI_CUSTOM_HEADERS can replace the key, and the other variables name an organization and a
    project that belong to the ordinary key.

    Raises:
        ValueError: the request would not go where the admin key may go, or is no question.
    """
    if request.method != "GET" or request.url.host != settings.host:
        raise ValueError("an admin key is only for questions to the host of the base URL")
    for name in ("openai-organization", "openai-project", "cookie"):
        request.headers.pop(name, None)
    request.headers["authorization"] = f"Bearer {sendable(key)}"
    request.headers["accept-encoding"] = "identity"


def _method(client: Any, endpoint: str) -> Callable[..., Any] | None:
    """The call of the official client for an endpoint, raw; None when the client has none."""
    path, _, name = _CALLS[endpoint].rpartition(".")
    try:
        resource = reduce(getattr, ("admin", "organization", *path.split(".")), client)
        call: Callable[..., Any] = getattr(resource.with_raw_response, name)
    except AttributeError:
        return None
    return call


def _written(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters for a query, as the official client writes them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in params.items()
    }


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
