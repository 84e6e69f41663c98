"""What the program says of itself: commands, checks, functions, and what a command prints.

This is the one module of the builder that reaches what opens sockets; the pages take what it gives
as data.
"""

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Never

import click

from codegpt_doctor import api
from codegpt_doctor.cli import COMMANDS, group
from codegpt_doctor.doctor import node_check, path_checks, sdk_check
from codegpt_doctor.editor.run import EDITOR_CHECKS
from codegpt_doctor.engine.check import Check

ROOT = Path(__file__).parents[2]
ALL_CHECKS: tuple[Check[Never], ...] = (*path_checks(), *EDITOR_CHECKS, sdk_check(), node_check())
FUNCTIONS = (api.explain, api.check)

KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP")  # of the environment; the rest is a person's
PATIENCE = 60  # seconds
PORT = "54321"
_PORT = re.compile(r"127\.0\.0\.1:(\d+)")
_TIMES = (  # of a clock that stands still; a line may end before the unit
    (re.compile(r"\b0(?=[\s┃]+ms\b)"), "2"),
    (re.compile(r"\b0\.0(?=[\s┃]+s\b)"), "0.1"),
)


def described() -> list[dict[str, Any]]:
    """Each command's name, what it does, how it is called and its options."""
    return [_described(name) for name in COMMANDS]


def _described(name: str) -> dict[str, Any]:
    command = group.get_command(click.Context(group), name)
    assert command  # noqa: S101 - every name of the list has its command
    context = click.Context(command, info_name=name, parent=click.Context(group))
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    return {
        "name": name,
        "help": command.help or "",
        "usage": " ".join(("codegpt-doctor", name, *command.collect_usage_pieces(context))),
        "options": [record for record in records if record and record[1]],
    }


@cache
def printed(line: str, columns: int) -> str:
    """What a command line prints in a terminal of so many columns, color codes included.

    Its port, times, date and ids are the same in every build.

    Raises:
        ChildProcessError: the command could not be understood, or broke.
    """
    _, *arguments = shlex.split(line)
    with TemporaryDirectory() as home:
        done = subprocess.run(  # noqa: S603 - the lines stand in the pages of this repository
            (sys.executable, "-m", "docs._builder.still", *arguments),
            env=_environment(home, columns),
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    if done.returncode not in (0, 1):
        raise ChildProcessError(f"{line}: {done.stderr or done.stdout}")
    return fixed(done.stdout)


def _environment(home: str, columns: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    terminal = {"FORCE_COLOR": "1", "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    return {**kept, **terminal, "HOME": home, "USERPROFILE": home, "PYTHONPATH": str(ROOT)}


def fixed(output: str) -> str:
    """What was printed, with one port, and with times that look like those of a real run.

    Each is as long as what it replaces, so that no line needs to be wrapped again.
    """
    found = _PORT.search(output)
    text = output.replace(found[1], PORT) if found else output
    for zero, time in _TIMES:
        text = zero.sub(time, text)
    return text
