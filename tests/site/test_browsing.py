"""The site in the hands of its readers: search, navigation, colors, keyboard, phone, folder."""

import re
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import Watched
from playwright.sync_api import Browser, BrowserContext, Page, expect
from redact.test_redact import KEYS

from codegpt_doctor import catalogue

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}
QUOTA = "You exceeded your current quota, please check your plan and billing details."
SENTENCES = {
    QUOTA: "insufficient_quota",
    "Error code: 404 - The model `gpt-4` does not exist or you do not have access to it.": (
        "model_not_found"
    ),
    "Incorrect API key provided: sk-proj-****abcd. You can find your API key at "
    "https://platform.openai.com/account/api-keys.": "invalid_api_key",
    "The engine is currently overloaded, please try again later": "engine_overloaded",
    "openai.RateLimitError: Rate limit reached for gpt-4o in organization org-x on requests per "
    "min (RPM): Limit 3, Used 3, Requested 1.": "rate_limit_requests",
    "curl: (60) SSL certificate problem: unable to get local issuer certificate": (
        "tls_untrusted_certificate"
    ),
}
WORDS = {
    "quota": "insufficient_quota",
    "insufficient_quota": "insufficient_quota",
    "429": "429",
    "ECONNREFUSED": "connection_refused",
    "tarjeta rechazada": "billing_not_active",
    "chave expirada": "api_key_expired",
    "密钥过期": "api_key_expired",
}
FOUND = """(id) => [...document.querySelectorAll("[data-search] li > a")]
    .slice(0, 3).some((link) => link.href.includes(`errors/${id}`))"""


def title(entry_id: str) -> str:
    return catalogue.get(entry_id, "openai").title


def search_box(page: Page) -> Any:
    return page.locator("input.md-search__input")


