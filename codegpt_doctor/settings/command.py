"""The command that tests the same again, as a person types it on this system."""

import re
import shlex
import sys
from collections.abc import Iterator, Sequence

from codegpt_doctor.settings.values import Settings

COMMAND = "codegpt-doctor check"
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./\[\]-]+")


def command_of(settings: Settings, usual: Sequence[str], models: bool = True) -> str:
    """The command with the options that a run was given; no secret is among them.

    What a variable or a file decided is not repeated: there it stands for the next run as well.

    Args:
        settings: of the run.
        usual: the variables that the key is taken from when none is chosen.
        models: whether the models go along that were chosen.
    """
    words = (quoted(word) for word in _options(settings, usual, models))
    return " ".join((COMMAND, *words))


def _options(settings: Settings, usual: Sequence[str], models: bool) -> Iterator[str]:
    if settings.profile:
        yield from ("--profile", settings.profile)
    if settings.provider_from == "option":
        yield from ("--provider", settings.provider)
    if settings.base_url.source == "--base-url":
        url = settings.url
        unknown = url.corrected is None and any(fault.kind.is_certain for fault in url.faults)
        yield from ("--base-url", "URL" if unknown else url.corrected or url.text or url.written)
    for name in ("organization", "project"):
        value = getattr(settings, name)
        if value and value.source == f"--{name}":
            yield from (value.source, value.value)
    yield from _key_options(settings, usual)
    yield from settings.repeated
    if settings.allow_http:
        yield "--allow-http"
    for model in settings.models if models else ():
        yield from ("--model", model.value)


def _key_options(settings: Settings, usual: Sequence[str]) -> Iterator[str]:
    if settings.no_key:
        yield "--no-key"
        return
    if settings.key and settings.key.source == "--key-stdin":
        yield "--key-stdin"
        return
    searched = next(iter(settings.searched.places), None)
    if searched and searched not in usual:
        yield from ("--key-env", searched)


def quoted(word: str, platform: str = sys.platform) -> str:
    """A word as a shell takes it: sh, or PowerShell on Windows."""
    if _PLAIN.fullmatch(word):
        return word
    if platform == "win32":
        doubled = word.replace("'", "''")
        return f"'{doubled}'"
    return shlex.quote(word)
