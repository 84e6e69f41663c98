"""Cohere's format: the second version of its chat."""

from codegpt_doctor.providers.dialects.common import CommonDialect
from codegpt_doctor.providers.dialects.wire import (
    Answer,
    Json,
    Model,
    Table,
    has,
    is_cut,
    items,
    joined,
    models_in,
    table,
    text_of,
)

_OF_A_STREAM = ("message-start", "content-start", "content-end")
_REFUSALS = ("ERROR_TOXIC", "ERROR")


class CohereDialect(CommonDialect):
    """Chat of version 2; the list of models is of version 1."""

    def read_models(self, body: str) -> list[Model] | None:
        """The models of a list, each with what it is for."""
        return models_in(body, "models", _model)

    def piece(self, event: Json) -> Answer | None:
        """What an answer or an event of a stream says."""
        kind, delta = text_of(event, "type"), table(event, "delta")
        if kind == "content-delta":
            return Answer(text_of(table(delta, "message", "content"), "text"), finished=False)
        if kind == "message-end":
            return _ended(delta, "")
        if kind in _OF_A_STREAM:
            return Answer("", finished=False)
        said = table(event, "message")
        return _ended(event, joined(items(said, "content"))) if said else None


def _ended(event: Json, text: str) -> Answer:
    reason = text_of(event, "finish_reason")
    return Answer(text, bool(reason), reason in _REFUSALS, is_cut(reason))


def _model(one: Table) -> Model:
    return Model(text_of(one, "name"), chats=has(one, "endpoints", "chat"))
