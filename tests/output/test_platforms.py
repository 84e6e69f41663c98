"""Remedies that differ between systems."""

import re
import textwrap

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue.entry import sections
from codegpt_doctor.output.platforms import in_blocks, own_system_first
from docs._builder.error_pages import error_page

BLOCK = """\
macOS, Linux: export A=1
              export B="x: y"
PowerShell:   $env:A = 1
VS Code:      "a": 1
"""
LABELLED = re.compile(r"^ *(?:Windows|PowerShell|macOS|Linux|Debian|Fedora|VS Code)\b[^:\n]*: +\S")


def fenced(text: str) -> str:
    return f"1. Set it:\n\n   ```text\n{textwrap.indent(text, '   ')}   ```\n\n2. Start again.\n"


def test_each_system_has_a_block_that_can_be_copied_whole() -> None:
    assert in_blocks(fenced(BLOCK)) == (
        "1. Set it:\n\n"
        '   macOS, Linux:\n\n   ```text\n   export A=1\n   export B="x: y"\n   ```\n\n'
        "   PowerShell:\n\n   ```text\n   $env:A = 1\n   ```\n\n"
        '   VS Code:\n\n   ```text\n   "a": 1\n   ```\n\n'
        "2. Start again.\n"
    )


def test_a_block_without_labels_stays() -> None:
    text = fenced("Windows is nice.\nsetx A: 1\n")
    assert in_blocks(text) == text


@pytest.mark.parametrize(
    ("platform", "order"),
    [("win32", [2, 0, 1, 3]), ("darwin", [0, 1, 2, 3]), ("linux", [0, 1, 2, 3])],
)
def test_the_system_at_hand_comes_first(platform: str, order: list[int]) -> None:
    lines = textwrap.indent(BLOCK.rstrip(), "    ").split("\n")
    step = "\n".join(["Set it:", *lines, "Then go on."])
    moved = ["Set it:", *(lines[at] for at in order), "Then go on."]
    assert own_system_first(step, platform) == "\n".join(moved)


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_no_block_of_a_page_has_a_label_in_what_is_copied(entry_id: str) -> None:
    fix = sections(error_page(catalogue.get(entry_id), catalogue.body(entry_id)))["Fix"]
    code = [line for block in fix.split("```")[1::2] for line in block.splitlines()]
    assert [line for line in code if LABELLED.match(line)] == []


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_what_runs_on_every_system_needs_no_shell_of_one(entry_id: str) -> None:
    """A block of the language sh is offered to everybody: its lines run on Windows too."""
    fix = sections(catalogue.body(entry_id))["Fix"]
    blocks = re.findall(r"```sh\n(.*?)```", fix, re.DOTALL)
    if entry_id not in ONE_SYSTEM:
        assert [block for block in blocks if UNIX.search(block)] == []


UNIX = re.compile(  # in PowerShell, curl without .exe is another program
    r"/dev/null|\bprintf\b|\bgrep\b|\$[A-Z_]+|\bexport\b|\bsudo\b|\blsof\b|\bcurl "
)
ONE_SYSTEM = ("codegpt_hostname_unresolvable", "codegpt_service_unreachable")  # of Linux alone
