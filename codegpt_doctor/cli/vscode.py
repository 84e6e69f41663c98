"""``codegpt-doctor vscode``."""

import json
import os
import sys

import click

from codegpt_doctor.cli.new_file import make
from codegpt_doctor.cli.output import echo, tell
from codegpt_doctor.model.exit_codes import ExitCode

FILE = os.path.join(".vscode", "tasks.json")
PLACE = r"^(.+):(\d+): (.+)$"  # a line of the command leaks: file, line, what is there
TASKS = [
    {
        "label": "LLM connection: check",
        "type": "shell",
        "command": "codegpt-doctor check",
        "problemMatcher": [],
        "presentation": {"reveal": "always", "focus": True},
    },
    {
        "label": "LLM keys: find in tracked files",
        "type": "shell",
        "command": "codegpt-doctor leaks $(git ls-files)",
        "problemMatcher": {
            "owner": "codegpt-doctor",
            "fileLocation": ["autoDetect", "${workspaceFolder}"],
            "severity": "error",
            "pattern": {"regexp": PLACE, "file": 1, "line": 2, "message": 3},
        },
    },
]


@click.command()
@click.option("--yes", is_flag=True, help="Write the file without asking.")
def command(yes: bool) -> int:
    """Create VS Code tasks in this folder: a check, and a search for keys in tracked files.

    The tasks are shown first. An existing .vscode/tasks.json is not changed: add the
    tasks to it yourself.
    """
    text = json.dumps({"version": "2.0.0", "tasks": TASKS}, indent=2) + "\n"
    echo(text.rstrip())
    if os.path.lexists(FILE):
        tell(f"{FILE} exists and was not changed. Add the entries in tasks to its own tasks.")
        return ExitCode.HEALTHY
    if not yes and not _agrees():
        tell("Nothing was written; --yes writes it without asking.")
        return ExitCode.HEALTHY
    try:
        os.makedirs(os.path.dirname(FILE), exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{os.path.dirname(FILE)}: {error.strerror}.") from None
    make(FILE, text)
    tell(f"{FILE} is written. In VS Code: Terminal, Run Task.")
    return ExitCode.HEALTHY


def _agrees() -> bool:
    """Whether a person says yes; where there is none, nobody does."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(f"Write {FILE}?", err=True)
