"""The command: parse, call, render, exit.  Each command is a file, imported when it is called."""

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from codegpt_doctor._version import __version__
from codegpt_doctor.cli.output import (
    OutputError,
    cannot_print,
    columns,
    never_fail_to_print,
    reader_is_gone,
    tell,
)
from codegpt_doctor.model.exit_codes import ExitCode

COMMANDS = {
    "check": "Test a key and the whole path to the API.",
    "editor": "Examine CodeGPT in this machine's editors.",
    "explain": "Explain an error: a text, an ID, an API code or an HTTP status.",
    "billing": "Show what the key may still spend, and why it may not.",
    "limits": "Show the rate limits, and how long to wait now.",
    "models": "List the models that the key may use, and when they end.",
    "errors": "List the documented errors.",
    "providers": "List the providers, and whose key is set.",
    "key": "Store a key in the system's keyring, or delete it there.",
    "dotenv": "Test each key in this folder's .env file.",
    "leaks": "Find providers' API keys in files.",
    "docs": "Open an error's page in the browser.",
    "simulate": "Serve a simulated provider that fails with an error.",
    "mcp": "Serve assistants in an editor (Model Context Protocol).",
    "exporter": "Serve Prometheus with the state of many targets.",
    "vscode": "Create VS Code tasks in this folder.",
    "completion": "Print the script for completion in a shell.",
}
KEY_OPTIONS = ("--key", "--api-key", "--apikey", "--token")  # which people try, and there are none
NO_KEY_HERE = (
    "A key is never given as an argument: the shell remembers it, and other programs can read it. "
    "Set OPENAI_API_KEY, or use --key-file or --key-stdin. If others can read this shell's "
    "history, replace the key."
)
FOR_CHECK = ("doctor", "test", "run", "diagnose", "status", "auth", "verify", "ping")  # as typed
NEAR = 0.75  # of a name, of 1; further away, a suggestion is a guess
SWITCH_OFF = ("--no-", "--skip", "--direct", "--allow-http", "--force")
COMPILED = ("psutil",)  # which no archive can hold, nor then the program as one file
NOT_IN_ONE_FILE = "This needs the package {}. Install codegpt-doctor with uv, pipx or pip."
DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
CLICKS_LEAST = 52  # columns of a terminal, two of which it leaves free


class LazyGroup(click.Group):
    """Imports the module of a command only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        try:
            command: click.Command = import_module(f"codegpt_doctor.cli.{cmd_name}").command
        except ModuleNotFoundError as error:
            if error.name not in COMPILED:
                raise
            raise click.ClickException(NOT_IN_ONE_FILE.format(error.name)) from None
        if signal.getsignal(signal.SIGINT) not in (signal.SIG_IGN, signal.default_int_handler):
            # the handler that leaves at once was for imports, which can swallow an exception
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words that people try for what they mean; nothing at a terminal is a check."""
        if not args and sys.stdin.isatty() and sys.stdout.isatty():
            args = ["check"]
        elif args[:1] == ["help"]:
            args = [*args[1:2], "--help"]
        elif args == ["version"]:
            args = ["--version"]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; one that does not exist may be a slip of the fingers."""
        name = args[0]
        if name not in COMMANDS and _is_an_error(name, args):
            args = ["explain", *args]
        elif name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            from codegpt_doctor.cli.suggest import did_you_mean

            near = get_close_matches(name, COMMANDS, cutoff=NEAR)
            near = ["check"] if name.lower() in FOR_CHECK else near
            ctx.fail(f"No such command '{name}'.{did_you_mean(near)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _is_an_error(name: str, args: list[str]) -> bool:
    """Whether the first word is no slip of a command but what ``explain`` is for."""
    from codegpt_doctor import catalogue

    is_text = len(name.split()) > 1 or (len(args) > 2 and not any(a[:1] == "-" for a in args))
    return name[:1] != "-" and (is_text or catalogue.resolve(name) is not None)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
)
@click.version_option(__version__, prog_name="codegpt-doctor")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Find out why the AI in your editor does not answer: one root cause, and the fix."""
    if ctx.invoked_subcommand is None:
        tell(ctx.get_help())
        ctx.exit(ExitCode.USAGE)


