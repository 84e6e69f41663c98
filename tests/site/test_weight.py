"""What a page makes a reader load before anything is searched or pasted."""

import pytest
from playwright.sync_api import Browser, Response

pytestmark = pytest.mark.slow
MAX = 130_000  # bytes as they are sent, compressed
PATHS = (
    "",
    "explain/",
    "errors/",
    "errors/invalid_api_key/",
    "errors/insufficient_quota/",
    "providers/openai/",
    "providers/compare/",
    "providers/anthropic/",
    "reference/json/",
)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_weighs_little(browser: Browser, root: str, path: str) -> None:
    loaded: dict[str, int] = {}

    def count(response: Response) -> None:
        loaded[response.url] = int(response.headers.get("content-length", 0))

    with browser.new_context() as context:
        page = context.new_page()
        page.on("response", count)
        page.goto(root + path)
        page.wait_for_load_state("networkidle")
    assert min(loaded.values()) > 0
    assert sum(loaded.values()) <= MAX, loaded
