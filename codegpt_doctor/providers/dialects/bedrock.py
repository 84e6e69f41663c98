"""The format of AWS Bedrock: converse, asked with a key in ``Authorization``.

It streams in a binary form, so that nothing is streamed here.
"""

from codegpt_doctor.providers.dialects.common import CommonDialect
from codegpt_doctor.providers.dialects.wire import (
    PROMPT,
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

_REFUSALS = ("content_filtered", "guardrail_intervened")


class BedrockDialect(CommonDialect):
    """Converse; the model is named in the path."""

    def body(self, model: str, tokens: Table, stream: bool) -> Table:
        """The body of the smallest request."""
        message = {"role": "user", "content": [{"text": PROMPT}]}
        return {"messages": [message], "inferenceConfig": dict(tokens)}

    def read_models(self, body: str) -> list[Model] | None:
        """The models of the list that the control plane gives."""
        return models_in(body, "modelSummaries", _model)

    def piece(self, event: Json) -> Answer | None:
        """What an answer says."""
        message = table(event, "output", "message")
        if not message:
            return None
        reason = text_of(event, "stopReason")
        text = joined(items(message, "content"))
        return Answer(text, bool(reason), reason in _REFUSALS, is_cut(reason))


def _model(one: Table) -> Model:
    return Model(text_of(one, "modelId"), chats=has(one, "outputModalities", "TEXT"))
