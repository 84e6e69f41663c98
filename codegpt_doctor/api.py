"""The public functions: ``explain`` and ``check``."""

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.catalogue.everyday import by_frequency, is_search, meant_by, status_of
from codegpt_doctor.model.explanation import Confidence, Evidence, Explanation, Match

if TYPE_CHECKING:
    from codegpt_doctor.model.report import Report

# not compiled: an id is explained without them, and as fast as the command starts
_STATUS = r"(?:HTTP/\d(?:\.\d)? |[Ee]rror code: |[Ss]tatus[ :=]{1,3})[45]\d\d\b"
_REQUEST = r"\breq_[A-Za-z0-9]{8,64}\b"
UNKNOWN_MODEL = "model_not_found"
_AFTER = r"[Rr]etry-[Aa]fter[\"']?[:=] ?[\"']?(\d{1,6})\b"


def explain(thing: object, provider: str | None = None) -> Explanation:
    """Name the documented error that something is.

    Args:
        thing: text or bytes of any shape (also an id, an API code or an HTTP status), an exception
            with its causes, or a response-like object with ``status_code`` and ``text``.
        provider: the id of the provider whose words to use for an error that does not show whose
            it is; OpenAI's if not given.

    Returns:
        The explanation; its ``match`` is None when no provider's error is recognized.

    Raises:
        TypeError: ``thing`` is none of these.
    """
    found = _explained(thing, provider)
    if found.match is None:
        return found
    family = catalogue.get(found.match.id).family
    return found._replace(match=found.match._replace(family=family))


def _explained(thing: object, provider: str | None) -> Explanation:
    if isinstance(thing, bytes | bytearray):
        thing = thing.decode("utf-8", "replace")
    if isinstance(thing, str) and thing.strip() and len(thing.split()) == 1:
        entry_id = catalogue.resolve(thing.strip())
        if entry_id:
            return _of_word(thing.strip(), entry_id, provider)
    if isinstance(thing, str):
        searched = _of_search(thing, provider)
        if searched:
            return searched
    from codegpt_doctor.classify import classify_object

    match = classify_object(thing)
    if match is None:
        return Explanation(None, nearest=catalogue.nearest(thing) if isinstance(thing, str) else ())
    told = _with_details(match, thing if isinstance(thing, str) else "")
    told = told._replace(provider=match.provider or provider)
    if told.id == UNKNOWN_MODEL and told.provider and isinstance(thing, str):
        told = told._replace(lead=_ended(told.provider, thing))
    return Explanation(told, match.also)


def _ended(provider: str, text: str) -> str:
    """The sentence about a model of a provider that has ended, where a text names one."""
    from codegpt_doctor.providers.lifecycle import ended_in
    from codegpt_doctor.providers.provider import load

    return ended_in(load(provider), text)


def _of_search(text: str, provider: str | None = None) -> Explanation | None:
    """The explanation of a reason phrase or of everyday words; None where a text is neither."""
    if not is_search(text):
        return None
    status = status_of(text)
    entry_id = catalogue.resolve(str(status)) if status else None
    if entry_id:
        return _of_word(str(status), entry_id, provider)
    found = meant_by(text, catalogue.entries(DEFAULT_PROVIDER))
    if not found:
        return None
    evidence = (Evidence("words", text.strip()),)
    whose = _speaker(found[0], provider)
    return Explanation(Match(found[0], Confidence.LIKELY, evidence, found[1:], whose), found[1:])


def _speaker(entry_id: str, provider: str | None) -> str:
    """In whose words an error is told: what another one alone has is told in the other's."""
    if provider is None:
        return DEFAULT_PROVIDER
    return catalogue.get(entry_id, provider).provider or provider


def _with_details(match: Match, text: str) -> Match:
    """A match with what the text says of the refusal: status, code, request, how long to wait."""
    from codegpt_doctor.findings.rate_limits import wait_said

    quotes = {one.origin: one.quote for one in reversed(match.evidence)}
    status = re.search(r"\b[45]\d\d\b", quotes.get("status", "")) or re.search(_STATUS, text)
    code = re.search(r"\w{1,80}$", quotes.get("code", quotes.get("type", "")).rstrip("\"'} "))
    request = re.search(_REQUEST, text)
    after = re.search(_AFTER, text)
    return match._replace(
        http_status=int(status[0][-3:]) if status else None,
        code=code[0] if code else None,
        request_id=request[0] if request else None,
        retry_after_s=wait_said({"retry-after": after[1]} if after else {}, text),
    )


def _of_word(word: str, entry_id: str, provider: str | None = None) -> Explanation:
    """The explanation of an id, an API code or a status; of a status, also what else it can be."""
    evidence = (Evidence("id" if word == entry_id else "code", word),)
    whose = _speaker(entry_id, provider)
    if not word.isdigit():
        return Explanation(Match(entry_id, Confidence.CERTAIN, evidence, provider=whose))
    others = [
        entry.id
        for entry in catalogue.entries(whose)
        if provider in (None, entry.provider or provider)
        and int(word) in entry.statuses
        and entry.id != entry_id
    ]
    also = tuple(by_frequency(others))
    match = Match(entry_id, Confidence.LIKELY, evidence, also, whose, http_status=int(word))
    return Explanation(match, also)


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
    """Test a key and the whole path to the API, and name the one root cause.

    What is not given comes from the environment, as in the command; it never prompts.

    Args:
        provider: the id of the provider, such as anthropic; if not given, other settings decide.
        api_key: the key; it is sent only to the host of ``base_url`` and is in no report.
        base_url: the address of the API, with its ``/v1``.
        model: the model or models to test; a small model if not given.
        organization: the value of the organization header.
        project: the value of the project header.
        timeout: seconds for the whole run.
        spend: whether one request of at most 16 output tokens may be made; without it, a request
            that is invalid on purpose tests the key and its scope.

    Raises:
        ValueError: there is no such provider, or keys of several are set and no setting decides.
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
