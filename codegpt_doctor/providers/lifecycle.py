"""The end of models in words: which ended when, and what replaces them."""

import re
from datetime import UTC, date, datetime

from codegpt_doctor.providers.provider import Lifecycle, Provider

_NAME = re.compile(r"[A-Za-z0-9][\w.:/@-]{2,120}", re.ASCII)
MAX_TEXT = 8000  # characters in which a model is named


def today() -> date:
    """The day of the run, in UTC, as providers announce it."""
    return datetime.now(UTC).date()


def ending_words(model: str, known: Lifecycle) -> str:
    """When a model ended or will end, and what replaces it, as a sentence."""
    ended = known.ends <= today()
    when = f"{'ended' if ended else 'will end'} on {known.ends.isoformat()}"
    instead = f"; {known.replacement} replaces it" if known.replacement else ""
    return f"{model} {when}{instead}."


def ended_in(provider: Provider, text: str) -> str:
    """The sentence about the first model in a text that has ended; empty where there is none."""
    for name in _NAME.findall(text[:MAX_TEXT]):
        model = name.removeprefix("models/").rstrip(".:")
        known = provider.end_of(model)
        if known and known.ends <= today():
            return ending_words(model, known)
    return ""
