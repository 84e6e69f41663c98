"""The Markdown of the error pages."""

import json
import re

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.catalogue.everyday import QUESTIONS
from codegpt_doctor.catalogue.page import sections
from codegpt_doctor.classify import classify_text
from docs._builder.aliases import aliases
from docs._builder.error_lists import error_index, status_pages
from docs._builder.error_pages import ORDER, description, error_page, page_code, page_title
from docs._builder.error_parts import untabbed

PROSE = sections("""\
## What you see

A 429.

## What it means

It means `request_timeout`.

## Causes

- One cause
  on two lines.

## Fix

1. First.

   ```sh
   codegpt-doctor check
   ```

2. Then.

   ```json
   {
     "nested": true
   }
   ```

3. At last
   this.

## Verify the fix

```text
- no list
  as it is
```

## Similar errors

- `rate_limit_requests`: another. Not `type` either.

## Sources

- [Title](https://example.org)
""")


@pytest.fixture
def entry() -> Entry:
    return Entry(
        id="some_limit",
        title='A "limit": reached',
        summary="It is a limit.",
        family="quota",
        stage="billing",
        retry="later",
        who="account owner",
        verified_on="2026-01-02",
        statuses=(429, 403),
        codes=("some_limit", "other_code"),
        confused_with=("rate_limit_requests",),
        example={"status": 429, "body": '{"error": {"message": "é", "code": "some_limit"}}'},
    )


def test_the_front_matter_is_title_and_summary(entry: Entry) -> None:
    lines = error_page(entry, PROSE).splitlines()
    end = lines.index("---", 1)
    assert lines[0] == "---"
    fields = {
        name: json.loads(value) for name, _, value in (x.partition(": ") for x in lines[1:end])
    }
    assert fields["title"] == page_title(entry)
    assert fields["description"] == f"429 some_limit: {entry.summary}"
    assert fields["tags"] == [entry.id]
    assert lines[end + 4] == f"# {page_title(entry)}"


