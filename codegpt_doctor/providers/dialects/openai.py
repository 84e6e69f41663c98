"""OpenAI's formats, chat completions and responses, which most others speak as well."""

from collections.abc import Mapping

from codegpt_doctor.providers.dialects.common import CommonDialect
from codegpt_doctor.providers.dialects.completions import has_run, has_words, reasons_in
from codegpt_doctor.providers.dialects.wire import (
    PROMPT,
    Answer,
    Json,
    Model,
    Request,
    Table,
    base_path,
    date_of,
    is_cut,
    items,
    joined,
    parsed,
    table,
    text_of,
    without_endpoint,
)
from codegpt_doctor.providers.provider import Provider

CHAT = "/chat/completions"
MODELS = "/models"
_FILTERED = ("content_filter", "safety")
_ENDS = ("shutdown_date", "deprecation", "retires_at")  # of OpenAI, Mistral, Anthropic


class OpenAIDialect(CommonDialect):
    """Chat completions; answers of the responses endpoint are read, too."""

    def read_models(self, body: str) -> list[Model] | None:
        """The models of a list: in ``data``, in ``models``, or a bare array."""
        value = parsed(body)
        if isinstance(value, list):
            value = {"data": value}
        if not isinstance(value, Mapping):
            return None
        for name in ("data", "models"):
            if isinstance(value.get(name), list):
                return [_model(one) for one in items(value, name)]
        return None

    def piece(self, event: Json) -> Answer | None:
        """What an event of chat completions or of responses says."""
        if not isinstance(event, Mapping):
            return None
        choices = isinstance(event.get("choices"), list)
        said = _of_choices(items(event, "choices")) if choices else _of_response(event)
        cut, spoke = any(map(is_cut, reasons_in([event]))), has_words([event])
        ran = has_run(event) and (choices or said is not None)  # others count tokens as well
        if said is None and not (cut or spoke or ran):
            return None
        said = said or Answer("", finished=False)
        return said._replace(finished=said.finished or cut, cut=cut, wordless=spoke, counted=ran)


class ResponsesDialect(OpenAIDialect):
    """The responses endpoint."""

    def body(self, model: str, tokens: Table, stream: bool) -> Table:
        """The body of the smallest request."""
        asked = {"model": model, "input": PROMPT, **tokens, "store": False}
        return {**asked, "stream": True} if stream else asked


class CompatibleDialect(OpenAIDialect):
    """Chat completions at a provider whose own format is another one."""

    def auth_headers(self, provider: Provider, key: str | None) -> dict[str, str]:
        """The key as OpenAI's clients send it; the provider's own headers do not go along."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def list_request(self, provider: Provider, base_url: str) -> Request | None:
        """The request for the list of models."""
        base = without_endpoint(base_path(base_url))
        return Request("GET", base + MODELS, params=self.params(base_url))

    def path(self, provider: Provider, base_url: str, model: str) -> str:
        """The path of a request to a model."""
        return without_endpoint(base_path(base_url)) + CHAT

    def token_field(self, provider: Provider) -> str:
        """What the limit of tokens is called."""
        return "max_tokens"


def _model(one: Table) -> Model:
    return Model(text_of(one, "id") or text_of(one, "name"), date_of(one, *_ENDS))


def _of_choices(choices: list[Table]) -> Answer:
    """A chunk without a choice tells about the prompt, or about the tokens that were used."""
    if not choices:
        return Answer("", finished=False)
    first = choices[0]
    said = table(first, "message") or table(first, "delta")
    text = text_of(said, "content") or joined(items(said, "content")) or text_of(first, "text")
    ended = text_of(first, "finish_reason")
    refusal = text_of(said, "refusal")
    return Answer(text or refusal, bool(ended), bool(refusal) or ended in _FILTERED)


def _of_response(event: Json) -> Answer | None:
    kind = text_of(event, "type")
    if kind.startswith("response."):
        ended = kind in ("response.completed", "response.incomplete")
        refused = kind.startswith("response.refusal")
        text = text_of(event, "delta") if kind.endswith("text.delta") or refused else ""
        return None if kind == "response.failed" else Answer(text, ended, refused)
    if not isinstance(event, Mapping) or not isinstance(event.get("output"), list):
        return None
    if text_of(event, "status") == "failed":
        return None
    parts = [part for one in items(event, "output") for part in items(one, "content")]
    refusal = joined(parts, "refusal")
    return Answer(joined(parts) or refusal, True, bool(refusal))
