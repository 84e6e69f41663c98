"""A text without colors, control characters, escapes and hard line wraps."""

import re
from typing import Any

MAX = 512 * 1024  # characters looked at; an error is named at the start or at the end of a log
ROUNDS = 4  # of escapes within escapes
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_SPACE = re.compile(r"[\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_ASTRAL = re.compile(r"[\ud800-\udfff\U00010000-\U0010ffff]")  # two units in JavaScript, as emoji
_ESCAPE = re.compile(r"""\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt"'`/\\])""")
_PLAIN = {"n": "\n", "r": "\n", "t": "\t"}
_SCREENS = (72, 76, 79, 80, 100, 120, 132)  # columns at which terminals and loggers break lines
# how a line begins that is a record of a log, or a frame, and no rest of the line before it
_RECORD = re.compile(
    r"^ {0,99}(?:\d{4}[-/]\d\d|\d\d:\d\d|\[|(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL)\b"
    r"|at |File \")",
    re.ASCII,
)
_ENTITIES = (
    ("&quot;", '"'),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
)


def normalize(text: str) -> str:
    """The text without colors, control characters, escapes and hard line wraps."""
    if len(text) > MAX:
        text = text[: MAX // 4] + "\n" + text[1 - 3 * MAX // 4 :]
    text = _unwrap(_plain(_ASTRAL.sub(" ", text)))
    for _ in range(ROUNDS):
        unescaped = _plain(_without_entities(_ESCAPE.sub(_unescape, text)))
        if unescaped == text:
            break
        text = unescaped
    return _unwrap(text)


def _plain(text: str) -> str:
    text = _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACE.sub(" ", _CONTROL.sub("", text))


def _unescape(match: re.Match[str]) -> str:
    escape = match[1]
    if len(escape) > 1:
        character = chr(int(escape[1:], 16))
        return " " if _ASTRAL.match(character) else character  # half a character
    return _PLAIN.get(escape, escape)


def _without_entities(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _unwrap(text: str) -> str:
    """Join the lines that a program broke at a fixed column, in the middle of words too.

    Equal lines count once: what was tried again says the same again, and is no wrapped text.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    full = {line for line in lines if len(line) == width}
    if width < 60 or len(full) < (1 if width in _SCREENS else 2):
        return text
    return "".join(
        line if len(line) == width and not _RECORD.match(after) else f"{line}\n"
        for line, after in zip(lines, (*lines[1:], ""), strict=True)
    )


def rules() -> dict[str, Any]:
    """The tables and compiled patterns by which the browser does alike."""
    return {
        "max": MAX,
        "rounds": ROUNDS,
        "screens": _SCREENS,
        "record": _RECORD,
        "entities": _ENTITIES,
        "escapes": _PLAIN,
        "ansi": _ANSI,
        "control": _CONTROL,
        "space": _SPACE,
        "escape": _ESCAPE,
    }
