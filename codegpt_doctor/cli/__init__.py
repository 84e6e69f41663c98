"""The command: parse, call, render, exit.  Each command is a file, imported when it is called."""

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from codegpt_doctor import __version__
from codegpt_doctor.exit_codes import ExitCode

COMMANDS = {
    "check": "Test a key and everything on the way to the API.",
    "editor": "Examine CodeGPT in the editors of this machine.",
    "explain": "Explain an error: a text, an id, an API code or an HTTP status.",
    "billing": "Show what the key may still spend, and why it may not.",
    "limits": "Show the rate limits, and how long to wait now.",
    "errors": "List the documented errors.",
    "docs": "Open the page of an error in the browser.",
    "simulate": "Serve a local provider that fails in the way of an error.",
}


class LazyGroup(click.Group):
    """Imports the module of a command only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"codegpt_doctor.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codegpt-doctor")
def group() -> None:
    """Find out why the AI in your editor does not answer: one root cause, and the fix."""


def main() -> NoReturn:
    """Run the command and end the process with its exit code."""
    _never_fail_to_print()
    try:
        code = group.main(standalone_mode=False, prog_name="codegpt-doctor")
        sys.stdout.flush()
    except click.ClickException as error:
        click.echo(f"Error: {_scrubbed(error.format_message())}", err=True)
        code = ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted.", err=True)
        code = ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - one clear line instead of a traceback
        click.echo(_broken(error), err=True)
        code = ExitCode.INCONCLUSIVE
    _end(int(code or 0))


def _end(code: int) -> NoReturn:
    """Leave at once: a probe that was given up at the deadline must not hold the process."""
    sys.stderr.flush()
    os._exit(code)


def _never_fail_to_print() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _broken(error: Exception) -> str:
    said = _scrubbed(f"{type(error).__name__}: {error}")
    return f"codegpt-doctor itself failed ({said}). Please report this line."


def _scrubbed(message: str) -> str:
    """The message on one line; a key may have been typed where none belongs."""
    from codegpt_doctor.redact import Scrubber

    return " ".join(Scrubber().text(message).split())
