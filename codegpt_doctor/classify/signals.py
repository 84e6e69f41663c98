"""What a text says, taken apart: codes, types, errno names, statuses and words.

The browser gets the same patterns from ``rules``, so they mean the same to Python and JavaScript:
letters, digits and case are those of ASCII, and ``normalize`` leaves no white space on which the
two languages differ.  Nothing here knows a single error; the signatures of the catalogue do.
"""

import re
from typing import Any

from codegpt_doctor.catalogue import squeeze
from codegpt_doctor.catalogue.everyday import REASONS
from codegpt_doctor.classify.matching import Signals, find_phrase
from codegpt_doctor.classify.rule import Rule, Table
from codegpt_doctor.classify.voices import refusals
from codegpt_doctor.redact import scrub

# `"code": "x"`, `'code': 'x'`, `code: 'x'`, `code=x`, `[code] => x`, `Code: Some("x")`,
# `["code"]=> string(1) "x"`
_FIELD = (
    r"(?<![A-Za-z])(?:error[_ ]?)?{}[\"'`\]]{{0,4}}\s{{0,20}}(?:=>|[:=])\s{{0,20}}"
    r"\(?(?:Some\()?(?:String\(|string\(\d{{1,6}}\)\s{{1,9}})?[\"'`]?"
)
_WORD = r"([A-Za-z][\w.:-]{1,120}(?=[\"'`])|[A-Za-z]\w{1,120}\b)"
# a code behind a status, as a person or a client puts both on a line: `(429 insufficient_quota)`
_AFTER_STATUS = r"(?<![\w.])[45]\d\d[)\]]?[ :,-]{1,3}[(\[`]?(?=[a-z]{2,30}_[a-z_]{2,60}\b)"
_CODE = re.compile(rf"(?:{_FIELD.format('code')}|{_AFTER_STATUS}){_WORD}", re.IGNORECASE | re.ASCII)
_TYPE = re.compile(_FIELD.format("type") + _WORD, re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"(?<![A-Za-z0-9_])[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){0,12}(?![A-Za-z0-9_])")

# what may stand behind a status, so that a number alone is one; the words of HTTP, mostly
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
    "413": "payload too large|request entity too large|content too large",
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


def _in_capitals(words: str) -> str:
    """A pattern for words that begin with capitals; all but a single one may do without them."""
    first, *rest = words.split()
    if words in ("not found", "conflict", "forbidden"):
        return " ".join(word.capitalize() for word in (first, *rest))
    return " ".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in (first, *rest))


# where a status stands: the one group of each pattern
STATUSES = Table(
    flags=re.IGNORECASE | re.ASCII,
    rules=(
        Rule(
            r"\bHTTP/[\d.]{1,5}\"? ([1-5]\d\d)\b",
            "the first line of a response, or the end of a request in a client's log",
            "HTTP/1.1 429 Too Many Requests",
        ),
        Rule(
            r"(?<!exit )(?:\b|_)(?:(?:http_?|response_?)?status_?code|status|code|http|error"
            r"|responded with|returned|response|retcode)"
            r"[\"'`\]]{0,4}(?!\s{0,8}(?:code\s{0,8})?[=!<>]=)"
            r"(?:\s{0,3}(?:=>|[:=(#,-]|is|of|was|an?|error|code|does not indicate success)){0,4}"
            r"\s{0,3}[(\[]?[\"']?([1-5]\d\d)(?![\w.]|,\d)",
            "after a word for it, as any language writes a field; not where code compares it",
            "response status is 422",
            "if (error.statusCode === 429) retry()",
        ),
        Rule(
            rf"(?<![\w.:/-])({_WITH_REASON})",
            "before its reason",
            "401 Unauthorized",
            "main.js:503: bad gateway",
        ),
        Rule(
            r"(?<![\w.:/-])([45]\d\d)[\])]?[ :,-]{1,3}b?[\"']{0,3}\{[\"']?"
            r"(?:error|message|detail|type|code|object|status|title)\b",
            "before the body of an error",
            'openai 403 {"error": {"message": "Forbidden"}}',
            "took 403 {unit}",
        ),
        Rule(
            r"(?:<-- |\breturned code )([45]\d\d)(?: |\. Truncated)",
            "as the logger of OkHttp and Apps Script have it",
            "<-- 401 https://api.example.com/v1/responses (312ms)",
        ),
        Rule(
            r"\b(?:GET|POST)\]? \"?https?://\S{4,300}?[\"`]?"
            r"(?: (?=\d{3} (?:\(|in \d))| ?(?:=>|->|\u2192|: ) ?)"
            r"([45]\d\d)\b(?![.,]\d| (?!in \d)[a-z])",
            "behind the address, as the console of a browser and loggers have it",
            "POST https://api.example.com/v1/responses 401 (Unauthorized)",
            "POST https://api.example.com/v1 401 times",
        ),
        Rule(
            r"<(?:title|h1)>[^<]{0,30}?\b([1-5]\d\d)\b",
            "in the title of an error page",
            "<title>502 Bad Gateway</title>",
        ),
        Rule(
            r"^\s{0,99}(?:[A-Za-z.]{0,99}Error:\s{0,20})?([45]\d\d)\b(?!\.| {1,99}\d|: {0,9}\{|[/%]"
            r"| {1,9}(?:and|or|to|of|x|loops|tests|files|tokens|items|lines|passed|ms|s|sec"
            r"|seconds|minutes|bytes|[kmg]i?b|users|rows|warnings|packages|commits|models"
            r"|requests (?:per|left|in))\b)",
            "at the start of the text, as a client's message has it",
            "RateLimitError: 429 You exceeded",
            "500 files changed, 12 insertions(+)",
        ),
        Rule(
            r"\b([45]\d\d), message=",
            "as aiohttp prints a response's error",
            "429, message='Too Many Requests', url='x'",
        ),
        Rule(
            r"\b(?:Errno|errno|E)(40[1-9])\b",
            "as npm makes a code of a status",
            "npm error code E401",
        ),
    ),
)
_STATUS = tuple(re.compile(rule.pattern, STATUSES.flags) for rule in STATUSES.rules)

