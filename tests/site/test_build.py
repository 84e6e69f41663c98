"""The built site: whole, valid, alone, and the same for people and machines."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib
import pytest
from catalogue.test_entries import HOSTS, NEUTRAL_HOSTS
from helpers.browser import POLICY, build_site
from helpers.command import ROOT
from mkdocs.config import load_config

from codegpt_doctor import catalogue
from codegpt_doctor._version import __version__
from codegpt_doctor.output.report_data import SITE
from docs._builder.folder import SUMMARY

pytestmark = pytest.mark.slow

OF_THE_GUIDES = {
    "api.github.com",
    "codegpt-doctor.github.io",
    "community.openai.com",
    "docs.astral.sh",
    "git-scm.com",
    "keepachangelog.com",
    "semver.org",
    "pipx.pypa.io",
    "squidfunk.github.io",  # named as the maker of the theme, at the foot
    "zensical.org",
}
ALLOWED_HOSTS = NEUTRAL_HOSTS.union(OF_THE_GUIDES, *HOSTS.values())
STABLE = ("", "providers/openai/", "errors/", "errors/insufficient_quota/", "explain/")
"""Addresses that are printed, linked and bookmarked."""

HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Any]:
    """Each page by its path, as a tree."""
    return {
        str(path.relative_to(site)): html5lib.parse(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if not leads_on(path)
    }


def leads_on(path: Path) -> bool:
    """Whether a page is only an address that people guess."""
    return 'http-equiv="refresh"' in path.read_text(encoding="utf-8")


def links(page: Any) -> list[str]:
    return [link.get("href") for link in page.iter(f"{HTML}a") if link.get("href")]


@pytest.mark.full
def test_every_page_is_valid_html(site: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path in site.rglob("*.html"):
        parser.parse(path.read_text(encoding="utf-8"))


def test_the_parser_finds_what_is_not_valid() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p><div></p>")


def test_every_error_has_its_page_and_is_in_the_index(pages: dict[str, Any]) -> None:
    made = {path.split("/")[1] for path in pages if path.startswith("errors/")}
    statuses = {name for name in made if name.isdigit()}
    assert made - statuses - {"index.html"} == set(catalogue.ids())
    assert {"401", "402", "403", "404", "429", "503"} <= statuses
    assert {f"{entry_id}/" for entry_id in catalogue.ids()} <= set(
        links(pages["errors/index.html"])
    )


@pytest.mark.parametrize("address", STABLE)
def test_an_address_stays(pages: dict[str, Any], address: str) -> None:
    assert f"{address}index.html" in pages


def test_every_link_within_the_site_leads_to_a_page_and_a_place(pages: dict[str, Any]) -> None:
    places = {
        path: {element.get("id") for element in page.iter() if element.get("id")}
        for path, page in pages.items()
    }
    for path, page in pages.items():
        for link in links(page):
            address, place = urldefrag(urljoin(f"{SITE}/{path}", link))
            if address.startswith(f"{SITE}/") and not address.endswith(
                (".md", ".json", ".txt", ".xml")
            ):
                target = address.removeprefix(f"{SITE}/")
                target = f"{target}index.html" if target.endswith("/") or not target else target
                assert target in places, (path, link)
                assert not place or unquote(place) in places[target], (path, link)


def test_every_link_to_another_host_is_to_a_known_one(pages: dict[str, Any]) -> None:
    for path, page in pages.items():
        for link in links(page):
            parts = urlsplit(link)
            if parts.netloc:
                assert parts.scheme == "https", (path, link)
                assert parts.hostname in ALLOWED_HOSTS, (path, link)


def test_nothing_is_loaded_from_another_host(pages: dict[str, Any]) -> None:
    for path, page in pages.items():
        for element in page.iter():
            source = element.get("src") or ""
            if element.tag == f"{HTML}link" and element.get("rel") not in (
                "canonical",
                "prev",
                "next",
            ):
                source = element.get("href")
            assert not urlsplit(source).netloc, (path, source)


def test_every_page_says_what_it_is(pages: dict[str, Any]) -> None:
    described: dict[str, str] = {}
    for path, page in pages.items():
        names = {meta.get("name"): meta.get("content") for meta in page.iter(f"{HTML}meta")}
        if path != "404.html":
            assert 40 <= len(names["description"] or "") <= 160, path
            assert names["description"] not in described, (path, described)
            described[names["description"]] = path


def test_the_data_for_search_engines_is_the_way_to_an_error(pages: dict[str, Any]) -> None:
    found = {}
    for path, page in pages.items():
        for script in page.iter(f"{HTML}script"):
            if script.get("type") == "application/ld+json":
                data = json.loads(script.text)
                assert data["@context"] == "https://schema.org"
                found[path] = data["itemListElement"][-1]["item"]
    assert found == {
        f"errors/{entry_id}/index.html": f"{SITE}/errors/{entry_id}/"
        for entry_id in catalogue.ids()
    }


@pytest.mark.parametrize(
    ("guessed", "entry_id"),
    [
        ("insufficient-quota", "insufficient_quota"),
        ("server_is_overloaded", "engine_overloaded"),
        ("rate_limit_exceeded", None),
    ],
)
def test_an_address_that_people_guess_leads_on(
    site: Path, guessed: str, entry_id: str | None
) -> None:
    path = site / "errors" / guessed / "index.html"
    target = re.search(r'url=\.\./(\w+)/"', path.read_text("utf-8"))
    assert target
    assert target[1] == (entry_id or target[1])
    assert (site / "errors" / target[1] / "index.html").is_file()


def test_every_page_can_be_edited_where_it_comes_from(pages: dict[str, Any]) -> None:
    start = "https://github.com/codegpt-doctor/codegpt-doctor/edit/main/"
    for path in pages.keys() - {"404.html"}:
        (found,) = (link for link in links(pages[path]) if link.startswith(start))
        assert (ROOT / found.removeprefix(start)).is_file(), path


def test_every_page_says_that_the_project_is_independent(pages: dict[str, Any]) -> None:
    for path, page in pages.items():
        (foot,) = page.iter(f"{HTML}footer")
        said = " ".join("".join(foot.itertext()).split())
        assert "not affiliated with, endorsed by or supported by CodeGPT or OpenAI" in said, path


def test_every_page_leads_to_the_source_the_issues_and_the_changelog(pages: dict[str, Any]) -> None:
    for path, page in pages.items():
        (foot,) = page.iter(f"{HTML}footer")
        assert {
            "https://github.com/codegpt-doctor/codegpt-doctor",
            "https://github.com/codegpt-doctor/codegpt-doctor/issues",
        } <= set(links(foot)), path
        assert __version__ in "".join(foot.itertext()), path


def test_every_page_has_a_card_and_the_icon_of_its_own(site: Path, pages: dict[str, Any]) -> None:
    for path, page in pages.items():
        said = {one.get("property"): one.get("content") for one in page.iter(f"{HTML}meta")}
        assert (site / str(said["og:image"]).removeprefix(f"{SITE}/")).is_file(), path
        icons = [one.get("href") for one in page.iter(f"{HTML}link") if one.get("rel") == "icon"]
        assert [icon.endswith("assets/icon.svg") for icon in icons] == [True], path


def test_every_page_has_its_markdown(site: Path, pages: dict[str, Any]) -> None:
    for path in pages.keys() - {"404.html"}:
        (link,) = (one for one in links(pages[path]) if re.fullmatch(r"[\w./-]+\.md", one))
        text = (site / path).parent.joinpath(link).read_text(encoding="utf-8")
        assert text.startswith("# ") or "\n# " in text
        assert "```terminal" not in text
        assert "data-explainer" not in text


def test_the_list_for_machines_has_every_page(site: Path, pages: dict[str, Any]) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    listed = re.findall(rf"\({re.escape(SITE)}/(\S+\.md)\)", text)
    assert len(listed) - len(["skill/SKILL.md"]) == len(pages) - 1
    assert [path for path in listed if not (site / path).is_file()] == []


def test_what_a_page_loads_exists(site: Path, pages: dict[str, Any]) -> None:
    for path, page in pages.items():
        scripts = [script.get("src") for script in page.iter(f"{HTML}script")]
        sheets = [link.get("href") for link in page.iter(f"{HTML}link")]
        for address in filter(None, scripts + sheets):
            target = urljoin(f"{SITE}/{path}", address).removeprefix(f"{SITE}/")
            assert (site / target).exists(), (path, address)


def test_only_the_pages_with_the_explainer_have_its_policy_and_its_scripts(
    pages: dict[str, Any],
) -> None:
    for path, page in pages.items():
        wants = path in ("index.html", "explain/index.html")
        policies = [one.get("content") for one in page.iter(f"{HTML}meta") if one.get("http-equiv")]
        assert policies == ([POLICY] if wants else []), path
        boxes = [one.get("id") for one in page.iter(f"{HTML}textarea")]
        assert boxes == (["explainer-text"] if wants else []), path
        scripts = [script.get("src") or "" for script in page.iter(f"{HTML}script")]
        assert any("assets/explain/" in script for script in scripts) == wants, path


def test_every_script_of_the_explainer_is_loaded(site: Path, pages: dict[str, Any]) -> None:
    page = pages["explain/index.html"]
    (later,) = (one.get("data-scripts").split() for one in page.iter() if one.get("data-scripts"))
    loaded = {
        Path(script.get("src")).stem
        for script in page.iter(f"{HTML}script")
        if "assets/explain/" in (script.get("src") or "")
    }
    scripts = {path.stem for path in (site / "assets/explain").glob("*.js")}
    assert scripts == {*loaded, *later, "data"}


def test_the_policy_allows_no_other_host() -> None:
    allowed = {source for rule in POLICY.split("; ") for source in rule.split(" ")[1:]}
    assert allowed == {"'none'", "'self'", "'unsafe-inline'", "data:"}


def test_a_date_of_the_sitemap_is_that_of_the_verification(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    dated = dict(re.findall(r"<loc>(.+)</loc>\s*<lastmod>(.+)</lastmod>", text))
    for entry_id in catalogue.ids():
        path = site / "errors" / entry_id / "index.html"
        said = re.search(r"verified against these sources on (\S+)\.<", path.read_text("utf-8"))
        assert said, path
        assert dated[f"{SITE}/errors/{path.parent.name}/"] == said[1]
    assert text.count("<loc>") == len([x for x in site.rglob("index.html") if not leads_on(x)])


@pytest.mark.full
def test_two_builds_are_equal(site: Path, tmp_path: Path) -> None:
    again = build_site(tmp_path / "again")
    names = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    assert names == {str(path.relative_to(again)) for path in again.rglob("*") if path.is_file()}
    differing = [one for one in names if (site / one).read_bytes() != (again / one).read_bytes()]
    assert differing == []


def test_a_code_block_of_a_step_is_inside_the_list_of_steps(site: Path) -> None:
    page = (site / "errors" / "credit_balance_exhausted" / "index.html").read_text(encoding="utf-8")
    fix = page[page.index('id="fix"') : page.index('id="check-it"')]
    assert fix.count("<ol>") == 1
    assert fix.index("<pre") < fix.index("</ol>")


def test_the_site_is_what_the_command_and_the_list_for_machines_say(tmp_path: Path) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(tmp_path))
    assert config.site_url == f"{SITE}/"
    assert config.site_description == SUMMARY


def test_nothing_of_the_site_hangs_on_the_site_generator(tmp_path: Path) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(tmp_path))
    assert list(config.hooks) == []
    assert {name.rpartition("/")[2] for name in config.plugins} == {"offline"}
