"""The public functions: ``explain`` and ``check``."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.model.explanation import Confidence, Evidence, Explanation, Match

if TYPE_CHECKING:
    from codegpt_doctor.model.report import Report


def explain(thing: Any) -> Explanation:
    """Name the documented error that something is.

    Args:
        thing: text or bytes of any shape (also an id, an API code or an HTTP status), an exception
            with its causes, or a response-like object with ``status_code`` and ``text``.

    Returns:
        The explanation; its ``match`` is None when no provider's error is recognized.

    Raises:
        TypeError: ``thing`` is none of these.
    """
    if isinstance(thing, bytes | bytearray):
        thing = thing.decode("utf-8", "replace")
    if isinstance(thing, str) and thing.strip() and len(thing.split()) == 1:
        entry_id = catalogue.resolve(thing.strip())
        if entry_id:
            return of_word(thing.strip(), entry_id)
    from codegpt_doctor.classify import classify_object

    match = classify_object(thing)
    if match is None:
        return Explanation(None, nearest=catalogue.nearest(thing) if isinstance(thing, str) else ())
    return Explanation(match, match.also)


def of_word(word: str, entry_id: str) -> Explanation:
    """The explanation of an id, an API code or a status; of a status, also what else it can be."""
    evidence = (Evidence("id" if word == entry_id else "code", word),)
    if not word.isdigit():
        return Explanation(Match(entry_id, Confidence.CERTAIN, evidence, provider=DEFAULT_PROVIDER))
    others = tuple(
        entry.id
        for entry in catalogue.entries(DEFAULT_PROVIDER)
        if int(word) in entry.statuses and entry.id != entry_id
    )
    match = Match(entry_id, Confidence.LIKELY, evidence, others, DEFAULT_PROVIDER)
    return Explanation(match, others)


def check(
    *,
    provider: str | None = None,
    api_key: str | None = None,
    base_url: str | None = None,
    model: str | Sequence[str] | None = None,
    organization: str | None = None,
    project: str | None = None,
    timeout: float = 15.0,
    spend: bool = True,
) -> "Report":
    """Test a key and everything on the way to the API, and name the one root cause.

    What is not given is taken from the environment, as the command does; nobody is asked.

    Args:
        provider: the id of the provider, such as anthropic; if not given, the other settings tell.
        api_key: the key; it is sent to the host of ``base_url`` alone and is in no report.
        base_url: the address of the API, with its ``/v1``.
        model: the model to test, or several; a small one of the list if not given.
        organization: the organization header.
        project: the project header.
        timeout: seconds for the whole run.
        spend: whether one request of at most 16 output tokens may be made; without it, a request
            that is invalid on purpose tests the key and its scope.

    Raises:
        ValueError: there is no such provider, or keys of several are set and nothing decides.
    """
    from codegpt_doctor.doctor import run_check
    from codegpt_doctor.providers.selection import selected
    from codegpt_doctor.settings.folder import working_folder
    from codegpt_doctor.settings.resolve import resolve
    from codegpt_doctor.settings.values import Options

    models = (model,) if isinstance(model, str) else tuple(model or ())
    options = Options(
        base_url=base_url,
        provider=provider,
        models=models,
        organization=organization,
        project=project,
        key=api_key,
    )
    settings = resolve(options, dict(os.environ), working_folder(), selected)
    return run_check(settings, timeout, spend)
