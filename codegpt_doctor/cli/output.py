"""What is printed: for people, for programs and for pipes; a reader that goes away is no error.

All of it goes through the scrubber of the process, here, whatever was done to it before.
"""

import codecs
import contextlib
import errno
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

import click

import codegpt_doctor.catalogue  # noqa: F401 - tells the scrubber the shapes of keys
from codegpt_doctor import redact

_COLOR = r"\x1b\[[0-9;]*m"


class OutputError(Exception):
    """What was found out could not be written; the message says where, and why."""


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


def cannot_print(error: OSError) -> str:
    """That standard output takes nothing, and why, such as a full disk."""
    return f"Standard output cannot be written: {error.strerror or error}."


def echo(text: str) -> None:
    """Print to standard output; once the reader is gone, go on without printing.

    Raises:
        OutputError: it cannot be written.

    Whether the text may have color was decided when it was made, so click takes none away.
    """
    _print(clean(text))


def clean(text: str, shown: Sequence[str] = ()) -> str:
    """The text as it may be shown; our own colors stay, and what was made to be ``shown``."""
    kept = "|".join((_COLOR, *map(re.escape, shown)))
    pieces = re.split(f"({kept})", text)
    pieces[::2] = map(redact.scrub, pieces[::2])
    return "".join(pieces)


def _print(text: str | bytes) -> None:
    try:
        click.echo(text, color=True)
    except OSError as error:
        if not reader_is_gone(error):
            raise OutputError(cannot_print(error)) from None
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def echo_json(data: Mapping[str, object]) -> None:
    """Print one JSON object, which is in UTF-8 whatever the encoding of standard output is."""
    import json

    in_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    _print(json.dumps(redact.scrub_data(data), ensure_ascii=not in_utf8, indent=2))


def echo_file(text: str) -> None:
    """Print what could as well be a file, with the bytes that the file would have."""
    _print(redact.scrub(text.removesuffix("\n")).encode())


def tell(text: str, shown: Sequence[str] = ()) -> None:
    """Say something beside the output.

    Args:
        text: what to say.
        shown: what looks like a secret in it, and is none.
    """
    with contextlib.suppress(OSError):  # then there is nowhere left to say so
        click.echo(fitting(clean(text, shown), sys.stderr), err=True)


def replace_line(text: str, before: str) -> None:
    """Put a line on a terminal's standard error in the place of the one that stands there.

    Done with spaces, without the controls that old consoles do not have.
    """
    with contextlib.suppress(OSError):
        shown = clean(text)[: columns(sys.stderr) - 1]
        sys.stderr.write(f"\r{shown:<{len(before)}}\r{shown}")
        sys.stderr.flush()


def scrub_logs() -> None:
    """Let no library's log or warning pass the scrubber, wherever its handlers write.

    With ``OPENAI_LOG`` the official client writes all that servers say to standard error.
    """
    import logging

    make = logging.getLogRecordFactory()

    def scrubbed(*arguments: object, **more: object) -> logging.LogRecord:
        record = make(*arguments, **more)
        try:
            said = record.getMessage()
        except Exception:  # noqa: BLE001 - the arguments of a stranger's message do not fit it
            said = str(record.msg)
        record.msg, record.args = redact.scrub(said), ()
        if record.exc_info:
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_text = redact.scrub(trace)
        return record

    logging.setLogRecordFactory(scrubbed)
    logging.captureWarnings(True)


def fitting(text: str, stream: TextIO) -> str:
    """The lines wrapped to the width of a terminal; as they are where the stream is none.

    Lines that begin with white space are commands or lists, and stay as they are.
    """
    if not stream.isatty():
        return text
    import textwrap

    from codegpt_doctor.output.style import MAX_WIDTH

    width = min(columns(stream), MAX_WIDTH)
    wrap = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    lines = text.split("\n")
    return "\n".join(line if line[:1].isspace() else wrap.fill(line) for line in lines)


def columns(stream: TextIO) -> int:
    """How wide the terminal of a stream is, at least 40; 80 where the stream is none."""
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns or 80)
    except (OSError, ValueError):
        return 80
