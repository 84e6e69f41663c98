"""What each provider says, wrapped as clients print it: the error and the provider are right."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.catalogue import Entry

NOBODY = ("custom", "litellm", "github")  # whose words anybody hands on, or nobody any more

Form = Callable[[str, Entry], str]


def _status(entry: Entry) -> int:
    return int(entry.example["status"])


def _body(entry: Entry) -> str:
    return str(entry.example["body"])


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body


def said(body: str) -> str:
    """The message of a body, in whatever field this provider has it."""
    parsed = _parsed(body)
    parsed = parsed[0] if isinstance(parsed, list) else parsed
    error = parsed.get("error", parsed) if isinstance(parsed, dict) else parsed
    found = error.get("message") or error.get("detail") if isinstance(error, dict) else error
    return found if isinstance(found, str) else json.dumps(found)


def _pretty(name: str, entry: Entry) -> str:
    parsed = _parsed(_body(entry))
    return parsed if isinstance(parsed, str) else json.dumps(parsed, indent=2)


FORMS: dict[str, Form] = {
    "the body": lambda _, entry: _body(entry),
    "the status and the body": lambda _, entry: f"{_status(entry)} {_body(entry)}",
    "Python": lambda _, entry: f"Error code: {_status(entry)} - {_parsed(_body(entry))!r}",
    "curl": lambda _, entry: f"HTTP/2 {_status(entry)}\n\n{_body(entry)}",
    "in several lines": _pretty,
    "CodeGPT": lambda name, entry: (
        f"CodeGPT ({name}): API Response was: Error {_status(entry)}: {_body(entry)}"
    ),
    "LiteLLM": lambda name, entry: (
        f"litellm.exceptions.APIError: litellm.APIError: {name.replace(' ', '')}Exception - "
        f"{_body(entry)}"
    ),
    "the name and the message": lambda name, entry: (
        f"{name}: {_status(entry)} {said(_body(entry))}"
    ),
    "Cline": lambda name, entry: (
        f"API Request Failed\n[{name}] {_status(entry)} {said(_body(entry))}"
    ),
    "Continue": lambda name, entry: (
        f"Provider: {name}\nStatus Code: {_status(entry)}\n\nError Output\n"
        f"{_status(entry)} {said(_body(entry))}"
    ),
}


def examples() -> Iterator[tuple[str, str, Entry]]:
    """Each response that is an example: the provider's id and name, the entry."""
    for provider, data in catalogue.providers().items():
        for entry_id in catalogue.ids():
            if provider in catalogue.variants(entry_id):
                entry = catalogue.get(entry_id, provider)
                if "body" in entry.example:
                    yield provider, str(data["name"]), entry


@pytest.mark.full
def test_the_error_and_the_provider_are_right_in_every_form() -> None:
    wrong: dict[str, list[tuple[str, ...]]] = {form: [] for form in FORMS}
    taken = []
    rows = list(examples())
    for provider, name, entry in rows:
        for form, wrapped in FORMS.items():
            match = explain(wrapped(name, entry)).match
            got = (match.id, match.provider) if match else ("none", None)
            if got[0] != entry.id or (got[1] != provider and provider not in NOBODY):
                wrong[form].append((provider, entry.id, *map(str, got)))
            if got[1] not in (provider, None) and provider not in NOBODY:
                taken.append((form, provider, entry.id, got[1]))
    assert len(rows) > 250
    assert taken == []  # no provider is taken for another
    for form, missed in wrong.items():
        assert len(missed) <= len(rows) * 0.1, (form, missed)
