"""What a page has to be: each fault is refused with words that name it."""

from collections.abc import Callable

import pytest
from helpers.entries import NEUTRAL, OWN, VARIANT

from codegpt_doctor.catalogue.entry import EntryError
from codegpt_doctor.catalogue.page import sections, split_page
from codegpt_doctor.catalogue.parsing import Page, neutral_page, own_page, variant_page

Parse = Callable[[str], Page]


@pytest.mark.parametrize(
    ("parse", "text", "headings"),
    [(neutral_page, NEUTRAL, 6), (variant_page, VARIANT, 3), (own_page, OWN, 7)],
)
def test_a_page_is_its_facts_and_its_prose(parse: Parse, text: str, headings: int) -> None:
    page = parse(text)
    assert len(page.prose) == headings
    assert page.facts["sources"][0][1].startswith("https://")


def test_what_a_page_has_no_section_for_it_says_nothing_of() -> None:
    variant = variant_page(VARIANT).facts
    assert not {"confused_with", "fix_links"} & set(variant)
    neutral = neutral_page(NEUTRAL).facts
    assert neutral["confused_with"] == ["other_error"]
    assert neutral["fix_links"] == [
        ["billing page", "{{billing_page}}"],
        ["the manual", "https://example.org/manual"],
    ]


@pytest.mark.parametrize(
    ("parse", "text", "old", "new", "said"),
    [
        (neutral_page, NEUTRAL, "+++\nid", "id", "does not start with front matter"),
        (neutral_page, NEUTRAL, 'retry = "no"', "retry = no", "front matter: "),
        (
            neutral_page,
            NEUTRAL,
            'retry = "no"',
            'retry = "never"',
            "retry is 'never', not one of no",
        ),
        (neutral_page, NEUTRAL, '"billing"', '"money"', "stage is 'money'"),
        (neutral_page, NEUTRAL, '"account owner"', '"nobody"', "who is 'nobody'"),
        (neutral_page, NEUTRAL, '"quota"', '"bills"', "family is 'bills'"),
        (neutral_page, NEUTRAL, 'since = "0.1.0"\n', "", "the page has no since"),
        (neutral_page, NEUTRAL, "beats", "beast", "beast is not one of"),
        (
            neutral_page,
            NEUTRAL,
            '["other_error"]',
            '"other_error"',
            "beats is 'other_error', not a",
        ),
        (neutral_page, NEUTRAL, '["other_error"]', "[1]", "beats has something else than a str"),
        (neutral_page, NEUTRAL, "status = 402", "state = 402", "a signature has only the keys"),
        (
            neutral_page,
            NEUTRAL,
            "No API credit",
            "No {{provider}} credit",
            "title has a placeholder",
        ),
        (
            neutral_page,
            NEUTRAL,
            "## Causes",
            "## Reasons",
            "the headings are What it means, Reasons",
        ),
        (
            neutral_page,
            NEUTRAL,
            "## Verify the fix\n\n`{{command}}` passes.\n\n",
            "",
            "no ## Verify",
        ),
        (neutral_page, NEUTRAL, "{{provider}}.", "{{vendor}}.", "Causes: there is no placeholder"),
        (neutral_page, NEUTRAL, "1. Add", "- Add", "Fix: Fix is a list of steps"),
        (variant_page, VARIANT, "verified_on = 2026-11-28\n", "", "the page has no verified_on"),
        (variant_page, VARIANT, "retry", "family", "family is not one of title"),
        (variant_page, VARIANT, "[402, 429]", '["402"]', "statuses has something else than a int"),
        (variant_page, VARIANT, "## What you see\n\nA 402.\n\n", "", "has no ## What you see"),
        (variant_page, VARIANT, "## Sources", "## Links", "the headings are"),
        (own_page, OWN, 'family = "auth"\n', "", "the page has no family"),
        (own_page, OWN, "## Causes\n\n- Acme closed it.\n\n", "", "the page has no ## Causes"),
        (own_page, OWN, "signatures", "#", "the page has no signatures"),
    ],
)
def test_a_fault_is_refused_by_name(parse: Parse, text: str, old: str, new: str, said: str) -> None:
    assert old in text
    with pytest.raises(EntryError) as refused:
        parse(text.replace(old, new, 1))
    assert said in str(refused.value)


def test_front_matter_that_is_not_closed_is_refused() -> None:
    with pytest.raises(EntryError, match="between"):
        split_page('+++\nid = "x"\n')


def test_a_heading_may_have_an_anchor() -> None:
    assert sections("## One { #first }\n\nA.\n\n## Two\n\nB.\n") == {"One": "A.", "Two": "B."}
