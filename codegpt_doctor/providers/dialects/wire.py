"""What goes over the wire: requests, lists, answers and errors in no provider's format."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol, TypeAlias
from urllib.parse import parse_qsl, quote, urlsplit

from codegpt_doctor.providers.provider import Provider

Json: TypeAlias = object
Table: TypeAlias = Mapping[str, object]

PROMPT = "hi"
_CUT = ("length", "max_tokens", "max_output_tokens")
_VERSION = re.compile(r"/v\d{1,4}(?:alpha|beta)?\d{0,4}$")
_ENDPOINTS = ("/chat/completions", "/responses", "/completions", "/messages", "/models")


class Request(NamedTuple):
    """A request without the key.  ``path`` begins at the root of the host."""

    method: str
    path: str
    headers: Mapping[str, str] = {}
    params: Mapping[str, str] = {}
    body: Table | None = None


class Model(NamedTuple):
    """One of a list.  ``chats`` is None where the list does not tell what a model is for."""

    id: str
    ends: date | None = None
    chats: bool | None = None


class Answer(NamedTuple):
    """What of an answer was seen, which may be its beginning.

    ``finished`` tells whether the end was seen, ``refused`` whether the model or a filter declined,
    ``cut`` whether it ended because the limit of the request was reached.  ``wordless`` tells that
    the model has done something else than write, such as think, and ``counted`` that it says to
    have made tokens that are not shown.
    """

    text: str
    finished: bool
    refused: bool = False
    cut: bool = False
    wordless: bool = False
    counted: bool = False

    @property
    def has_words(self) -> bool:
        """Whether the model was seen to answer."""
        return bool(self.text) or self.wordless


class ApiError(NamedTuple):
    """An error as an API tells it; what it does not tell is empty.

    ``status`` is the one of the response, or the one that the body gives in a response that seemed
    good.  ``retry_after`` is in seconds, None where it is not told.
    """

    message: str
    type: str
    code: str
    status: int
    retry_after: float | None = None


class Dialect(Protocol):
    """How one wire format asks for models and answers, and how it tells errors."""

    def auth_headers(self, provider: Provider, key: str | None) -> dict[str, str]:
        """The headers of every request: those with the key, if there is one, and fixed ones."""

    def list_request(self, provider: Provider, base_url: str) -> Request | None:
        """The request for the list of models; None where the provider has none."""

    def read_models(self, body: str) -> list[Model] | None:
        """The models of a list; None where the body is no list."""

    def inference_request(
        self,
        provider: Provider,
        base_url: str,
        model: str,
        stream: bool = False,
        limit: int | None = None,
    ) -> Request:
        """The smallest request to a model, for at most ``limit`` tokens, or as few as it takes."""

    def read_answer(self, body: str) -> Answer | None:
        """What a model said, whole or as a stream of events; None where it is no answer."""

    def piece(self, event: Json) -> Answer | None:
        """What one event of an answer says; None where it is none."""

    def read_error(self, status: int, headers: Mapping[str, str], body: str) -> ApiError | None:
        """The error that a response tells, whatever its status; None where it tells none."""


def path_at(provider: Provider, base_url: str, path: str) -> str:
    """A path of a provider below a base URL, as the whole path from the root of the host.

    A version in both is written once, as the path has it.  Where the provider answers with and
    without a version, the version of its data is added to an address that has none.
    """
    base = base_path(base_url)
    own = base_path(provider.base_url)
    if provider.version_path and not base and base != own:
        base += provider.version_path
    if re.match(r"/v\d", path):
        base = _VERSION.sub("", base)
    return base + path


def base_path(base_url: str) -> str:
    """The path of a base URL, without a slash at its end."""
    return urlsplit(base_url.strip()).path.rstrip("/")


def base_params(base_url: str) -> dict[str, str]:
    """The query of a base URL."""
    return dict(parse_qsl(urlsplit(base_url.strip()).query))


def without_endpoint(path: str) -> str:
    """A path without the endpoint that it may end with."""
    for ending in _ENDPOINTS:
        if path.endswith(ending):
            return path.removesuffix(ending)
    return path


def has_version(path: str) -> bool:
    """Whether a path ends with a version, such as ``/v1``."""
    return _VERSION.search(path) is not None


def with_model(path: str, model: str) -> str:
    """A path with the model put in, where it has a place for one."""
    return path.replace("{model}", quote(model, safe="", errors="replace"))


def messages() -> list[Table]:
    """The shortest conversation."""
    return [{"role": "user", "content": PROMPT}]


def parsed(text: str) -> Json:
    """The value that a text is as JSON, or None."""
    try:
        value: Json = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return value


PARTS = ("{", "[", "]", ",", ":", "event:", "id:", "retry:")  # of JSON, and of a stream of events


def events(body: str) -> Iterator[Json]:
    """The JSON values of a body: one, those of an array, or those of a stream that may be cut."""
    text = body.removeprefix("\ufeff").strip()
    whole = parsed(text)
    if whole is not None:
        yield from whole if isinstance(whole, list) else [whole]
        return
    for line in text.splitlines():
        value = parsed(line.removeprefix("data:").strip(" ,[]"))
        if value is not None:
            yield value


def has_other_lines(body: str) -> bool:
    """Whether something else stands around the JSON of a body, so that no client reads it.

    Of a stream of events clients pass over what is none, and the last line of any may be cut.
    """
    text = body.removeprefix("\ufeff").strip()
    if parsed(text) is not None:
        return False
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    is_stream = any(line.startswith("data:") for line in lines)
    return not is_stream and not all(line.startswith(PARTS) for line in lines)


def table(value: Json, *names: str) -> Table:
    """The table under some names one below the other; empty where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def items(value: Json, name: str) -> list[Table]:
    """The tables of the list with a name."""
    found = value.get(name) if isinstance(value, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def models_in(body: str, name: str, read: Callable[[Table], Model]) -> list[Model] | None:
    """The models of the list with a name, each as it is read; None where there is no such list."""
    value = parsed(body)
    has_list = isinstance(value, Mapping) and isinstance(value.get(name), list)
    return [read(one) for one in items(value, name)] if has_list else None


def has(value: Table, name: str, item: str) -> bool | None:
    """Whether the list with a name has an item; None where there is no list."""
    found = value.get(name)
    return item in found if isinstance(found, list) else None


def text_of(value: Json, name: str) -> str:
    """The text with a name; a number as text, empty where there is neither."""
    found = value.get(name) if isinstance(value, Mapping) else None
    known = isinstance(found, (str, int, float)) and not isinstance(found, bool)
    return str(found) if known else ""


def joined(parts: list[Table], name: str = "text") -> str:
    """The text of the parts of a message."""
    return "".join(text_of(part, name) for part in parts)


def date_of(value: Json, *names: str) -> date | None:
    """The day under the first of some names that has one, written or in seconds since 1970."""
    for name in names:
        text = text_of(value, name)
        try:
            seconds = float(text) if text.isdigit() else None
            day = date.fromisoformat(text[:10]) if seconds is None else _day(seconds)
        except (ValueError, OverflowError, OSError):
            continue
        return day
    return None


def _day(seconds: float) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def together(pieces: list[Answer]) -> Answer | None:
    """The answer that the pieces of a stream make; None without any."""
    if not pieces:
        return None
    return Answer(
        "".join(one.text for one in pieces),
        any(one.finished for one in pieces),
        any(one.refused for one in pieces),
        any(one.cut for one in pieces),
        any(one.wordless for one in pieces),
        any(one.counted for one in pieces),
    )


def is_cut(reason: str) -> bool:
    """Whether an answer ended because its limit was reached, by the reason that it gives."""
    return reason.lower() in _CUT
