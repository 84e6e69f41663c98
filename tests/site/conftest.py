"""One built site, one server and one browser for all tests of the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.browser import Watched, build_site, chromium, lacking, serving
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def offline_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("offline"), "--offline")


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(site) as (address, _):
        yield address


@pytest.fixture(scope="session")
def needs_browser() -> None:
    """Skip without a browser; where CI is true, that fails the run."""
    if lacking():
        pytest.skip(f"needs {lacking()}")


@pytest.fixture(scope="module")
def browser(needs_browser: None) -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, root: str) -> Iterator[Page]:
    """A page of its own, which must not complain nor ask another host."""
    watched = Watched(context, root)
    yield watched.page
    watched.page.close()
    assert watched.complaints == []
