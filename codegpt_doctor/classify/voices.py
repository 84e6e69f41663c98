"""Which providers a text speaks of, beside the hosts that it names, and how strongly."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.classify.own_words import OWN_WORDS
from codegpt_doctor.classify.rule import compiled

MAX = 32 * 1024  # characters of a text that are looked at
NAMED, PROVEN = 1, 2  # a name can stand there for any reason; its own words are its own
# by what else than its id a provider is called in a text
NAMES: Mapping[str, str] = {
    "anthropic": "anthropic|claude",
    "azure": r"azure[ _-]?(?:openai|ai)?",
    "deepseek": "deepseek(?!-r1|-coder|-v2|:)",  # its models run anywhere
    "fireworks": r"fireworks(?:[ _.-]?ai)?",
    "google": "gemini|google[ _-]?(?:ai|gemini|genai|studio)",
    "huggingface": "hugging ?face",
    "lmstudio": r"lm[ _-]?studio",
    "mistral": "mistral(?:[ _-]?ai)?(?!-7b|-small|-large|-nemo|:)",
    "nvidia": "nvidia[ _-]?nim",
    DEFAULT_PROVIDER: (
        r"openai(?:exception)?(?![- _]?(?:compat|like))|chatgpt|codex|gpt-?[345]\w?|o[134]-mini"
    ),
    "together": r"together(?:[ _.-]?ai)",
    "xai": r"xai|x\.ai|grok",
}
# where a person or a client writes which provider is in use
_FIELD = r"\b(?:provider|api_?type|vendor|backend)[\"'*]{{0,3}}\s?[:=]\s?[\"']?(?:{})\b"
_CLASS = r"\b(?:{0})\.(?:\w{{1,20}}\.)?[A-Z]\w{{2,40}}(?:Error|Exception)\b|\b(?:{0})(?:_?ai)?"
_CLASS += r"(?:Exception|Error|APIError)\b"
# every compatible server is asked with OpenAI's SDK; LiteLLM is a library, too
NEVER_PROVEN = (DEFAULT_PROVIDER, "litellm", "custom")
NO_NAME = ("custom", "litellm", "docker", "github")  # names that say nothing, or more


@cache
def _heard() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """The patterns by provider and strength, of the providers that the catalogue has data of."""
    return tuple(
        (provider, strength, re.compile(pattern, re.IGNORECASE | re.ASCII | re.MULTILINE))
        for provider, data in catalogue.providers().items()
        for strength, pattern in _patterns(provider, data)
    )


def _patterns(provider: str, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    names = NAMES.get(provider, re.escape(provider))
    own = [compiled(OWN_WORDS[provider]).pattern] if provider in OWN_WORDS else []
    variables = "|".join(data.get("key_variables", ()))
    if variables and provider not in NEVER_PROVEN:
        own.append(rf"\b(?:{variables})\b")
    if provider not in NO_NAME:
        own.append(_FIELD.format(names))
        if provider not in NEVER_PROVEN:
            own.append(_CLASS.format(names))
        yield NAMED, rf"\b(?:{names})\b"
    if own:
        yield PROVEN, "|".join(own)


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
