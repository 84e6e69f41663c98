"""What the builder may know: the package's data and words, and nothing that opens a socket."""

from pathlib import Path

from helpers.command import ROOT
from helpers.each import each
from test_architecture import (
    FILES,
    HTTP_CLIENTS,
    SOCKETS,
    module_of,
    own_imports,
    reached_from,
    uses,
)

BUILDER = ROOT / "docs" / "_builder"
MINE = sorted(BUILDER.rglob("*.py"))
# the two that ask the program what it can do, and what it prints
WITH_THE_PROGRAM = {"commands.py", "still.py", "__main__.py"}
PURE = [path for path in MINE if path.name not in WITH_THE_PROGRAM]
FORBIDDEN = ("codegpt_doctor.net", "codegpt_doctor.probes", "codegpt_doctor.cli")


def reached_by(path: Path) -> set[str]:
    """Every module of the package that a module of the builder needs."""
    return set[str]().union(*map(reached_from, own_imports(path)))


@each(FILES, module_of)
def test_nothing_of_the_package_knows_the_builder(path: Path) -> None:
    assert not uses(path, {"docs", "mkdocs", "material"})


@each(PURE, lambda path: path.stem)
def test_a_page_is_made_without_sockets(path: Path) -> None:
    assert not uses(path, HTTP_CLIENTS | SOCKETS | {"click"})
    assert {module for module in reached_by(path) if module.startswith(FORBIDDEN)} == set()


@each(MINE, lambda path: path.stem)
def test_no_module_of_the_builder_reaches_for_the_network_itself(path: Path) -> None:
    assert not uses(path, {"codegpt_doctor.net", "codegpt_doctor.probes"} | HTTP_CLIENTS | SOCKETS)


def test_the_search_finds_what_the_commands_reach() -> None:
    reached = reached_by(BUILDER / "commands.py")
    assert {module for module in reached if module.startswith(FORBIDDEN)} != set()
