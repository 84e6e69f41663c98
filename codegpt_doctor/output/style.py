"""How text looks on the output at hand: width, symbols, color."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

MAX_WIDTH = 92
MIN_ROWS = 23  # what is left of a terminal of 24 when the prompt is back
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
COLORS = {"pass": "32", "warn": "33", "fail": "31", "skip": "2", "error": "31"}


class Symbols(NamedTuple):
    """The few characters that are not ASCII; ``ASCII`` stands in where they cannot be shown.

    ``bar`` are the parts of a character cell that a bar can end with, the whole cell last.
    """

    marks: Mapping[str, str]
    rule: str
    dot: str
    bar: str


UNICODE = Symbols(
    {"pass": "✓", "warn": "!", "fail": "✗", "skip": "–", "error": "✗"}, "┃", " · ", "▏▎▍▌▋▊▉█"
)
ASCII = Symbols({"pass": "+", "warn": "!", "fail": "x", "skip": "-", "error": "x"}, "|", " - ", "#")


class Style(NamedTuple):
    """The means of one output stream."""

    width: int = 80
    color: bool = False
    symbols: Symbols = UNICODE
    rows: int = MIN_ROWS

    def strong(self, text: str) -> str:
        """Text that stands out."""
        return self._code("1", text)

    def dim(self, text: str) -> str:
        """Text that steps back."""
        return self._code("2", text)

    def status(self, status: str, text: str) -> str:
        """Text in the color of a status."""
        return self._code(COLORS[status], text)

    def _code(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def style_of_stderr(environment: Mapping[str, str]) -> Style:
    """The style for standard error: plain, as wide as the terminal."""
    return Style(_width(environment, 2))


def style_of_stdout(environment: Mapping[str, str]) -> Style:
    """The style for standard output: color on a terminal that has it, or where it is forced.

    NO_COLOR goes before all others; the value 0 of the others says no.
    """
    forced = next((environment[name] for name in FORCING if environment.get(name)), "")
    wanted = environment.get("CLICOLOR") != "0" and environment.get("TERM") != "dumb"
    color = forced != "0" if forced else sys.stdout.isatty() and wanted
    color = color and not environment.get("NO_COLOR")
    try:
        "✓✗–┃·…█".encode(sys.stdout.encoding or "ascii")
        symbols = UNICODE
    except (UnicodeEncodeError, LookupError):
        symbols = ASCII
    return Style(_width(environment), color, symbols, _rows())


def _rows() -> int:
    """How many rows a text may have to be seen whole."""
    try:
        return max(MIN_ROWS, os.get_terminal_size(1).lines - 1)
    except (OSError, ValueError):
        return MIN_ROWS


def _width(environment: Mapping[str, str], stream: int = 1) -> int:
    columns = environment.get("COLUMNS", "").lstrip("0")
    if columns.isascii() and columns.isdecimal():  # isdigit is true of ², which is no number
        return max(40, min(int(columns[:4]), MAX_WIDTH))
    try:
        found = os.get_terminal_size(stream).columns
    except (OSError, ValueError):
        found = 0
    return max(40, min(found or 80, MAX_WIDTH))
