"""What an answer says in its own words, in one line: of JSON, a stream or a page."""

import json
from html.parser import HTMLParser

from codegpt_doctor.findings.formats import dialect_of
from codegpt_doctor.findings.model_list import MAX_ID
from codegpt_doctor.findings.rate_limits import wait_said
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Answer
from codegpt_doctor.net.client import CODINGS, MAX_BYTES, json_of
from codegpt_doctor.net.statuses import name_of
from codegpt_doctor.providers.dialects.errors import FAILING, TYPE_HEADER
from codegpt_doctor.providers.dialects.wire import ApiError, events
from codegpt_doctor.redact import cut

TOO_LARGE = f"a body of more than {MAX_BYTES // 1024} KiB"
MAX_PAGE = 16 * 1024  # characters of a page that are read for its words
MAX_PROLOG = 1024  # characters within which a page in XML says that it is one
BLANK = "\ufeff \t\r\n"
MAX_GLIMPSE = 400  # characters that are shown of them
REQUEST_IDS = ("x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "cf-ray")
UNSEEN = ("script", "style", "template", "noscript", "svg")


def said(seen: Exchange) -> str:
    """An answer in one line: status, code, request id and the API's own words."""
    if not seen.http_status:
        return seen.failure.text if seen.failure else "no answer"
    error = error_of(seen)
    code = cut(error.code or error.type, MAX_ID)
    known = code and code != str(seen.http_status)
    message = error.message.strip() or _glimpse(seen)
    bare = seen.http_status >= FAILING and not (known or message.strip())
    status = f"{seen.http_status} {name_of(seen.http_status)}" if bare else str(seen.http_status)
    parts = [f"{seen.http_status} {code}" if known else status]
    parts += [cut(seen.headers["x-request-id"], MAX_ID)] if "x-request-id" in seen.headers else []
    parts += [seen.failure.text] if seen.failure else []
    parts += [TOO_LARGE] if seen.truncated else []
    return ", ".join(parts) + (f': "{_short(message)}"' if message.strip() else "")


def error_of(seen: Exchange) -> ApiError:
    """The error of a JSON body, whatever wrapping it has; what it does not tell is empty."""
    is_told = not seen.truncated and any(isinstance(one, dict) for one in events(seen.body))
    read = dialect_of(seen).read_error
    error = read(seen.http_status, seen.headers, seen.body) if is_told else None
    return error or ApiError("", "", "", seen.http_status)


def told_in(seen: Exchange) -> str:
    """A body with what the headers tell of its error beside it."""
    kind = seen.headers.get(TYPE_HEADER, "").partition(":")[0]
    return f'{seen.body} {{"type": {json.dumps(kind)}}}' if kind else seen.body


def answer_of(seen: Exchange) -> Answer | None:
    """What a script wants to know of a refusal; None where nothing answered."""
    if not seen.http_status:
        return None
    error = error_of(seen)
    code = cut(error.code or error.type, MAX_ID)
    ids = (cut(seen.headers[name], MAX_ID) for name in REQUEST_IDS if name in seen.headers)
    wait = wait_said(seen.headers, error.message)
    return Answer(seen.http_status, code or None, next(ids, None), wait)


def is_page(seen: Exchange) -> bool:
    """Whether a body is a page for people."""
    kind = seen.headers.get("content-type", "")
    return "html" in kind or (_is_markup(seen) and not is_xml(seen))


def is_xml(seen: Exchange) -> bool:
    """Whether a body is XML for programs, as a store of files answers; no page is meant by it."""
    start = seen.body.lstrip(BLANK)[:MAX_PROLOG].lower()
    told = "xml" in seen.headers.get("content-type", "") or start.startswith("<?xml")
    return told and _is_markup(seen) and "<html" not in start


def _is_markup(seen: Exchange) -> bool:
    return seen.body.lstrip(BLANK)[:1] == "<"


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
    """The beginning of a body that has no error message: enough to recognize what answered.

    What was asked for is left out: it may be long.
    """
    packed = packed_as(seen)
    if packed:
        return f"(a body in the encoding {packed})"
    if is_page(seen) or is_xml(seen):
        return cut(page_text(seen.body), MAX_GLIMPSE)
    return "" if _is_as_asked(seen) else cut(seen.body, MAX_GLIMPSE)


def _is_as_asked(seen: Exchange) -> bool:
    """Whether a body is a list of models or an answer, as it was asked for."""
    if seen.http_status >= 300 or json_of(seen) is None:
        return False
    dialect = dialect_of(seen)
    return bool(dialect.read_models(seen.body)) or dialect.read_answer(seen.body) is not None


def packed_as(seen: Exchange) -> str:
    """The encoding of a body that could not be undone, and that nobody had asked for."""
    told = cut(" ".join(seen.headers.get("content-encoding", "").lower().split()), MAX_ID)
    readable = not told or told in (*CODINGS, "identity") or json_of(seen) is not None
    return "" if readable or "\ufffd" not in seen.body else told


def _short(text: str, most: int = 4000) -> str:
    """One line of a length that can be read on."""
    return " ".join(cut(text, most).split())
