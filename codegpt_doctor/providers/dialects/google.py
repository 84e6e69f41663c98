"""Google's format: generateContent."""

from urllib.parse import urlsplit, urlunsplit

from codegpt_doctor.providers.dialects.common import CommonDialect
from codegpt_doctor.providers.dialects.wire import (
    PROMPT,
    Answer,
    Json,
    Model,
    Request,
    Table,
    base_path,
    has,
    has_version,
    is_cut,
    items,
    joined,
    models_in,
    table,
    text_of,
)
from codegpt_doctor.providers.provider import Provider

GENERATE = ":generateContent"
STREAM = ":streamGenerateContent"
_REFUSALS = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"}


class GoogleDialect(CommonDialect):
    """Generating content; the model is named in the path."""

    def list_request(self, provider: Provider, base_url: str) -> Request | None:
        """The request for the list of models."""
        return super().list_request(provider, _with_version(provider, base_url))

    def inference_request(
        self,
        provider: Provider,
        base_url: str,
        model: str,
        stream: bool = False,
        limit: int | None = None,
    ) -> Request:
        """The smallest request to a model."""
        address, name = _with_version(provider, base_url), model.removeprefix("models/")
        asked = super().inference_request(provider, address, name, stream, limit)
        if not stream:
            return asked
        path = asked.path.replace(GENERATE, STREAM)
        return asked._replace(path=path, params={**asked.params, "alt": "sse"})

    def body(self, model: str, tokens: Table, stream: bool) -> Table:
        """The body of the smallest request."""
        content = {"role": "user", "parts": [{"text": PROMPT}]}
        return {"contents": [content], "generationConfig": dict(tokens)}

    def read_models(self, body: str) -> list[Model] | None:
        """The models of a list, without the ``models/`` before each name."""
        return models_in(body, "models", _model)

    def piece(self, event: Json) -> Answer | None:
        """What an answer, or a part of one in a stream, says."""
        if text_of(table(event, "promptFeedback"), "blockReason"):
            return Answer("", finished=True, refused=True)
        if not isinstance(event, dict) or not isinstance(event.get("candidates"), list):
            return None
        first = next(iter(items(event, "candidates")), {})
        reason = text_of(first, "finishReason")
        text = joined(items(table(first, "content"), "parts"))
        return Answer(text, bool(reason), reason in _REFUSALS, is_cut(reason))


def _model(one: Table) -> Model:
    chats = has(one, "supportedGenerationMethods", "generateContent")
    return Model(text_of(one, "name").removeprefix("models/"), chats=chats)


def _with_version(provider: Provider, base_url: str) -> str:
    """The base URL with the version of the provider's own, where it has none, as SDKs take it."""
    path = base_path(base_url)
    if has_version(path):
        return base_url
    return urlunsplit(urlsplit(base_url)._replace(path=path + base_path(provider.base_url)))