# where a number or its words are a status, if a client of LLMs speaks; the one group of each
_KNOWN = r"40[0-5]|40[7-9]|413|422|429|498|50[0-4]|52\d"
NEAR_CLIENTS = Table(
    flags=re.IGNORECASE | re.MULTILINE | re.ASCII,
    rules=(
        Rule(
            rf"\(({_KNOWN})\)",
            "in parentheses, as .NET has it in any language",
            "Der Remoteserver hat einen Fehler zurückgegeben: (401) Nicht autorisiert.",
            "models (404 of them)",
        ),
        Rule(
            r"\b(?:fail(?:ed|ure)?|errors?|said|says|with|api|expired|invalid|unsuccessful|denied"
            r"|unauthorized|forbidden|not found|bad request|gateway|unavailable|status|replied"
            r"|rejected)\b"
            rf"[^\n\d]{{0,30}}[:( \[]({_KNOWN})[)\].!]{{0,2}}[ \t]{{0,9}}$",
            "at the end of a line that tells of a failure",
            "token expired or invalid: 401",
            "chunks with 404 tokens",
        ),
        Rule(
            r"\b(?:i|we|it|keeps?|always|still|just|only|am|was|is) (?:keep )?"
            r"(?:get|gets|got|getting|gives?|gave|receiv(?:e|ed|ing)|returned|returning|throws"
            rf"|threw|see|seeing|responded with|answered)(?: me| us)?(?: an?| the| this| http"
            rf"| error| status| code){{0,3}} ({_KNOWN})\b(?![.,]\d| ?(?:ms|s|tokens|models|mb|kb"
            r"|bytes|items|files|requests|lines|times)\b)",
            "as a person tells it",
            "I keep getting a 429",
            "the API returns 429 if it is too fast",
        ),
        Rule(
            r"\b(?:got|get|gets|getting|received?|returned) (?:an? |http |status |error ){0,2}"
            rf"({_KNOWN}) from\b",
            "the same without who, by whom it was sent",
            "got 404 from ollama",
            "got 404 tokens from ollama",
        ),
        Rule(
            r"\b(?:every|each|all|any|my|our)(?: [\w.-]{1,20}){1,6} (?:returns?|fails? with"
            r"|failing with|comes? back with|responds? with|is answered with|gives?)"
            rf" (?:an? |http |error |status ){{0,2}}({_KNOWN})\b(?! \w)",
            "of each request, as a person tells it",
            "since today every request to openai returns 429",
            "all tests of the client return 404 rows",
        ),
        Rule(
            r"\b(?:returns|returned|responds with|answers|gives|fails with) (?:an? |http |error "
            rf"|status ){{0,2}}({_KNOWN}) (?:in (?:codegpt|vs ?code|my)|since|on every)\b",
            "where or since when, as a person tells it",
            "mistral returns 422 in codegpt",
            "mistral returns 422 in the schema test",
        ),
        Rule(
            r"(?:\b(?:bekommen?|erhalten?|kriegen?|meldet|j.ai|obtiens|reçois|renvoie|affiche"
            r"|recebo|retorna|deu|aparece|tengo|recibo|devuelve|sale|ricevo)\b[^\n]{0,40}"
            r" (?:fehler|fehlercode|erreur|erro|error|errore)"
            r"|(?:\u0443 меня|получаю|выдаёт|выдает|возвращает)[^\n]{0,30} ошибк[ауие]"
            r"|报错|報錯|返回|出现|出現|提示)(?: ?(?:code|c[oó]digo|http|status|:|\uff1a|-)){0,3} ?"
            rf"({_KNOWN})(?![\d.,]*\d)",
            "as met by a person, in other languages",
            "ich bekomme von openai den fehler 429",
            "was bedeutet der fehler 429 von openai",
        ),
    ),
)
# the same where capitals tell that a sentence begins
REASONED = Table(
    flags=re.MULTILINE | re.ASCII,
    rules=(
        Rule(
            rf"(?:^|[:>|\]] |\u2013 |- )({_KNOWN})(?= [A-Z][a-z]{{1,30}}\b"
            rf"|[:,;] (?![\"']\w{{1,40}}[\"']:)[A-Z\"'{{])",
            "before a sentence that tells the reason",
            "huggingface inference: 401 Invalid username or password.",
            "lines - 404 of them",
        ),
    ),
)
_NEAR_CLIENTS = tuple(
    re.compile(rule.pattern, table.flags)
    for table in (NEAR_CLIENTS, REASONED)
    for rule in table.rules
)
# the words of a status alone, at the end of a line or before what it is about; in small letters a
# shell may say "not found"
_WORDS = re.compile(
    r"(?:^|[:\u2013-] ?|\b[Ee]rror ?:? |\b[Rr]eason: ?|\bmessage=[\"']?)[\"']?"
    rf"({'|'.join(map(_in_capitals, REASONS))})"
    r"(?:[\"'`]?(?: \(RFC \d{4}\))?[.!]?[ \t]{0,9}$|` |(?= (?:with|for|from|using|when|by) ))",
    re.MULTILINE | re.ASCII,
)

