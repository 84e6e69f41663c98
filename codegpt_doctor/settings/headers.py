"""Values of headers: which of them cannot be right, or cannot be sent at all."""

import re
from enum import StrEnum
from typing import NamedTuple

from codegpt_doctor.settings.characters import QUOTES, called, is_invisible

_MASK = re.compile(r"\*{2,}|•+|…|\.{3}")
# the beginnings of what OpenAI's console and answers show beside one another
_PREFIXES = {"sk-": "a key", "org-": "an organization", "proj_": "a project", "user-": "a user"}
_PREFIXES |= {"key_": "the ID of a key", "req_": "a request", "asst_": "an assistant"}
OWN_PREFIX = {"organization": "org-", "project": "proj_"}


class HeaderFault(StrEnum):
    """A kind of what can be wrong with the value of a header."""

    LINE_BREAK = "a line break"
    CONTROL = "a control character"
    MASKED = "a mask"
    SPACE = "a space"
    QUOTES = "quotes"
    NOT_ASCII = "a character that is not ASCII"
    PREFIX = "the prefix of something else"


class BadHeader(NamedTuple):
    """What is wrong with a value: the kind, and a sentence that begins with "It"."""

    kind: HeaderFault
    words: str


def judge(value: str) -> BadHeader | None:
    """What no header can hold, or what was not copied whole; None where nothing is wrong.

    An empty value can be sent, and is.
    """
    if re.search(r"[\r\n\u2028\u2029\x85]", value):
        return BadHeader(HeaderFault.LINE_BREAK, "It has a line break in it.")
    if _MASK.search(value):
        return BadHeader(HeaderFault.MASKED, "It is the shortened form of an ID, not the whole ID.")
    odd = next((one for one in value if is_invisible(one)), "")
    if odd:
        kind = HeaderFault.CONTROL if odd.isascii() else HeaderFault.NOT_ASCII
        return BadHeader(kind, f"It contains {called(odd)}, which is invisible.")
    if (value[:1] in QUOTES and value) or (value[-1:] in QUOTES and value):
        return BadHeader(HeaderFault.QUOTES, "It has quotes around it.")
    foreign = next((one for one in value if not one.isascii()), "")
    if foreign:
        words = f"It contains {called(foreign)}, and headers allow only ASCII."
        return BadHeader(HeaderFault.NOT_ASCII, words)
    return None


def judge_id(value: str, kind: str) -> BadHeader | None:
    """What cannot be right in the ID of an organization or a project, beside ``judge``.

    Args:
        value: the ID.
        kind: ``organization`` or ``project``.
    """
    bad = judge(value)
    if bad or not value.strip():
        return bad
    if any(character.isspace() for character in value):
        return BadHeader(HeaderFault.SPACE, "It has a space or a tab in or around it.")
    for prefix, thing in _PREFIXES.items():
        if value.startswith(prefix) and prefix != OWN_PREFIX[kind]:
            words = f"It begins with {prefix}, as {thing} does, and not with {OWN_PREFIX[kind]}."
            return BadHeader(HeaderFault.PREFIX, words)
    return None
