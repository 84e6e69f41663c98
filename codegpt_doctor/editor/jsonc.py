"""JSON as VS Code reads it: with comments, trailing commas and a byte order mark."""

import json
import re
from typing import Any

# one that is never closed is a string too, so that none begins at each quote within it
_STRING = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])")


def loads(text: str) -> Any:
    """Read JSON with comments; what is a comment within a string stays.

    Raises:
        ValueError: it is not even that; ``json.JSONDecodeError`` names the line.
    """
    plain = _COMMENT.sub(_blank, text.removeprefix("\ufeff"))
    plain = _COMMA.sub(lambda match: match[1] or " ", plain)
    if not plain.strip():
        return {}
    try:
        return json.loads(plain, strict=False)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _blank(match: re.Match[str]) -> str:
    """White space of the same lines, so that an error is reported where it is."""
    return match[1] or re.sub(r"[^\n]", " ", match[0])
