"""The explainer in a real browser: the answers of Python, and nothing that leaves the page."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from classify.test_corpus import FORMS, hard_wrapped, rows
from helpers.axe import violations
from helpers.browser import POLICY, serving
from helpers.parity import answer, mangled, wrapped_examples
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from redact.test_redact import KEYS

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.catalogue.everyday import QUESTIONS
from codegpt_doctor.catalogue.steps import parse
from codegpt_doctor.redact import Scrubber
from docs._builder.error_pages import page_title

pytestmark = pytest.mark.slow


def title(entry_id: str) -> str:
    return catalogue.get(entry_id, "openai").title


KEY = KEYS["an OpenAI project key"]
QUOTA = "Error code: 429 - {'error': {'code': 'insufficient_quota', 'message': 'No quota left'}}"


@pytest.fixture(scope="module")
def matcher(context: BrowserContext, root: str) -> Page:
    """One page for all texts, as the matcher keeps nothing between them."""
    return opened(context.new_page(), f"{root}explain/")


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_label("The error, as it was printed").focus()
    page.wait_for_selector("[data-ready]")
    return page


def differing(page: Page, texts: list[str]) -> list[Any]:
    """The texts to which the browser gives another answer: text, Python's, the browser's."""
    found = page.evaluate("(texts) => texts.map((text) => codegptDoctor.explain(text))", texts)
    pairs = zip(texts, map(answer, texts), found, strict=True)
    return [(text, mine, other) for text, mine, other in pairs if mine != other]


@pytest.mark.full
class TestTheSameAnswersAsPython:
    def test_on_the_labelled_texts(self, matcher: Page) -> None:
        texts = [row["text"] for row in rows()]
        assert len(texts) >= len(catalogue.ids())
        assert differing(matcher, texts) == []

    def test_on_every_example_in_every_form(self, matcher: Page) -> None:
        assert differing(matcher, list(wrapped_examples())) == []

    def test_on_every_id_code_type_name_and_status(self, matcher: Page) -> None:
        values = {row[key] for row in catalogue.table() for key in row if key != "phrase"}
        words = [*map(str, sorted(values, key=str)), *map(str, range(390, 610))]
        spaced = [f"\n {word}\x1c\x85\u2003" for word in words[::7]]
        lower = [word.lower() for word in words]
        odd = [
            "",
            " ",
            "None",
            "undefined",
            "constructor",
            "\ufeff429",
            "42\uff19",
            "²",
            "ECONNRE\u017fET",
        ]
        assert differing(matcher, [*words, *lower, *spaced, *odd]) == []

    def test_on_texts_with_characters_that_the_languages_treat_differently(
        self, matcher: Page
    ) -> None:
        assert differing(matcher, list(mangled(400))) == []

    def test_on_what_is_a_success_in_json_or_nearly_json(self, matcher: Page) -> None:
        bodies = [
            f'{{"object": "list", "error": {error}, "data": "exceeded your current quota"}}'
            for error in ("null", "{}", "[]", "0", "-0.0", '""', '"x"', "[0]", "false", "NaN", "01")
        ]
        bodies += ['{"object": "list", "n": ' + "9" * 5000 + ', "m": "invalid_api_key"}']
        assert differing(matcher, bodies) == []

    def test_on_a_text_longer_than_what_is_looked_at(self, matcher: Page) -> None:
        noise = "".join(f"INFO 🦙 line {number} of a log\n" for number in range(40_000))
        assert differing(matcher, [noise + QUOTA, QUOTA + noise, noise + QUOTA + noise]) == []

    def test_in_the_box_itself(self, matcher: Page) -> None:
        texts = [row["text"] for row in rows()]
        shown = matcher.evaluate(IN_THE_BOX, texts)
        assert shown == [((match := explain(text).match) and match.id) or "none" for text in texts]

    def test_keys_are_masked_alike(self, matcher: Page) -> None:
        forms = [form for form in FORMS if form is not hard_wrapped]  # that divides a key
        texts = [form(f"密钥{key}\uff0cOK {key}") for key in KEYS.values() for form in forms]
        texts += [f"Authorization: Bearer\xa0{KEY[3:]}", f"https://me:{KEY}@host", f"sk-pr…{KEY}"]
        masked = scrubbed(matcher, texts)
        assert masked == list(map(Scrubber().text, texts))
        assert all(key[12:24] not in text for text in masked for key in KEYS.values())

    def test_texts_are_cleaned_alike(self, matcher: Page) -> None:
        texts = [*(row["text"] for row in rows()), *mangled(400)]
        assert scrubbed(matcher, texts) == list(map(Scrubber().text, texts))


def scrubbed(page: Page, texts: list[str]) -> list[str]:
    found: list[str] = page.evaluate("(all) => all.map((text) => codegptDoctor.scrub(text))", texts)
    return found


IN_THE_BOX = """(texts) => texts.map((text) => {
    const box = document.querySelector("#explainer-text");
    box.value = text;
    box.dispatchEvent(new InputEvent("input"));
    return document.querySelector(".explainer-answer").dataset.id;
})"""


# Where the first line of the first step ends on the screen after each paste.
ENDS_OF_FIRST_STEPS = """async (texts) => {
    const ends = [];
    for (const text of texts) {
        scrollTo(0, 0);
        const box = document.querySelector("#explainer-text");
        box.value = text;
        box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        await new Promise(setTimeout); // the rest of the answer, and then the scroll
        const [line] = document.querySelector(".explainer-answer ol > li").getClientRects();
        const { id } = document.querySelector(".explainer-answer").dataset;
        ends.push({ id, end: Math.round(line.top) + 24 });
    }
    return ends;
}"""


def pasted(entry_id: str) -> str:
    """The example of an error as a client prints it."""
    example = catalogue.get(entry_id, "openai").example
    return str(example.get("text") or f"HTTP/2 {example['status']}\n\n{example['body']}")


def paste(page: Page, text: str) -> None:
    page.get_by_label("The error, as it was printed").focus()
    page.keyboard.insert_text(text)


class TestThePage:
    def test_answers_as_one_types(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        page.get_by_label("The error, as it was printed").press_sequentially("ECONNREFUSED")
        expect(page.get_by_role("heading", name=title("connection_refused"))).to_be_visible()

    @pytest.mark.full
    def test_a_bare_status_starts_with_the_question_that_decides(
        self, page: Page, root: str
    ) -> None:
        page.goto(f"{root}explain/")
        paste(page, "429")
        answer = page.get_by_role("region", name="Answer")
        expect(answer).to_contain_text(QUESTIONS[429].text)
        expect(page.get_by_role("status")).to_contain_text("429 alone is not enough to tell.")
        also = explain("429").also
        shown = answer.locator("ul a")
        expect(shown.first).to_have_attribute("href", f"{root}errors/{also[0]}/")
        answer.get_by_role("link", name="with the status 429").click()
        expect(page).to_have_url(f"{root}errors/429/")

    def test_a_paste_on_a_phone_shows_the_answer(self, browser: Browser, root: str) -> None:
        size: ViewportSize = {"width": 360, "height": 740}
        with browser.new_context(viewport=size, reduced_motion="reduce") as context:
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            for address in (root, f"{root}explain/"):
                page = context.new_page()
                page.goto(address)
                page.evaluate("(text) => navigator.clipboard.writeText(text)", QUOTA)
                page.get_by_label("The error, as it was printed").focus()
                page.keyboard.press("Control+v")
                expect(page.locator(".explainer-answer h2")).to_be_in_viewport()
                expect(page.locator(".explainer-answer ol > li").first).to_be_in_viewport()
                page.close()

    @pytest.mark.full
    def test_a_paste_on_a_phone_shows_the_first_step_of_every_error(
        self, browser: Browser, root: str
    ) -> None:
        size: ViewportSize = {"width": 360, "height": 740}
        with browser.new_context(viewport=size, reduced_motion="reduce") as context:
            page = opened(context.new_page(), root)
            ends = page.evaluate(ENDS_OF_FIRST_STEPS, [pasted(one) for one in catalogue.ids()])
        assert len(ends) == len(catalogue.ids())
        assert [one for one in ends if not 0 < one["end"] <= size["height"]] == []

    @pytest.mark.full
    def test_a_link_to_a_provider_leads_to_its_words(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, "Your credit balance is too low to access the Anthropic API.")
        page.get_by_role("link", name="All about this error").click()
        expect(page).to_have_url(f"{root}errors/credit_balance_exhausted/#anthropic")
        part = page.locator("details.variant", has=page.locator("#anthropic"))
        expect(part).to_have_attribute("open", "")

    @pytest.mark.full
    def test_shows_all_that_is_to_be_done_and_links_to_the_page(
        self, page: Page, root: str
    ) -> None:
        page.goto(f"{root}explain/")
        paste(page, QUOTA)
        entry = catalogue.get("insufficient_quota", "openai")
        steps = parse(catalogue.prose(entry.id, "openai")["Fix"])
        code = [block.code for step in steps for block in step.blocks]
        assert code
        answer = page.get_by_role("region", name="Answer")
        expect(answer).to_contain_text(entry.summary)
        expect(answer.locator("ol > li")).to_have_count(len(steps))
        expect(answer.locator("ol pre")).to_have_text([f"Copy{one}" for one in code])
        answer.get_by_role("link", name=entry.title).click()
        expect(page).to_have_url(f"{root}errors/insufficient_quota/")

    def test_the_commands_of_a_fix_are_copied_without_the_label_of_their_system(
        self, page: Page, root: str
    ) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{root}explain/")
        paste(page, "SELF_SIGNED_CERT_IN_CHAIN")
        block = page.locator("ol pre").filter(has_text="certutil -user")
        block.get_by_role("button", name="Copy").click()
        expect(block.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "certutil -user -addstore Root C:\\certs\\company-root.pem"

    @pytest.mark.parametrize(
        "text", [QUOTA, "SELF_SIGNED_CERT_IN_CHAIN", "certificate has expired"]
    )
    def test_says_by_what_it_recognized_the_error(self, page: Page, root: str, text: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, text)
        match = explain(text).match
        assert match
        answer = page.get_by_role("region", name="Answer")
        expect(answer).to_contain_text(f"Recognized by: {match.evidence[0].quote}")

    def test_an_id_is_not_said_to_be_recognized_by_itself(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, "insufficient_quota")
        answer = page.get_by_role("region", name="Answer")
        expect(answer).to_be_visible()
        expect(answer).not_to_contain_text("Recognized by")

    @pytest.mark.full
    def test_other_errors_in_the_same_text_are_linked(self, page: Page, root: str) -> None:
        text = f"{QUOTA}\nError: getaddrinfo ENOTFOUND api.openai.com"
        also = explain(text).also
        assert also
        page.goto(f"{root}explain/")
        paste(page, text)
        links = page.locator(".explainer-answer ul a")
        expect(links).to_have_count(len(also))
        assert [link.get_attribute("href") for link in links.all()] == [
            f"{root}errors/{entry_id}/" for entry_id in also
        ]

    def test_says_what_to_do_when_nothing_is_recognized(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, f"Segmentation fault (core dumped) {KEY}")
        status = page.get_by_role("status")
        expect(status).to_contain_text("Not recognized. Paste more")
        expect(status).to_contain_text("or a status. A key in the text was masked.")
        answer = page.get_by_role("region", name="Answer")
        answer.get_by_role("link", name="Problems with CodeGPT").click()
        expect(page).to_have_url(f"{root}codegpt/")

    def test_a_word_that_is_no_error_shows_the_errors_that_have_it(
        self, page: Page, root: str
    ) -> None:
        page.goto(f"{root}explain/")
        paste(page, "quota")
        answer = page.get_by_role("region", name="Answer")
        expect(answer.locator("li code")).to_have_text(list(explain("quota").nearest))

    def test_the_example_and_the_button_that_clears(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        page.get_by_role("button", name="Show an example").click()
        expect(page.locator(".explainer-answer")).to_have_attribute("data-id", "insufficient_quota")
        page.locator(".explainer").get_by_role("button", name="Clear").click()
        expect(page.get_by_label("The error, as it was printed")).to_have_value("")
        expect(page.get_by_role("region", name="Answer")).to_be_hidden()
        expect(page.get_by_role("status")).to_be_empty()

    def test_a_text_that_came_before_the_data_is_answered(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, QUOTA)
        expect(page.locator(".explainer-answer")).to_have_attribute("data-id", "insufficient_quota")


class TestKeys:
    def test_a_pasted_key_is_masked_at_once(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, f"Incorrect API key provided: {KEY}. You can")
        box = page.get_by_label("The error, as it was printed")
        assert box.input_value() == f"Incorrect API key provided: sk-proj-…{KEY[-4:]}. You can"
        expect(page.get_by_role("status")).to_contain_text("A key in the text was masked.")
        assert KEY[8:20] not in page.content()

    def test_undoing_does_not_bring_it_back(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, "key: ")
        paste(page, KEY)
        for _ in range(4):
            page.keyboard.press("Control+z")
            assert KEY[8:20] not in page.get_by_label("The error, as it was printed").input_value()

    def test_a_key_that_is_typed_never_shows_more_than_its_end(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        box = page.get_by_label("The error, as it was printed")
        box.press_sequentially(KEY)
        assert box.input_value().startswith("sk-proj-…")
        assert len(box.input_value()) <= len("sk-proj-…") + 4

    def test_the_caret_stays_behind_what_was_pasted(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, "before  after")
        for _ in "after ":
            page.keyboard.press("ArrowLeft")
        paste(page, KEY)
        page.keyboard.insert_text("|")
        value = page.get_by_label("The error, as it was printed").input_value()
        assert value == f"before sk-proj-…{KEY[-4:]}| after"


@pytest.mark.full
class TestTheLink:
    def test_leads_to_the_answer(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/#insufficient_quota")
        expect(page.locator(".explainer-answer")).to_have_attribute("data-id", "insufficient_quota")
        expect(page.get_by_label("The error, as it was printed")).to_have_value("")
        paste(page, "hello, all is well")
        expect(page.get_by_role("status")).to_contain_text("Not recognized")
        page.evaluate("location.hash = 'invalid_api_key'")
        expect(page.get_by_role("status")).to_contain_text("The answer to the link")
        expect(page).to_have_title(re.compile(re.escape(title("invalid_api_key"))))
        expect(page.locator(".explainer-answer")).to_have_attribute("data-id", "invalid_api_key")

    def test_works_on_the_first_page_and_with_a_query(self, page: Page, root: str) -> None:
        page.goto(f"{root}#insufficient_quota")
        answer = page.locator(".explainer-answer")
        expect(answer).to_have_attribute("data-id", "insufficient_quota")
        for address in (root, f"{root}explain/"):
            page.goto(f"{address}?q=SELF_SIGNED_CERT_IN_CHAIN")
            expect(answer).to_have_attribute("data-id", "tls_untrusted_certificate")
            assert "?q=" not in page.url

    def test_names_the_answer_and_never_the_text(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, f"{QUOTA} SECRETWORD")
        link = page.get_by_role("link", name="Link to this answer")
        assert link.get_attribute("href") == f"{root}explain/#insufficient_quota"
        expect(page).to_have_url(f"{root}explain/#insufficient_quota")
        page.locator(".explainer").get_by_role("button", name="Clear").click()
        expect(page).to_have_url(f"{root}explain/")
        assert "SECRETWORD" not in page.evaluate(STORED)

    def test_to_a_heading_of_the_page_is_no_answer(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/#in-a-terminal")
        paste(page, "nothing that is known")
        expect(page.locator(".explainer-answer")).to_have_attribute("data-id", "none")
        expect(page).to_have_url(f"{root}explain/#in-a-terminal")

    def test_can_be_copied(self, page: Page, root: str) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{root}explain/#insufficient_quota")
        page.get_by_role("button", name="Copy the link").click()
        expect(page.get_by_role("status")).to_have_text("The link is copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{root}explain/#insufficient_quota"


STORED = """JSON.stringify(
    [{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])"""

SENDING = """async (host) => {
    const blocked = new Set();
    document.addEventListener("securitypolicyviolation", (event) => {
        if (event.blockedURI.startsWith(host)) blocked.add(event.effectiveDirective);
    });
    const put = (name, attributes) => document.body.append(
        Object.assign(document.createElement(name), attributes));
    await fetch(host + "fetch").catch(() => {});
    const request = new XMLHttpRequest();
    request.open("POST", host + "xhr");
    try { request.send("text"); } catch {}
    navigator.sendBeacon(host + "beacon", "text");
    try { new WebSocket(host.replace("http", "ws") + "socket"); } catch {}
    try { new EventSource(host + "events"); } catch {}
    try { new Worker(host + "worker.js"); } catch {}
    put("img", { src: host + "img" });
    put("script", { src: host + "script.js" });
    put("link", { rel: "stylesheet", href: host + "style.css" });
    put("link", { rel: "prefetch", href: host + "prefetch" });
    put("iframe", { src: host + "iframe" });
    put("video", { src: host + "video" });
    put("object", { data: host + "object" });
    put("p", { style: `background: url(${host}background)`, textContent: "x" });
    put("form", { action: host + "form", target: "_blank", id: "sending" });
    const form = document.querySelector("#sending");
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [...blocked].sort();
}"""


@pytest.mark.full
class TestNothingIsSent:
    def test_the_policy_stops_every_way_to_another_host(
        self, browser: Browser, root: str, tmp_path: Path
    ) -> None:
        with browser.new_context() as context, serving(tmp_path) as (other, asked):
            page = opened(context.new_page(), f"{root}explain/")
            blocked = page.evaluate(SENDING, other)
        assert asked == []
        assert {"connect-src", "img-src", "form-action", "media-src", "script-src-elem"} <= set(
            blocked
        )

    def test_those_ways_are_real(self, browser: Browser, root: str, tmp_path: Path) -> None:
        with browser.new_context() as context, serving(tmp_path) as (other, asked):
            page = context.new_page()
            page.goto(f"{root}contributing/")
            page.evaluate(SENDING, other)
        assert len(asked) >= 10

    def test_the_page_loads_from_its_site_alone_and_nothing_after_a_paste(
        self, page: Page, root: str
    ) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        opened(page, f"{root}explain/")
        page.wait_for_load_state("networkidle")
        assert [address for address in asked if not address.startswith(root)] == []
        before = list(asked)
        paste(page, f"{QUOTA} {KEY}")
        expect(page.get_by_role("status")).to_contain_text("Recognized")
        page.wait_for_timeout(300)
        assert set(asked[len(before) :]) <= {f"{root}assets/icon.svg"}

    def test_it_goes_on_without_a_network(self, browser: Browser, root: str) -> None:
        with browser.new_context() as context:
            page = opened(context.new_page(), f"{root}explain/")
            context.set_offline(True)
            paste(page, QUOTA)
            answer = page.locator(".explainer-answer")
            expect(answer).to_have_attribute("data-id", "insufficient_quota")

    def test_the_policy_stands_before_everything_that_loads(self, site: Path) -> None:
        html = (site / "explain" / "index.html").read_text(encoding="utf-8")
        policy = html.index(f'content="{POLICY}"')
        assert policy < min(html.index(tag) for tag in ("<script", "<link", "<body"))

    def test_the_search_works_under_the_policy(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        page.locator("input.md-search__input").click()
        page.locator("input.md-search__input").press_sequentially("insufficient_quota")
        expect(page.locator("[data-search] li > a").first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{root}errors/**")

    def test_the_text_is_not_checked_completed_or_kept(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        box = page.get_by_label("The error, as it was printed")
        expect(box).to_have_attribute("spellcheck", "false")  # some checkers ask a server
        expect(box).to_have_attribute("autocomplete", "off")
        paste(page, "SECRETWORD")
        page.reload()
        expect(box).to_have_value("")


@pytest.mark.full
class TestAccess:
    def test_the_keyboard_is_enough(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "explainer-text":
                break
        page.keyboard.type("/f insufficient_quota s")
        expect(page.get_by_label("The error, as it was printed")).to_have_value(
            "/f insufficient_quota s"
        )
        page.keyboard.press("Control+a")
        page.keyboard.type("insufficient_quota")
        names = []
        for _ in range(3):
            page.keyboard.press("Tab")
            names.append(page.evaluate("document.activeElement.textContent"))
        assert names == ["Show an example", "Clear", title("insufficient_quota")]

    def test_an_answer_takes_the_focus_from_nobody(self, page: Page, root: str) -> None:
        page.goto(f"{root}explain/")
        paste(page, QUOTA)
        expect(page.get_by_role("status")).to_contain_text("Recognized")
        assert page.evaluate("document.activeElement.id") == "explainer-text"

    def test_a_screen_reader_hears_the_answer_in_one_line_and_once(
        self, page: Page, root: str
    ) -> None:
        page.clock.install()  # so that a busy machine types no slower than a person
        page.goto(f"{root}explain/")
        page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
        page.evaluate(
            "globalThis.heard = []; const status = document.querySelector('[role=status]');"
            "new MutationObserver(() => heard.push(status.textContent))"
            ".observe(status, { childList: true })"
        )
        box = page.get_by_label("The error, as it was printed")
        expect(box).to_have_accessible_description(
            "Nothing is sent: the text stays on this page. "
            "Keys that it recognizes are masked at once."
        )
        box.press_sequentially("insufficient_quota")
        expect(page.get_by_role("heading", name=title("insufficient_quota"))).to_be_visible()
        page.clock.run_for(500)
        expect(page.get_by_role("status")).to_contain_text(title("insufficient_quota"))
        heard = [one for one in page.evaluate("heard") if one not in ("", "Loading …")]
        assert heard == [f"Recognized: {title('insufficient_quota')}. "]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_an_answer_has_no_violation_of_accessibility(
        self, browser: Browser, root: str, scheme: Any
    ) -> None:
        with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as context:
            page = opened(context.new_page(), f"{root}explain/")
            paste(page, QUOTA)
            expect(page.get_by_role("status")).to_contain_text("Recognized")
            assert violations(page) == []

    def test_a_phone_needs_no_scrolling_sideways(self, browser: Browser, root: str) -> None:
        with browser.new_context(viewport={"width": 320, "height": 640}) as context:
            page = opened(context.new_page(), f"{root}explain/")
            for entry_id in catalogue.ids():
                width = page.evaluate(SHOWN_WIDTH, entry_id)
                assert width <= 320, entry_id


SHOWN_WIDTH = """(id) => {
    const box = document.querySelector("#explainer-text");
    box.value = id;
    box.dispatchEvent(new InputEvent("input"));
    return document.documentElement.scrollWidth;
}"""


class TestFromAFolder:
    """The site opened from the disk, with neither server nor network."""

    @pytest.mark.full
    def test_it_explains_and_links_to_files(self, browser: Browser, site: Path) -> None:
        with browser.new_context(offline=True) as context:
            page = opened(context.new_page(), (site / "explain" / "index.html").as_uri())
            paste(page, f"{QUOTA} {KEY}")
            link = page.locator(".explainer-answer h2 a")
            expect(link).to_have_attribute(
                "href", (site / "errors" / "insufficient_quota" / "index.html").as_uri()
            )
            assert KEY[8:20] not in page.content()
            link.click()
            entry = catalogue.get("insufficient_quota", "openai")
            expect(page).to_have_title(f"{page_title(entry)} - codegpt-doctor")
