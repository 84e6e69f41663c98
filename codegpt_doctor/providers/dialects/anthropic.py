"""Anthropic's format: messages."""

from codegpt_doctor.providers.dialects.common import CommonDialect
from codegpt_doctor.providers.dialects.wire import (
    Answer,
    Json,
    Model,
    Table,
    date_of,
    is_cut,
    items,
    joined,
    models_in,
    table,
    text_of,
)

_OF_A_STREAM = ("message_start", "content_block_start", "content_block_stop", "ping")


class AnthropicDialect(CommonDialect):
    """Messages; the version of the API is among the headers of the provider's data."""

    def read_models(self, body: str) -> list[Model] | None:
        """The models of a list."""
        return models_in(body, "data", _model)

    def piece(self, event: Json) -> Answer | None:
        """What an event says; a whole message is one."""
        kind = text_of(event, "type")
        if kind == "message":
            return _ended(event, joined(items(event, "content")))
        if kind == "content_block_delta":
            delta = table(event, "delta")
            thought = bool(text_of(delta, "thinking") or text_of(delta, "partial_json"))
            return Answer(text_of(delta, "text"), finished=False, wordless=thought)
        if kind == "message_delta":
            return _ended(table(event, "delta"), "")
        if kind == "message_stop":
            return Answer("", finished=True)
        return Answer("", finished=False) if kind in _OF_A_STREAM else None


def _ended(event: Json, text: str) -> Answer:
    reason = text_of(event, "stop_reason")
    return Answer(text, bool(reason), reason == "refusal", is_cut(reason))


def _model(one: Table) -> Model:
    return Model(text_of(one, "id"), date_of(one, "retires_at"), chats=True)
