"""The rooms and arrows of the design, and what starting up may cost."""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from helpers.command import FOLDER, environment, run
from helpers.each import each

import codegpt_doctor
from codegpt_doctor import catalogue
from codegpt_doctor.catalogue.tree import INDEX

PACKAGE = Path(codegpt_doctor.__file__).parent
NAME = "codegpt_doctor"
FILES = sorted(PACKAGE.rglob("*.py"))
HTTP_CLIENTS = {"requests", "urllib3", "httpx", "httpx2", "aiohttp", "openai", "urllib.request"}
SOCKETS = {"socket", "ssl", "http", "socketserver", "asyncio", "ftplib", "telnetlib", "smtplib"}
# each room may import the rooms that stand before it, and none that stand after it
ROOMS = (
    *("model", "redact", "files", "programs", "catalogue", "_version", "settings", "providers"),
    *("classify",),
    *("output",),
    *(
        "net",
        "probes",
        "engine",
        "findings",
        "checks",
        "editor",
        "billing",
        "doctor",
        "api",
    ),
    *("simulator", "mcp", "exporter", "cli", "__main__"),
)
PURE = ("model", "redact", "files", "catalogue", "settings", "providers", "classify", "output")
WITH_SOCKETS = ("net", "probes", "simulator", "exporter")
STARTS_PROGRAMS = f"{NAME}.programs"
LAZY = {"dotenv", "keyring", "mcp", "opentelemetry", "prometheus_client"}
EDITORS_ONLY = "psutil"


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(path: Path) -> str:
    """The part of the package that a file belongs to: a subpackage or a single module."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path, body_only: bool = False) -> tuple[str, ...]:
    """Every module that a file imports, also within functions unless only the body is asked for."""
    return tuple(_imports(path, body_only))


def _imports(path: Path, body_only: bool) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in tree.body if body_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")
                base = ".".join([*parents[: len(parents) - node.level + 1], *base.split(".")])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield from (str(at.value) for at in node.args if isinstance(at, ast.Constant))


def uses(path: Path, forbidden: set[str]) -> set[str]:
    """Which of the forbidden modules a file imports, submodules counted."""
    return {
        name
        for name in forbidden
        for imported in imports(path)
        if imported == name or imported.startswith(f"{name}.")
    }


def in_rooms(*rooms: str) -> list[Path]:
    return [path for path in FILES if room_of(path) in rooms]


def not_in_rooms(*rooms: str) -> list[Path]:
    return [path for path in FILES if room_of(path) not in rooms]


MODULES = {module_of(path): path for path in FILES}


@cache
def own_imports(path: Path) -> set[str]:
    """The modules of the package that a file imports; of a submodule's package only the former."""
    found = {name for name in imports(path) if name in MODULES and name != NAME}
    parents = {name.rpartition(".")[0] for name in found}
    return {name for name in found if name not in parents or MODULES[name].name != "__init__.py"}


def reached_from(start: str) -> set[str]:
    """Every module of the package that a module needs, directly or through others."""
    reached, waiting = set[str](), [start]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += own_imports(MODULES[module])
    return reached


def circles(arrows: dict[str, set[str]]) -> set[str]:
    """What is left of a graph when all that lead nowhere are taken away again and again."""
    left = dict(arrows)
    while True:
        ends = {node for node, targets in left.items() if not targets & left.keys()}
        if not ends:
            return set(left)
        left = {node: targets for node, targets in left.items() if node not in ends}


def test_every_room_has_its_place() -> None:
    assert {room_of(path) for path in FILES} == {*ROOMS, "__init__"}


@each(not_in_rooms("__init__"), module_of)
def test_no_arrow_leads_up(path: Path) -> None:
    place = ROOMS.index(room_of(path))
    rooms = {name.split(".")[1] for name in own_imports(path)}
    assert {room for room in rooms if ROOMS.index(room) > place} == set()


def test_no_module_imports_itself_through_others() -> None:
    assert circles({module: own_imports(path) for module, path in MODULES.items()}) == set()


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}


