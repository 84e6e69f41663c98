"""The commands as data and what they print, from which the site shows them."""

import os
import shlex
import subprocess
import sys
from functools import cache
from typing import Any

import click

from codegpt_doctor.checks import CHECKS, SDK_CHECK
from codegpt_doctor.cli import COMMANDS, group
from codegpt_doctor.editor_run import EDITOR_CHECKS

ALL_CHECKS = (*CHECKS, *EDITOR_CHECKS, SDK_CHECK)


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
    """What a command line prints in a terminal of so many columns, colour codes included.

    Raises:
        ChildProcessError: the command could not be understood, or broke.
    """
    _, *arguments = shlex.split(line)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    wanted = {"FORCE_COLOR": "1", "NO_COLOR": "", "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - the line stands in a page of this project
        (sys.executable, "-m", "codegpt_doctor", *arguments),
        env={**kept, **wanted},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise ChildProcessError(f"{line}: {done.stderr.decode()}")
    return done.stdout.decode()
