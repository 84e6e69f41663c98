"""What is pasted for an address and holds more: a key, a command, a link of Markdown, a remark."""

import re
from typing import NamedTuple

from codegpt_doctor.redact import keys_in

PLACEHOLDER = re.compile(
    r"[<>{}…]|\.\.\.|(?:^|[./\[-])your(?:[-_.]|domain|server|host|resource|company)|my-?resource|"
    r"mydomain\.|\$\w|%[a-z]\w{2,}%|(?:[/.]|^)x{1,3}(?:\.x{1,3}){1,7}(?=[:/]|$)|//x{3,}\.",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OPENED = re.compile(r"[\s(<\[\"'`=:|]$")  # what stands right before an address that begins there
_CLOSING = {"(": ")", "<": ">", "[": "]", '"': '"', "'": "'", "`": "`"}
_NEXT = re.compile(r"[\s,;|\uff0c\uff1b]{1,20}(https?://\S+)", re.IGNORECASE)
_GOES_ON = re.compile(r"(?!//)[.:/?#@%&=\d]")  # how the rest of a torn address begins


class Found(NamedTuple):
    """The address, and whether it stands among words, or beside another one."""

    address: str
    among_words: bool = False
    is_one_of_several: bool = False


def address_in(text: str) -> Found:
    """The first address with a scheme in a text; all of the text where none stands in it."""
    begin = _ADDRESS.search(text)
    if begin is None:
        return Found(text)
    front, rest = text[: begin.start()], text[begin.start() :]
    if front and not _OPENED.search(front):
        return Found(text)  # an address that goes on with another one, as at some relays
    if front[-1:] in _CLOSING:
        rest = rest.partition(_CLOSING[front[-1]])[0]
    other = _NEXT.search(rest)
    first = _whole(rest)
    several = other is not None and other[1] != first
    return Found(first, bool(front) or first != rest, several)


def without_key(text: str) -> str | None:
    """The address without a key that was pasted before or behind it; None where there is none."""
    words, keys = text.split(), keys_in(text)
    if not keys:
        return None
    found = address_in(text).address
    if found != text and not keys_in(found):
        return found
    front, _, behind = text.rpartition(keys[-1])
    if any(map(keys_in, words[1:])):
        front = words[0]
    elif text.startswith(keys[0]) and "//" in text:
        front = text.removeprefix(keys[0])
    elif behind.strip("/") or "//" not in front or "?" in front or "#" in front:
        return None  # of a path, a user name or a query, which are judged as such
    return re.split(r"[\s,;=]", front.strip(), maxsplit=1)[0]


def is_of_words(text: str) -> bool:
    """Whether a text with white space is no address that was torn: its first word is none."""
    first, *others = text.split() or [""]
    torn = _ADDRESS.match("".join(text.split()))
    return bool(others) and not re.search(r"[.:/]", first) and torn is None


def _whole(text: str) -> str:
    """The address at the start of a text, with its other half where it was torn in two."""
    first, *others = text.split()
    goes_on = others and (_GOES_ON.match(others[0]) or first[-1] in "/.:-")
    if goes_on and not _ADDRESS.search("".join(others)):
        return text
    return first


def nearest_scheme(name: str) -> str:
    """The scheme that another one is a slip of; nothing where it is none."""
    from difflib import get_close_matches  # rarely needed

    return next(iter(get_close_matches(name, ("https", "http"), 1)), "")


def has_no_port(authority: str) -> bool:
    """Whether what stands behind the last colon of an authority is no port."""
    port = authority.rpartition(":")[2]
    return ":" in authority and not port.isdecimal() and not authority.startswith("[")
