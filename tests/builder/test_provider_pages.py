"""The pages of the providers, made from their data and guides."""

import re
import tomllib

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.providers.facts import FactsError
from codegpt_doctor.providers.provider import all_providers
from docs._builder import checked, folder, pages, provider_pages
from docs._builder.commands import ROOT
from docs._builder.markdown import parted

PAGES = provider_pages.made(folder.guides(ROOT), folder.provider_files(ROOT))
WRITTEN = {"openai"}


def shown(provider: str) -> pages.Page:
    """A page with its tables of models and sources in place."""
    return pages.whole(pages.Made(PAGES[f"providers/{provider}.md"], ""), folder.reader(ROOT))


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
    row = re.search(
        r"^\| 2026-11-30 \| (.+) \| `claude-sonnet-5-5` \| (.+) \|$",
        shown("anthropic").text,
        re.MULTILINE,
    )
    assert row
    assert "`claude-sonnet-4-5`" in row[1]
    assert row[2].startswith("litellm 1.110.2 (another project)")
    assert row[2].endswith(", 2026-11-28")


def test_a_page_names_the_source_and_the_day_of_each_group_of_facts() -> None:
    meta, page = shown("groq")
    sources = page.split("\n## Sources\n")[1]
    assert (
        "| Addresses and variables; how a key is sent | groq 1.7.0 (official client) |" in sources
    )
    assert "| Prices | [litellm](https://" in sources
    assert "| Names of the controls in CodeGPT |" in sources
    assert "[its documentation](https://console.groq.com/docs)" in sources
    assert "[sdk]" not in page
    assert meta["verified_on"] == min(
        re.findall(r"\| (\d{4}-\d\d-\d\d) \|$", sources, re.MULTILINE)
    )


def test_every_group_of_facts_has_a_source_and_a_day() -> None:
    for provider, file in folder.provider_files(ROOT).items():
        tables = {name for name, value in file.items() if isinstance(value, dict)}
        lists = {name for name, value in file.items() if isinstance(value, list)}
        of_tables = {name for name in lists if any(isinstance(one, dict) for one in file[name])}
        found = {one.group for one in checked.checked(file, provider)}
        undated = {"text"} | ({"pages"} if provider == "custom" else set())
        assert found == (tables | of_tables | {""}) - undated


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("source = 'x [doc]'", "x: verified_on is missing"),
        ("verified_on = 2026-11-28", "x: source is missing"),
        ("source = 'x'\nverified_on = 2026-11-28", "x: source has no grade"),
        ("source = 'x [hmm]'\nverified_on = 2026-11-28", "x: source has no grade"),
        ("source = 'x [doc]'\nverified_on = 'soon'", "x: verified_on is 'soon', not a date"),
        (
            "source = 'x [doc]'\nverified_on = 2026-11-28\n[[lifecycle]]\nmodel = 'm'",
            r"x: lifecycle\.source is missing",
        ),
    ],
)
def test_a_group_without_a_source_or_a_day_is_an_error(given: str, fault: str) -> None:
    with pytest.raises(FactsError, match=fault):
        checked.checked(tomllib.loads(given), "x")


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
