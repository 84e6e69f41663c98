"""One documented error: how an entry is read from its Markdown page.

A page is TOML front matter between two ``+++`` lines, then prose under fixed headings.  Everything
that any surface says about an error comes from here.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

FAMILIES = {
    "auth": "Key and identity",
    "model": "Model and endpoint",
    "quota": "Quota, billing and limits",
    "request": "Request",
    "server": "Server",
    "network": "Network and client",
    "codegpt": "CodeGPT extension",
}
STAGES = (
    "settings",
    "dns",
    "tcp",
    "proxy",
    "tls",
    "http",
    "auth",
    "model",
    "inference",
    "billing",
    "editor",
)
HEADINGS = (
    "What you see",
    "What it means",
    "Causes",
    "Fix",
    "Check it",
    "Do not confuse with",
    "Sources",
)
RETRY = ("no", "later", "now")
WHO = ("you", "account owner", "IT", "provider")
SEVERITIES = ("fail", "warn", "pass")
SIGNATURE_KEYS = ("code", "type", "name", "phrase", "status")

_FENCE = "+++\n"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_ID = re.compile(r"`([a-z][a-z0-9_]+)`")
_STEP = re.compile(r"^\d+\. ", re.MULTILINE)
_CODE_BLOCK = re.compile(r"^[ ]*```(\w*)\n(.*?)^[ ]*```$", re.MULTILINE | re.DOTALL)


class EntryError(ValueError):
    """A page that is not a well-formed entry; the message names the page and the fault."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts of one documented error (the front matter of its page).

    ``severity`` is what the error means to a check that meets it: ``fail`` nearly always, ``warn``
    for what works but not well, ``pass`` for the refusals that prove that all is well.
    ``generic`` entries say what went wrong only in kind; any specific entry goes before them.
    ``beats`` names entries whose signature may match in the same text but which this one explains.
    ``example`` holds ``status``, ``headers`` and ``body`` of a response, or a console ``text``.
    ``simulate`` says where the simulator answers with the example (``on``), or which network
    ``fault`` it makes.
    """

    id: str
    title: str
    summary: str
    family: str
    stage: str
    retry: str
    who: str
    verified_on: str
    providers: tuple[str, ...] = ("openai",)
    statuses: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    signatures: tuple[Mapping[str, Any], ...] = ()
    severity: str = "fail"
    generic: bool = False
    beats: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    simulate: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Entry":
        """Build an entry from its JSON or TOML form; lists become tuples."""
        return cls(**{key: _frozen(value) for key, value in record.items()})

    def to_record(self) -> dict[str, Any]:
        """The entry as JSON-compatible data."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


def split_page(text: str) -> tuple[str, str]:
    """Split a page into its front matter and its body.

    Raises:
        EntryError: the page does not start with front matter.
    """
    if text.startswith(_FENCE):
        front, closed, body = text[len(_FENCE) :].partition("\n" + _FENCE)
        if closed:
            return front, body.strip() + "\n"
    raise EntryError("the page does not start with front matter between +++ lines")


def parse_page(text: str) -> Entry:
    """Read an entry from the text of its page.

    Raises:
        EntryError: the front matter or the headings are not as they should be.
    """
    import tomllib  # costs 5 ms, and an installed package reads its index instead

    front, body = split_page(text)
    try:
        record = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise EntryError(f"front matter: {error}") from error
    record["verified_on"] = str(record.get("verified_on"))
    found = sections(body)
    record["links"] = _links(found)
    record["confused_with"] = _ID.findall(found.get("Do not confuse with", ""))
    try:
        entry = Entry.from_record(record)
    except TypeError as error:
        raise EntryError(f"front matter: {error}") from error
    _validate(entry, tuple(found))
    return entry


def _links(found: Mapping[str, str]) -> list[tuple[str, str]]:
    """The sources first, since they are the official documentation, then what the fix links to."""
    text = found.get("Sources", "") + found.get("Fix", "")
    return list(dict.fromkeys((title, url) for title, url in _LINK.findall(text)))


def _validate(entry: Entry, headings: tuple[str, ...]) -> None:
    allowed = {
        "family": (entry.family, FAMILIES),
        "stage": (entry.stage, STAGES),
        "retry": (entry.retry, RETRY),
        "who": (entry.who, WHO),
        "severity": (entry.severity, SEVERITIES),
    }
    for name, (value, values) in allowed.items():
        if value not in values:
            raise EntryError(f"{name} is {value!r}, not one of {', '.join(values)}")
    for signature in entry.signatures:
        if not signature or not set(signature) <= set(SIGNATURE_KEYS):
            raise EntryError(f"a signature has only the keys {', '.join(SIGNATURE_KEYS)}")
    if headings != HEADINGS:
        raise EntryError(f"the headings are {headings}, not {HEADINGS}")


def sections(body: str) -> dict[str, str]:
    """The prose of a page by heading, in the order of the page."""
    parts = _HEADING.split(body)
    return {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def fix_steps(fix: str) -> tuple[str, ...]:
    """The numbered steps of a Fix section: prose on one line, code below it, indented by four."""
    blocks: list[str] = []

    def kept(match: re.Match[str]) -> str:
        blocks.append(match[2])
        return f"\x00{len(blocks) - 1}\x00"

    numbered = _STEP.split(_CODE_BLOCK.sub(kept, fix))[1:]
    return tuple(_step(step, blocks) for step in numbered)


def _step(step: str, blocks: list[str]) -> str:
    parts = step.split("\x00")  # prose and the numbers of code blocks in turn
    lines = []
    for at, part in enumerate(parts):
        if at % 2:
            code = textwrap.dedent(blocks[int(part)]).splitlines()
            lines += [f"    {line}".rstrip() for line in code]
        elif part.split():
            lines.append(" ".join(part.split()))
    return "\n".join(lines)


def fix_commands(fix: str) -> tuple[str, ...]:
    """The commands of a Fix section: each line of its shell blocks, safe to run as it stands."""
    shell = (block for language, block in _CODE_BLOCK.findall(fix) if language == "sh")
    return tuple(line.strip() for block in shell for line in block.splitlines() if line.strip())
