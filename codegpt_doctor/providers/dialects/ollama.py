"""Ollama's own format."""

from codegpt_doctor.providers.dialects.common import CommonDialect
from codegpt_doctor.providers.dialects.wire import (
    Answer,
    Json,
    Model,
    Table,
    is_cut,
    messages,
    models_in,
    table,
    text_of,
)


class OllamaDialect(CommonDialect):
    """Chat of the own API, which streams unless it is told not to."""

    def body(self, model: str, tokens: Table, stream: bool) -> Table:
        """The body of the smallest request."""
        return {"model": model, "messages": messages(), "stream": stream, "options": dict(tokens)}

    def read_models(self, body: str) -> list[Model] | None:
        """The models that are on the machine."""
        return models_in(body, "models", _model)

    def piece(self, event: Json) -> Answer | None:
        """What an answer, or a line of one that is streamed, says."""
        if not isinstance(event, dict) or not isinstance(event.get("done"), bool):
            return None
        text = text_of(table(event, "message"), "content") or text_of(event, "response")
        thought = bool(text_of(table(event, "message"), "thinking"))
        cut = is_cut(text_of(event, "done_reason"))
        return Answer(text, event["done"], cut=cut, wordless=thought)


def _model(one: Table) -> Model:
    return Model(text_of(one, "name"))
