"""The pages of the providers, made from their data and guides."""

import re

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.providers.provider import all_providers
from docs._builder import folder, provider_pages
from docs._builder.commands import ROOT
from docs._builder.markdown import parted

PAGES = provider_pages.made(folder.guides(ROOT))
WRITTEN = {"openai"}


def test_every_provider_has_a_page_and_a_line_in_the_list() -> None:
    ids = {one.id for one in all_providers()}
    index = PAGES["providers/index.md"]
    assert {f"providers/{one}.md" for one in ids - WRITTEN} <= PAGES.keys()
    assert {one for one in ids if f"]({one}.md)" in index} == ids
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [one for one in ids if f"providers/{one}.md" not in navigation] == []


@pytest.mark.parametrize("provider", sorted({one.id for one in all_providers()} - WRITTEN))
def test_a_page_has_one_pattern_and_nothing_of_another_provider(provider: str) -> None:
    meta, page = parted(PAGES[f"providers/{provider}.md"])
    assert len(meta["description"]) <= 160
    found = re.findall(r"^## (.+?)(?: \{.*)?$", page, re.MULTILINE)
    wanted = ["Create a key", "Connect it in CodeGPT", "Remove it", "What it costs"]
    assert found[:4] == wanted
    assert [found.index(name) for name in ("Typical errors", "Good to know")]
    assert "{{" not in page
    hosts = set(re.findall(r"https://([\w.-]*openai\.com)", page))
    assert not hosts, hosts


def test_a_model_that_ends_is_on_the_page_with_its_day_and_replacement() -> None:
    page = PAGES["providers/anthropic.md"]
    row = re.search(r"^\| 2026-11-30 \| (.+) \| `claude-sonnet-5-5` \|$", page, re.MULTILINE)
    assert row
    assert "`claude-sonnet-4-5`" in row[1]


def test_what_ended_says_so_first() -> None:
    for provider in ("github", "perplexity"):
        page = PAGES[f"providers/{provider}.md"]
        assert page.index("!!! warning") < page.index("## ")


def test_the_comparison_has_the_words_status_and_first_step_of_each() -> None:
    page = PAGES["providers/compare.md"]
    money = page.split("{ #no-credit }")[1].split("\n## ")[0]
    row = next(line for line in money.splitlines() if "(anthropic.md)" in line)
    assert "400" in row
    assert "Your credit balance is too low" in row
    assert "https://platform.claude.com/settings/billing" in row
    assert "../errors/credit_balance_exhausted.md#anthropic" in row


def test_the_errors_of_a_provider_are_its_variants() -> None:
    for provider in ("anthropic", "ollama"):
        ids = {one.id for one in provider_pages.own_entries(provider)}
        assert ids == {one for one in catalogue.ids() if provider in catalogue.variants(one)}
