"""What a fix names: this run's server, key and options, and nobody else's."""

import re
import shlex
from collections.abc import Iterator
from itertools import product

import click
import pytest
from helpers.each import each
from helpers.plans import context_of, settings_of

from codegpt_doctor import catalogue
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.checks.target import target_of
from codegpt_doctor.cli import group
from codegpt_doctor.model.report import Diagnosis, Finding, Stage
from codegpt_doctor.net.proxy import ChosenProxy
from codegpt_doctor.output.report_data import diagnosis_data
from codegpt_doctor.settings.command import command_of, quoted
from codegpt_doctor.settings.values import SearchedKey, Settings, Value

OWN = "https://api.openai.com/v1"
HOSTS = (OWN, "http://127.0.0.1:4000/v1", "https://llm.example.net/v1")
OPENAI = re.compile(r"openai\.com", re.IGNORECASE)
IDS = catalogue.ids()
CONTEXT = click.Context(group)


def run_at(url: str, **chosen: object) -> Settings:
    return settings_of(url, base_url=Value(url, "--base-url"), **chosen)


def fix_of(entry_id: str, settings: Settings) -> tuple[list[str], list[str], list[str]]:
    """The steps, the commands and the links of a diagnosis."""
    diagnosis = Diagnosis(Finding(entry_id), Stage.HTTP, (), (), ())
    data = diagnosis_data(diagnosis, target_of(context_of(settings=settings)))
    remedy = data["remediation"]
    return remedy["steps"], remedy["commands"], [link["url"] for link in data["links"]]


def commands_in(texts: list[str]) -> Iterator[list[str]]:
    """Every command of this program in code, as words."""
    for text in texts:
        for line in text.splitlines():
            if line.startswith("    codegpt-doctor "):
                yield shlex.split(line, comments=True)


@each(product(IDS, HOSTS[1:]))
def test_a_server_that_is_nobodys_is_never_said_to_be_a_providers(case: tuple[str, str]) -> None:
    entry_id, url = case
    for provider in ("custom", "openai"):
        steps, commands, links = fix_of(entry_id, run_at(url, provider=provider))
        assert [text for text in (*steps, *commands, *links) if OPENAI.search(text)] == []
        assert steps


@each(product(IDS, HOSTS))
def test_every_command_can_be_typed_and_tests_the_same(case: tuple[str, str]) -> None:
    entry_id, url = case
    steps, commands, _ = fix_of(entry_id, run_at(url, models=(Value("it's mine", "--model"),)))
    for words in commands_in([*steps, *(f"    {line}" for line in commands)]):
        if "--all" in words:  # tests every provider that there is a key of
            continue
        command = group.get_command(CONTEXT, words[1])
        assert command, words
        with command.make_context(words[1], words[2:]) as made:
            if words[1] == "check":
                assert made.params["base_url"] == url
                assert len(made.params["model"]) == 1
                assert made.params["model"] != ("it's mine",) or len(words) > 6


@pytest.mark.parametrize("provider", ["ollama", "lmstudio", "docker", "custom"])
def test_no_proxy_is_kept_away_where_there_is_none(provider: str) -> None:
    settings = run_at("http://127.0.0.1:11434", provider=provider)
    steps, commands, _ = fix_of("local_model_unreachable", settings)
    assert "proxy" not in " ".join((*steps, *commands)).lower()
    behind = context_of(Plan(proxy=ChosenProxy("http://proxy:3128", "ALL_PROXY")), settings)
    diagnosis = Diagnosis(Finding("local_model_unreachable"), Stage.TCP, (), (), ())
    assert "NO_PROXY" in str(diagnosis_data(diagnosis, target_of(behind))["remediation"])


def test_a_run_leaves_out_what_only_tests_again_and_keeps_what_does_something() -> None:
    steps, commands, _ = fix_of("unsupported_country", run_at(OWN, provider_from="option"))
    lines = [text.split("\n")[0] for text in steps]
    assert "Turn off the VPN if you are in a supported country." in lines
    assert commands == []
    steps, _, _ = fix_of("server_error", run_at(OWN))
    assert steps
    assert "Test the model without the settings of your tool." not in str(steps)


@pytest.mark.parametrize("instead", [False, True])
def test_words_of_the_run_are_before_those_of_the_entry_or_instead(instead: bool) -> None:
    entry = catalogue.get("tls_untrusted_certificate")
    finding = Finding(entry.id, lead="The file is not there.", steps=("Go.",), instead=instead)
    target = target_of(context_of(settings=run_at(OWN)))
    told = diagnosis_data(Diagnosis(finding, Stage.TLS, (), (), ()), target)["summary"]
    assert told == "The file is not there." + (f" {entry.summary}" if not instead else "")


@each(IDS)
def test_nobody_is_asked_for_a_way_out_to_this_computer(entry_id: str) -> None:
    steps, _, _ = fix_of(entry_id, run_at("http://127.0.0.1:4000/v1", provider="custom"))
    lines = [text.split("\n")[0] for text in steps]
    network = ("VPN", "hotel", "IT department")
    assert [line for line in lines if any(word in line for word in network)] == []


def test_the_command_has_the_options_of_the_run_and_no_secret() -> None:
    settings = run_at(
        "https://bob:hunter22@llm.example.net/v1",
        models=(Value("a b", "--model"),),
        organization=Value("org-1", "--organization"),
        project=Value("proj_1", "OPENAI_PROJECT_ID"),
        provider_from="option",
        allow_http=True,
        searched=SearchedKey(("TEAM_KEY",)),
    )
    assert command_of(settings, ("OPENAI_API_KEY",)) == (
        "codegpt-doctor check --provider openai --base-url https://llm.example.net/v1 "
        "--organization org-1 --key-env TEAM_KEY --allow-http --model 'a b'"
    )


@pytest.mark.parametrize(
    ("word", "platform", "written"),
    [
        ("gpt-4o:latest", "linux", "gpt-4o:latest"),
        ("a'b", "linux", "'a'\"'\"'b'"),
        ("a'b", "win32", "'a''b'"),
        ("$(id)", "win32", "'$(id)'"),
        ("", "linux", "''"),
    ],
)
def test_a_word_is_written_as_the_shell_takes_it(word: str, platform: str, written: str) -> None:
    assert quoted(word, platform) == written


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("file:///etc/passwd", "URL"),
        ("https://YOUR-SERVER/v1", "URL"),
        ("", "URL"),
        ("htps://llm.example.net/v1", "https://llm.example.net/v1"),
    ],
)
def test_an_address_that_nobody_can_put_right_is_in_no_command(url: str, shown: str) -> None:
    settings = Settings("custom", Value(url, "--base-url"))
    assert command_of(settings, ()) == f"codegpt-doctor check --base-url {shown}"
