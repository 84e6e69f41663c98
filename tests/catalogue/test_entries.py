"""Every page of the catalogue is complete and well formed, one test a rule."""

import json
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from helpers.each import each

import codegpt_doctor
from codegpt_doctor import catalogue
from codegpt_doctor.catalogue.entry import HEADINGS, Entry
from codegpt_doctor.catalogue.page import split_page
from codegpt_doctor.catalogue.parsing import Page, neutral_page, own_page, variant_page
from codegpt_doctor.catalogue.placeholders import fill, site_values
from codegpt_doctor.catalogue.steps import USUAL, Block, in_program, parse, program_of
from codegpt_doctor.classify import classify_response, classify_text
from codegpt_doctor.output.markdown import plain

PACKAGE = Path(codegpt_doctor.__file__).parent
NEUTRAL = sorted(PACKAGE.glob("catalogue/entries/*/*.md"))
OF_PROVIDERS = sorted(PACKAGE.glob("providers/*/errors/*.md"))
NEUTRAL_IDS = {path.stem for path in NEUTRAL}
IDS = NEUTRAL_IDS | {path.stem for path in OF_PROVIDERS}
MAX_LINE = 100  # characters of the line of a step
MAX_STEPS = 5

# what belongs to no provider: editors, runtimes, gateways, tools, standards
NEUTRAL_HOSTS = {
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
    "www.rfc-editor.org",
    "github.com",
    "learn.microsoft.com",
    "docs.openssl.org",
    "docs.litellm.ai",
    "docs.ollama.com",
}
DATA = catalogue.providers()
HOSTS = {provider: {*data["pages"]["link_hosts"]} for provider, data in DATA.items()}


class File(NamedTuple):
    """A page, and the provider in whose folder it is."""

    id: str
    path: Path
    provider: str | None
    text: str

    @property
    def page(self) -> Page:
        return (
            neutral_page(self.text)
            if self.provider is None
            else variant_page(self.text)
            if self.id in NEUTRAL_IDS
            else own_page(self.text)
        )


def file_of(path: Path) -> File:
    provider = path.parts[-3] if path.parent.name == "errors" else None
    return File(path.stem, path, provider, path.read_text(encoding="utf-8"))


FILES = [file_of(path) for path in (*NEUTRAL, *OF_PROVIDERS)]
SHOWN = [
    *(catalogue.get(path.stem) for path in NEUTRAL if not catalogue.variants(path.stem)),
    *(catalogue.get(path.stem, file_of(path).provider) for path in OF_PROVIDERS),
]


def name_of(file: File) -> str:
    return f"{file.provider}-{file.id}" if file.provider else file.id


def name_of_entry(entry: Entry) -> str:
    return f"{entry.provider}-{entry.id}" if entry.provider else entry.id


every_file = each(FILES, name_of)
neutral_files = each([file for file in FILES if file.provider is None], name_of)
every_entry = each(SHOWN, name_of_entry)


@every_file
def test_a_page_has_the_facts_and_the_headings_of_its_kind(file: File) -> None:
    assert file.page.prose


def test_the_catalogue_as_a_whole_can_be_made_into_an_index() -> None:
    assert "signatures" in catalogue.build_index()


def test_no_run_pays_for_what_only_the_site_reads() -> None:
    first, *lines = catalogue.build_index().split("\n")
    names = json.loads(first)
    before = len(names["entries"]) + sum(map(len, names["variants"].values()))
    rows = lines[before : before + len(names["providers"])]
    assert [json.loads(row)["id"] for row in rows] == names["providers"]
    assert [row for row in rows if '"source"' in row or '"verified_on"' in row] == []


@every_file
def test_the_file_name_is_the_id_and_the_folder_the_family(file: File) -> None:
    if file.provider is None:
        assert file.path.parent.name == file.page.facts["family"]
    assert file.page.facts.get("id", file.id) == file.id


