"""What a text says, taken apart: codes, types, errno names, statuses and words.

The browser gets the same patterns from ``rules``, so they mean the same to Python and JavaScript:
letters, digits and case are those of ASCII, and ``normalize`` leaves no white space on which the
two languages differ.  Nothing here knows a single error; the signatures of the catalogue do.
"""

import json
import re
from typing import Any, Never

from codegpt_doctor.catalogue import squeeze
from codegpt_doctor.classify import context
from codegpt_doctor.classify.matching import Signals, find_phrase
from codegpt_doctor.classify.normalize import (
    _ANSI,
    _CONTROL,
    _ENTITIES,
    _ESCAPE,
    _PLAIN,
    _RECORD,
    _SCREENS,
    _SPACE,
    MAX,
    normalize,
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
MAX_STATUSES = 3  # of errors in one text; more are a table of what there is


def text_signals(text: str) -> Signals:
    """The signals of a text of any shape."""
    plain = context.without_prefixes(normalize(text))
    if _is_success(plain) or context.is_explanation(plain):
        return Signals()
    plain = context.without_lists(plain)
    squeezed = squeeze(plain)
    known = context.names_llm_client(squeezed)
    foreign = context.is_of_packages(plain) or (not known and context.is_other_program(plain))
    elsewhere = not known and context.names_other_host(plain)
    codes, types = _CODE.findall(plain), _TYPE.findall(plain)
    if foreign and not known:
        plain = context.own_lines(plain)
        squeezed = squeeze(plain)
    statuses = {int(status) for pattern in _STATUS for status in pattern.findall(plain)}
    is_table = sum(status >= 400 for status in statuses) > MAX_STATUSES
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
    plain = context.without_prefixes(normalize(text))
    kept = [at for at, character in enumerate(plain) if not character.isspace()]
    span = find_phrase(parts, squeeze(plain))
    if span is None:
        return ""
    start, end = kept[span[0]], kept[span[1] - 1] + 1
    line_start = max(plain.rfind("\n", 0, start) + 1, start - most // 2)
    line_end = plain.find("\n", end)
    line = plain[line_start : line_end if line_end != -1 else len(plain)]
    return scrub(" ".join(line.split()))[:most]  # a key that was cut is not known as one


def rules() -> dict[str, Any]:
    """The tables and compiled patterns by which the browser takes a text apart alike."""
    return {
        "most": MAX,
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
        "most_statuses": MAX_STATUSES,
        **context.rules(),
    }
