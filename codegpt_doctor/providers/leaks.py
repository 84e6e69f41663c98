"""Keys that stand in a text where others can read them, such as a tracked file or an issue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from codegpt_doctor.providers.keys import MASKED, PLACEHOLDER
from codegpt_doctor.providers.provider import KeyShape, Provider, all_providers
from codegpt_doctor.redact import keys_in, mask

MIN_VARIETY = 10  # different characters; twenty random ones have fewer once in a million times
SEVERAL = "API key"  # whose beginning several providers' keys share
# and no words, as in sk-fading-circle
_RANDOM = re.compile(r"(?=.{0,400}\d)(?=.{0,400}[A-Z])|sk-[0-9a-f]{32}$")
_PREFIX = re.compile(r"[A-Za-z]{1,40}[-_]")  # without one, a shape is any letters and digits
_VALUE = r"[\"'\]]{0,2}[ \t]{0,8}[:=][ \t]{0,8}[\"']?([A-Za-z0-9][A-Za-z0-9+/=_.-]{18,400})"


@dataclass(frozen=True, slots=True)
class Leak:
    """A key in a text: its line, counted from 1, its kind and the hint that may be shown of it.

    ``provider`` is whose it is, and None where the shape does not tell.
    """

    line: int
    kind: str
    hint: str
    provider: str | None


def leaks_in(text: str) -> Iterator[Leak]:
    """Every key of a provider in a text.

    A key is known by a shape with a beginning of its own, or as the value of a variable that its
    provider's SDK reads.  Placeholders, masked keys and keys made of few characters are none.
    """
    for number, line in enumerate(text.split("\n"), 1):
        for value in keys_in(line):
            leak = _by_shape(value, number)
            if leak and _looks_real(value):
                yield leak
        for found in _named().finditer(line):
            if _looks_real(found[2]):
                yield from _by_name(found[1], found[2], number)


def _by_shape(value: str, line: int) -> Leak | None:
    """The key that begins as the keys of a provider do."""
    fitting = [
        (one, shape)
        for one in all_providers()
        for shape in one.keys
        if (shape.unique or _PREFIX.match(shape.pattern)) and re.match(shape.pattern, value)
    ]
    sure = next((found for found in fitting if found[1].unique), None)
    if sure:
        return Leak(line, sure[1].kind, mask(value), sure[0].id)
    several = fitting and _RANDOM.match(value)
    return Leak(line, SEVERAL, mask(value), None) if several else None


def _by_name(variable: str, value: str, line: int) -> Iterator[Leak]:
    """The key that only the name of its variable gives away."""
    for one in all_providers():
        shape = next((shape for shape in one.keys if _only_by_name(shape, value)), None)
        if shape and variable in _variables(one):
            yield Leak(line, shape.kind, mask(value), one.id)


def _only_by_name(shape: KeyShape, value: str) -> bool:
    known_anyway = shape.unique or _PREFIX.match(shape.pattern)
    return not known_anyway and bool(re.fullmatch(shape.pattern, value))


def _looks_real(value: str) -> bool:
    is_made_up = PLACEHOLDER.search(value) or MASKED.search(value)
    return not is_made_up and len(set(value)) >= MIN_VARIETY


def _variables(one: Provider) -> tuple[str, ...]:
    return one.key_variables + one.admin_key_variables


@cache
def _named() -> re.Pattern[str]:
    """Finds a variable with a key, and its value."""
    names = sorted({name for one in all_providers() for name in _variables(one)})
    return re.compile(rf"\b({'|'.join(map(re.escape, names))}){_VALUE}", re.ASCII)
