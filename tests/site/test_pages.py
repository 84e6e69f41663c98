"""Every page in a real browser: accessible, quiet, alone, and no wider than a small phone."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from helpers.axe import AXE, COLORS, violations
from helpers.browser import Watched, chromium
from playwright.sync_api import Page, ViewportSize

from codegpt_doctor import catalogue

pytestmark = pytest.mark.full
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
KINDS = (
    "",
    "404.html",
    "errors/",
    "errors/insufficient_quota/",
    "providers/openai/",
    "codegpt/",
    "providers/anthropic/",
    "providers/compare/",
    "errors/429/",
    "reference/exit-codes/",
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


Visits = dict[str, Seen]


def paths_of(site: Path) -> list[str]:
    found = sorted(site.rglob("index.html"))
    shown = [page for page in found if 'http-equiv="refresh"' not in page.read_text("utf-8")]
    return [f"{page.parent.relative_to(site)}/".removeprefix("./") for page in shown]


@pytest.fixture(scope="module", params=["one of each kind", "all others"])
def visits(request: pytest.FixtureRequest, needs_browser: None, site: Path, root: str) -> Visits:
    """A visit to every page, by two browsers at once."""
    others = [path for path in paths_of(site) if path not in KINDS]
    paths = others if request.param == "all others" else KINDS
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(lambda half: list(visit(root, half)), (paths[::2], paths[1::2]))
        return {seen.path: seen for half in halves for seen in half}


def visit(root: str, paths: Sequence[str]) -> Iterator[Seen]:
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
        context.add_init_script(path=AXE)
        watched = Watched(context, root)
        for path in paths:
            watched.complaints.clear()
            watched.page.emulate_media(color_scheme="light")
            watched.page.set_viewport_size(PHONE)
            page = watched.open(path)
            found = list(_violations(page, path))
            page.set_viewport_size(SMALL_PHONE)
            sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            twice = page.evaluate(
                "[...document.querySelectorAll('[id]')].map(e => e.id)"
                ".filter((id, at, all) => all.indexOf(id) !== at)"
            )
            complaints = [one for one in watched.complaints if path != "404.html"]
            yield Seen(path, found, complaints, sideways, twice)


def _violations(page: Page, path: str) -> Iterator[str]:
    """Run axe: the whole page for one of each kind, else what differs, the article."""
    part = "document" if path in KINDS else "article"
    yield from violations(page, part)
    page.emulate_media(color_scheme="dark")
    yield from violations(page, part, COLORS)
    if path in KINDS:
        page.set_viewport_size(DESKTOP)
        yield from violations(page, part, COLORS)
        page.emulate_media(color_scheme="light")
        yield from violations(page, part)


def test_every_page_is_visited(site: Path) -> None:
    paths = {*paths_of(site), "404.html"}
    assert set(KINDS) <= paths
    assert {f"errors/{entry_id}/" for entry_id in catalogue.ids()} <= paths


def test_no_page_has_a_violation_of_accessibility(visits: Visits) -> None:
    assert {path: seen.violations for path, seen in visits.items() if seen.violations} == {}


def test_no_page_complains_or_asks_another_host(visits: Visits) -> None:
    assert {path: seen.complaints for path, seen in visits.items() if seen.complaints} == {}


def test_no_page_scrolls_sideways_on_a_small_phone(visits: Visits) -> None:
    assert [path for path, seen in visits.items() if seen.sideways] == []


def test_no_page_has_an_id_twice(visits: Visits) -> None:
    assert {path: seen.twice for path, seen in visits.items() if seen.twice} == {}