@each(map(module_of, in_rooms(*PURE)))
def test_whatever_a_pure_room_reaches_opens_no_socket(module: str) -> None:
    forbidden = {"click"} | HTTP_CLIENTS | SOCKETS
    for reached in reached_from(module):
        assert not uses(MODULES[reached], forbidden), reached


@each(not_in_rooms(*WITH_SOCKETS), module_of)
def test_only_net_probes_and_the_simulator_open_sockets(path: Path) -> None:
    assert not uses(path, HTTP_CLIENTS | SOCKETS)


@each(FILES, module_of)
def test_one_module_starts_other_programs_and_gives_them_no_secret(path: Path) -> None:
    found = uses(path, {"subprocess", "multiprocessing", "pty"})
    assert not found or module_of(path) == STARTS_PROGRAMS
    assert not re.search(r"\bos\.(?:system|popen|exec|spawn|posix_spawn)", path.read_text("utf-8"))


def test_the_search_for_imports_finds_those_of_the_probes() -> None:
    files = in_rooms("net", "probes")
    found = set[str]().union(*(uses(path, HTTP_CLIENTS | SOCKETS) for path in files))
    assert {"requests", "openai", "socket", "ssl"} <= found


@each(not_in_rooms("cli", "__main__"), module_of)
def test_nobody_imports_the_command_line_except_main(path: Path) -> None:
    assert not uses(path, {f"{NAME}.cli", "click"})


