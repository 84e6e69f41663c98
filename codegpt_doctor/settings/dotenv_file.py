"""The ``.env`` file of a folder: its values, and what is wrong with it, by line.

Values are never expanded: a ``.env`` of somebody else could otherwise put any variable of the
environment into the address that it names.
"""

import os
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from codegpt_doctor.redact import keys_in, repr_without

if TYPE_CHECKING:
    from dotenv.parser import Binding

MAX_BYTES = 256 * 1024  # a file of settings has a few lines; these take half a second
MAX_PARENTS = 8
MAX_FAULTS = 5
MIN_LIKENESS = 0.85  # of names, from 0 to 1, so that one is a slip of the other
NAME = ".env"
NEIGHBORS = (".env.local", ".env.txt", ".env.development", ".env.development.local", "env.txt")
KEY_NAME = "OPENAI_API_KEY"
_OURS = re.compile(r"open_?ai|api_?key", re.IGNORECASE)
_NAME_OF_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}_API_KEY\b")
_OF_A_SHELL = re.compile(r"^[ \t]*(setx?[ \t]|\$env:)", re.IGNORECASE)
_COLON = re.compile(r"^[ \t]*[\"']?[A-Za-z_]\w*[\"']?[ \t]*:[ \t]*\S")
_QUOTED = re.compile(r"=[ \t]*[\"']")
_REST_OF_KEY = re.compile(r"(?=\D{0,200}\d)[A-Za-z0-9_-]{8,200}[\"']?")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_COMMAND = ("$(", "`")


class FileFault(NamedTuple):
    """What is wrong with the file, and the step that puts it right; neither shows a value.

    ``alters`` says that a key is found all the same, and may be another one than was meant.
    """

    words: str
    step: str
    alters: bool = False


class Dotenv(NamedTuple):
    """What a ``.env`` holds; ``exists`` is whether there is anything of that name."""

    values: Mapping[str, str] = {}
    faults: tuple[FileFault, ...] = ()
    exists: bool = False

    def __repr__(self) -> str:
        return repr_without(self, "values")


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
        words = f"{name} is larger than {MAX_BYTES // 1024} KiB; the rest was not read"
        faults.append(FileFault(words, f"Keep in {name} only the lines with settings."))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:200]:
        what = "in UTF-16" if _is_in_utf_16(raw) else "no text in UTF-8"
        words = f"{name} is {what}, which programs cannot read"
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


def _is_in_utf_16(raw: bytes) -> bool:
    """Whether every other byte is none, as of letters that need one alone."""
    start = raw[2:202] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else raw[:200]
    return any(half and not any(half) for half in (start[::2], start[1::2]))


def _errors(raw: bytes) -> str:
    """A letter may be cut in two where the reading ends."""
    return "ignore" if len(raw) > MAX_BYTES else "strict"


def _bytes(path: str, name: str) -> bytes:
    if os.path.isdir(path):
        raise _UnreadableError(f"{name} is a folder", f"Put the key into a file called {name}.")
    if not os.path.isfile(path):  # a pipe or a device could make the reading wait for ever
        raise _UnreadableError(f"{name} is not an ordinary file", f"Make {name} an ordinary file.")
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
    above = ""  # the name that the line before sets
    for binding in parse_stream(StringIO(text)):
        where = f"line {binding.original.line} of {name}"
        faults += _changes(binding, above, values, where)
        above = binding.key if binding.key and binding.value is not None else ""
        if binding.key is None or binding.value is None:
            faults += _of_line(binding.original.string, where)
        elif _OURS.search(binding.key) and (elsewhere := _taken_from(binding.value)):
            words, step = elsewhere
            faults.append(FileFault(f"{where} {words}", step))
        elif _OF_A_SHELL.match(binding.original.string):
            faults += _of_line(binding.original.string, where)
        else:
            values[binding.key] = binding.value
    return values, faults


def _changes(
    binding: "Binding", above: str, values: Mapping[str, str], where: str
) -> Iterator[FileFault]:
    """Whether a line makes another key of one that stands above it."""
    key, value = binding.key or "", binding.value
    if value is not None and _OURS.search(key) and values.get(key, value) != value:
        words = f"{where} sets {key} again, and the last line counts"
        yield FileFault(words, f"Keep only the line with the right {key}.", alters=True)
    line = binding.original.string.strip()
    if value is None and _NAME_OF_KEY.fullmatch(above) and _REST_OF_KEY.fullmatch(line):
        words = f"{where} has no =: it may be the rest of the line before"
        yield FileFault(words, f"Write the value of {above} on one line.", alters=True)


