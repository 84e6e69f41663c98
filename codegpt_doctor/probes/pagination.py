"""Where the next page of a list of an admin endpoint begins."""

import json
from threading import Lock

_reading = Lock()  # pages come in several threads, and what they are read into is large


def cursor_of(text: str) -> str | None:
    """The cursor of the page after this one; None for the last page and for what is no list."""
    with _reading:
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(body, dict):
            return None
        return cursor_in(body, "next_page" if body.get("object") == "page" else "last_id")


def cursor_in(body: dict[str, object], name: str) -> str | None:
    """Where the next page begins; a list whose cursor is missing goes on after its last item."""
    if not body.get("has_more"):
        return None
    data = body.get("data")
    last = data[-1] if isinstance(data, list) and data and name == "last_id" else None
    found = body.get(name) or (last.get("id") if isinstance(last, dict) else None)
    return found if isinstance(found, str) and found else None