def main() -> NoReturn:
    """Run the command and end the process with its exit code."""
    never_fail_to_print()
    sys.unraisablehook = _unraisable
    try:
        _end(_run())
    except KeyboardInterrupt:  # while the end was told
        _end(ExitCode.INTERRUPTED)


def _run() -> int:
    """The exit code of the command; what kept it from its end is told."""
    try:
        code = group.main(
            standalone_mode=False, prog_name="codegpt-doctor", terminal_width=_narrow()
        )
        sys.stdout.flush()
    except click.ClickException as error:
        tell(_complaint(error))
        code = ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt) as error:
        # click has ended the line of the "^C" already
        tell("Interrupted." if isinstance(error, click.Abort) else "\nInterrupted.")
        code = ExitCode.INTERRUPTED
    except OutputError as error:
        tell(str(error))
        code = ExitCode.INCONCLUSIVE
    except Exception as error:  # noqa: BLE001 - one clear line instead of a traceback
        code = _broken(error)
    return int(code or 0)


def _unraisable(ignored: "sys.UnraisableHookArgs") -> None:
    """End the run also where Ctrl-C comes while Python lets no exception out, as in a callback."""
    if issubclass(ignored.exc_type, KeyboardInterrupt):
        tell("\nInterrupted.")
        _end(ExitCode.INTERRUPTED)
    sys.__unraisablehook__(ignored)


def _narrow() -> int | None:
    """The width of a terminal where it is less than what click makes its help for."""
    width = columns(sys.stdout)
    return width if width < CLICKS_LEAST else None


def _end(code: int) -> NoReturn:
    """Leave at once: a probe that was given up at the deadline must not hold the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # there is nothing left to interrupt
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _complaint(error: click.ClickException) -> str:
    """What is wrong, and where to read on where the command line itself was not understood."""
    if isinstance(error, click.UsageError) and _has_a_key(sys.argv[1:]):
        return f"Error: {NO_KEY_HERE}"
    if isinstance(error, click.NoSuchOption):
        near = _near(error.option_name, error.possibilities or ())
        error = click.NoSuchOption(error.option_name, possibilities=near, ctx=error.ctx)
    said = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx:
        said += f"{'' if said[-1:] in '.?!' else '.'} Try {error.ctx.command_path} --help."
    return f"Error: {said}"


def _has_a_key(arguments: list[str]) -> bool:
    """Whether a key stands among the arguments, or an option that would take one."""
    from codegpt_doctor.redact import keys_in

    named = any(one.partition("=")[0] in KEY_OPTIONS for one in arguments)
    before = ["", *arguments]
    loose = (one for one, last in zip(arguments, before, strict=False) if last != "--key-env")
    return named or any(map(keys_in, loose))


def _near(option: str, options: Sequence[str]) -> list[str]:
    """The options that may be meant: those that are near, and none that switches something off."""
    from difflib import get_close_matches

    offered = [one for one in options if not one.startswith(SWITCH_OFF)]
    return get_close_matches(option, offered, cutoff=0.8)


def _broken(error: Exception) -> ExitCode:
    from codegpt_doctor.engine.background import interruption

    if interruption(error):
        tell("\nInterrupted.")
        return ExitCode.INTERRUPTED
    if isinstance(error, OSError) and reader_is_gone(error):  # of the help, which click prints
        return ExitCode.HEALTHY
    if isinstance(error, OSError) and error.errno in DISK_IS_FULL:
        tell(cannot_print(error))
        return ExitCode.INCONCLUSIVE
    said = " ".join(f"{type(error).__name__}: {error}".split())
    tell(f"codegpt-doctor itself failed ({said}). Report this line.")
    return ExitCode.INCONCLUSIVE
