"""What the documents tell a reader to type exists, and what they show is what comes out."""

import re
import shlex
from pathlib import Path

import click
import pytest
from helpers.command import run

from codegpt_doctor import catalogue
from codegpt_doctor.cli import group
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.simulator import KEY, simulation

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    return [block for found, block in BLOCK.findall(text) if found == language]


def commands(text: str) -> list[str]:
    """The command lines in the text: after a prompt, in a shell block, or in backticks."""
    typed = [
        line[2:]
        for block in blocks(text, "console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    typed += [line for block in blocks(text, "sh") for line in block.splitlines()]
    typed += re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    pieces = [piece for line in typed for piece in re.split(r" (?:\|\|?|>|&&) ", line)]
    return [piece for piece in pieces if piece.startswith("codegpt-doctor ")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_and_option_exists(document: Path) -> None:
    Path("codegpt-doctor.toml").write_text("[profiles.work]\n")  # which examples choose
    for line in commands(document.read_text(encoding="utf-8")):
        simulated = parsed(line).get("simulate")
        assert simulated in (None, "healthy", *catalogue.ids()), line


def parsed(line: str) -> dict[str, object]:
    """The parameters of a command line, which is parsed and not run."""
    _, first, *arguments = shlex.split(line, comments=True)
    command = group if first.startswith("-") else group.get_command(click.Context(group), first)
    assert command, line
    try:
        return command.make_context(first, [first] if command is group else arguments).params
    except click.exceptions.Exit:  # --help and --version end it
        return {}


def test_the_readme_says_that_the_project_is_independent() -> None:
    words = " ".join(README.split())
    assert "not affiliated with, endorsed by or supported by CodeGPT or OpenAI" in words


def test_the_readme_names_every_command() -> None:
    named = {line.split()[1] for line in commands(README)}
    assert {"check", "explain", "errors"} <= named


@pytest.mark.parametrize("error", ["healthy", "credit_balance_exhausted"])
def test_the_run_in_the_readme_is_a_real_one(error: str) -> None:
    command = f"codegpt-doctor check --simulate {error}"
    shown = [block for block in blocks(README, "console") if block.startswith(f"$ {command}\n")]
    real = run(*command.split()[1:]).stdout.decode()
    assert [steady(block.partition("\n")[2]) for block in shown] == [steady(real)]


def steady(output: str) -> list[str]:
    """The words of an output, without what differs from run to run: ids, times and line ends."""
    return re.sub(r"\d+", "0", re.sub(r"req_[\w…]+", "req", output.replace("┃", " "))).split()


def test_the_program_in_the_readme_prints_what_its_comments_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (program,) = blocks(README, "python")
    with simulation("credit_balance_exhausted") as settings:
        monkeypatch.setenv("OPENAI_BASE_URL", settings.base_url.value)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        exec(program, {})
    assert capsys.readouterr().out.split() == re.findall(r"print\(.*\)  # (\w+)", program)


def test_the_table_has_every_exit_code() -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)] == list(
        ExitCode
    )


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS[:4]:
        for target in re.findall(
            r"\]\((?!https?:|{{)([^)#\s]+)", document.read_text(encoding="utf-8")
        ):
            assert (document.parent / target).is_file(), f"{document.name}: {target}"


def test_every_test_that_contributing_names_exists() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tests = " ".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    named = re.findall(r"`(test_\w+)`", contributing)
    assert named
    assert [name for name in named if f"def {name}(" not in tests] == []
