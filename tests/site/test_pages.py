"""Every page in a real browser: accessible, quiet, alone, and no wider than a small phone."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
import pytest
from helpers.browser import Watched, chromium

from codegpt_doctor import catalogue

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
COLORS = ["color-contrast", "link-in-text-block"]
"""What a color scheme can change; all the rest is the same in both."""

KINDS = (
    "",
    "404.html",
    "errors/",
    "errors/insufficient_quota/",
    "providers/openai/",
    "codegpt/",
    "reference/json/",
    "reference/python/",
)
"""One page of each kind, which is looked at as a whole and on a desktop too."""


class Seen(NamedTuple):
    """What a visit to one page found out."""

    path: str
    violations: list[str]
    complaints: list[str]
    sideways: bool
    twice: list[str]


def paths_of(site: Path) -> list[str]:
    found = sorted(site.rglob("index.html"))
    return [f"{page.parent.relative_to(site)}/".removeprefix("./") for page in found]


@pytest.fixture(scope="module")
def visits(site: Path, root: str) -> list[Seen]:
    """A visit to every page, by two browsers at once."""
    paths = [*paths_of(site), "404.html"]
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(lambda half: list(visit(root, half)), (paths[::2], paths[1::2]))
        return [seen for half in halves for seen in half]


def visit(root: str, paths: Sequence[str]) -> Iterator[Seen]:
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE)
        context.add_init_script(path=AXE)
        watched = Watched(context, root)
        for path in paths:
            watched.complaints.clear()
            watched.page.emulate_media(color_scheme="light")
            watched.page.set_viewport_size(PHONE)
            page = watched.open(path)
            violations = list(_violations(page, path))
            page.set_viewport_size(SMALL_PHONE)
            sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            twice = page.evaluate(
                "[...document.querySelectorAll('[id]')].map(e => e.id)"
                ".filter((id, at, all) => all.indexOf(id) !== at)"
            )
            complaints = [one for one in watched.complaints if path != "404.html"]
            yield Seen(path, violations, complaints, sideways, twice)


def _violations(page: Any, path: str) -> Iterator[str]:
    """Run axe: the whole page for one of each kind, else what differs, the article."""
    part = "document" if path in KINDS else "'article'"
    yield from _axe(page, part, {})
    page.emulate_media(color_scheme="dark")
    yield from _axe(page, part, {"runOnly": COLORS})
    if path in KINDS:
        page.set_viewport_size(DESKTOP)
        yield from _axe(page, part, {"runOnly": COLORS})
        page.emulate_media(color_scheme="light")
        yield from _axe(page, part, {})


def _axe(page: Any, part: str, options: dict[str, Any]) -> Iterator[str]:
    options = {"resultTypes": ["violations"], **options}
    result = page.evaluate(f"(options) => axe.run({part}, options)", options)
    for violation in result["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"


def test_every_page_was_visited(visits: list[Seen]) -> None:
    visited = {seen.path for seen in visits}
    assert set(KINDS) <= visited
    assert {f"errors/{entry_id}/" for entry_id in catalogue.ids()} <= visited


def test_no_page_has_a_violation_of_accessibility(visits: list[Seen]) -> None:
    assert {seen.path: seen.violations for seen in visits if seen.violations} == {}


def test_no_page_complains_or_asks_another_host(visits: list[Seen]) -> None:
    assert {seen.path: seen.complaints for seen in visits if seen.complaints} == {}


def test_no_page_scrolls_sideways_on_a_small_phone(visits: list[Seen]) -> None:
    assert [seen.path for seen in visits if seen.sideways] == []


def test_no_page_has_an_id_twice(visits: list[Seen]) -> None:
    assert {seen.path: seen.twice for seen in visits if seen.twice} == {}