def test_the_fix_is_directly_below_what_it_is_and_who_can_fix_it(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    above = page.partition("\n## Fix\n")[0].splitlines()
    assert above[-6:-3] == [
        entry.summary,
        "",
        "**Who can fix it:** you, or whoever owns the organization. Retrying later can help.",
    ]


def test_the_facts_are_those_that_are_known(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert "HTTP status\n:   403, 429\n" in page
    assert "API code\n:   `some_limit`, `other_code`\n" in page
    assert "\nID\n" not in page
    page = error_page(entry._replace(statuses=(), codes=()), PROSE)
    assert "HTTP status\n" not in page
    assert "API code" not in page
    assert "ID\n:   `some_limit`\n" in page


def test_a_page_is_found_and_shown_by_its_code() -> None:
    for entry in catalogue.entries("openai"):
        title, said = page_title(entry), description(entry)
        assert any(code in title for code in (*entry.codes, entry.id)), entry.id
        assert 40 <= len(said) <= 160, entry.id
        assert said.startswith(page_code(entry)), entry.id


def test_the_sections_come_in_order_and_the_date_last(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert tuple(sections(page)) == (*ORDER, "Not solved?", "Sources")
    assert page.endswith("\n\n*Last verified against these sources on 2026-01-02.*\n")


def test_an_error_has_a_section_for_each_other_provider_and_its_neighbors() -> None:
    entry = catalogue.get("credit_balance_exhausted", "openai")
    page = error_page(entry, catalogue.prose(entry.id, "openai"))
    others = [one for one in catalogue.variants(entry.id) if one != "openai"]
    assert sorted(re.findall(r'<summary id="(\w+)"', page)) == sorted(others)
    part = page.split('id="anthropic"')[1].split("</details>")[0]
    assert "Your credit balance is too low" in part
    assert "https://platform.claude.com/settings/billing" in part
    assert "openai.com" not in part
    assert "Previous: [" in page
    assert "Next: [" in page


def test_blocks_of_several_systems_are_tabs(entry: Entry) -> None:
    fix = (
        "1. First.\n\n   ```sh linux macos\n   ls\n   ```\n\n"
        "   ```powershell windows\n   dir\n   ```\n"
    )
    page = error_page(entry, {**PROSE, "Fix": fix})
    assert '    === "macOS, Linux"\n\n        ```sh\n        ls\n        ```\n' in page
    assert '    === "Windows"\n\n        ```powershell\n        dir\n        ```\n' in page
    assert "    Windows:\n\n    ```powershell\n    dir\n    ```" in untabbed(page)


def test_a_status_has_a_page_with_the_question_and_the_most_frequent_first() -> None:
    page = status_pages(catalogue.entries("openai"))["429"]
    assert QUESTIONS[429].text in page
    assert page.index("insufficient_quota.md") < page.index("flex_capacity_unavailable.md")


def test_guessed_addresses_lead_to_the_page_and_no_id_is_taken() -> None:
    found = aliases()
    assert found["insufficient-quota"] == "insufficient_quota"
    assert found["rate_limit_exceeded"] in catalogue.ids()
    assert set(found.values()) <= set(catalogue.ids())
    assert not found.keys() & set(catalogue.ids())


def test_a_response_is_shown_with_its_status_line_before_the_words(entry: Entry) -> None:
    assert sections(error_page(entry, PROSE))["What you see"] == (
        "```http\nHTTP/2 429\ncontent-type: application/json\n\n"
        '{\n  "error": {\n    "message": "é",\n    "code": "some_limit"\n  }\n}\n```\n\n'
        "HTTP status\n:   403, 429\n\nAPI code\n:   `some_limit`, `other_code`\n\nA 429."
    )


def test_a_response_that_is_no_json_is_shown_as_it_is(entry: Entry) -> None:
    example = {"status": 529, "headers": {"server": "x"}, "body": "<p>busy</p>\n"}
    seen = sections(error_page(entry._replace(example=example), PROSE))["What you see"]
    assert seen.startswith("```http\nHTTP/2 529\nserver: x\n\n<p>busy</p>\n```\n")


def test_console_text_is_shown_as_it_is(entry: Entry) -> None:
    example = {"text": "Error: one\n  two"}
    seen = sections(error_page(entry._replace(example=example), PROSE))["What you see"]
    assert seen.startswith("```text\nError: one\n  two\n```\n")


def test_only_the_ids_not_to_confuse_are_links(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert "- [`rate_limit_requests`](rate_limit_requests.md): another. Not `type` either." in page
    assert "It means `request_timeout`." in page


def test_what_belongs_to_a_list_item_is_indented_by_four(entry: Entry) -> None:
    found = sections(error_page(entry, PROSE))
    assert found["Causes"] == "- One cause\n    on two lines."
    assert "1. First.\n\n    ```sh\n    codegpt-doctor check\n    ```\n\n2. Then." in found["Fix"]
    assert '    {\n      "nested": true\n    }\n    ```' in found["Fix"]
    assert found["Fix"].endswith("3. At last\n    this.")
    assert found["Verify the fix"] == "```text\n- no list\n  as it is\n```"


def test_a_code_block_ends_before_the_next_item(entry: Entry) -> None:
    fix = "1. First.\n\n   ```sh\n   ls\n   ```\n2. Then.\n3. At last."
    found = sections(error_page(entry, {**PROSE, "Fix": fix}))["Fix"]
    assert found.endswith("    ls\n    ```\n\n2. Then.\n3. At last.")


def test_the_index_links_every_entry_under_its_family(entry: Entry) -> None:
    other = entry._replace(id="dns_failure", title="No address", family="network", statuses=())
    assert error_index((entry, other)).endswith(
        "## Quota, billing and limits { #quota }\n\n"
        "| Error | HTTP status |\n| --- | --- |\n"
        '| [A "limit": reached](some_limit.md)<br>`some_limit` | 403, 429 |\n\n'
        "## Network and client { #network }\n\n"
        "| Error | HTTP status |\n| --- | --- |\n"
        "| [No address](dns_failure.md)<br>`dns_failure` | none |\n"
    )


@pytest.mark.parametrize(
    ("statuses", "codes", "title"),
    [
        ((429, 403), ("no_credit", "old_code"), "No credit (429 no_credit)"),
        ((), ("no_credit",), "No credit (no_credit)"),
        ((402,), (), "No credit (402 some_limit)"),
        ((), (), "No credit (some_limit)"),
    ],
)
def test_the_title_of_a_page_has_the_first_status_and_code(
    entry: Entry, statuses: tuple[int, ...], codes: tuple[str, ...], title: str
) -> None:
    own = entry._replace(title="No credit", statuses=statuses, codes=codes, provider="openai")
    assert page_title(own) == title


def test_what_has_another_heading_today_keeps_its_address(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert "\n## Verify the fix { #check-it }\n" in page
    assert "\n## Similar errors { #do-not-confuse-with }\n" in page


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_the_example_copied_from_the_page_is_explained_by_that_page(entry_id: str) -> None:
    page = error_page(catalogue.get(entry_id, "openai"), catalogue.prose(entry_id, "openai"))
    example = sections(page)["What you see"].split("```")[1].partition("\n")[2]
    match = classify_text(example)
    assert match
    assert match.id == entry_id
