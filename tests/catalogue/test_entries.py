"""Every page of the catalogue is complete and well formed, one test an entry and rule."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from codegpt_doctor.catalogue.entry import (
    HEADINGS,
    Entry,
    fix_steps,
    parse_page,
    sections,
    split_page,
)

ENTRIES = Path(__file__).parents[2] / "codegpt_doctor" / "catalogue" / "entries"
PAGES = sorted(ENTRIES.glob("*/*.md"))
IDS = {page.stem for page in PAGES}
ALLOWED_HOSTS = {
    "community.openai.com",
    "developers.openai.com",
    "help.openai.com",
    "openai.com",
    "platform.openai.com",
    "status.openai.com",
    "auth.openai.com",
    "app.codegpt.co",
    "docs.codegpt.co",
    "marketplace.visualstudio.com",
    "code.visualstudio.com",
    "nodejs.org",
    "docs.python.org",
    "requests.readthedocs.io",
    "developers.cloudflare.com",
    "developer.mozilla.org",
    "everything.curl.dev",
    "curl.se",
    "datatracker.ietf.org",
    "www.rfc-editor.org",
    "github.com",
    "learn.microsoft.com",
    "support.apple.com",
    "docs.openssl.org",
    "console.anthropic.com",
    "docs.ollama.com",
    "docs.mitmproxy.org",
    "www.electronjs.org",
}


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def entry(page: Path) -> Entry:
    return parse_page(page.read_text(encoding="utf-8"))


@pytest.fixture
def prose(page: Path) -> dict[str, str]:
    return sections(split_page(page.read_text(encoding="utf-8"))[1])


def test_the_file_name_is_the_id_and_the_folder_the_family(page: Path, entry: Entry) -> None:
    assert (entry.id, entry.family) == (page.stem, page.parent.name)


def test_the_title_and_the_summary_are_sentences_of_a_size(entry: Entry) -> None:
    assert 10 <= len(entry.title) <= 70
    assert not entry.title.endswith(".")
    assert 40 <= len(entry.summary) <= 260
    assert entry.summary.endswith(".")


def test_every_heading_is_there_with_text(prose: dict[str, str]) -> None:
    assert tuple(prose) == HEADINGS
    assert all(len(text) > 20 for text in prose.values())


def test_causes_are_a_list_and_the_fix_is_numbered(prose: dict[str, str]) -> None:
    assert prose["Causes"].startswith("- ")
    assert re.match(r"1\. ", prose["Fix"])
    assert fix_steps(prose["Fix"])


def test_there_is_an_example_and_a_signature(entry: Entry) -> None:
    assert entry.signatures
    assert ("body" in entry.example and "status" in entry.example) or "text" in entry.example


def test_an_example_in_json_has_the_status_type_and_code_of_the_entry(entry: Entry) -> None:
    body = entry.example.get("body", "")
    if not body.lstrip().startswith("{"):
        return
    error = json.loads(body).get("error")
    assert not entry.statuses or entry.example["status"] in entry.statuses
    if isinstance(error, dict):
        assert error.get("type") in (None, *entry.types)
        assert str(error.get("code")) in ("None", *entry.codes)


def test_a_response_says_where_the_simulator_gives_it(entry: Entry) -> None:
    if "body" in entry.example:
        assert entry.simulate.get("on") in ("all", "models", "inference", "billing") or (
            "fault" in entry.simulate
        )


def test_what_it_beats_and_is_confused_with_exists(entry: Entry) -> None:
    assert entry.confused_with
    for other in (*entry.beats, *entry.confused_with):
        assert other in IDS, f"{other} has no page"
    assert entry.id not in entry.beats + entry.confused_with


def test_links_are_https_and_of_known_hosts(page: Path, entry: Entry) -> None:
    assert entry.links
    for url in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        parts = urlsplit(url)
        assert (parts.scheme, parts.hostname in ALLOWED_HOSTS) == ("https", True), url


def test_no_page_tells_to_turn_verification_off(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for line in text.splitlines():
        if "NODE_TLS_REJECT_UNAUTHORIZED" in line or "verify=False" in line:
            assert re.search(r"\b(not|never|no)\b", line, re.IGNORECASE), line
