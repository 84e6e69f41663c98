"""What people type instead of an error: a reason phrase, or a few everyday words."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from codegpt_doctor.catalogue.entry import Entry

MAX_WORDS = 6  # beyond which a text is a message, not a search
# the errors that people meet most, the most frequent first; all others follow
FREQUENT = (
    "insufficient_quota",
    "invalid_api_key",
    "rate_limit_requests",
    "credit_balance_exhausted",
    "model_not_found",
    "rate_limit_tokens",
    "missing_api_key",
    "connection_error",
    "context_length_exceeded",
    "request_timeout",
    "endpoint_not_found",
    "tls_untrusted_certificate",
    "insufficient_permissions",
    "wrong_provider_key",
    "unsupported_country",
    "billing_not_active",
    "server_error",
    "dns_failure",
    "connection_refused",
    "proxy_unreachable",
    "proxy_authentication_required",
    "invalid_request",
    "unsupported_parameter",
    "rate_limit_daily",
    "request_too_large",
    "service_unavailable",
    "bad_gateway",
    "gateway_timeout",
)
REASONS = {
    "bad request": 400,
    "unauthorized": 401,
    "payment required": 402,
    "forbidden": 403,
    "not found": 404,
    "method not allowed": 405,
    "proxy authentication required": 407,
    "request timeout": 408,
    "conflict": 409,
    "payload too large": 413,
    "unprocessable entity": 422,
    "too many requests": 429,
    "internal server error": 500,
    "bad gateway": 502,
    "service unavailable": 503,
    "gateway timeout": 504,
}


class Question(NamedTuple):
    """What decides which error of several a bare status is."""

    reason: str
    text: str


QUESTIONS = {
    429: Question(
        "Too Many Requests",
        "Does the message mention credit, quota, billing or a plan? Then there is no credit for "
        "the request, and waiting will not help. Does it mention a rate limit, or requests or "
        "tokens per minute? Then wait, and send less at once.",
    ),
    401: Question(
        "Unauthorized",
        "Does the message say that the key is incorrect, or that none was sent? Then enter the key "
        "again. Does it name an organization, a project or an address? Then the key is fine.",
    ),
    403: Question(
        "Forbidden",
        "Does the message name a permission, a country or a model? If it is a web page instead, "
        "something between you and the API blocks the request.",
    ),
    404: Question(
        "Not Found",
        "Does the message name a model? Then the name is wrong, or the model is not open to you. "
        "If not, the base URL is wrong, most often without its /v1.",
    ),
}
_WORD = re.compile(r"[a-z0-9]+", re.ASCII)
# no path, no id, no body; before a reason phrase that is nothing but one, the word for an error;
# what ends a sentence may end it
_PROSE = re.compile(
    r"^(?:(?:HTTP )?[Ee]rror ?: (?=(?:Too Many Requests|Unauthorized|Payment Required|Bad Gateway"
    r"|Service Unavailable|Gateway Timeout)$))?[A-Za-z0-9() '-]{1,80}[.!?]{0,3}$"
)
_BEFORE = ("http ", "error ", "status ")
_ENDINGS = ("ings", "ing", "ure", "ed", "es", "s", "e")
_MIN_STEM = 4  # letters that are left of a word
# what can be left out of a few words, the key of an API being just a key, and a limit being
# reached or exceeded all the same
_SMALL = frozenset(
    _WORD.findall(
        "a always am an and any api are at be been being by chatgpt code error exceeded for from "
        "get getting got had has have hit http i in is it just keep keeps message my now of on "
        "openai over please reached still the this to was we why with you your"
    )
)
# what is said of any trouble, so that these alone mean none; without their endings
_VAGUE = frozenset(
    _WORD.findall(
        "answer codegpt connect does fail help issu model no not problem rais request respond "
        "respons return throw work"
    )
)

_NEGATIONS = frozenset(["cannot", "no", "not"])  # a few words without them mean the opposite


def is_search(text: str) -> bool:
    """Whether a text can be a few words that a person typed: short, on one line, words alone."""
    return _PROSE.match(text.strip(" \t\r\n")) is not None


def status_of(text: str) -> int | None:
    """The HTTP status that a text is the number or the reason phrase of, and nothing more."""
    words = " ".join(_WORD.findall(text.lower()))
    bare = words
    for word in _BEFORE:
        bare = bare.removeprefix(word)
    if re.fullmatch(r"[45]\d\d", bare):
        return int(bare)
    number, _, reason = bare.partition(" ")
    if number.isdigit() and REASONS.get(reason) == int(number):
        return int(number)
    return REASONS.get(bare)


def meant_by(text: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The ids of the entries that a few everyday words can mean, the most frequent first.

    What is searched by just these words goes before what has them among others. One word that tells
    something means only the former, and one word alone only what it says alone.
    """
    count, telling = len(_WORD.findall(text.lower())), _key(text)
    if (
        all(word in _VAGUE or word.isdigit() for word in telling)
        or count > MAX_WORDS
        or not is_search(text)
    ):
        return ()
    exact, near = [], []
    for entry in entries:
        phrases = (*entry.words, entry.title)
        keys = [_key(phrase) for phrase in phrases if count > 1 or " " not in phrase]
        if telling in keys:
            exact.append(entry.id)
        elif len(telling) > 1 and any(_has(key, telling) for key in keys):
            near.append(entry.id)
    return (*by_frequency(exact), *by_frequency(near))


def _has(key: set[str], telling: set[str]) -> bool:
    return telling <= key and key & _NEGATIONS <= telling


def having_word(word: str, entries: Iterable[Entry], count: int = 6) -> tuple[str, ...]:
    """The ids of the entries that have a word in title, id or everyday words, by frequency."""
    wanted = _key(word)
    if not re.fullmatch(r"[a-z0-9]{3,40}", word.lower()) or not wanted:
        return ()
    found = [
        entry.id
        for entry in entries
        if wanted <= _key(" ".join((entry.title, entry.id.replace("_", " "), *entry.words)))
    ]
    return tuple(by_frequency(found)[:count])


def by_frequency(ids: Sequence[str]) -> list[str]:
    """The ids, those that people meet most first."""
    order = {entry_id: at for at, entry_id in enumerate(FREQUENT)}
    return sorted(ids, key=lambda entry_id: order.get(entry_id, len(order)))


def _key(phrase: str) -> set[str]:
    whole = phrase.lower().replace("can't", "cannot").replace("n't", " not")
    return {_stem(word) for word in _WORD.findall(whole) if word not in _SMALL}


def _stem(word: str) -> str:
    """A word without the endings that people vary."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word.removesuffix(ending)
    return word


def rules() -> dict[str, object]:
    """The tables by which the browser finds the same."""
    return {
        "max_words": MAX_WORDS,
        "min_stem": _MIN_STEM,
        "frequent": FREQUENT,
        "reasons": REASONS,
        "prose": _PROSE,
        "before": _BEFORE,
        "endings": _ENDINGS,
        "small": sorted(_SMALL),
        "vague": sorted(_VAGUE),
        "negations": sorted(_NEGATIONS),
        "questions": {status: found._asdict() for status, found in QUESTIONS.items()},
    }
