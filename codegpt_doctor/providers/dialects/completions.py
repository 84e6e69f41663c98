"""What stands in an answer in OpenAI's formats, or in an event of one that is streamed."""

from collections.abc import Iterator, Sequence

from codegpt_doctor.providers.dialects.wire import Table, text_of

# what a choice or a message holds when a model has said, thought or wanted something
SAID = (
    *("content", "text", "reasoning_content", "reasoning", "refusal", "audio"),
    *("tool_calls", "function_call", "arguments"),
)
DELTAS = ("response.output_text.delta", "response.refusal.delta", "response.reasoning_text.delta")
MAX_DEPTH = 4  # of content within content


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


def reasons_in(events: Sequence[Table]) -> Iterator[str]:
    """Why an answer ended, as it says itself."""
    for event in events:
        yield from (text_of(choice, "finish_reason") for choice in _tables(event.get("choices")))
        inner = event.get("response")
        whole = inner if isinstance(inner, dict) else event
        yield text_of(whole.get("incomplete_details"), "reason")


def has_run(event: Table) -> bool:
    """Whether an answer tells tokens that the model has made, though they are not shown."""
    usage = event.get("usage")
    if not isinstance(usage, dict):
        return False
    counts = (usage.get(f"{kind}_tokens") for kind in ("completion", "output"))
    return any(isinstance(count, int) and count > 0 for count in counts)
