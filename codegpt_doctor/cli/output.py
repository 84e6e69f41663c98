"""What is printed: for people, for programs and for pipes; a reader that goes away is no error."""

import codecs
import errno
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import click


def never_fail_to_print() -> None:
    """Spell out what an output cannot encode, and do without a stream that is closed."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115
    codecs.register_error("spelled", _spelled)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="spelled")


def _spelled(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError) and error.object[error.start] == "…":
        return "...", error.start + 1
    return codecs.backslashreplace_errors(error)


def reader_is_gone(error: OSError) -> bool:
    """Whether a pipe has no reader any more, which Windows tells as an invalid argument."""
    return isinstance(error, BrokenPipeError) or error.errno == errno.EINVAL


def echo(text: str | bytes) -> None:
    """Print to standard output; once the reader is gone, go on without printing.

    Whether the text may have color was decided when it was made, so click takes none away.
    """
    try:
        click.echo(text, color=True)
    except OSError as error:
        if not reader_is_gone(error):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def echo_json(data: Mapping[str, Any]) -> None:
    """Print one JSON object, which is in UTF-8 whatever the encoding of standard output is."""
    import json

    in_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    echo(json.dumps(data, ensure_ascii=not in_utf8, indent=2))


def echo_file(text: str) -> None:
    """Print what could as well be a file, with the bytes that the file would have."""
    echo(text.removesuffix("\n").encode())


def tell(text: str) -> None:
    """Say something beside the output."""
    click.echo(fitting(text, sys.stderr), err=True)


def fitting(text: str, stream: TextIO) -> str:
    """The text wrapped to the width of a terminal; as it is where the stream is none."""
    if not stream.isatty():
        return text
    import textwrap

    from codegpt_doctor.output.style import MAX_WIDTH

    width = min(columns(stream), MAX_WIDTH)
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def columns(stream: TextIO) -> int:
    """How wide the terminal of a stream is, at least 40; 80 where the stream is none."""
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns or 80)
    except (OSError, ValueError):
        return 80