class TestSearch:
    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(("word", "entry_id"), WORDS.items())
    def test_finds_a_word_that_is_typed(
        self, page: Page, root: str, word: str, entry_id: str
    ) -> None:
        page.goto(root)
        page.keyboard.press("/")
        search_box(page).press_sequentially(word)
        page.wait_for_function(FOUND, arg=entry_id)

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(("sentence", "entry_id"), SENTENCES.items())
    def test_finds_a_whole_sentence_that_is_pasted(
        self, page: Page, root: str, sentence: str, entry_id: str
    ) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{root}errors/")
        page.evaluate("(text) => navigator.clipboard.writeText(text)", sentence)
        search_box(page).focus()
        page.keyboard.press("Control+v")
        page.wait_for_function(FOUND, arg=entry_id)

    def test_leads_on_where_nothing_is_found(self, page: Page, root: str) -> None:
        page.goto(root)
        search_box(page).fill("xyzzy")
        expect(page.locator("[data-search] [aria-live]")).to_contain_text("Nothing found")
        page.locator("[data-search]").get_by_role("link", name="Explain an error").click()
        expect(page).to_have_url(f"{root}explain/")

    def test_leads_to_the_page_with_the_keyboard_alone(self, page: Page, root: str) -> None:
        page.goto(root)
        page.keyboard.press("/")
        page.keyboard.type("insufficient_quota")
        page.wait_for_function(FOUND, arg="insufficient_quota")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{root}errors/insufficient_quota/**")

    def test_shows_what_an_error_is_first(self, page: Page, root: str) -> None:
        page.goto(f"{root}codegpt/")
        search_box(page).fill(
            "anthropic.BadRequestError: Error code: 400 - {'error': {'message': "
            "'Your credit balance is too low to access the Anthropic API.'}}"
        )
        first = page.locator("[data-search] li > a").first
        expect(first).to_have_attribute("href", f"{root}errors/credit_balance_exhausted/#anthropic")

    def test_masks_a_key_that_is_pasted(self, page: Page, root: str) -> None:
        page.goto(root)
        search_box(page).fill(f"invalid key {KEYS['an OpenAI project key']}")
        expect(page.locator("[data-search] li > a").first).to_be_visible()
        assert KEYS["an OpenAI project key"] not in search_box(page).input_value()

    def test_loads_nothing_before_it_is_used(self, page: Page, root: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{root}errors/insufficient_quota/")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "search/index" in url or "explain/" in url] == []
        search_box(page).press_sequentially("billing")
        expect(page.locator("[data-search] li > a").first).to_be_visible()

    def test_arrows_move_among_the_results_and_escape_closes(self, page: Page, root: str) -> None:
        page.goto(root)
        page.keyboard.press("/")
        page.keyboard.type("billing")
        page.wait_for_function(FOUND, arg="billing_not_active")
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-search] li > a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("[data-search] li > a").first).to_be_hidden()

    def test_on_a_phone_opens_from_the_header(self, browser: Browser, root: str) -> None:
        with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(root)
            page.locator("label[for=__search].md-header__button").click()
            expect(search_box(page)).to_be_focused()
            search_box(page).fill("saldo")
            expect(page.locator("[data-search] li > a").first).to_be_visible()


class TestNavigation:
    def test_from_the_first_page_to_a_fix(self, page: Page, root: str) -> None:
        page.goto(root)
        page.get_by_role("link", name="All errors").click()
        expect(page).to_have_url(f"{root}errors/")
        page.get_by_label("HTTP status").select_option("503")
        having = [entry for entry in catalogue.entries("openai") if 503 in entry.statuses]
        expect(page.locator("tbody tr:visible")).to_have_count(len(having))
        expect(page).to_have_url(f"{root}errors/?status=503")
        page.get_by_role("link", name=title("engine_overloaded")).click()
        page.get_by_role("link", name="Fix", exact=True).first.click()
        expect(page).to_have_url(f"{root}errors/engine_overloaded/#fix")
        expect(page.locator("h2#fix")).to_be_in_viewport()

    def test_the_filter_is_in_the_address(self, page: Page, root: str) -> None:
        page.goto(f"{root}errors/?status=407")
        expect(page.locator("tbody tr:visible")).to_have_count(1)
        expect(page.get_by_role("status")).to_contain_text("1 of ")
        expect(page.locator("article table:visible")).to_have_count(1)
        page.get_by_role("link", name="407: which one is it?").click()
        expect(page).to_have_url(f"{root}errors/407/")

    def test_every_part_of_the_site_is_in_the_bar(self, page: Page, root: str) -> None:
        page.goto(root)
        tabs = page.get_by_role("navigation", name="Tabs").get_by_role("link").all_inner_texts()
        assert tabs == [
            "Home",
            "Set up OpenAI",
            "Providers",
            "Explain an error",
            "Errors",
            "Guides",
            "Integrations",
            "Reference",
            "Contributing",
        ]

    def test_the_page_of_an_error_has_those_of_its_kind_beside_it(
        self, page: Page, root: str
    ) -> None:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{root}errors/insufficient_quota/")
        kind = page.get_by_role("navigation", name="Quota, billing and limits")
        here = kind.locator("[aria-current=page]")
        expect(here).to_have_text(title("insufficient_quota"))
        tabs = page.get_by_role("navigation", name="Tabs")
        expect(tabs.locator("[aria-current]")).to_have_text("Errors")
        kind.get_by_role("link", name=title("rate_limit_tokens")).click()
        expect(page).to_have_url(f"{root}errors/rate_limit_tokens/")
        page.goto(f"{root}errors/429/")
        page.get_by_role("navigation", name="HTTP status").get_by_role("link", name="401").click()
        expect(page).to_have_url(f"{root}errors/401/")

    def test_on_a_phone_those_of_its_kind_are_at_its_foot(
        self, browser: Browser, root: str
    ) -> None:
        with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(f"{root}errors/insufficient_quota/")
            expect(page.locator("nav.siblings")).to_be_hidden()
            page.locator("details.siblings summary").click()
            page.get_by_role("link", name=title("rate_limit_tokens")).last.click()
            expect(page).to_have_url(f"{root}errors/rate_limit_tokens/")

    def test_on_a_phone_through_the_menu(self, browser: Browser, root: str) -> None:
        with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(root)
            page.locator("label[for=__drawer].md-header__button").click()
            page.get_by_role("link", name="Explain an error", exact=True).click()
            expect(page).to_have_url(f"{root}explain/")

    def test_a_page_that_is_not_there_leads_on(self, context: BrowserContext, root: str) -> None:
        page = context.new_page()
        page.goto(f"{root}errors/no_such_error/")
        page.get_by_role("link", name="Explain no_such_error").click()
        expect(page).to_have_url(re.compile(re.escape(f"{root}explain/")))
        page.close()


@pytest.mark.full
class TestColors:
    BACKGROUND = "getComputedStyle(document.body).backgroundColor"

    def test_follow_the_system(self, context: BrowserContext, root: str) -> None:
        page = context.new_page()
        for scheme, color in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 25, 28)")):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(root)
            assert page.evaluate(self.BACKGROUND) == color
        page.close()

    def test_can_be_chosen_and_are_kept(self, browser: Browser, root: str) -> None:
        with browser.new_context(color_scheme="light") as context:
            page = context.new_page()
            page.goto(root)
            page.locator("label[title='Switch to light mode']").click()
            page.locator("label[title='Switch to dark mode']").click()
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
            page.goto(f"{root}providers/openai/")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")

    def test_drawings_follow_them(self, context: BrowserContext, root: str) -> None:
        page = context.new_page()
        paper = "getComputedStyle(document.querySelector('.drawing svg > rect')).fill"
        fills = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{root}providers/openai/")
            fills.append(page.evaluate(paper))
        assert fills == ["rgb(255, 255, 255)", "rgb(27, 34, 37)"]
        page.close()


# a switch shows the focus at its label, and the field of the search has its caret
UNSEEN = """(() => {
    const focused = document.activeElement;
    const shown = focused.matches("input[type=radio]") ? focused.nextElementSibling : focused;
    const seen = getComputedStyle(shown).outlineStyle !== "none";
    return seen || focused.type === "text" ? [] : [focused.outerHTML.slice(0, 200)];
})()"""


@pytest.mark.full
class TestKeyboard:
    def test_the_first_stop_skips_to_the_text(self, page: Page, root: str) -> None:
        page.goto(f"{root}codegpt/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{root}codegpt/#troubles-of-codegpt")

    def test_what_has_the_focus_is_seen(self, page: Page, root: str) -> None:
        page.goto(f"{root}errors/insufficient_quota/")
        page.keyboard.press("Tab")
        unseen = []
        for _ in range(25):
            page.keyboard.press("Tab")
            unseen += page.evaluate(UNSEEN)
        assert unseen == []

    def test_code_is_copied(self, page: Page, root: str) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{root}billing/")
        page.goto(root)
        block = page.locator("#test-the-connection ~ div pre").first
        block.get_by_role("button", name="Copy").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "codegpt-doctor check"

    def test_what_cannot_be_run_has_no_button(self, page: Page, root: str) -> None:
        page.goto(f"{root}reference/commands/")
        expect(page.get_by_text("codegpt-doctor check [OPTIONS]")).to_be_visible()
        blocks = page.locator("pre").filter(has=page.get_by_role("button", name="Copy"))
        assert [text for text in blocks.all_inner_texts() if "[OPTIONS]" in text] == []


# The lines of a picture, apart from the command that is typed, and how many lines they take.
LINES = """(element) => {
    const style = getComputedStyle(element);
    const command = document.createRange();
    command.setStart(element, 0);
    command.setEndAfter(element.querySelector(".t-strong"));
    const typed = command.getBoundingClientRect().height;
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom) + 2;
    const line = parseFloat(style.lineHeight);
    return {
        shown: Math.round((element.offsetHeight - padding - typed) / line),
        printed: element.textContent.split("\\n").length - 1,
    };
}"""


@pytest.mark.full
class TestPictures:
    def test_every_drawing_says_what_it_shows(self, page: Page, root: str) -> None:
        page.goto(f"{root}providers/openai/")
        drawings = page.locator(".drawing svg[role=img]")
        expect(drawings).to_have_count(8)
        for drawing in drawings.all():
            expect(drawing).to_have_accessible_name(re.compile(".{60}"))

    def test_a_terminal_shows_what_fits(self, browser: Browser, root: str) -> None:
        for width, name in ((1280, "wide"), (390, "narrow"), (360, "narrow"), (320, "narrow")):
            with browser.new_context(viewport={"width": width, "height": 900}) as context:
                page = context.new_page()
                page.goto(root)
                shown = page.locator("figure.terminal pre:visible")
                expect(shown).to_have_class(f"terminal-{name}")
                expect(shown).to_contain_text(title("credit_balance_exhausted"))
                assert shown.evaluate("element => element.scrollWidth <= element.clientWidth")
                lines = shown.evaluate(LINES)
                assert lines["shown"] == lines["printed"], width


# The days in tables that take more than one line.
BROKEN_DAYS = r"""() => [...document.querySelectorAll("td")].filter((cell) => {
    const text = document.createRange();
    text.selectNodeContents(cell);
    return /^\d{4}-\d\d-\d\d$/.test(cell.textContent.trim()) && text.getClientRects().length > 1;
}).map((cell) => cell.textContent)"""


def test_a_day_in_a_table_is_not_broken(page: Page, root: str) -> None:
    for width in (1280, 800, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{root}providers/openai/")
        expect(page.get_by_role("cell", name="2026-12-11").first).to_be_visible()
        assert page.evaluate(BROKEN_DAYS) == [], width


class TestWithoutScripts:
    @pytest.mark.full
    def test_every_error_can_be_read(self, browser: Browser, root: str) -> None:
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(f"{root}errors/")
            page.get_by_role("link", name=title("invalid_api_key")).click()
            expect(page.locator("h2#fix")).to_be_visible()
            expect(search_box(page)).to_be_hidden()


@pytest.mark.full
class TestFromAFolder:
    """The site as `make offline` builds it, opened from the disk."""

    def test_search_and_explainer_work_and_ask_nobody(
        self, browser: Browser, offline_site: Path
    ) -> None:
        with browser.new_context(offline=True) as context:
            watched = Watched(context, offline_site.as_uri())
            page = watched.open("/index.html")
            search_box(page).focus()
            search_box(page).press_sequentially("insufficient_quota")
            page.wait_for_function(FOUND, arg="insufficient_quota")
            page.keyboard.press("Enter")
            page.wait_for_url("**/errors/insufficient_quota.html*")
            here = page.locator("[aria-current]:visible")
            expect(here).to_have_text(["Errors", title("insufficient_quota")])
            page.get_by_role("link", name="All errors", exact=True).click()
            page.wait_for_url("**/errors/index.html")
            watched.open("/explain.html")
            page.get_by_label("The error, as it was printed").focus()
            page.keyboard.insert_text(QUOTA)
            page.locator(".explainer-answer h2 a").click()
            page.wait_for_url("**/errors/insufficient_quota.html")
            assert watched.complaints == []
