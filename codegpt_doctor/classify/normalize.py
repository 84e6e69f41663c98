"""A text without colors, control characters, escapes and hard line wraps."""

import re
from collections.abc import Iterable
from typing import Any

from codegpt_doctor.classify.answers import answers, without

MAX = 512 * 1024  # characters looked at; an error is named at the start or at the end of a log
WHOLE = 48 * 1024  # characters of a text that is looked at line by line, whatever it says
MAX_LINE = 16 * 1024  # characters of a line of a longer one
MAX_LINES = 64 * 1024  # characters of all lines of it that are looked at
MAX_END = 24 * 1024  # characters of its end that are, whatever they say
FIRST_LINES = 100
ROUNDS = 4  # of escapes within escapes
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_SPACE = re.compile(r"[\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
# quotes and dashes as word processors and forums write them, and as programs print them
_TYPOGRAPHY = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_TYPED = re.compile(f"[{''.join(_TYPOGRAPHY)}]")
_ASTRAL = re.compile(r"[\ud800-\udfff\U00010000-\U0010ffff]")  # two units in JavaScript, as emoji
_ESCAPE = re.compile(r"""\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt"'`/\\])""")
_PLAIN = {"n": "\n", "r": "\n", "t": "\t"}
_SCREENS = (72, 76, 79, 80, 100, 120, 132)  # columns at which terminals and loggers break lines
# how a line begins that is a record of a log, or a frame, and no rest of the line before it
_RECORD = re.compile(
    r"^ {0,99}(?:\d{4}[-/]\d\d|\d\d:\d\d|\[|(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL)\b"
    r"|at |File \"|(?:Retrying|Traceback|Caused by|During handling|The above|Attempt|Waiting|Failed"
    r"|Request|Response|Status|Model|Provider|Please|Try|Check|Hint|Note|For more|HTTP/)\b)",
    re.ASCII,
)
# what a line of a long text says where it tells of a fault, in lower case
_TELLING = (
    *("error", "exception", "fail", "fatal", "refused", "reset", "denied", "unauth", "forbidden"),
    *("invalid", "unable", "cannot", "could not", "timed out", "timeout", "certificate", "tls"),
    *("ssl", "quota", "limit", "credit", "billing", "overload", "unavailable", "not found"),
    *("status", "code", "reason", "caused by", "http", "proxy", "dns", "host", "api key"),
    *("api_key", "apikey", "traceback", "hang up", "disconnected", "aborted", "openai"),
)
# a number that is no status of an error
_NUMBER = re.compile(r"\d{4,40}|(?<!\d)(?:[0-36-9]\d\d|\d\d?)(?!\d)", re.ASCII)
_FIRST_WORD = re.compile(r"^[ \t]{0,40}([\w.-]{4,40})[ :]", re.ASCII)
_GLUED = re.compile(r"[\"'`] \+\n[ \t]{1,80}[\"'`]")  # how Node breaks a long string
# the borders that a terminal program draws at both sides of what it says
_BOX = re.compile(
    r"^[ \t]{0,40}[\u2502\u2503\u2551\u258c\u258f] ?|[\u2502\u2503\u2551\u2590][ \t]{0,40}$",
    re.MULTILINE,
)
_RULED = re.compile(r"^ ?[=_*#~+-]{3}", re.ASCII)  # a line drawn across the screen
_ENDS = re.compile(r"[A-Za-z0-9.!?:;]$", re.ASCII)  # how a line ends that has told all
_SENTENCE = re.compile(r"[A-Z][a-z]", re.ASCII)  # how a line begins that tells something new
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
    """The text without colors, boxes, control characters, escapes, wraps and good answers.

    Of a long text only some of the lines are left; see ``_shortened``.
    """
    return taken_apart(text)[0]


def taken_apart(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as ``normalize`` gives it, and the good answers of models that were in it."""
    text = _unwrap(_BOX.sub("", _plain(_shortened(_ASTRAL.sub(" ", text)))))
    removed: list[str] = []
    for _ in range(ROUNDS):
        found = answers(text)
        removed += (text[start:end] for start, end in found)
        text = without(text, found)
        unescaped = _plain(_without_entities(_ESCAPE.sub(_unescape, _GLUED.sub("", text))))
        if unescaped == text:
            break
        text = unescaped
    return _unwrap(text), tuple(removed)


def _shortened(text: str) -> str:
    """What can tell of a fault in a long text: its ends, and lines that do, with their neighbors.

    Of lines that are alike but for their numbers the last one is left.  What a line says in its
    middle is left out where it is very long.
    """
    if len(text) <= WHOLE:
        return text
    if len(text) > MAX:
        text = text[: MAX // 4] + "\n" + text[1 - 3 * MAX // 4 :]
    lines = list(map(_both_ends, _each_once(text.split("\n"))))
    telling = [_is_telling(line) for line in lines]
    left, kept = MAX_LINES, []
    for at in range(len(lines) - 1, -1, -1):
        is_near_end = left > MAX_LINES - MAX_END or at < FIRST_LINES
        if is_near_end or any(telling[max(at - 1, 0) : at + 2]):
            left -= len(lines[at]) + 1
            kept.append(lines[at])
        if left < 0:
            break
    return "\n".join(reversed(kept))


def _each_once(lines: list[str]) -> Iterable[str]:
    """The lines in order, of those that are alike but for their numbers the last one."""
    once = {line: at for at, line in enumerate(lines)}
    last = {_NUMBER.sub("", line): line for line in sorted(once, key=once.__getitem__)}
    return sorted(last.values(), key=once.__getitem__)


def _both_ends(line: str) -> str:
    if len(line) <= MAX_LINE:
        return line
    return f"{line[: MAX_LINE // 2]} {line[-MAX_LINE // 2 :]}"


def _is_telling(line: str) -> bool:
    lowered = line.lower()
    return any(word in lowered for word in _TELLING)


def _plain(text: str) -> str:
    text = _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SPACE.sub(" ", _CONTROL.sub("", text))
    return _TYPED.sub(lambda match: _TYPOGRAPHY[match[0]], text)


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

    Lines that are alike but for their numbers count once: what was tried again says the same
    again, and is no wrapped text.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if width < 60:
        return text
    full = {_NUMBER.sub("", line) for line in lines if len(line) == width}
    is_screen = width in _SCREENS
    if len(full) < (1 if is_screen else 2):
        return text
    return "".join(
        line if len(line) == width and _goes_on(line, after, is_screen) else f"{line}\n"
        for line, after in zip(lines, (*lines[1:], ""), strict=True)
    )


def _goes_on(line: str, after: str, is_screen: bool) -> bool:
    """Whether the next line is the rest of a full one."""
    if _RECORD.match(after) or _RULED.match(line) or _RULED.match(after):
        return False
    first, next_first = _FIRST_WORD.match(line), _FIRST_WORD.match(after)
    if first and next_first and first[1] == next_first[1]:
        return False
    return is_screen or not (_SENTENCE.match(after) and _ENDS.search(line))


def rules() -> dict[str, Any]:
    """The tables and compiled patterns by which the browser does alike."""
    return {
        "max": MAX,
        "whole": WHOLE,
        "max_line": MAX_LINE,
        "max_lines": MAX_LINES,
        "max_end": MAX_END,
        "first_lines": FIRST_LINES,
        "telling": _TELLING,
        "number": _NUMBER,
        "first_word": _FIRST_WORD,
        "sentence": _SENTENCE,
        "ends": _ENDS,
        "glued": _GLUED,
        "box": _BOX,
        "ruled": _RULED,
        "rounds": ROUNDS,
        "screens": _SCREENS,
        "record": _RECORD,
        "entities": _ENTITIES,
        "escapes": _PLAIN,
        "typed": _TYPED,
        "typography": _TYPOGRAPHY,
        "ansi": _ANSI,
        "control": _CONTROL,
        "space": _SPACE,
        "escape": _ESCAPE,
    }
