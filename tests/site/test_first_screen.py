"""What a person sees of an error page without scrolling: the first step of its fix."""

import pytest
from playwright.sync_api import Browser, ViewportSize

from codegpt_doctor import catalogue
from docs._builder.error_pages import page_title

pytestmark = pytest.mark.full
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
END = "document.querySelector('h2#fix ~ ol > li').getClientRects()[0].top + 27"
"""Where the first line of the first step ends."""


def above(entry_id: str) -> int:
    """How many characters stand above the fix."""
    entry = catalogue.get(entry_id, "openai")
    return len(page_title(entry)) + len(entry.summary)


LONGEST = sorted(catalogue.ids(), key=above)[-8:]
IDS = [LONGEST, list(catalogue.ids())]


@pytest.mark.parametrize("ids", IDS, ids=["the longest", "all"])
@pytest.mark.parametrize(
    ("size", "most"), [(DESKTOP, 900), (PHONE, 1480)], ids=["desktop", "phone"]
)
def test_the_first_step_is_seen_soon(
    browser: Browser, root: str, ids: list[str], size: ViewportSize, most: int
) -> None:
    with browser.new_context(viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        ends = {}
        for entry_id in ids:
            page.goto(f"{root}errors/{entry_id}/")
            ends[entry_id] = page.evaluate(END)
    assert {name: end for name, end in ends.items() if end > most} == {}
