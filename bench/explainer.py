"""How long the explainer takes from a paste to its answer; aim: at most 30 ms, slowed to a quarter.

Each paste is the first one on a fresh page, as for a visitor: an example that a client printed, or
a long log with one at its end.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from helpers.browser import build_site, chromium, serving  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

from codegpt_doctor import catalogue  # noqa: E402

SLOWER = 4
EVERY = 4  # takes each fourth entry
LINE = "2026-11-23T08:00:00Z INFO indexing file {} of 9000 in /home/user/project/src\n"
WATCH = """(text) => {
    const box = document.querySelector("#explainer-text");
    let start, put;
    box.addEventListener("paste", () => { start = performance.now(); });
    addEventListener("input", () => { put = performance.now(); }, { capture: true });
    box.addEventListener("input", () => {
        document.querySelector(".explainer-answer").getBoundingClientRect();
        globalThis.took = [performance.now() - start, put - start];
    });
    box.focus();
    return navigator.clipboard.writeText(text);
}"""


def first_paste(browser: Browser, address: str, text: str) -> tuple[float, float]:
    """Milliseconds from the paste to the answer, laid out; and until the text stood in the box."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        page.locator("#explainer-text").focus()  # what loads the data, before anything is pasted
        page.wait_for_selector("[data-ready]")
        page.wait_for_timeout(500)
        page.evaluate(WATCH, text)
        page.keyboard.press("Control+v")
        page.wait_for_selector(".explainer-answer:not([hidden])")
        took, put = page.evaluate("took")
        return took, put


def main() -> None:
    """Paste, and print the times."""
    examples = [entry.example for entry in catalogue.entries("openai")[::EVERY]]
    texts = [
        example.get("text") or f"Error code: {example['status']} - {example['body']}"
        for example in examples
    ]
    log = "".join(map(LINE.format, range(300))) + texts[0]
    with tempfile.TemporaryDirectory() as folder:
        build_site(Path(folder))
        with chromium() as browser, serving(Path(folder)) as (root, _):
            took = [first_paste(browser, f"{root}explain/", text) for text in texts]
            long = [first_paste(browser, f"{root}explain/", log) for _ in range(5)]
    report(f"{len(took)} errors", took)
    report(f"a log of {len(log):,} characters, {len(long)} times", long)


def report(what: str, took: list[tuple[float, float]]) -> None:
    """Print the times; until the text stands in the box, the browser alone is at work."""
    times = [one for one, _ in took]
    browsers = median(put for _, put in took)
    print(f"{what}: median {median(times):.0f} ms, of which the browser takes {browsers:.0f} ms")
    print(f"    slowest {max(times):.0f} ms")


if __name__ == "__main__":
    main()
