"""``codegpt-doctor explain``."""

import os
import re
import sys
from collections.abc import Callable, Sequence
from io import BufferedReader
from typing import BinaryIO, cast

import click

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.cli import complete
from codegpt_doctor.cli.color import color_option
from codegpt_doctor.cli.output import echo, echo_json, tell
from codegpt_doctor.cli.suggest import unknown
from codegpt_doctor.files import decoded, open_plain
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import Explanation, Match
from codegpt_doctor.output.explanation_text import explanation_text, unrecognized_text
from codegpt_doctor.output.report_data import explanation_data
from codegpt_doctor.output.style import style_of_stderr, style_of_stdout
from codegpt_doctor.redact import cut

MAX_INPUT = 256 * 1024**2  # bytes read of a pipe, which may have no end
HOLDS_A_KEY = "_KEY|_TOKEN"  # in the name of every variable of a provider that does
WITH_VALUE = ("--provider", "--color")
PIECE = 512 * 1024  # bytes kept of the start and of the end of a long input
_OPTION = r"--?[A-Za-z][\w-]*(?:=.*)?"
_FILE = r".*[/\\].*|.*\w\.[A-Za-z]{2,5}"


class TextCommand(click.Command):
    """Takes what begins with a dash and is not the name of an option for a part of the text."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put what can be an option before the text."""
        end = args.index("--") if "--" in args else len(args)
        options, text = list[str](), list[str]()
        for before, one in zip(["", *args], args[:end], strict=False):
            is_option = one[:1] == "-" and re.fullmatch(_OPTION, one)
            (options if is_option or before in WITH_VALUE else text).append(one)
        return super().parse_args(ctx, [*options, "--", *text, *args[end + 1 :]])


@click.command(cls=TextCommand)
@click.argument("text", nargs=-1, shell_complete=complete.error_ids)
@click.option(
    "--provider",
    metavar="ID",
    shell_complete=complete.providers,
    help="Whose messages and pages to show, such as anthropic.",
)
@click.option("--full", is_flag=True, help="Show the whole page.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--verbose", is_flag=True, help="With --json, also what was read, and why it counts.")
@color_option
def command(
    text: tuple[str, ...], provider: str | None, full: bool, as_json: bool, verbose: bool
) -> int:
    """Explain an error, offline: what it is, and what to do first.

    TEXT is the error as it was printed, a file that holds it, an ID such as insufficient_quota, an
    API code, an HTTP status such as 429, or a few words such as "no credits". Without TEXT, or with
    -, standard input is read:

      your-program 2>&1 | codegpt-doctor explain
    """
    asked = _input(" ".join(text))
    explanation = explain(asked, _whose(provider)) if asked else Explanation(None)
    if as_json:
        _print_json(explanation, asked if verbose else None)
    elif explanation.match and full:
        _show_page(explanation.match)
    elif explanation.match:
        echo(explanation_text(explanation_data(explanation), style_of_stdout(os.environ)))
    if not explanation.match:
        tell(_not_recognized(asked, explanation.nearest))
        return ExitCode.PROBLEM
    return ExitCode.HEALTHY


def _whose(option: str | None) -> str | None:
    """The provider that was named; else the only one whose key a variable holds."""
    if option is None and not any(re.search(HOLDS_A_KEY, name) for name in os.environ):
        return None  # and nothing of the providers has to be read
    known = catalogue.providers()
    if option is not None:
        if option.strip().lower() not in known:
            raise click.ClickException(
                f"There is no provider {option}; codegpt-doctor providers lists them."
            )
        return option.strip().lower()
    having = [
        name
        for name, facts in known.items()
        if any(os.environ.get(variable) for variable in facts.get("key_variables", ()))
    ]
    return having[0] if len(having) == 1 else None


def _input(argument: str) -> str:
    if argument in ("", "-"):
        return _pasted() if sys.stdin.isatty() else _read("Standard input", _standard_input)
    if os.path.isfile(argument):
        return _read(argument, lambda: open_plain(argument))
    if os.path.exists(argument) and catalogue.resolve(argument.strip()) is None:
        kind = "folder" if os.path.isdir(argument) else "pipe or a device"
        raise click.ClickException(
            f"{argument} is a {kind}, not a file with an error in it. What a program prints can be "
            "piped in: your-program 2>&1 | codegpt-doctor explain"
        )
    return argument.strip()


def _standard_input() -> BinaryIO:
    return sys.stdin.buffer


def _pasted() -> str:
    """What a person types or pastes, up to the first sign of the end."""
    end = "Ctrl-Z, then Enter" if sys.platform == "win32" else "Ctrl-D"
    tell(f"Paste the error, then press {end}.")
    pieces = []
    # not buffered: there the end has to be told once more, after half a line too
    raw = cast("BufferedReader", sys.stdin.buffer).raw
    while piece := raw.read(PIECE) or b"":
        pieces.append(piece)
        if not piece.endswith(b"\n"):
            break
    tell("")
    return decoded(b"".join(pieces)).strip()


def _read(name: str, stream: Callable[[], BinaryIO]) -> str:
    try:
        with stream() as opened:
            return decoded(_both_ends(opened)).strip()
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}") from None


def _both_ends(stream: BinaryIO) -> bytes:
    """The start and the end of a stream, which is all that is kept of a long one."""
    start, end, size = stream.read(PIECE), b"", PIECE
    if stream.seekable():
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(len(start), size - PIECE))
        return start + stream.read(PIECE)
    while chunk := stream.read(PIECE):
        end = (end + chunk)[-PIECE:]
        size += len(chunk)
        if size >= MAX_INPUT:
            tell(f"Only the first {MAX_INPUT // 1024**2} MiB were read.")
            break
    return start + end


def _print_json(explanation: Explanation, read: str | None) -> None:
    """Print the explanation, with the events of the text that was read where it is given."""
    events = None
    if read is not None:
        from codegpt_doctor.classify.telling import told

        events = told(read)
    echo_json(explanation_data(explanation, events))


def _show_page(match: Match) -> None:
    from codegpt_doctor.cli.pager import show
    from codegpt_doctor.output.entry_text import entry_text

    entry = catalogue.get(match.id, match.provider)
    show(entry_text(entry, style_of_stdout(os.environ), match.provider))


def _not_recognized(asked: str, nearest: Sequence[str]) -> str:
    if not asked:
        return "The input is empty: there is nothing to explain."
    if nearest or len(asked.split()) > 1:
        return unrecognized_text(asked, nearest, style_of_stderr(os.environ))
    shown = cut(asked, 60)
    if re.fullmatch(_FILE, asked) and not os.path.exists(asked):
        return f"There is no file {shown}, and no error has that name."
    return unknown(shown)
