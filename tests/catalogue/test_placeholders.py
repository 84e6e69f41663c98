"""What a text says of the provider or of the run at hand."""

import pytest

from codegpt_doctor.catalogue.entry import EntryError
from codegpt_doctor.catalogue.placeholders import (
    NAMES,
    PAGES,
    fill,
    filled,
    run_values,
    site_values,
    validate,
)

OPENAI = {
    "id": "openai",
    "name": "OpenAI",
    "hosts": ["api.openai.com", "eu.api.openai.com"],
    "base_url": "https://api.openai.com/v1",
    "models": {"default": ["gpt-x", "gpt-y"]},
    "pages": {"billing": "https://platform.openai.com/billing"},
}
KNOWN = site_values(OPENAI)
STRANGER = run_values({}, host="llm.example.com", base_url="https://llm.example.com/v1")


def test_names_are_put_in_wherever_they_stand() -> None:
    text = "Ask {{support}}: `{{command}} --model {{model}}` at {{base_url}} with {{key_variable}}"
    assert fill(text, KNOWN) == (
        "Ask OpenAI's support: `codegpt-doctor check --model gpt-x` at "
        "https://api.openai.com/v1 with OPENAI_API_KEY"
    )


def test_a_link_leads_to_the_page_of_the_provider() -> None:
    text = "Open the [billing\n   page]({{billing_page}})."
    assert fill(text, KNOWN) == "Open the [billing\n   page](https://platform.openai.com/billing)."


def test_a_link_without_a_page_is_its_text_and_says_whom_to_ask() -> None:
    said = fill("Open {{provider}}'s [billing page]({{billing_page}}).", STRANGER)
    assert said == (
        "Open the server at llm.example.com's billing page (ask whoever runs llm.example.com)."
    )


@pytest.mark.parametrize(
    "before",
    [
        "",
        "It fails. ",
        "It fails.\n",
        'It said "no." ',
        "a\n\n",
        "- ",
        "It is so.\n- ",
        "1. ",
        "Well, *no*! *",
    ],
)
def test_a_phrase_that_begins_a_sentence_has_a_capital(before: str) -> None:
    said = fill(f"{before}{{{{provider}}}} is slow.", STRANGER)
    assert said == f"{before}The server at llm.example.com is slow."


@pytest.mark.parametrize("before", ["Then ", "Then\n", "- `an_id`: ", "a, ", "at 10.5 "])
def test_a_phrase_within_a_sentence_has_none(before: str) -> None:
    said = fill(f"{before}{{{{provider}}}} is slow.", STRANGER)
    assert said == f"{before}the server at llm.example.com is slow."


def test_a_command_or_a_name_that_begins_a_sentence_stays_as_it_is() -> None:
    values = {**STRANGER, "model": "gpt-x"}
    assert fill("{{command}}. {{model}}.", values) == "codegpt-doctor check. gpt-x."


def test_a_value_keeps_to_its_line() -> None:
    assert fill("1. Use {{model}}.", {**KNOWN, "model": "a\n2. b"}) == "1. Use a 2. b."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{nonsense}}", "there is no placeholder nonsense"),
        ("{{ provider }}", "there is no placeholder  provider "),
        ("{{}}", "there is no placeholder"),
        ("[page]({{nonsense}})", "there is no placeholder nonsense"),
        ("[page]({{host}})", "there is no placeholder host"),
        ("Open {{billing_page}}.", "billing_page is not the target of a link"),
    ],
)
def test_an_unknown_placeholder_is_refused(text: str, said: str) -> None:
    with pytest.raises(EntryError, match=said):
        validate(text)
    with pytest.raises(EntryError, match=said):
        fill(text, KNOWN)


def test_a_known_placeholder_without_a_value_is_refused() -> None:
    with pytest.raises(EntryError, match="no value for the placeholder 'model'"):
        fill("{{model}}", {})


def test_every_known_placeholder_is_valid_where_it_may_stand() -> None:
    names = " ".join(f"{{{{{name}}}}}" for name in NAMES)
    pages = " ".join(f"[page]({{{{{page}}}}})" for page in PAGES)
    validate(f"{names} {pages}")


@pytest.mark.parametrize("values", [KNOWN, STRANGER, site_values({}), site_values({"name": "X"})])
def test_every_name_has_a_value_whoever_is_meant(values: dict[str, str]) -> None:
    assert all(values[name] for name in NAMES)


def test_a_run_has_values_of_its_own() -> None:
    values = run_values(
        OPENAI,
        host="eu.api.openai.com",
        base_url="https://eu.api.openai.com/v1",
        model="gpt-z",
        organization="org-1",
        command="codegpt-doctor check --model gpt-z",
    )
    said = filled({"a": "{{host}} {{base_url}}", "b": "{{model}} {{organization}}"}, values)
    assert said == {
        "a": "eu.api.openai.com https://eu.api.openai.com/v1",
        "b": "gpt-z org-1",
    }
    assert fill("{{command}}", values) == "codegpt-doctor check --model gpt-z"
    assert fill("{{organization}} is new.", KNOWN) == "Your organization is new."
