"""What an admin key may ask about the organization.  Only GET: these paths also change settings."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client, Param
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.probes.pagination import cursor_of
from codegpt_doctor.settings.values import Key, Settings

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

Ids = Mapping[str, str]
NO_IDS: Ids = {}
MAX_BYTES = 32 * 1024 * 1024  # 180 days of a large organization fit in one page
MAX_PAGES = 60
MAX_CHARACTERS = 40 * 1024 * 1024  # of all answers of a run; more could not be read in its time


class Organization:
    """Asks the admin endpoints with the admin key, until a deadline.

    Args:
        settings: the base URL.
        key: the admin key; it is sent to the host of the base URL and nowhere else.
        dialer: opens connections to that host.
        deadline: the end of the last request on the clock of ``time.monotonic``.
    """

    def __init__(self, settings: Settings, key: Key, dialer: Dialer, deadline: float) -> None:
        # the organization and the project of the settings belong to the ordinary key
        until = replace(dialer, deadline=deadline)
        self._client = Client(until, settings, key, identity=False, max_bytes=MAX_BYTES)
        self._left = MAX_CHARACTERS

    def ask(self, endpoint: str, ids: Ids = NO_IDS, **params: Param) -> Exchange:
        """GET one endpoint; ``ids`` fill its placeholders."""
        path = endpoint.format(
            **{name: quote(value, safe="", errors="replace") for name, value in ids.items()}
        )
        written = {name: _written(value) for name, value in params.items()}
        answer = self._client.get(path, written)
        self._left -= len(answer.body)
        return answer if self._left >= 0 else answer._replace(body="", truncated=True)

    def pages(
        self, endpoint: str, into: list[Exchange], ids: Ids = NO_IDS, **params: Param
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


def _written(value: Param) -> Param:
    return str(value).lower() if isinstance(value, bool) else value
