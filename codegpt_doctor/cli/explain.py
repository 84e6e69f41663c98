"""``codegpt-doctor explain``."""

import os
import re
import sys
from collections.abc import Callable
from typing import BinaryIO

import click

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain, of_word
from codegpt_doctor.cli.output import echo, echo_json, tell
from codegpt_doctor.files import open_plain
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import Explanation, Match
from codegpt_doctor.redact import cut, scrub

MAX_INPUT = 256 * 1024**2  # bytes read of a pipe, which may have no end
PIECE = 512 * 1024  # bytes kept of the start and of the end of a long input
_OPTION = r"--?[A-Za-z][\w-]*(?:=.*)?"
_FILE = r".*[/\\].*|.*\w\.[A-Za-z]{2,5}"


class TextCommand(click.Command):
    """Takes what begins with a dash and is not the name of an option for a part of the text."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put what can be an option before the text."""
        end = args.index("--") if "--" in args else len(args)
        options = [one for one in args[:end] if one[:1] == "-" and re.fullmatch(_OPTION, one)]
        text = [one for one in args[:end] if one not in options]
        return super().parse_args(ctx, [*options, "--", *text, *args[end + 1 :]])


@click.command(cls=TextCommand)
@click.argument("text", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--verbose", is_flag=True, help="With --json, also what was read, and why it counts.")
def command(text: tuple[str, ...], as_json: bool, verbose: bool) -> int:
    """Explain an error, offline.

    TEXT is the error as it was printed, a file that holds it, an id such as insufficient_quota, an
    API code, or an HTTP status such as 429. Without TEXT, or with -, standard input is read:

      your-program 2>&1 | codegpt-doctor explain
    """
    asked = _input(" ".join(text))
    entry_id = catalogue.resolve(asked) if asked and len(asked.split()) == 1 else None
    explanation = of_word(asked, entry_id) if entry_id else explain(asked)
    if as_json:
        _print_json(explanation, asked if verbose else None)
    elif explanation.match:
        _print_text(explanation.match)
    if not explanation.match:
        tell(_not_recognised(asked, explanation.nearest))
        return ExitCode.PROBLEM
    return ExitCode.HEALTHY


def _input(argument: str) -> str:
    if argument == "-" or (not argument and not sys.stdin.isatty()):
        return _read("Standard input", lambda: sys.stdin.buffer)
    if not argument:
        raise click.UsageError(
            "Give the error as TEXT, or pipe it in: your-program 2>&1 | codegpt-doctor explain"
        )
    if os.path.isfile(argument):
        return _read(argument, lambda: open_plain(argument))
    if os.path.exists(argument) and catalogue.resolve(argument.strip()) is None:
        kind = "folder" if os.path.isdir(argument) else "pipe or a device"
        raise click.ClickException(
            f"{argument} is a {kind}, not a file with an error in it. What a program prints can be "
            "piped in: your-program 2>&1 | codegpt-doctor explain"
        )
    return argument.strip()


def _read(name: str, stream: Callable[[], BinaryIO]) -> str:
    try:
        with stream() as opened:
            return _decode(_both_ends(opened)).strip()
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


def _decode(data: bytes) -> str:
    """Text in UTF-8, or in UTF-16 as PowerShell writes it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _print_json(explanation: Explanation, read: str | None) -> None:
    """Print the explanation, with the events of the text that was read where it is given."""
    from codegpt_doctor.output.report_data import explanation_data

    events = None
    if read is not None:
        from codegpt_doctor.classify.telling import told

        events = told(read)
    echo_json(explanation_data(explanation, events))


def _print_text(match: Match) -> None:
    from codegpt_doctor.output.entry_text import entry_text
    from codegpt_doctor.output.lines import wrap_line
    from codegpt_doctor.output.style import style_of_stdout

    style = style_of_stdout(os.environ)
    lines = [entry_text(catalogue.get(match.id, match.provider), style, match.provider)]
    said = match.evidence[0].quote if match.evidence else ""
    if said and said != match.id:
        lines += ["", *wrap_line(f"Recognized by: {scrub(said)}", style.width)]
    if match.also:
        lines += ["", *wrap_line(f"Also possible: {', '.join(match.also)}", style.width)]
    echo("\n".join(lines))


def _not_recognised(asked: str, nearest: tuple[str, ...]) -> str:
    if not asked:
        return "The input is empty: there is nothing to explain."
    if len(asked.split()) > 1:
        return "\n".join(
            [
                "No provider's error is recognized in this text.",
                *_suggestions(nearest),
                "Paste more of it: the lines with an error, a code or a status, and those around.",
                "Or let codegpt-doctor check test the connection; codegpt-doctor errors lists what "
                "is known.",
            ]
        )
    from codegpt_doctor.cli.suggest import unknown

    shown = cut(asked, 60)
    if re.fullmatch(_FILE, asked) and not os.path.exists(asked):
        return f"There is no file {shown}, and no error has that name."
    return unknown(shown)


def _suggestions(nearest: tuple[str, ...]) -> list[str]:
    if not nearest:
        return []
    titles = (f"  {catalogue.get(one).title}: codegpt-doctor explain {one}" for one in nearest)
    return ["The nearest of what is known:", *titles]
