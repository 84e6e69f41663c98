"""A healthy API of any provider, made from its data and its wire format.

The refusals that it gives where a request is wrong are those that the provider's pages document.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from codegpt_doctor import catalogue
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.dialects.wire import base_path, path_at, without_endpoint
from codegpt_doctor.providers.provider import Limits, Provider
from codegpt_doctor.simulator import formats
from codegpt_doctor.simulator.account import KEY_INFO, LIMIT_HEADERS
from codegpt_doctor.simulator.formats import Table

JSON = "application/json"
EVENTS = "text/event-stream"
NDJSON = "application/x-ndjson"
DEFAULT_PATH = {"azure": "/openai/v1"}  # elsewhere /v1
COMPATIBLE = ""  # the form of most lists
ANY_MODEL = "simulated-model"  # of a provider that has no model that everybody may use

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request.  ``body`` is None for a GET; names of headers are in lower case."""

    path: str
    query: str
    headers: Headers
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A response."""

    status: int
    body: str
    headers: Headers = field(default_factory=dict)
    content_type: str = JSON


@dataclass(frozen=True, slots=True)
class _Format:
    """Where a format is spoken, and how it answers: whole, and as a stream.

    ``streams`` tells whether it does so unless the request says otherwise.
    """

    path: str
    whole: Callable[[str], Table]
    stream: Callable[[str], str] | None = None
    content_type: str = EVENTS
    streams: bool = False


CHAT = _Format("/chat/completions", formats.chat, formats.chat_stream)
RESPONSES = _Format("/responses", formats.response, formats.response_stream)
MESSAGES = _Format("/v1/messages", formats.message, formats.message_stream)
_CONTENT = r"/v1(?:beta)?/models/(?P<model>[^/:]+):"
# the formats of their own; all others are below the path where OpenAI's are spoken
NATIVE: dict[str, tuple[_Format, ...]] = {
    "anthropic": (MESSAGES,),
    "google": (
        _Format(f"{_CONTENT}generateContent", formats.content),
        _Format(f"{_CONTENT}streamGenerateContent", formats.content, formats.content_stream),
    ),
    "cohere": (_Format("/v2/chat", formats.cohere_chat, formats.cohere_stream),),
    "bedrock": (_Format("/model/(?P<model>[^/]+)/converse", formats.converse),),
    "ollama": (
        _Format("/api/chat", formats.ollama_chat, formats.ollama_stream, NDJSON, streams=True),
        MESSAGES,
    ),
}
# below which paths OpenAI's formats are spoken
ROOTS = {
    "azure": r"/openai/v1|/openai/deployments/(?P<model>[^/]+)",
    "anthropic": "/v1",
    "google": "/v1beta/openai",
    "cohere": "/compatibility/v1",
    "bedrock": "/openai/v1",
    "ollama": "/v1",
}
LISTS = {
    "anthropic": r"/v1/models",
    "google": r"/v1(?:beta)?/models",
    "cohere": r"/v1/models",
    "bedrock": r"/foundation-models",
    "ollama": r"/api/tags",
    "azure": r"/openai(?:/v1)?/models",
}


class ProviderApi:
    """Answers requests as a provider does to a key that is good."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.models = provider.models.default or (ANY_MODEL,)
        own = base_path(provider.base_url)
        self.path = own if provider.base_url else DEFAULT_PATH.get(provider.dialect, "/v1")

    def group(self, path: str, is_post: bool) -> str:
        """What a path is about: ``models``, ``inference``, ``billing``, or empty."""
        if self._is(path, self._key_info_path()):
            return "billing"
        if is_post:
            return "inference"
        return "models" if "/models" in path or self._is(path, self._list_path()) else ""

    def answer(self, sent: Sent) -> Reply:
        """The response to a request."""
        if self.provider.auth.required and not self._has_key(sent):
            return self._refusal(
                ("missing_api_key", "invalid_api_key"), 401, "No API key was sent."
            )
        info = self.provider.key_info
        if info and self._is(sent.path, self._key_info_path()):
            return self._reply(KEY_INFO[info.shape])
        if sent.body is None:
            return self._listed(sent)
        return self._inferred(sent)

    def _has_key(self, sent: Sent) -> bool:
        auth = self.provider.auth
        named = (auth.header.lower(), "authorization", "x-api-key", "api-key")
        said = (sent.headers.get(name, "").removeprefix("Bearer").strip() for name in named)
        return any(said) or "key" in parse_qs(sent.query)

    def _listed(self, sent: Sent) -> Reply:
        if self._is(sent.path, self._list_path()):
            return self._reply(self._models(self.provider.dialect))
        if self._is(sent.path, f"(?:{self._root()})/models"):
            return self._reply(self._models(COMPATIBLE))
        return self._unknown_path(sent)

    def _models(self, dialect: str) -> Table | list[Table]:
        """The list of the models, with what this provider's list has besides."""
        listed = formats.models(dialect, self.models)
        if self.provider.id == "mistral":
            data = [{**one, **formats.OF_MISTRAL} for one in formats.items(listed)]
            return {**listed, "data": data}
        return formats.items(listed) if self.provider.models.is_array else listed

    def _inferred(self, sent: Sent) -> Reply:
        below = f"(?:{self._root()})"
        native = [(one, one.path) for one in NATIVE.get(self.provider.dialect, ())]
        for one, pattern in (*native, *((one, below + one.path) for one in (CHAT, RESPONSES))):
            found = re.fullmatch(pattern, sent.path)
            if found:
                return self._of_format(one, sent, found.groupdict().get("model"))
        return self._unknown_path(sent)

    def _of_format(self, one: _Format, sent: Sent, model: str | None) -> Reply:
        body = _table(sent.body)
        if body is None:
            return self._error(400, "We could not parse the JSON body of your request.")
        name = unquote(model or str(body.get("model") or "")).removeprefix("models/")
        if not name:
            return self._error(400, "you must provide a model parameter")
        if name not in self.models and self.models != (ANY_MODEL,):
            return self._refusal(("model_not_found",), 404, f"The model `{name}` does not exist.")
        usual = LIMIT_HEADERS["usual"] if _is_usual(self.provider.limits) else {}
        headers = LIMIT_HEADERS.get(self.provider.id, usual)
        by_path = sent.path.endswith(":streamGenerateContent")
        if one.stream and (by_path or body.get("stream", one.streams)):
            return Reply(200, one.stream(name), headers, one.content_type)
        return Reply(200, json.dumps(one.whole(name)), headers)

    def _root(self) -> str:
        """Below which paths OpenAI's formats are spoken, as a pattern."""
        inference = without_endpoint(self.path + self.provider.inference.path)
        own = "|".join({re.escape(self.path), re.escape(inference)})
        if self.provider.version_path:
            own += f"|{re.escape(self.path + self.provider.version_path)}"
        return ROOTS.get(self.provider.dialect, own)

    def _list_path(self) -> str:
        address = self.provider.base_url or f"http://localhost{self.path}"
        asked = dialect_at(self.provider, address).list_request(self.provider, address)
        own = re.escape(asked.path) if asked else "(?!)"
        return f"{own}|{LISTS.get(self.provider.dialect, f'(?:{self._root()})/models')}"

    def _key_info_path(self) -> str:
        info = self.provider.key_info
        if info is None:
            return "(?!)"
        own = path_at(self.provider, f"http://localhost{self.path}", info.path)
        return f"{re.escape(own)}|(?:{self._root()}){re.escape(info.path)}"

    def _is(self, path: str, pattern: str) -> bool:
        return re.fullmatch(pattern, path) is not None

    def _unknown_path(self, sent: Sent) -> Reply:
        return self._refusal(("endpoint_not_found",), 404, f"There is nothing at {sent.path}.")

    def _refusal(self, ids: tuple[str, ...], status: int, message: str) -> Reply:
        """The first of some errors that this provider documents, else a plain one."""
        for entry_id in ids:
            if self.provider.id in catalogue.variants(entry_id):
                example = catalogue.get(entry_id, self.provider.id).example
                if "body" in example:
                    return Reply(example["status"], example["body"], example.get("headers", {}))
        return self._error(status, message)

    def _error(self, status: int, message: str) -> Reply:
        body = formats.error(self.provider.dialect, status, message)
        return Reply(status, json.dumps(body))

    def _reply(self, body: Table | list[Table]) -> Reply:
        return Reply(200, json.dumps(body))


def _is_usual(limits: Limits | None) -> bool:
    """Whether a provider tells its limits in the headers that most do."""
    return limits is not None and limits.header == Limits().header


def _table(sent: bytes | None) -> Table | None:
    try:
        body = json.loads(sent or b"")
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
