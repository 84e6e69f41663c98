"""Reading an error, in whatever form an API tells one.

Most forms are spoken by several providers, and a gateway gives those of whoever is behind it, so
that each is read wherever it comes: wrapped or not, in an array, in a stream, as text in JSON.
"""

import re
from collections.abc import Mapping

from codegpt_doctor.model.http_date import date_of
from codegpt_doctor.providers.dialects.wire import (
    ApiError,
    Json,
    Table,
    events,
    items,
    parsed,
    table,
    text_of,
)

FAILING = 400  # statuses from here on tell an error
MAX_TEXT = 4000  # characters of a body that is no JSON
_MAX_DEPTH = 4  # of errors within the text of others
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_STATUS = re.compile(r"\b([45]\d\d)\b")
_HTML = re.compile(r"^\s{0,99}<(?:!doctype|html|head|\?xml)", re.IGNORECASE)
_SECONDS = re.compile(r"^(\d{1,12}(?:\.\d{1,12})?)s")
TYPE_HEADER = "x-amzn-errortype"
_FAILED = ("failed", "cancelled")


def read_error(status: int, headers: Mapping[str, str], body: str) -> ApiError | None:
    """The error that a response tells, whatever its status; None where it tells none."""
    known = {name.lower(): value for name, value in headers.items()}
    error = _in_json(status, body) or _in_text(status, body)
    if error is None:
        return None
    named = known.get(TYPE_HEADER, "").partition(":")[0]
    wait = _told_by_headers(known)
    return error._replace(
        type=named or error.type,
        retry_after=wait if wait is not None else error.retry_after,
    )


def error_in(event: Table) -> object:
    """The error that a body or an event tells, in one of the usual places; None where none is."""
    if event.get("error") or event.get("errors"):
        return event.get("error") or event["errors"]
    inner = event.get("response")
    if isinstance(inner, dict):
        return error_in(inner)
    if event.get("status") in _FAILED and "output" in event:
        return {"message": f"The response has the status {event['status']}."}
    if event.get("object") == "error" or event.get("type") == "error":
        return event
    return None


def _in_json(status: int, body: str) -> ApiError | None:
    for event in events(body):
        error = _in_value(event, status)
        if error:
            return error
    return None


def _in_value(value: Json, status: int, depth: int = 0) -> ApiError | None:
    """The error that a JSON value is or has in it."""
    if isinstance(value, list):
        return _in_value(value[0], status, depth) if value else None
    if not isinstance(value, Mapping) or depth > _MAX_DEPTH:
        return None
    error = value.get("error") or value.get("errors")
    if error:
        return _of_error(error, value, status, depth)
    if value.get("detail"):
        return _of_detail(value, status, depth)
    if table(value, "response", "error"):  # of a stream of events
        return _in_value(value["response"], status, depth + 1)
    says_so = value.get("object") == "error" or value.get("type") == "error"
    if status >= FAILING or says_so:
        return _of_fields(value, status, depth)
    return None


def _of_error(error: Json, around: Table, status: int, depth: int) -> ApiError | None:
    """What stands under ``error``: a table, an array of them, or text."""
    if isinstance(error, list):
        error = error[0] if error else ""
    if isinstance(error, Mapping):
        return _of_fields(error, status, depth)
    if not isinstance(error, str):
        return None
    inner = _in_value(parsed(error), status, depth + 1) if error.lstrip()[:1] in "{[" else None
    message = text_of(around, "message") or error
    kind = error if message != error else ""
    return inner or ApiError(message, kind, text_of(around, "code"), status)


def _of_fields(fields: Table, status: int, depth: int) -> ApiError | None:
    """An error by its fields; one that another API told is in the text of the message."""
    message = text_of(fields, "message") or text_of(fields, "Message") or text_of(fields, "msg")
    nested = parsed(message) if message.lstrip()[:1] in ("{", "[") else None
    raw = text_of(table(fields, "metadata"), "raw")
    inner = _in_value(nested, status, depth + 1) or _in_value(parsed(raw), status, depth + 1)
    kind = text_of(fields, "type") or text_of(fields, "status") or text_of(fields, "__type")
    code = text_of(fields, "code") or _reason(fields)
    if not (message or kind or code):
        return None
    if inner:
        return inner._replace(type=inner.type or kind, code=inner.code or code)
    own = ApiError(message, kind.rpartition("#")[2], _reason(fields) or code, status)
    return own._replace(status=_status(code, status), retry_after=_delay(fields))


def _of_detail(value: Table, status: int, depth: int) -> ApiError | None:
    """What FastAPI gives, or a problem as RFC 7807 has it."""
    detail = value["detail"]
    if isinstance(detail, Mapping):
        return _in_value({"error": detail}, status, depth + 1)
    if isinstance(detail, list):
        said = [f"{_place(one)}{text_of(one, 'msg')}" for one in items(value, "detail")]
        kinds = [text_of(one, "type") for one in items(value, "detail")]
        return ApiError("; ".join(said), next(iter(kinds), ""), "", status)
    is_problem = "title" in value or "status" in value
    if status < FAILING and not is_problem:
        return None
    kind = text_of(value, "type").removeprefix("about:blank") or text_of(value, "title")
    code = text_of(value, "code")
    return ApiError(str(detail), kind, code, _status(text_of(value, "status"), status))


def _place(problem: Table) -> str:
    where = problem.get("loc")
    parts = [str(part) for part in where if part != "body"] if isinstance(where, list) else []
    return ".".join(parts) + ": " if parts else ""


def _in_text(status: int, body: str) -> ApiError | None:
    """An error told as a page or in plain text."""
    text = body.strip()
    if _HTML.match(body):
        found = _TITLE.search(body)
        title = " ".join(found[1].split()) if found else ""
        told = _STATUS.search(title)
        if status < FAILING and not told:
            return None
        return ApiError(title, "", "", _status(told[1] if told else "", status))
    if status < FAILING:
        return None
    is_json = any(isinstance(event, Mapping) for event in events(body))
    return ApiError("" if is_json else text[:MAX_TEXT], "", "", status)


def _status(told: str, status: int) -> int:
    """The status of a response, or the one that is told in a response that seemed good."""
    if status < FAILING and re.fullmatch(r"[45]\d\d", told):
        return int(told)
    return status


def _reason(fields: Table) -> str:
    """The reason in the details of an error of Google's."""
    reasons = (text_of(one, "reason") for one in items(fields, "details"))
    return next(filter(None, reasons), "")


def _delay(fields: Table) -> float | None:
    """The delay in the details of an error of Google's, in seconds."""
    for one in items(fields, "details"):
        found = _SECONDS.fullmatch(text_of(one, "retryDelay"))
        if found:
            return float(found[1])
    return None


def _told_by_headers(headers: Mapping[str, str]) -> float | None:
    """The seconds to wait; a time is compared with that of the response."""
    milliseconds = headers.get("retry-after-ms", "").strip()
    if _is_number(milliseconds):
        return float(milliseconds) / 1000
    told = headers.get("retry-after", "").strip()
    if _is_number(told):
        return float(told)
    until, now = date_of(told), date_of(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text) is not None
