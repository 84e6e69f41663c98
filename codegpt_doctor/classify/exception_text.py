"""What an exception says, with its causes: all that it knows, as text."""

import errno
from collections.abc import Iterator


def exception_text(error: BaseException) -> str:
    """What an exception and its causes say, one a line, with what their messages leave out."""
    return "\n".join(text for _, text in chained_texts(error))


def chained_texts(error: BaseException) -> Iterator[tuple[int, str]]:
    """What an exception and each of its causes say: how deep it lies (from 0), and its text.

    What lies deeper comes later.  A cause is what ``raise ... from`` names, what was being handled,
    and what libraries put into a field or the arguments of their exception.
    """
    seen: set[int] = set()
    level: list[object] = [error]
    depth = 0
    while level:
        below: list[object] = []
        for one in level:
            if isinstance(one, BaseException) and id(one) not in seen:
                seen.add(id(one))
                yield depth, "\n".join(_lines(one))
                below += _causes(one)
        level, depth = below, depth + 1


def _causes(error: BaseException) -> tuple[object, ...]:
    context = None if error.__suppress_context__ else error.__context__
    members = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return (error.__cause__, context, getattr(error, "reason", None), *error.args, *members)


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


def text_of(response: object) -> str | None:
    """The body of a response-like object, or None where it has no text or has lost it."""
    for name in ("text", "content"):
        try:
            body = getattr(response, name, None)
        except Exception:  # noqa: BLE001, S112 - a stream that is closed or never read has no text
            continue
        if isinstance(body, str):
            return body
        if isinstance(body, bytes | bytearray):
            return body.decode("utf-8", "replace")
    return None