def _taken_from(value: str) -> tuple[str, str] | None:
    """What is said of a value that is not the key, but says where a shell would take it from."""
    if value.startswith(_COMMAND):
        return "takes the key from a command, which is not run here", "Write the key itself there."
    variable = _VARIABLE.match(value)
    if variable is None:
        return None
    words = "takes the key from another variable, which is not followed here"
    return words, f"Name that variable: --key-env {variable[1]}"


def _of_line(line: str, where: str) -> Iterator[FileFault]:
    """What is wrong with a line that sets nothing, where it is about a key or about OpenAI."""
    line = line.strip("\r\n")
    named, has_key = _NAME_OF_KEY.search(line), bool(keys_in(line))
    name = named[0].upper() if named else KEY_NAME
    step = f"Write {where} as {name}=… with nothing before it."
    if line.lstrip().startswith("#"):
        if named and has_key:
            yield FileFault(f"{where} has the key in a comment", step)
        return
    if not _OURS.search(line):
        if has_key:
            yield FileFault(f"{where} has a key without the name of a variable", step)
        return
    shell = _OF_A_SHELL.match(line)
    if shell:
        yield FileFault(f"{where} begins with {shell[1].strip()}, as in a shell", step)
    elif _COLON.match(line):
        yield FileFault(f"{where} has a colon where = belongs", step)
    elif _QUOTED.search(line):
        yield FileFault(f"{where} has a quote that is not closed", f"Close the quote in {where}.")
    elif "=" in line:
        yield FileFault(f"{where} has more than a variable's name before =", step)
    else:
        yield FileFault(f"{where} has no =", step)


def near_misses(
    folder: str, dotenv: Dotenv, environment: Mapping[str, str], wanted: str = KEY_NAME
) -> tuple[FileFault, ...]:
    """Where a key may be that is not looked for: under another name, in another file or folder.

    ``wanted`` is the name of the variable with the key.
    """
    found = [
        FileFault(
            f"the environment has {_seen(name)}, not {wanted}",
            f"Rename the variable {name} to {wanted}, or add --key-env {name}.",
        )
        for name in _meant(environment, wanted)
        if not name.startswith("AZURE_")  # which has another address too
    ]
    if dotenv.values.get(wanted) == "":
        step = f"Write the key after {wanted}= in {NAME}."
        found.append(FileFault(f"{wanted} in {NAME} is empty", step))
    found += [
        FileFault(
            f"{NAME} has {_seen(name)}, not {wanted}", f"Rename the variable in {NAME} to {wanted}."
        )
        for name in _meant(dotenv.values, wanted)
    ]
    for name in NEIGHBORS:
        if wanted in read_dotenv(folder, name).values:
            step = f"Rename {name} to {NAME}, or copy its line with {wanted} there."
            found.append(FileFault(f"{name} has {wanted}, and only {NAME} is read", step))
    return (*found, *_in_parents(folder, wanted))[:MAX_FAULTS]


def _meant(values: Mapping[str, str], wanted: str) -> list[str]:
    """The names that may be meant for another one, as by a slip of the keyboard, with a value."""
    from difflib import get_close_matches  # rarely needed

    others = (name for name, value in values.items() if value and name != wanted)
    set_ = [name for name in others if "ADMIN" not in name.upper()]
    near = get_close_matches(wanted, set_, cutoff=MIN_LIKENESS)
    return [name for name in set_ if name in near or _like(wanted).search(name)]


def _seen(name: str) -> str:
    """A name with what is not seen of it spelled out: the one that is wanted may look the same."""
    hidden = [f"U+{ord(one):04X}" for one in name if not one.isascii()]
    return f"{name} with {', '.join(hidden)} in it" if hidden else name


def _like(wanted: str) -> re.Pattern[str]:
    """The names that people give to what should be called so."""
    whose = "open_?ai" if wanted == KEY_NAME else re.escape(wanted.partition("_")[0])
    names = rf"^(?=.*{whose})(?=.*(?:key|token)(?!s))|^api_?key$"
    return re.compile(names, re.IGNORECASE)


def _in_parents(folder: str, wanted: str) -> Iterator[FileFault]:
    up = ""
    for _ in range(MAX_PARENTS):
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder, up = parent, f"../{up}"
        if wanted in read_dotenv(folder).values:
            words = f"{up}{NAME} has {wanted}, and only the {NAME} of this folder is read"
            yield FileFault(words, f"Run the command in the folder that {up}{NAME} is in.")
            return
