"""What stands in the answer of a model, whole or as a stream of events, in OpenAI's formats."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Table: TypeAlias = Mapping[str, object]
STREAM = ("data:", "event:", "id:", "retry:", ":")  # how a stream of events may begin
# what a choice or a message holds when a model has said, thought or wanted something
SAID = (
    *("content", "text", "reasoning_content", "reasoning", "refusal", "audio"),
    *("tool_calls", "function_call", "arguments"),
)
DELTAS = ("response.output_text.delta", "response.refusal.delta", "response.reasoning_text.delta")
CUT = ("length", "max_tokens", "max_output_tokens")  # why an answer ended: its limit was reached
MAX_DEPTH = 4  # of content within content
FAILED = ("failed", "cancelled")


def events_in(body: str) -> Iterator[object]:
    """The JSON values of a text: one, or those of the whole events of a stream."""
    body = body.removeprefix("\ufeff").lstrip()
    streamed = body.startswith(STREAM)
    lines = (line[5:] for line in body.split("\n") if line.startswith("data:"))
    for text in lines if streamed else (body,):
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            continue


def error_in(event: Table) -> object:
    """The error that a body or an event tells, in one of the usual places; None where none is."""
    if event.get("error") or event.get("errors"):
        return event.get("error") or event["errors"]
    inner = event.get("response")
    if isinstance(inner, dict):
        return error_in(inner)
    if event.get("status") in FAILED and "output" in event:
        return {"message": f"The response has the status {event['status']}."}
    if event.get("object") == "error" or event.get("type") == "error":
        return event
    return None


def has_words(events: Sequence[Table]) -> bool:
    """Whether a model has said anything in its answer, or in the events of one so far."""
    return any(map(_says, events))


def _says(event: Table) -> bool:
    if event.get("type") in DELTAS and event.get("delta"):
        return True
    return any(_has_text(said, SAID) for said in _said(event))


def _said(event: Table) -> Iterator[object]:
    """What an event of chat completions or of responses holds of a model's words."""
    for choice in _tables(event.get("choices")):
        yield from (choice.get("message"), choice.get("delta"), {"text": choice.get("text")})
    yield from _tables(event.get("output"))
    inner = event.get("response")
    if isinstance(inner, dict):
        yield from _said(inner)


def _has_text(value: object, names: Sequence[str], depth: int = 0) -> bool:
    if isinstance(value, str):
        return bool(value)
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, list):
        return any(_has_text(one, names, depth + 1) for one in value)
    if isinstance(value, dict):
        return any(_has_text(value.get(name), names, depth + 1) for name in names)
    return False


def _tables(value: object) -> Iterator[Table]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def reasons_in(events: Sequence[Table]) -> Iterator[object]:
    """Why an answer ended, as it says itself."""
    for event in events:
        yield from (choice.get("finish_reason") for choice in _tables(event.get("choices")))
        inner = event.get("response")
        whole = inner if isinstance(inner, dict) else event
        details = whole.get("incomplete_details")
        yield details.get("reason") if isinstance(details, dict) else None


class FirstWords:
    """Reads a stream as it comes, until a model has said something or it cannot go on."""

    def __init__(self) -> None:
        self._unread = ""

    def __call__(self, piece: str) -> bool:
        """Whether the rest need not be read: words have come, or an error, or the end.

        Each whole line is looked at once, however the stream is cut into pieces.
        """
        *lines, self._unread = (self._unread + piece).split("\n")
        events = [event for event in events_in("\n".join(lines)) if isinstance(event, dict)]
        ended = "data: [DONE]" in lines or any(map(error_in, events))
        return ended or has_words(events) or any(reasons_in(events))