MAX_AROUND = 4000  # characters on each side of a phrase that a quotation is made of
MAX_STATUSES = 3  # of errors in one text; more are a table of what there is


def signals_of(text: str) -> Signals:
    """The signals of the words of events."""
    statuses = {int(status) for pattern in _STATUS for status in pattern.findall(text)}
    is_table = sum(status >= 400 for status in statuses) > MAX_STATUSES
    return Signals(
        squeezed=squeeze(text),
        codes=frozenset(_CODE.findall(text)),
        types=frozenset(_TYPE.findall(text)),
        names=frozenset(_NAME.findall(text)),
        statuses=frozenset() if is_table else frozenset(statuses),
        foreign=is_table,
    )


def near_clients(text: str) -> frozenset[int]:
    """The statuses in the words of a client of LLMs, where no stricter form of one is."""
    patterns = (*_NEAR_CLIENTS, refusals())
    found = {int(status) for pattern in patterns for status in pattern.findall(text)}
    found |= {REASONS[words.lower()] for words in _WORDS.findall(text)}
    return frozenset() if len(found) > MAX_STATUSES else frozenset(found)


def quote(parts: tuple[str, ...], text: str, most: int = 160) -> str:
    """The words of a text that a phrase was found in, with what stands around them, on one line."""
    kept = [at for at, character in enumerate(text) if not character.isspace()]
    span = find_phrase(parts, squeeze(text))
    if span is None:
        return ""
    start, end = kept[span[0]], kept[span[1] - 1] + 1
    line_start = max(text.rfind("\n", 0, start) + 1, start - MAX_AROUND)
    line_end = text.find("\n", end, end + MAX_AROUND)
    # a key that was cut is not known as one any more, so both sides are scrubbed before
    before = _from_a_word(scrub(text[line_start:start]), most // 2)
    line = before + scrub(text[start : line_end if line_end != -1 else end + MAX_AROUND])
    return " ".join(line.split())[:most]


def _from_a_word(text: str, most: int) -> str:
    """The end of a text, which begins with a word where it is cut."""
    if len(text) <= most:
        return text
    cut = text[-most:]
    return cut[cut.find(" ") + 1 :] if text[-most - 1] != " " else cut


def rules() -> dict[str, Any]:
    """The tables and compiled patterns by which the browser takes a text apart alike."""
    return {
        "code": _CODE,
        "type": _TYPE,
        "name": _NAME,
        "status": _STATUS,
        "near_clients": (*_NEAR_CLIENTS, refusals()),
        "words": _WORDS,
        "reasons": REASONS,
        "max_statuses": MAX_STATUSES,
        "max_around": MAX_AROUND,
    }
