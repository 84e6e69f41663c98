"""What an exception says, with its causes: all that it knows, as text."""

import errno
from collections.abc import Iterator
from typing import Any


def exception_text(error: BaseException) -> str:
    """What an exception and its causes say, one a line, with what their messages leave out."""
    return "\n".join(line for one in _chain(error) for line in _lines(one))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            context = None if one.__suppress_context__ else one.__context__
            members = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
            waiting += [one.__cause__, context, getattr(one, "reason", None), *one.args, *members]


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}: {error}"
    number = getattr(error, "errno", None)
    if isinstance(number, int) and number in errno.errorcode:
        yield errno.errorcode[number]
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if status:
        yield f"status code: {status}"
    for name in ("code", "type"):
        if isinstance(getattr(error, name, None), str):
            yield f'"{name}": "{getattr(error, name)}"'
    body = getattr(error, "body", None)
    if body is None and response is not None:
        body = text_of(response)
    if body is not None:
        yield str(body)


def text_of(response: Any) -> str | None:
    """The body of a response-like object, or None where it has no text or has lost it."""
    try:
        text = response.text
    except Exception:  # noqa: BLE001 - a stream that is closed or was never read has no text
        return None
    return text if isinstance(text, str) else None


def first_line(failure: str) -> str:
    """The most telling line of a failure: the message of the first exception, or else its class."""
    line = failure.splitlines()[0].strip() if failure else ""
    name, colon, message = line.partition(":")
    if not colon or " " in name:
        return line
    return message.strip() or name.rpartition(".")[2]
