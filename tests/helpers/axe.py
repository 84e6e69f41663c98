"""The rules of axe-core, https://github.com/dequelabs/axe-core, run in a page of the browser."""

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")  # axe-core in one file
COLORS = ("color-contrast", "link-in-text-block")
"""What a color scheme can change; all the rest is the same in both."""

_RUN = """async ([part, rules]) => {
    const only = rules ? { runOnly: rules } : {};
    const options = { resultTypes: ["violations"], preload: false, ...only };
    const result = await axe.run(part ?? document, options);
    return result.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}"""


def violations(page: Page, part: str = "document", rules: Sequence[str] | None = None) -> list[str]:
    """What a person with a disability would stumble over; nothing when all is well.

    Args:
        page: the page as it is shown now.
        part: a selector, or ``document``.
        rules: the ids of rules; by default all.
    """
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    where = None if part == "document" else part
    found: list[str] = page.evaluate(_RUN, [where, rules and list(rules)])
    return found