@every_file
def test_a_provider_with_errors_has_data_and_hosts_to_link_to(file: File) -> None:
    if file.provider:
        assert file.provider in catalogue.providers()
        assert file.provider in HOSTS


@every_entry
def test_the_title_and_the_summary_are_of_a_size(entry: Entry) -> None:
    assert 10 <= len(entry.title) <= 60
    assert not entry.title.endswith(".")
    assert 40 <= len(entry.summary) <= 260
    assert entry.summary.endswith(".")


@every_entry
def test_the_title_leaves_status_and_code_to_the_page(entry: Entry) -> None:
    assert not [one for one in (*entry.statuses, *entry.codes) if str(one) in entry.title.split()]


@every_entry
def test_people_find_it_by_everyday_words(entry: Entry) -> None:
    assert 3 <= len(entry.words) <= 14
    assert [word for word in entry.words if word != word.lower()] == []
    assert re.fullmatch(r"\d+\.\d+\.\d+", entry.since)


@every_file
def test_every_section_has_text(file: File) -> None:
    assert [name for name, text in file.page.prose.items() if len(text) <= 20] == []


@every_entry
def test_every_heading_is_there_once_both_pages_are_read(entry: Entry) -> None:
    assert tuple(catalogue.sections(entry.id, entry.provider)) == HEADINGS


@every_file
def test_causes_are_a_list(file: File) -> None:
    assert file.page.prose.get("Causes", "- ").startswith("- ")


@every_file
def test_a_fix_is_a_few_short_steps(file: File) -> None:
    if "Fix" not in file.page.prose:
        return
    data = catalogue.providers()[file.provider or catalogue.DEFAULT_PROVIDER]
    steps = parse(fill(file.page.prose["Fix"], site_values(data)))
    programs = {program_of(step.line) for step in steps} | {USUAL}
    for program in programs - {None}:  # what is for others alone is left out for who uses it
        assert len(in_program(steps, program)) <= MAX_STEPS
    assert len([step for step in steps if program_of(step.line) is None]) <= MAX_STEPS
    lines = [plain_title(step.line) for step in steps]
    assert [line for line in lines if len(line) > MAX_LINE] == []
    assert [line for line in lines if not line.endswith(".")] == []


