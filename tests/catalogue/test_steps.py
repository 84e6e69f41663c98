"""The steps of a fix: what they are read from, and for which system."""

import pytest

from codegpt_doctor.catalogue.entry import EntryError
from codegpt_doctor.catalogue.steps import Block, Step, commands, parse, this_system

FIX = """\
1. Give the program the company's
   root certificate.

   Ask the IT department for it. It is
   a PEM file.

   ```sh linux macos
   # then start the editor from the same terminal
   export NODE_EXTRA_CA_CERTS=company.pem
   code .
   ```

   ```powershell windows
   setx NODE_EXTRA_CA_CERTS company.pem
   ```

2. Test it.

   ```sh
   codegpt-doctor check
   ```

   ```json
   {
     "nested": true
   }
   ```

3. Start the editor again.
"""
UNIX = """\
# then start the editor from the same terminal
export NODE_EXTRA_CA_CERTS=company.pem
code ."""


def test_a_step_is_its_line_then_its_detail_then_its_code() -> None:
    first, second, third = parse(FIX)
    assert first == Step(
        "Give the program the company's root certificate.",
        "Ask the IT department for it. It is a PEM file.",
        (
            Block("sh", ("linux", "macos"), UNIX),
            Block("powershell", ("windows",), "setx NODE_EXTRA_CA_CERTS company.pem"),
        ),
    )
    assert (second.line, second.detail) == ("Test it.", "")
    assert second.blocks[1] == Block("json", (), '{\n  "nested": true\n}')
    assert third == Step("Start the editor again.")


@pytest.mark.parametrize(
    ("system", "languages"),
    [
        ("windows", ["powershell"]),
        ("macos", ["sh"]),
        ("linux", ["sh"]),
        (None, ["sh", "powershell"]),
    ],
)
def test_a_system_has_its_own_blocks_and_those_of_all(
    system: str | None, languages: list[str]
) -> None:
    first, second, _ = parse(FIX, system)
    assert [block.language for block in first.blocks] == languages
    assert len(second.blocks) == 2


def test_commands_are_the_lines_of_the_shell_for_a_system() -> None:
    everywhere = ("codegpt-doctor check",)
    here = ("export NODE_EXTRA_CA_CERTS=company.pem", "code .", *everywhere)
    assert commands(parse(FIX)) == here
    assert commands(parse(FIX), "linux") == here
    assert commands(parse(FIX), "windows") == everywhere


@pytest.mark.parametrize(
    ("fix", "said"),
    [
        ("", "numbered from 1"),
        ("Do it.\n", "numbered from 1"),
        ("First:\n\n1. Do it.\n", "numbered from 1"),
        ("1. Do it.\n\n3. Do more.\n", "numbered from 1"),
        ("1. Do it.\n\nThen look.\n", "step 1: what belongs to it is indented by 3"),
        ("1. Do it.\n\n   Because.\n\n   And so.\n", "step 1: it is a line, at most one paragraph"),
        ("1. Do it.\n\n   ```sh\n   a\n   ```\n\n   Then.\n", "step 1: it is a line"),
        ("1. Do it.\n\n   ```sh beos\n   a\n   ```\n", "step 1: beos is not one of windows, macos"),
        ("1. Do it.\n\n2. Copy.\n\n   ```\n   a\n   ```\n", "step 2: it is a line"),
        ("1. Do it.\n\n   ```sh\n   a\n", "step 1: it is a line"),
    ],
)
def test_what_is_no_list_of_steps_is_refused_with_the_fault(fix: str, said: str) -> None:
    with pytest.raises(EntryError, match=said):
        parse(fix)


@pytest.mark.parametrize(
    ("platform", "system"),
    [("win32", "windows"), ("darwin", "macos"), ("linux", "linux"), ("freebsd14", "linux")],
)
def test_every_platform_is_one_of_the_systems(platform: str, system: str) -> None:
    assert this_system(platform) == system
