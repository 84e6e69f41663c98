"""The commands as data and what they print, from which the site shows them."""

import os
import shlex
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any, Never

import click
from click.testing import CliRunner

from codegpt_doctor.cli import COMMANDS, group
from codegpt_doctor.doctor import path_checks, sdk_check
from codegpt_doctor.editor.run import EDITOR_CHECKS
from codegpt_doctor.engine.check import Check

ALL_CHECKS: tuple[Check[Never], ...] = (*path_checks(), *EDITOR_CHECKS, sdk_check())


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

    Raises:
        ChildProcessError: the command could not be understood, or broke.
    """
    _, *arguments = shlex.split(line)
    nobodys = {name: None for name in os.environ if _is_personal(name)}
    with TemporaryDirectory() as home:
        terminal = {"FORCE_COLOR": "1", "COLUMNS": str(columns), "HOME": home, "USERPROFILE": home}
        env = {**nobodys, **terminal}
        done = CliRunner().invoke(group, arguments, env=env, color=True, standalone_mode=False)
    if done.exception or done.return_value not in (0, 1):
        raise ChildProcessError(f"{line}: {done.exception or done.output}")
    return done.stdout


def _is_personal(name: str) -> bool:
    """Whether a variable would make a picture of the machine that builds the site."""
    return (
        name in ("NO_COLOR", "APPDATA")
        or name.startswith("OPENAI_")
        or (name.lower().endswith("_proxy"))
    )
