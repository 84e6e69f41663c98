"""What each wire format looks like when all is well: lists, answers, streams; and a plain error."""

import json
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Table: TypeAlias = Mapping[str, object]

TEXT = "Hello! How can I help?"
EMBEDDING = "simulated-embedding"  # a model that is no good for a chat
OF_MISTRAL: Table = {"type": "base", "capabilities": {"completion_chat": True}}
_STATUS_WORDS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 404: "NOT_FOUND"}
_KINDS = {400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error"}


def models(dialect: str, names: Sequence[str]) -> Table:
    """A list of models."""
    if dialect == "anthropic":
        claude = [{"type": "model", "id": name, "display_name": name} for name in names]
        return {"data": claude, "has_more": False, "first_id": names[0], "last_id": names[-1]}
    if dialect == "google":
        chat = [_google_model(name, "generateContent") for name in names]
        return {"models": [*chat, _google_model(EMBEDDING, "embedContent")]}
    if dialect == "cohere":
        chat = [{"name": name, "endpoints": ["chat"]} for name in names]
        return {"models": [*chat, {"name": EMBEDDING, "endpoints": ["embed"]}]}
    if dialect == "ollama":
        return {"models": [{"name": name, "model": name, "size": 1} for name in names]}
    if dialect == "bedrock":
        chat = [{"modelId": name, "outputModalities": ["TEXT"]} for name in names]
        return {"modelSummaries": chat}
    listed = [{"id": name, "object": "model", "created": 0, "owned_by": "system"} for name in names]
    return {"object": "list", "data": listed}


def items(listed: Table) -> list[Table]:
    """The models of a list in OpenAI's form, which is all that some give."""
    data = listed["data"]
    return list(data) if isinstance(data, list) else []


def _google_model(name: str, method: str) -> Table:
    return {"name": f"models/{name}", "supportedGenerationMethods": [method]}


def error(dialect: str, status: int, message: str) -> Table:
    """A refusal that no page documents, in the form of a wire format."""
    if dialect == "anthropic":
        return {"type": "error", "error": {"type": _KINDS[status], "message": message}}
    if dialect == "google":
        told = {"code": status, "message": message, "status": _STATUS_WORDS[status]}
        return {"error": told}
    if dialect == "cohere":
        return {"id": _id(), "message": message}
    if dialect == "bedrock":
        return {"message": message}
    if dialect == "ollama":
        return {"error": message}
    return {"error": {"message": message, "type": _KINDS[400], "param": None, "code": None}}


def chat(model: str, text: str = TEXT) -> Table:
    """A completion of a chat."""
    message = {"role": "assistant", "content": text, "refusal": None}
    return {
        "id": f"chatcmpl-{_id()}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 8, "completion_tokens": 7, "total_tokens": 15},
    }


def chat_stream(model: str) -> str:
    """A completion of a chat, as a stream of events."""
    fixed = {
        "id": f"chatcmpl-{_id()}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": model,
    }
    deltas: list[Table] = [{"role": "assistant"}, *({"content": word} for word in _words())]
    chunks = [{"index": 0, "delta": delta, "finish_reason": None} for delta in deltas]
    last = {"index": 0, "delta": {}, "finish_reason": "stop"}
    return _sse({**fixed, "choices": [one]} for one in (*chunks, last)) + "data: [DONE]\n\n"


def response(model: str) -> Table:
    """An answer of the responses endpoint."""
    text = {"type": "output_text", "text": TEXT, "annotations": []}
    message = {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant"}
    return {
        "id": f"resp_{_id()}",
        "object": "response",
        "created_at": int(time.time()),
        "status": "completed",
        "error": None,
        "model": model,
        "output": [{**message, "content": [text]}],
        "usage": {"input_tokens": 8, "output_tokens": 7, "total_tokens": 15},
    }


def response_stream(model: str) -> str:
    """An answer of the responses endpoint, as a stream of events."""
    whole = response(model)
    at = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    told: list[Table] = [
        {"type": "response.created", "response": {**whole, "status": "in_progress", "output": []}},
        *({"type": "response.output_text.delta", "delta": word, **at} for word in _words()),
        {"type": "response.completed", "response": whole},
    ]
    return _named_sse({**one, "sequence_number": number} for number, one in enumerate(told))


def message(model: str) -> Table:
    """A message of Anthropic's."""
    return {
        "id": f"msg_{_id()}",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": TEXT}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 8, "output_tokens": 7},
    }


def message_stream(model: str) -> str:
    """A message of Anthropic's, as a stream of events."""
    whole = message(model)
    empty = {**whole, "content": [], "stop_reason": None}
    block = {
        "type": "content_block_start",
        "index": 0,
        "content_block": {"type": "text", "text": ""},
    }
    told: list[Table] = [
        {"type": "message_start", "message": empty},
        block,
        *({"type": "content_block_delta", "index": 0, "delta": _delta(w)} for w in _words()),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 7},
        },
        {"type": "message_stop"},
    ]
    return _named_sse(told)