def called(path: Path) -> set[str]:
    """What a file calls, by the names as they are written, such as ``click.echo``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


PRINTS = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"}


@each(not_in_rooms("redact"), module_of)
def test_there_is_one_scrubber_and_one_way_out(path: Path) -> None:
    calls = called(path)
    assert not {one for one in calls if one.rpartition(".")[2] == "Scrubber"}
    assert module_of(path) == f"{NAME}.cli.output" or not calls & PRINTS


def test_the_search_for_what_prints_finds_it() -> None:
    assert {"click.echo", "sys.stderr.write"} <= called(MODULES[f"{NAME}.cli.output"])


def test_every_module_is_reached_by_a_command() -> None:
    commands = {module for module in MODULES if module.startswith(f"{NAME}.cli.")}
    reached = set[str]().union(*map(reached_from, {*commands, f"{NAME}.__main__"}))
    packages = {module_of(path) for path in FILES if path.name == "__init__.py"}
    assert set(MODULES) - reached - packages == set()


@each(FILES, module_of)
def test_what_is_slow_or_optional_is_imported_only_when_it_is_needed(path: Path) -> None:
    at_start = {imported.partition(".")[0] for imported in imports(path, body_only=True)}
    assert not at_start & {*LAZY, "openai"}


def imported_by(*arguments: str, root: Path | None = None, code: int = 0) -> tuple[set[str], bytes]:
    """The modules that a run of the command imports, and what it prints."""
    variables = {"COVERAGE_PROCESS_CONFIG": "", **({"PYTHONPATH": str(root)} if root else {})}
    result = subprocess.run(
        (sys.executable, "-X", "importtime", "-m", NAME, *arguments),
        capture_output=True,
        env=environment(**variables),
        cwd=FOLDER,
        timeout=30,
        check=False,
    )
    assert result.returncode == code, result.stderr.decode()
    lines = result.stderr.decode().splitlines()
    names = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    assert NAME in names
    return names, result.stdout


HEAVY = {
    "requests",
    "urllib3",
    "openai",
    "httpx",
    "httpx2",
    "ssl",
    "socket",
    "http.client",
    "asyncio",
}


def test_explaining_an_id_imports_no_client_and_no_socket() -> None:
    modules, printed = imported_by("explain", "insufficient_quota")
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith((f"{NAME}.probes", f"{NAME}.checks"))}
    assert b"insufficient_quota" in printed


def test_explaining_a_text_imports_no_client_and_no_socket() -> None:
    modules, _ = imported_by("explain", "Error: 429 You exceeded your current quota")
    assert not modules & HEAVY


def test_a_check_imports_no_official_client() -> None:
    modules, _ = imported_by("check", "--simulate", "healthy")
    assert not {name for name in modules if name.partition(".")[0] in ("openai", "pydantic")}
    assert {"requests", "urllib3"} <= modules
    assert EDITORS_ONLY not in modules


def test_what_reads_answers_is_imported_while_the_first_connection_comes_about() -> None:
    said = f"import sys, {NAME}.cli.check, {NAME}.checks.plan; print(*sys.modules)"
    result = subprocess.run(
        (sys.executable, "-c", said), capture_output=True, text=True, env=environment(), check=True
    )
    late = {f"{NAME}.classify", f"{NAME}.findings.answers", "requests", "urllib3"}
    assert not late & {*result.stdout.split()}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["billing", "limits"])
def test_what_is_known_of_money_is_asked_without_the_official_client(command: str) -> None:
    modules, _ = imported_by(command, "--simulate", "healthy")
    assert "requests" in modules
    assert not {name for name in modules if name.partition(".")[0] in ("openai", "pydantic")}


def test_a_check_with_the_second_opinion_imports_the_official_client() -> None:
    modules, _ = imported_by("check", "--simulate", "healthy", "--sdk", "--timeout", "20")
    assert "openai" in modules


def test_a_check_loads_nothing_about_editors_where_there_is_none() -> None:
    modules, _ = imported_by(
        "check", "--base-url", "http://127.0.0.1:9", "--key-env", "NONE", code=1
    )
    assert f"{NAME}.editor.discovery" in modules
    loaded = {name for name in modules if name.startswith((f"{NAME}.editor", f"{NAME}.checks"))}
    assert not {name for name in loaded if name.startswith(f"{NAME}.editor.check_")}
    assert f"{NAME}.editor.run" not in loaded


def test_explaining_an_id_reads_one_page_only(tmp_path: Path) -> None:
    watch = (
        "import os, sys\n"
        "def hook(event, given):\n"
        "    if event == 'open' and str(given[0]).endswith('.md'):\n"
        "        os.write(2, (str(given[0]) + '\\n').encode())\n"
        "sys.addaudithook(hook)\n"
        "sys.argv = ['codegpt-doctor', 'explain', 'insufficient_quota']\n"
        "from codegpt_doctor.cli import main\n"
        "main()\n"
    )
    result = subprocess.run(
        (sys.executable, "-c", watch),
        capture_output=True,
        env=environment(),
        cwd=FOLDER,
        timeout=30,
        check=True,
    )
    read = set(result.stderr.decode().split())
    assert {Path(name).stem for name in read} == {"insufficient_quota"}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with the package as a wheel has it: with the index made from the pages."""
    copy = tmp_path / NAME
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / INDEX).write_text(catalogue.build_index(), encoding="utf-8")
    return tmp_path


def test_an_installed_package_parses_no_page_and_says_the_same(installed: Path) -> None:
    modules, printed = imported_by("explain", "insufficient_quota", root=installed)
    assert "tomllib" not in modules
    assert printed == run("explain", "insufficient_quota").stdout


def test_an_installed_package_recognises_a_text_as_a_checkout_does(installed: Path) -> None:
    text = "openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}"
    modules, printed = imported_by("explain", "--json", text, root=installed)
    assert "tomllib" not in modules
    assert printed == run("explain", "--json", text).stdout
    assert json.loads(printed)["match"]["id"] == "insufficient_quota"


def test_the_index_loses_nothing_of_any_entry(tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / INDEX).write_text(catalogue.build_index(), encoding="utf-8")
    built = catalogue.Catalogue(str(tmp_path))
    for provider in (None, *catalogue.providers()):
        assert [built.get(name, provider) for name in built.ids] == [*catalogue.entries(provider)]
    assert list(built.table) == list(catalogue.table())
    assert dict(built.providers) == dict(catalogue.providers())


MAX_NAMING_OPENAI = 5


def test_few_modules_name_the_provider_that_is_the_default() -> None:
    naming = {
        module_of(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == "openai"
    }
    assert len(naming) <= MAX_NAMING_OPENAI, naming
