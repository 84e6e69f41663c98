"""What an admin key may ask about the organization.  Only GET: these paths also change settings."""

from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
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
MAX_BYTES = 6 * 1024 * 1024  # of memory, for one page: a month of a large organization
MAX_ALL_BYTES = 14 * 1024 * 1024  # of memory, for all answers of a run
MAX_VALUES = 300_000  # of one page; each takes some 100 bytes of memory once it is read
MAX_PAGES = 60


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
        self._room = Room(MAX_ALL_BYTES)

    def ask(self, endpoint: str, ids: Ids = NO_IDS, **params: Param) -> Exchange:
        """GET one endpoint; ``ids`` fill its placeholders."""
        path = endpoint.format(
            **{name: quote(value, safe="", errors="replace") for name, value in ids.items()}
        )
        written = {name: _written(value) for name, value in params.items()}
        taken = _Taken(self._room)
        answer = self._client.get(path, written, taken)
        if not (taken.is_too_much or answer.truncated):
            return answer
        taken.give_back()
        return answer._replace(body="", truncated=True)

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


class Room:
    """The memory that all answers of a run may take together, in bytes."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = Lock()

    def take(self, size: int) -> bool:
        """Take some of it; whether there was as much left."""
        with self._lock:
            self._left -= size
            return self._left >= 0


class _Taken:
    """What one answer takes of the room, counted as its pieces come."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._width = self._characters = self._size = self._values = 0
        self.is_too_much = False

    def __call__(self, piece: str) -> bool:
        """Whether the rest need not be read, because it could not be kept."""
        self._width = max(self._width, _width(piece))
        self._characters += len(piece)
        grown = self._characters * self._width - self._size
        self._size += grown
        fits = self._room.take(grown)
        self._values += sum(map(piece.count, ",[{"))  # each sign parts values or begins one
        within = self._size <= MAX_BYTES and self._values <= MAX_VALUES
        self.is_too_much = self.is_too_much or not (fits and within)
        return self.is_too_much

    def give_back(self) -> None:
        """Make room for others: the answer is not kept."""
        self._room.take(-self._size)


def _width(text: str) -> int:
    """How many bytes each character takes in memory; one wide character widens all of a text."""
    if text.isascii():
        return 1
    return 2 if max(text) <= "\uffff" else 4


def _written(value: Param) -> Param:
    return str(value).lower() if isinstance(value, bool) else value