def _delta(word: str) -> Table:
    return {"type": "text_delta", "text": word}


def content(model: str, text: str = TEXT, reason: str | None = "STOP") -> Table:
    """Generated content of Google's."""
    candidate: dict[str, object] = {
        "content": {"parts": [{"text": text}], "role": "model"},
        "index": 0,
    }
    if reason:
        candidate["finishReason"] = reason
    usage = {"promptTokenCount": 8, "candidatesTokenCount": 7, "totalTokenCount": 15}
    return {"candidates": [candidate], "usageMetadata": usage, "modelVersion": model}


def content_stream(model: str) -> str:
    """Generated content of Google's in parts, as a stream of events."""
    *first, last = _words()
    return _sse([*(content(model, word, None) for word in first), content(model, last)])


def cohere_chat(_model: str) -> Table:
    """A chat of Cohere's second version."""
    said = {"role": "assistant", "content": [{"type": "text", "text": TEXT}]}
    tokens = {"input_tokens": 8, "output_tokens": 7}
    usage = {"billed_units": tokens, "tokens": tokens}
    return {"id": _id(), "finish_reason": "COMPLETE", "message": said, "usage": usage}


def cohere_stream(_model: str) -> str:
    """A chat of Cohere's second version, as a stream of events."""
    start = {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": [], "citations": []}
    told: list[Table] = [
        {"type": "message-start", "id": _id(), "delta": {"message": start}},
        {
            "type": "content-start",
            "index": 0,
            "delta": {"message": {"content": {"type": "text", "text": ""}}},
        },
        *(
            {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": w}}}}
            for w in _words()
        ),
        {"type": "content-end", "index": 0},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}},
    ]
    return _named_sse(told)


def converse(_model: str) -> Table:
    """An answer of AWS Bedrock."""
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": TEXT}]}},
        "stopReason": "end_turn",
        "usage": {"inputTokens": 8, "outputTokens": 7, "totalTokens": 15},
        "metrics": {"latencyMs": 12},
    }


def ollama_chat(model: str, text: str = TEXT, done: bool = True) -> Table:
    """An answer of Ollama's own chat."""
    said = {"role": "assistant", "content": text}
    told = {"model": model, "created_at": "2026-11-28T00:00:00Z", "message": said, "done": done}
    return {**told, "done_reason": "stop"} if done else told


def ollama_stream(model: str) -> str:
    """An answer of Ollama's own chat, a line for each part."""
    parts = [*(ollama_chat(model, word, done=False) for word in _words()), ollama_chat(model, "")]
    return "".join(json.dumps(one) + "\n" for one in parts)


def _words() -> list[str]:
    first, *rest = TEXT.split()
    return [first, *(f" {word}" for word in rest)]


def _sse(told: Iterable[Table]) -> str:
    return "".join(f"data: {json.dumps(one)}\n\n" for one in told)


def _named_sse(told: Iterable[Table]) -> str:
    return "".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in told)


def _id() -> str:
    return uuid.uuid4().hex
