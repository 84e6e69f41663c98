"""The Markdown of the error pages."""

import json

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.catalogue.entry import HEADINGS
from codegpt_doctor.catalogue.page import sections
from codegpt_doctor.classify import classify_text
from docs._builder.error_pages import error_index, error_page, page_title

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
    assert (fields["title"], fields["description"]) == (page_title(entry), entry.summary)
    assert fields["tags"] == [entry.id]
    assert lines[end + 4] == f"# {page_title(entry)}"


def test_the_facts_say_who_and_whether_to_retry(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert "Message\n:   é\n" in page
    assert "HTTP status\n:   403, 429\n" in page
    assert "API code\n:   `some_limit`, `other_code`\n" in page
    assert "Retry\n:   Retrying later can help.\n" in page
    assert "Who can fix it\n:   you, or whoever owns the organization\n" in page
    assert "Id\n:   `some_limit`\n" in page


def test_what_is_not_known_to_the_api_says_so(entry: Entry) -> None:
    page = error_page(entry._replace(statuses=(), codes=()), PROSE)
    assert "HTTP status\n:   none\n" in page
    assert "API code\n:   none\n" in page


def test_the_sections_come_in_order_and_the_date_last(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert tuple(sections(page)) == HEADINGS
    assert page.endswith("\n\n*Last verified against these sources on 2026-01-02.*\n")


def test_a_response_is_shown_with_its_status_line_before_the_words(entry: Entry) -> None:
    assert sections(error_page(entry, PROSE))["What you see"] == (
        "```http\nHTTP/2 429\ncontent-type: application/json\n\n"
        '{\n  "error": {\n    "message": "é",\n    "code": "some_limit"\n  }\n}\n```\n\nA 429.'
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
        ((402,), (), "No credit (402)"),
        ((), (), "No credit"),
    ],
)
def test_the_title_of_a_page_has_the_first_status_and_code(
    entry: Entry, statuses: tuple[int, ...], codes: tuple[str, ...], title: str
) -> None:
    assert page_title(entry._replace(title="No credit", statuses=statuses, codes=codes)) == title


def test_what_has_another_heading_today_keeps_its_address(entry: Entry) -> None:
    page = error_page(entry, PROSE)
    assert "\n## Verify the fix { #check-it }\n" in page
    assert "\n## Similar errors { #do-not-confuse-with }\n" in page
    assert "[Verify the fix](#check-it)" in page


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_the_example_copied_from_the_page_is_explained_by_that_page(entry_id: str) -> None:
    page = error_page(catalogue.get(entry_id, "openai"), catalogue.prose(entry_id, "openai"))
    example = sections(page)["What you see"].split("```")[1].partition("\n")[2]
    match = classify_text(example)
    assert match
    assert match.id == entry_id
