"""What an answer says in its own words, in one line: of JSON, a stream or a page."""

from html.parser import HTMLParser

from codegpt_doctor.findings.model_list import MAX_ID
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import MAX_BYTES, events_of
from codegpt_doctor.providers.completions import Table, error_in
from codegpt_doctor.redact import cut

TOO_LARGE = f"a body of more than {MAX_BYTES // 1024} KiB"
MAX_PAGE = 16 * 1024  # characters of a page that are read for its words
MAX_GLIMPSE = 400  # characters that are shown of them
UNSEEN = ("script", "style", "template", "noscript", "svg")


def said(seen: Exchange) -> str:
    """An answer in one line: status, code, request id and the API's own words."""
    if not seen.http_status:
        return seen.failure.text if seen.failure else "no answer"
    error = error_of(seen)
    code = cut(str(error.get("code") or error.get("type") or ""), MAX_ID)
    known = code and code != str(seen.http_status)
    parts = [f"{seen.http_status} {code}" if known else str(seen.http_status)]
    parts += [cut(seen.headers["x-request-id"], MAX_ID)] if "x-request-id" in seen.headers else []
    parts += [seen.failure.text] if seen.failure else []
    parts += [TOO_LARGE] if seen.truncated else []
    message = str(error.get("message") or "").strip() or _glimpse(seen)
    return ", ".join(parts) + (f': "{_short(message)}"' if message else "")


def error_of(seen: Exchange) -> Table:
    """The error object of a body, whatever wrapping it has: at best message, type and code."""
    events = [event for event in events_of(seen) if isinstance(event, dict)]
    error = next(filter(None, map(error_in, events)), None)
    if error is None and events:
        error = events[0].get("detail", events[0])
    if isinstance(error, list):
        error = error[0] if error else {}
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else {}


def is_page(seen: Exchange) -> bool:
    """Whether a body is a page for people."""
    kind = seen.headers.get("content-type", "")
    return "html" in kind or seen.body.lstrip("\ufeff \t\r\n")[:1] == "<"


def page_text(html: str) -> str:
    """The title and the text of a page, as far as a person would see it."""
    reader = _Page()
    reader.feed(html[:MAX_PAGE])
    reader.close()
    title, text = (" ".join("".join(part).split()) for part in (reader.title, reader.text))
    rest = text.removeprefix(title).strip()
    return f"{title}: {rest}" if title and rest else title or rest


class _Page(HTMLParser):
    """Collects the title and the visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.text: list[str] = []
        self._in_title = False
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        """Note where the title and what is not shown begin; an element parts words."""
        self._in_title = tag == "title"
        self._unseen += tag in UNSEEN
        self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Note where they end."""
        self._in_title = False
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self.text.append(" ")

    def handle_data(self, data: str) -> None:
        """Take text that is shown."""
        if not self._unseen:
            (self.title if self._in_title else self.text).append(data)


def _glimpse(seen: Exchange) -> str:
    """The beginning of a body that has no error message: enough to recognize a page by."""
    if is_page(seen):
        return cut(page_text(seen.body), MAX_GLIMPSE)
    return cut(seen.body, MAX_GLIMPSE) if seen.http_status >= 300 else ""


def _short(text: str, most: int = 4000) -> str:
    """One line of a length that can be read on."""
    return " ".join(cut(text, most).split())
