"""What a text says, taken apart: codes, types, errno names, statuses and words.

The browser gets the same patterns from ``rules``, so they mean the same to Python and JavaScript:
letters, digits and case are those of ASCII, and ``normalise`` leaves no white space on which the
two languages differ.  Nothing here knows a single error; the signatures of the catalogue do.
"""

import json
import re
from typing import Any, Never

from codegpt_doctor import origin
from codegpt_doctor.catalogue import squeeze
from codegpt_doctor.catalogue.matching import Signals, find_phrase

MOST = 512 * 1024  # characters looked at; an error is named at the start or at the end of a log

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_SPACE = re.compile(r"[\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_ASTRAL = re.compile(r"[\ud800-\udfff\U00010000-\U0010ffff]")  # two units in JavaScript, as emoji
_ESCAPE = re.compile(r"""\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt"'`/\\])""")
_PLAIN = {"n": "\n", "r": "\n", "t": "\t"}
_SCREENS = (72, 76, 79, 80, 100, 120, 132)  # columns at which terminals and loggers break lines
# how a line begins that is a record of a log, or a frame, and no rest of the line before it
_RECORD = re.compile(
    r" *(?:\d{4}[-/]\d\d|\d\d:\d\d|\[|(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL)\b|at |File \")",
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

# `"code": "x"`, `'code': 'x'`, `code: 'x'`, `code=x`, `[code] => x`, `Code: Some("x")`
_FIELD = (
    r"(?:error[_ ]?)?{}[\"'`\]]*\s*(?:=>|[:=])\s*\(?(?:Some\()?(?:String\()?[\"'`]?([A-Za-z]\w+)\b"
)
_CODE = re.compile(r"(?<![A-Za-z])" + _FIELD.format("code"), re.IGNORECASE | re.ASCII)
_TYPE = re.compile(r"(?<![A-Za-z])" + _FIELD.format("type"), re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"(?<![A-Za-z0-9_])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?![A-Za-z0-9_])")
_REASONS = {
    "400": "bad request",
    "401": "unauthorized",
    "402": "payment required",
    "403": "forbidden",
    "404": "not found",
    "405": "method not allowed",
    "407": "proxy authentication required",
    "408": "request timeout",
    "409": "conflict",
    "413": "payload too large",
    "422": "unprocessable",
    "429": "too many requests",
    "500": "internal server error",
    "502": "bad gateway",
    "503": "service (?:temporarily )?unavailable",
    "504": "gateway time-?out",
    r"[1-5]\d\d": "status code|client error|server error|error\\b",
}
_AND = r"[\"')\]]?[ :,-]{1,3}[\"']?"  # between a status and its reason
_WITH_REASON = "|".join(f"{status}(?={_AND}(?:{reason}))" for status, reason in _REASONS.items())
_STATUS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"\bHTTP/[\d.]+\"? ([1-5]\d\d)\b",
        r"(?<!exit )(?:\b|_)(?:status|code|http|error|responded with|returned|response|retcode)"
        r"[\"'`\]]*(?!\s*(?:code\s*)?[=!<>]=)"
        r"(?:\s{0,3}(?:=>|[:=(#,-]|is|of|was|an?|error|code|does not indicate success)){0,4}"
        r"\s{0,3}[(\[]?[\"']?([1-5]\d\d)(?![\w.]|,\d)",
        rf"(?<![\w.:/-])({_WITH_REASON})",
        r"<(?:title|h1)>[^<]{0,30}?\b([1-5]\d\d)\b",
        r"^\s*(?:[A-Za-z.]*Error:\s*)?([45]\d\d)\b(?!\.| +\d)",
        r"\b([45]\d\d), message=",
        r"\b(?:Errno|errno|E)(40[1-9])\b",
    )
)
UNSUCCESSFUL = ("failed", "incomplete")  # of a response that is told as a whole
MOST_STATUSES = 3  # of errors in one text; more are a table of what there is


