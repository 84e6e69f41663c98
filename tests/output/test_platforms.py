"""Code that differs between systems."""

import re

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue.page import sections
from codegpt_doctor.output.platforms import own_blocks
from docs._builder.error_pages import error_page
from docs._builder.error_parts import labeled

FIX = """\
1. Set it.

   ```sh linux macos
   export A=1

   export B=2
   ```

   ```powershell windows
   $env:A = 1
   ```

   ```json
   {"a": 1}
   ```

2. Start again.
"""
EVERYWHERE = '   ```json\n   {"a": 1}\n   ```\n\n2. Start again.\n'
UNIX = "   ```sh\n   export A=1\n\n   export B=2\n   ```\n\n"
WINDOWS = "   ```powershell\n   $env:A = 1\n   ```\n\n"


def test_each_system_has_a_block_that_can_be_copied_whole() -> None:
    assert labeled(FIX) == (
        f"1. Set it.\n\n   macOS, Linux:\n\n{UNIX}   Windows:\n\n{WINDOWS}{EVERYWHERE}"
    )


@pytest.mark.parametrize(
    ("system", "block"), [("windows", WINDOWS), ("macos", UNIX), ("linux", UNIX)]
)
def test_one_system_has_its_own_blocks_and_those_of_all(system: str, block: str) -> None:
    assert own_blocks(FIX, system) == f"1. Set it.\n\n{block}{EVERYWHERE}"


def test_a_block_for_every_system_stays() -> None:
    text = f"1. Set it.\n\n{EVERYWHERE}"
    assert labeled(text) == text
    assert own_blocks(text, "windows") == text


@pytest.mark.parametrize("entry_id", catalogue.ids())
def test_every_block_of_a_page_is_a_language_alone(entry_id: str) -> None:
    page = error_page(catalogue.get(entry_id, "openai"), catalogue.prose(entry_id, "openai"))
    fences = re.findall(r"^ *```(.*)$", sections(page)["Fix"], re.MULTILINE)
    assert [fence for fence in fences if " " in fence] == []
