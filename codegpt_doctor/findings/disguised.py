"""A refusal with a good status: some gateways put the real one beside their message."""

from collections.abc import Mapping

STATUSES = ("code", "status", "statusCode", "status_code", "error_code", "errcode")
MESSAGES = ("message", "msg", "detail", "error_msg", "errmsg", "error")
SHOWN = ("choices", "output", "data", "models", "content", "candidates")  # of what was asked for


def refusal_in(body: object) -> tuple[int, str] | None:
    """The status and the message of a refusal that a body tells at its top, or None.

    A number alone is no refusal, and neither is a message.
    """
    if not isinstance(body, Mapping) or any(body.get(name) for name in SHOWN):
        return None
    found = (_status(body.get(name)) for name in STATUSES)
    status = next(filter(None, found), 0)
    told = (body.get(name) for name in MESSAGES)
    message = next((one for one in told if isinstance(one, str) and one.strip()), "")
    return (status, message) if status and message else None


def _status(value: object) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if len(text) == 3 and text.isdecimal() and text[0] in "45" else 0
