"""The report for a bug tracker: its order, its size, and what it leaves out."""

import copy
import html
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from codegpt_doctor.cli import share
from codegpt_doctor.doctor import run_check
from codegpt_doctor.model.machine import AboutMachine
from codegpt_doctor.output.bug_report import TEMPLATES, as_html, as_markdown
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.simulator import simulation

ABOUT: AboutMachine = {
    "home": "/home/alice",
    "extension": ["3.24.75 in VS Code"],
    "editors": ["VS Code 1.104.2"],
    "system": "Linux 6.1 x86_64",
    "modes": ["in WSL (Ubuntu)"],
    "python": "3.12.1",
    "log": ["[error] CodeGPT: see #12 and @someone </pre><script>alert(1)</script>"],
    "variables": ["HTTPS_PROXY"],
    "locale": "de_DE.UTF-8",
    "sdk": "3.57.0",
}


@pytest.fixture(scope="module", params=["insufficient_quota", None], ids=str)
def data(request: pytest.FixtureRequest) -> ReportData:
    with simulation(request.param) as settings:
        return report_data(run_check(settings, 5))


FACTS = (
    "Extension version: `3.24.75 in VS Code`",
    "VS Code version: `VS Code 1.104.2`",
    "OS version: `Linux 6.1 x86_64`",
    "Modes: `in WSL (Ubuntu)`",
    "Variables: `HTTPS_PROXY`",
    "Language: `de_DE.UTF-8`",
    "Python 3.12.1, openai 3.57.0`",
)
ORDERS = {
    "generic": ("### Diagnosis", *FACTS, "### Checks", "### Log", "### What happened"),
    "codegpt": ("Type: **Bug**", *FACTS, "### Diagnosis", "### Checks", "### Log"),
    "vscode": (*FACTS, "Steps to Reproduce:", "extensions are disabled", "### Diagnosis"),
}


def test_every_template_has_an_order() -> None:
    assert tuple(ORDERS) == TEMPLATES == share.TEMPLATES


@pytest.mark.parametrize(("template", "order"), ORDERS.items(), ids=ORDERS)
def test_the_order_is_that_of_the_form(
    data: ReportData, template: str, order: tuple[str, ...]
) -> None:
    text = as_markdown(data, ABOUT, template)
    places = [text.index(one) for one in order]
    assert places == sorted(places)


def test_it_is_short(data: ReportData) -> None:
    about: AboutMachine = {**ABOUT, "log": [f"line {number}" for number in range(500)]}
    text = as_markdown(data, about)
    assert len(text) < 6000
    assert "line 499" in text
    assert "line 400" not in text


def test_it_names_the_cause_or_that_there_is_none(data: ReportData) -> None:
    text = as_markdown(data, ABOUT)
    if data["diagnosis"]:
        assert "insufficient_quota (certain): " in text
        assert data["diagnosis"]["docs_url"] in text
    else:
        assert "none: healthy" in text


def test_every_check_is_there(data: ReportData) -> None:
    text = as_markdown(data, ABOUT).lower()
    assert all(check["title"].lower() in text for check in data["checks"])


def test_nothing_from_outside_stands_beside_the_blocks_of_code(data: ReportData) -> None:
    outside = re.sub(r"```.*?```", "", as_markdown(data, ABOUT), flags=re.DOTALL)
    assert "@someone" not in outside
    assert "#12" not in outside


def test_a_block_of_code_cannot_be_left(data: ReportData) -> None:
    text = as_markdown(data, {**ABOUT, "log": ["```", "# a heading", "````"]})
    fence = "`````"
    assert f"{fence}text\n```\n# a heading\n````\n{fence}\n" in text


FORGED = (
    "m ![p](https://evil.test/t.png) <img src=x> @octocat fixes #2\n\n# Forged heading\n\n[click](https://evil.test)",
    "`closed` @octocat",
    "``` @octocat ```\n# Forged heading",
    "`",
    "``",
    " ` @octocat",
    "\\` @octocat",
    "m\u2028# Forged heading\r# Forged heading",
)


class Elements(HTMLParser):
    """The elements of a page, and the words outside its code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.depth += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.words += "" if self.depth else data


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize(
    "field", ["model", "base_url", "editors", "extension", "modes", "log", "variables"]
)
def test_what_a_stranger_wrote_is_code_wherever_it_stands(
    data: ReportData, forged: str, field: str
) -> None:
    forged_data, about = copy.deepcopy(data), copy.deepcopy(ABOUT)
    if field in about:
        about.update({field: [forged]})  # type: ignore[misc]
    else:
        forged_data["target"].update({field: forged})  # type: ignore[misc]
    for template in TEMPLATES:
        page = Elements(MarkdownIt("commonmark").render(as_markdown(forged_data, about, template)))
        assert not {"img", "a", "h1"} & {*page.tags}
        for one in ("@octocat", "#2", "Forged", "evil.test"):
            assert one not in page.words
        assert page.tags.count("h3") == (4 if template == "generic" else 3)


def test_what_tells_who_it_is_is_left_out(data: ReportData) -> None:
    log = ["in /home/alice/x by alice@example.com, org-AbCdEfGh12345678, proj_AbCdEfGh12345678"]
    for render in (as_markdown, as_html):
        text = html.unescape(render(data, {**ABOUT, "log": log}))
        assert "in ~/x by …@…, org-…, proj_…" in text


class Page(HTMLParser):
    """The elements of a page, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {"src", "href"} & {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_says_the_same_and_loads_nothing(data: ReportData) -> None:
    page = Page(as_html(data, ABOUT))
    assert "script" not in page.tags
    assert "</pre><script>alert(1)</script>" in page.words
    for one in ("3.24.75 in VS Code", "VS Code 1.104.2", "in WSL (Ubuntu)", "Diagnosis", "Log"):
        assert one in page.words


def test_without_an_editor_it_says_so(data: ReportData) -> None:
    about: AboutMachine = {**ABOUT, "extension": [], "editors": [], "modes": [], "log": []}
    about.update({"variables": [], "locale": "", "sdk": ""})
    text = as_markdown(data, about)
    assert "Extension version: `CodeGPT was not found`" in text
    assert "Modes: `none`" in text
    assert "Variables: `no proxy and no certificates are set`" in text
    assert "nothing about CodeGPT" in text