def normalise(text: str) -> str:
    """The text without colours, control characters, escapes and hard line wraps."""
    if len(text) > MOST:
        text = text[: MOST // 4] + "\n" + text[-3 * MOST // 4 :]
    text = _unwrap(_plain(_ASTRAL.sub(" ", text)))
    for _ in range(4):
        unescaped = _plain(_ESCAPE.sub(_unescape, text))
        if unescaped == text:
            break
        text = unescaped
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
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


def _unwrap(text: str) -> str:
    """Join the lines that a program broke at a fixed column, in the middle of words too."""
    lines = text.split("\n")
    width = max(map(len, lines))
    full = sum(len(line) == width for line in lines)
    if width < 60 or full < (1 if width in _SCREENS else 2):
        return text
    return "".join(
        line if len(line) == width and not _RECORD.match(after) else f"{line}\n"
        for line, after in zip(lines, (*lines[1:], ""), strict=True)
    )


def text_signals(text: str) -> Signals:
    """The signals of a text of any shape."""
    plain = origin.without_prefixes(normalise(text))
    if _is_success(plain) or origin.is_explanation(plain):
        return Signals()
    plain = origin.without_lists(plain)
    squeezed = squeeze(plain)
    known = origin.is_of_client(squeezed)
    foreign = origin.is_of_packages(plain) or (not known and origin.is_foreign(plain))
    elsewhere = not known and origin.is_elsewhere(plain)
    codes, types = _CODE.findall(plain), _TYPE.findall(plain)
    if foreign and not known:
        plain = origin.own_lines(plain)
        squeezed = squeeze(plain)
    statuses = {int(status) for pattern in _STATUS for status in pattern.findall(plain)}
    is_table = sum(status >= 400 for status in statuses) > MOST_STATUSES
    return Signals(
        squeezed=squeezed,
        codes=frozenset(codes),
        types=frozenset(types),
        names=frozenset(_NAME.findall(plain)),
        statuses=frozenset() if is_table else frozenset(statuses),
        foreign=foreign or is_table,
        elsewhere=elsewhere,
    )


def _is_success(plain: str) -> bool:
    """Whether the text is the whole JSON body of a request that worked, whatever its words say."""
    if not plain.lstrip().startswith("{"):
        return False
    try:
        body = json.loads(plain, parse_int=float, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return False
    kind = body.get("object")
    failed = kind == "error" or body.get("error") or body.get("status") in UNSUCCESSFUL
    return isinstance(kind, str) and not failed


def _no_json(word: str) -> Never:
    raise ValueError(word)


def response_signals(status: int, body: str) -> Signals:
    """The signals of an HTTP response: its status and what its body says, never another status."""
    said = text_signals(body)
    return Signals(
        squeezed=said.squeezed,
        codes=said.codes,
        types=said.types,
        names=said.names,
        statuses=frozenset((status,)),
    )


def quote(parts: tuple[str, ...], text: str, most: int = 160) -> str:
    """The words of a text that a phrase was found in, with what stands around them, on one line."""
    plain = origin.without_prefixes(normalise(text))
    kept = [at for at, character in enumerate(plain) if not character.isspace()]
    span = find_phrase(parts, squeeze(plain))
    if span is None:
        return ""
    start, end = kept[span[0]], kept[span[1] - 1] + 1
    line_start = max(plain.rfind("\n", 0, start) + 1, start - most // 2)
    line_end = plain.find("\n", end)
    line = plain[line_start : line_end if line_end != -1 else len(plain)]
    return " ".join(line.split())[:most]


def rules() -> dict[str, Any]:
    """The tables and compiled patterns by which the browser takes a text apart alike."""
    return {
        "most": MOST,
        "screens": _SCREENS,
        "record": _RECORD,
        "entities": _ENTITIES,
        "escapes": _PLAIN,
        "ansi": _ANSI,
        "control": _CONTROL,
        "space": _SPACE,
        "escape": _ESCAPE,
        "code": _CODE,
        "type": _TYPE,
        "name": _NAME,
        "status": _STATUS,
        "unsuccessful": UNSUCCESSFUL,
        "most_statuses": MOST_STATUSES,
        **origin.rules(),
    }
