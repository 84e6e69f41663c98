"""The ``.env`` file of a folder: its values, and what is wrong with it, by line.

Values are never expanded: a ``.env`` of somebody else could otherwise put any variable of the
environment into the address that it names.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_BYTES = 1024**2  # a file of settings has a few lines
MAX_PARENTS = 8
MAX_FAULTS = 5
NAME = ".env"
NEIGHBORS = (".env.local", ".env.txt", ".env.development", ".env.development.local", "env.txt")
KEY_NAME = "OPENAI_API_KEY"
_OURS = re.compile(r"open_?ai|api_?key", re.IGNORECASE)
_OTHER_NAME = re.compile(r"^(?=.*open_?ai)(?=.*(?:key|token))|^api_?key$", re.IGNORECASE)
_OF_A_SHELL = re.compile(r"^[ \t]*(setx?[ \t]|\$env:)", re.IGNORECASE)
_COLON = re.compile(r"^[ \t]*[\"']?[A-Za-z_]\w*[\"']?[ \t]*:[ \t]*\S")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")


class FileFault(NamedTuple):
    """What is wrong with the file, and the step that puts it right; neither shows a value."""

    words: str
    step: str


@dataclass(frozen=True, slots=True)
class Dotenv:
    """What a ``.env`` holds; ``exists`` is whether there is anything of that name."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    faults: tuple[FileFault, ...] = ()
    exists: bool = False


class _UnreadableError(Exception):
    """Nothing of the file can be used; the arguments are those of a ``FileFault``."""


def read_dotenv(folder: str, name: str = NAME) -> Dotenv:
    """Read the file of a folder; one that is not there or cannot be read has no values."""
    path = os.path.join(folder, name)
    if not os.path.lexists(path):
        return Dotenv()
    try:
        text, faults = _text(path, name)
    except _UnreadableError as error:
        return Dotenv(faults=(FileFault(*error.args),), exists=True)
    values, more = _parsed(text, name)
    return Dotenv(values, (*faults, *more)[:MAX_FAULTS], exists=True)


def _text(path: str, name: str) -> tuple[str, list[FileFault]]:
    """The text, and what is odd about the file as a whole."""
    raw = _bytes(path, name)
    faults = []
    if len(raw) > MAX_BYTES:
        words = f"{name} is larger than {MAX_BYTES // 1024**2} MiB; the rest was not read"
        faults.append(FileFault(words, f"Keep in {name} only the lines with settings."))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:200]:
        words = f"{name} is in UTF-16, which programs cannot read"
        raise _UnreadableError(words, f"Save {name} as UTF-8.")
    if raw.startswith(b"\xef\xbb\xbf"):
        words = f"{name} begins with a byte order mark; some programs then miss its first line"
        faults.append(FileFault(words, f"Save {name} as UTF-8 without a byte order mark."))
    try:
        return raw[:MAX_BYTES].decode("utf-8-sig", _errors(raw)), faults
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        words = f"{name} is not in UTF-8 (line {line}), so programs cannot read it"
        raise _UnreadableError(words, f"Save {name} as UTF-8.") from None


def _errors(raw: bytes) -> str:
    """A letter may be cut in two where the reading ends."""
    return "ignore" if len(raw) > MAX_BYTES else "strict"


def _bytes(path: str, name: str) -> bytes:
    if os.path.isdir(path):
        raise _UnreadableError(f"{name} is a folder", f"Put the key into a file called {name}.")
    if not os.path.isfile(path):  # a pipe or a device could make the reading wait for ever
        raise _UnreadableError(f"{name} is no ordinary file", f"Make {name} an ordinary file.")
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        words = f"{name} cannot be read ({error.strerror})"
        raise _UnreadableError(words, f"Allow your account to read {name}.") from None


def _parsed(text: str, name: str) -> tuple[dict[str, str], list[FileFault]]:
    from io import StringIO

    from dotenv.parser import parse_stream

    values: dict[str, str] = {}
    faults: list[FileFault] = []
    for binding in parse_stream(StringIO(text)):
        where = f"line {binding.original.line} of {name}"
        if binding.key is None or binding.value is None:
            faults += _of_line(binding.original.string, where)
        elif binding.key == KEY_NAME and (variable := _VARIABLE.match(binding.value)):
            words = f"{where} takes the key from another variable, which is not followed here"
            step = f"Name that variable: --key-env {variable[1]}"
            faults.append(FileFault(words, step))
        elif _OF_A_SHELL.match(binding.original.string):
            faults += _of_line(binding.original.string, where)
        else:
            values[binding.key] = binding.value
    return values, faults


def _of_line(line: str, where: str) -> Iterator[FileFault]:
    """What is wrong with a line that sets nothing, where it is about a key or about OpenAI."""
    line = line.lstrip("\r\n")
    step = f"Write {where} as {KEY_NAME}=… with nothing before it."
    if not _OURS.search(line) or line.lstrip().startswith("#"):
        return
    shell = _OF_A_SHELL.match(line)
    if shell:
        yield FileFault(f"{where} begins with {shell[1].strip()}, as in a shell", step)
    elif _COLON.match(line):
        yield FileFault(f"{where} has a colon where = belongs", step)
    elif "=" in line:
        yield FileFault(f"{where} has a quote that is not closed", f"Close the quote in {where}.")
    else:
        yield FileFault(f"{where} has no =", step)


def near_misses(folder: str, dotenv: Dotenv) -> tuple[FileFault, ...]:
    """Where a key may be that is not looked for: under another name, in another file or folder."""
    found = [
        FileFault(f"{NAME} has {name}, not {KEY_NAME}", f"Call the variable in {NAME} {KEY_NAME}.")
        for name in dotenv.values
        if name != KEY_NAME and _OTHER_NAME.search(name)
    ]
    for name in NEIGHBORS:
        if KEY_NAME in read_dotenv(folder, name).values:
            step = f"Rename {name} to {NAME}, or copy its line with {KEY_NAME} there."
            found.append(FileFault(f"{name} has {KEY_NAME}, and only {NAME} is read", step))
    return (*found, *_in_parents(folder))[:MAX_FAULTS]


def _in_parents(folder: str) -> Iterator[FileFault]:
    up = ""
    for _ in range(MAX_PARENTS):
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder, up = parent, f"../{up}"
        if KEY_NAME in read_dotenv(folder).values:
            words = f"{up}{NAME} has {KEY_NAME}, and only the {NAME} of this folder is read"
            yield FileFault(words, f"Run the command in the folder {up.rstrip('/')}.")
            return
