"""Which providers a text speaks of, beside the hosts that it names, and how strongly.

All that is known of it stands in each provider's ``provider.toml``, under ``[text]``.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from codegpt_doctor import catalogue

MAX = 32 * 1024  # characters of a text that are looked at
NAMED, PROVEN = 1, 2  # a name can stand there for any reason; its own words are its own
_FLAGS = re.IGNORECASE | re.ASCII | re.MULTILINE
# where a person or a client writes which provider is in use
_FIELD = r"\b(?:provider|api_?type|vendor|backend)[\"'*]{{0,3}}\s?[:=]\s?[\"']?(?:{})\b"
_CLASS = r"\b(?:{0})\.(?:\w{{1,20}}\.)?[A-Z]\w{{2,40}}(?:Error|Exception)\b|\b(?:{0})(?:_?ai)?"
_CLASS += r"(?:API|Client|Chat|SDK|Status|Service){{0,3}}(?:Exception|Error)\b"
# before a status, at the start of a line or in brackets: who refused; the one group is the status
_REFUSED = (
    r"(?:^|[\[(] ?)(?:{})(?: API)?(?: error)?[\])]?:? {{0,2}}[(\[]?"
    r"(40[0-9]|41[0-9]|42[0-9]|498|50[0-4]|52\d)\b(?![.,]\d| ?(?:ms|s|tokens|models|mb|kb|bytes"
    r"|items|files|requests|of)\b)"
)


@cache
def _heard() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """The patterns by provider and strength, of the providers that the catalogue has data of."""
    return tuple(
        (provider, strength, re.compile(pattern, _FLAGS))
        for provider, data in catalogue.providers().items()
        for strength, pattern in _patterns(provider, data)
    )


def _patterns(provider: str, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    text = data.get("text", {})
    proves = not text.get("is_relayed", False)
    own = [row["pattern"] for row in text.get("words", ())]
    variables = "|".join(data.get("key_variables", ()))
    if variables and proves:
        own.append(rf"\b(?:{variables})\b")
    if text.get("is_named", True):
        own.append(_FIELD.format(_any_name(provider, data)))
        if proves:
            own.append(_CLASS.format(_names(provider, data)))
        yield NAMED, rf"\b(?:{_names(provider, data)})\b"
    if proves:
        own.append(_REFUSED.format(_any_name(provider, data)))
    if own:
        yield PROVEN, "|".join(own)


def _names(provider: str, data: Mapping[str, Any]) -> str:
    """By what a provider is called in a text, as a pattern."""
    return str(data.get("text", {}).get("names", re.escape(provider)))


def _any_name(provider: str, data: Mapping[str, Any]) -> str:
    """The same, with the names that elsewhere could be anybody's."""
    return f"{_names(provider, data)}|{re.escape(provider)}|{re.escape(data['name'])}"


@cache
def refusals() -> re.Pattern[str]:
    """A provider's name before a status, which only a client of LLMs prints; the status."""
    names = "|".join(_any_name(*one) for one in catalogue.providers().items())
    return re.compile(_REFUSED.format(names), _FLAGS)


@cache
def labels() -> re.Pattern[str]:
    """A provider's name before a colon or in brackets, as a client tells whose error follows."""
    found = catalogue.providers().items()
    named = (one for one in found if one[1].get("text", {}).get("is_named", True))
    names = "|".join(_names(*one) for one in named)
    return re.compile(
        rf"(?:^|[ (\[\"'])(?:{names})(?: API)?(?: error)?[)\]]{{0,2}}: |[(\[](?:{names})[)\]]",
        _FLAGS,
    )


@cache
def variables() -> re.Pattern[str]:
    """The variables in which clients of LLMs look for a key."""
    found = catalogue.providers().values()
    names = {name for data in found for name in data.get("key_variables", ())}
    return re.compile(rf"\b(?:{'|'.join(sorted(n for n in names if 'API_KEY' in n))})\b", re.ASCII)


@cache
def own() -> re.Pattern[str]:
    """The words of any provider; few texts need them at once."""
    rows = (
        row["pattern"]
        for data in catalogue.providers().values()
        for row in data.get("text", {}).get("words", ())
    )
    return re.compile("|".join(rows), _FLAGS)


def voices(text: str) -> Iterator[tuple[str, int]]:
    """The providers that a text speaks of, at its ends, each with how strongly it does."""
    if len(text) > MAX:
        text = text[: MAX // 2] + "\n" + text[-MAX // 2 :]
    for provider, strength, pattern in _heard():
        if pattern.search(text):
            yield provider, strength


def rules() -> dict[str, Any]:
    """The patterns for the browser: each with its provider and how strong it is."""
    return {"max": MAX, "voices": [list(voice) for voice in _heard()]}