def plain_title(line: str) -> str:
    """A line as it is displayed: a link is its text."""
    return plain(re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", line))


@every_file
def test_no_block_has_a_label_of_a_system_in_it(file: File) -> None:
    label = re.compile(r"^(?:Windows|PowerShell|macOS|Linux|Debian|Fedora)\b[^:\n]*:(?: |$)")
    lines = [line for block in blocks_of(file) for line in block.code.splitlines()]
    assert [line for line in lines if label.match(line)] == []


def blocks_of(file: File) -> list[Block]:
    steps = parse(file.page.prose["Fix"]) if "Fix" in file.page.prose else ()
    return [block for step in steps for block in step.blocks]


UNIX = re.compile(  # in PowerShell, curl without .exe is another program
    r"/dev/null|\bprintf\b|\bgrep\b|\$[A-Z_]+|\bexport\b|\bsudo\b|\blsof\b|\bcurl "
)


@every_file
def test_what_runs_on_every_system_needs_no_shell_of_one(file: File) -> None:
    shell = [block for block in blocks_of(file) if block.language == "sh"]
    everywhere = [block.code for block in shell if block.fits("windows")]
    assert [code for code in everywhere if UNIX.search(code)] == []


@every_entry
def test_there_is_an_example_and_a_signature(entry: Entry) -> None:
    assert [row for row in catalogue.table() if row["id"] == entry.id]
    assert ("body" in entry.example and "status" in entry.example) or "text" in entry.example


@every_entry
def test_the_example_is_its_own_error(entry: Entry) -> None:
    example = entry.example
    match = (
        classify_text(example["text"])
        if "text" in example
        else classify_response(example["status"], example["body"])
    )
    assert match
    assert match.id == entry.id


@every_file
def test_a_step_that_only_tests_again_says_so(file: File) -> None:
    steps = parse(file.page.prose["Fix"]) if "Fix" in file.page.prose else ()
    tests = [step.line for step in steps if re.match(r"(?:Test|Check|Find out|Run) ", step.line)]
    alone = [step.line for step in steps if [one.code for one in step.blocks] == ["{{command}}"]]
    assert [line for line in alone if line in tests] == []


@every_entry
def test_an_example_in_json_has_the_status_type_and_code_of_the_entry(entry: Entry) -> None:
    body = entry.example.get("body", "")
    if not body.lstrip().startswith("{"):
        return
    error = json.loads(body).get("error")
    assert not entry.statuses or entry.example["status"] in entry.statuses
    if isinstance(error, dict):
        assert error.get("type") in (None, *entry.types)
        assert str(error.get("code")) in ("None", *entry.codes)


@every_entry
def test_a_response_says_where_the_simulator_gives_it(entry: Entry) -> None:
    if "body" in entry.example:
        assert entry.simulate.get("on") in ("all", "models", "inference", "billing") or (
            "fault" in entry.simulate
        )


@every_entry
def test_what_it_beats_and_is_confused_with_exists(entry: Entry) -> None:
    assert entry.confused_with
    for other in (*entry.beats, *entry.confused_with):
        assert other in IDS, f"{other} has no page"
    assert entry.id not in entry.beats + entry.confused_with


@every_file
def test_links_are_https_and_of_hosts_that_this_page_may_name(file: File) -> None:
    allowed = NEUTRAL_HOSTS | HOSTS.get(str(file.provider), set())
    for url in re.findall(r"\]\(([^)\s]+)\)", file.text):
        parts = urlsplit(url)
        assert url.startswith("{{") or (parts.scheme, parts.hostname in allowed) == (
            "https",
            True,
        ), url


@every_entry
def test_what_is_shown_has_links(entry: Entry) -> None:
    assert entry.links


def test_every_host_that_may_be_linked_to_is_linked_to() -> None:
    linked = {
        urlsplit(url).hostname
        for file in FILES
        for url in re.findall(r"\]\((https://[^)\s]+)\)", file.text)
    }
    assert NEUTRAL_HOSTS - linked == set()


# a server of one's own machine is a program, and GitHub hosts sources
PROGRAMS = (
    "custom",
    "github",
    "litellm",
)  # nobody's console to be sent to: run by anyone, or ended
NAMES = {
    data["name"]
    for provider, data in DATA.items()
    if not data.get("local") and provider not in PROGRAMS
}
PROVIDERS = re.compile(rf"\b(?:{'|'.join(sorted(NAMES))})\b|openai\.com")


@neutral_files
def test_what_is_true_everywhere_names_no_provider(file: File) -> None:
    facts = file.page.facts
    texts = [*file.page.prose.values(), facts["title"], facts["summary"], *facts["words"]]
    said = [line for text in texts for line in text.splitlines() if PROVIDERS.search(line)]
    assert said == []


@every_file
def test_no_page_tells_to_turn_verification_off(file: File) -> None:
    for line in file.text.splitlines():
        if "NODE_TLS_REJECT_UNAUTHORIZED" in line or "verify=False" in line:
            assert re.search(r"\b(not|never|no)\b", line, re.IGNORECASE), line


@every_file
def test_the_front_matter_comes_first_and_ends_with_a_line_break(file: File) -> None:
    assert split_page(file.text)
    assert file.text.endswith("\n")


EMITTED = re.compile(r'(?:Finding|_match|_finding)\(\s*"([a-z0-9_]+)"')


def test_every_error_that_code_names_has_an_entry() -> None:
    texts = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    emitted = {entry_id for text in texts for entry_id in EMITTED.findall(text)}
    assert len(emitted) > 5
    assert emitted - IDS == set()


def test_every_page_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert set(catalogue.ids()) == IDS
    for file in FILES:
        assert str(file.path.relative_to(PACKAGE)) in catalogue.sources(file.id, file.provider)
