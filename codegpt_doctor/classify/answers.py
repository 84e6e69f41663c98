"""A model's good answer, whatever it talks about: objects in any language's notation, found whole.

An answer about an error quotes the error.  So an object with the fields of an answer or of a
conversation is taken out of the text, unless something in it says that it failed.
"""

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes an object an answer: its own fields, those of what is in it; why; an example."""

    fields: frozenset[str]
    within: frozenset[str]
    why: str
    example: str


def _shape(fields: str, why: str, example: str, within: str = "") -> Shape:
    return Shape(frozenset(fields.split()), frozenset(within.split()), why, example)


SHAPES = (
    _shape(
        "choices",
        "a chat completion, whole or a piece of a stream",
        '{"id": "chatcmpl-1", "object": "chat.completion", "choices": [{"text": "429"}]}',
    ),
    _shape(
        "candidates",
        "an answer of Gemini",
        '{"candidates": [{"content": {"parts": [{"text": "ECONNREFUSED"}]}}]}',
        within="content",
    ),
    _shape("message done", "an answer of Ollama's chat", '{"message": {}, "done": true}'),
    _shape("response done", "an answer of Ollama", '{"response": "429", "done": false}'),
    _shape("role content", "a message of a conversation", '{"role": "user", "content": "429"}'),
    _shape("role parts", "the same of Gemini", '{"role": "model", "parts": [{"text": "429"}]}'),
    _shape(
        "type delta",
        "a piece of a stream of Anthropic or of OpenAI's responses",
        '{"type": "content_block_delta", "delta": {"text": "429"}}',
    ),
    _shape("object output", "a response of OpenAI", '{"object": "response", "output": []}'),
    _shape("id output usage", "the same, printed", "Response(id='1', output=[], usage=Usage())"),
    _shape("object data", "a list, as of models", '{"object": "list", "data": [{"id": "x"}]}'),
    _shape(
        "content response_metadata",
        "a message of LangChain",
        "AIMessage(content='429', response_metadata={'model': 'x'})",
    ),
    _shape(
        "completion stop_reason",
        "an old answer of Anthropic",
        '{"completion": "429", "stop_reason": "stop_sequence"}',
    ),
    _shape("generations", "an answer of Cohere", '{"generations": [{"text": "429"}]}'),
    _shape("text finish_reason", "the same, chat", '{"text": "429", "finish_reason": "COMPLETE"}'),
    _shape(
        "text generation_id",
        "the same, of its first dialect",
        '{"text": "429", "generation_id": "x"}',
    ),
    _shape(
        "question answer",
        "a question of a set of data, with its answer",
        '{"question": "What is 429?", "answer": "Too Many Requests"}',
    ),
    _shape("prompt completion", "the same", '{"prompt": "What is 429?", "completion": "x"}'),
    _shape("instruction output", "the same", '{"instruction": "Explain 429", "output": "x"}'),
)
FAILED = ("error", "errors", "incomplete_details", "block_reason", "blockReason", "promptFeedback")
KNOWN = frozenset((*FAILED, *(name for shape in SHAPES for name in (*shape.fields, *shape.within))))

# how an object begins that can be one of these: with one of its fields, or with a class of an SDK
_FIRST = (
    "id|object|choices|candidates|created(?:_at)?|model|type|role|message|response|output|content"
    "|completion|generations|index|delta|usage|text|done|data|status|parts|name|event_id"
    "|question|prompt|instruction"
)
_START = re.compile(
    rf"\{{\s{{0,40}}[\"']?(?:{_FIRST})[\"']?\s{{0,9}}[:=]"
    r"|\b(choices|candidates|generations)[\"']?\s{0,9}[:=]\s{0,9}\[(?=\s{0,40}[{A-Z])"
    r"|\b[A-Z][A-Za-z]{2,40}\((?=(?:id|content|choices|candidates|model|output|text|role)=)",
    re.ASCII,
)
_EMPTY = r"(?:null\b|None\b|nil\b|undefined\b|false\b|\{\s{0,9}\}|\[\s{0,9}\]|\"\"|''|0\b(?!\.))"
# what a character escaped is; a field's name, and whether its value is empty; a string; a bracket
_TOKEN = re.compile(
    r"\\[^\n]"
    r"|\"(\w{1,40})\"\s{0,9}:(?:\s{0,9}" + _EMPTY + r")?"
    r"|'(\w{1,40})'\s{0,9}(?::|=>)(?:\s{0,9}" + _EMPTY + r")?"
    r"|(?<![\w.\"'])([A-Za-z_]\w{0,40})\s{0,3}[:=](?![=:/])(?:\s{0,9}" + _EMPTY + r")?"
    r"|\"(?:[^\"\\]|\\[^\n])*\"|'(?:[^'\\]|\\[^\n])*'"
    r"|[{}()\[\]]",
    re.ASCII,
)
OPENING, CLOSING = "{[(", "}])"


@dataclass(slots=True)
class _Object:
    """What stands between two brackets."""

    start: int
    end: int = -1
    names: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    has_failed: bool = False
    parts: list["_Object"] = field(default_factory=list)


def answers(text: str) -> list[tuple[int, int]]:
    """Where the good answers of models stand in a text: start and end of each, in order."""
    found: list[tuple[int, int]] = []
    at = 0
    while (start := _START.search(text, at)) is not None:
        last = start.end() - 1
        whole = _object(text, last if text[last] in "[(" else start.start())
        whole.names |= {start[1]} if start[1] else set()
        if whole.end == -1:  # it does not end, so what is in it may
            found += [span for part in whole.parts for span in _outermost(part)]
            break
        spans = _outermost(whole)
        found += spans
        at = whole.end
    return found


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without what stands at some places, which are in order."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _object(text: str, start: int) -> _Object:
    """The object that begins at a place, with the objects in it."""
    whole = _Object(start)
    stack = [whole]
    for token in _TOKEN.finditer(text, start + 1):
        first = text[token.start()]
        name = token[1] or token[2] or token[3]
        if name in KNOWN:
            _note(stack[-1], name, token[0])
        elif first in OPENING:
            part = _Object(token.start())
            stack[-1].parts.append(part)
            stack.append(part)
        elif first in CLOSING:
            _close(stack, token.end())
            if not stack:
                break
    return whole


def _note(thing: _Object, name: str, token: str) -> None:
    if name not in FAILED:
        thing.names.add(name)
    elif token[-1] in ":=>":  # its value is not an empty one
        thing.has_failed = True


def _close(stack: list[_Object], end: int) -> None:
    closed = stack.pop()
    closed.end = end
    if stack:
        stack[-1].within |= closed.within | closed.names
        stack[-1].has_failed |= closed.has_failed


def _outermost(thing: _Object) -> list[tuple[int, int]]:
    """The outermost objects within one, itself included, that are good answers."""
    waiting, found = [thing], []
    while waiting:
        one = waiting.pop()
        if one.end != -1 and _is_answer(one):
            found.append((one.start, one.end))
        else:
            waiting += one.parts
    return sorted(found)


def _is_answer(thing: _Object) -> bool:
    return not thing.has_failed and any(
        shape.fields <= thing.names and shape.within <= thing.within for shape in SHAPES
    )


def rules() -> dict[str, Any]:
    """The compiled patterns and tables by which the browser finds the same."""
    return {
        "start": _START,
        "token": _TOKEN,
        "failed": FAILED,
        "known": sorted(KNOWN),
        "shapes": [
            {"fields": sorted(shape.fields), "within": sorted(shape.within)} for shape in SHAPES
        ],
    }
