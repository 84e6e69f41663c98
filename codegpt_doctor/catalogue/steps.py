"""The steps of a fix: a line that says what to do, at times a paragraph of detail, and code."""

import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from codegpt_doctor.catalogue.entry import EntryError

SYSTEMS = ("windows", "macos", "linux")
USUAL = "VS Code"  # the program in whose order the steps are written
# the programs that a step can be for alone; it begins with the name, as in "Java: Import it"
PROGRAMS = (USUAL, "JetBrains", "Codex", "Java", "PHP", "Python", "Node.js", ".NET", "Go")

# what a step says of the controls of the usual program, and how it is put for who uses another;
# "{}" is what the pattern's group found
_ELSEWHERE = (
    (
        r"(?:^In CodeGPT, )?\b[Cc]lick the model's name by (?:CodeGPT's|the) message box and ",
        "",
    ),
    (
        r"^In CodeGPT, enter (the(?: new)? (?:key|copy)) under .*$",
        "Enter {} in the program.",
    ),
    (r" by CodeGPT's message box(?=[.,])", ""),
)
_ITS_OWN = r"CodeGPT|\*Manage Models\*"  # what a detail says of those controls
_NUMBER = re.compile(r"^(\d+)\. +", re.MULTILINE)
_INDENT = "   "
_FENCE = re.compile(r"^```([a-z]+)((?: [a-z]+)*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GAP = re.compile(r"\n\s*\n")


class Block(NamedTuple):
    """Code to copy: commands, or the content of a file.  No ``systems`` means every system."""

    language: str
    systems: tuple[str, ...]
    code: str

    def fits(self, system: str | None) -> bool:
        """Whether the block is for a system; for None, which is all of them, each block is."""
        return system is None or not self.systems or system in self.systems


class Step(NamedTuple):
    """One thing to do: ``line`` alone is enough for who knows how; both texts are Markdown."""

    line: str
    detail: str = ""
    blocks: tuple[Block, ...] = ()


def parse(fix: str, system: str | None = None) -> tuple[Step, ...]:
    """The steps of a Fix section, with the blocks of one system or of all.

    Raises:
        EntryError: the section is not a numbered list of such steps.
    """
    before, *parts = _NUMBER.split(fix)
    numbers, texts = parts[::2], parts[1::2]
    if before.strip() or numbers != [str(at) for at in range(1, len(numbers) + 1)] or not numbers:
        raise EntryError("Fix is a list of steps, numbered from 1, and nothing else")
    return tuple(_step(int(at), text, system) for at, text in zip(numbers, texts, strict=True))


def program_of(line: str) -> str | None:
    """The program that a step is for alone, by how its line begins; None where it is for all."""
    name, colon, _ = line.partition(": ")
    return name if colon and name in PROGRAMS else None


def in_program(steps: Sequence[Step], program: str | None) -> tuple[Step, ...]:
    """The steps for who met the error in a program: without those that are for others alone.

    Its own come first, but for those of the usual program, which are in their place.  Controls of
    the usual program are not named to who uses another.  Where the program is not known, the steps
    are as they are.
    """
    if program is None:
        return tuple(steps)
    if program == USUAL:
        return tuple(step for step in steps if program_of(step.line) in (None, USUAL))
    own = (step for step in steps if program_of(step.line) == program)
    return (*own, *(_elsewhere(step) for step in steps if program_of(step.line) is None))


def _elsewhere(step: Step) -> Step:
    """A step without what only the usual program has."""
    line = step.line
    for pattern, put in _ELSEWHERE:
        found = re.search(pattern, line)
        if found:
            line = line[: found.start()] + put.format(*found.groups()) + line[found.end() :]
    if line == step.line:
        return step
    detail = "" if re.search(_ITS_OWN, step.detail) else step.detail
    return Step(line[:1].upper() + line[1:], detail, step.blocks)


def _step(number: int, text: str, system: str | None) -> Step:
    first, _, rest = text.rstrip().partition("\n")
    if any(line.strip() and not line.startswith(_INDENT) for line in rest.splitlines()):
        raise EntryError(f"step {number}: what belongs to it is indented by {len(_INDENT)}")
    prose, *parts = _FENCE.split(f"{first}\n{textwrap.dedent(rest)}")
    texts, between = _GAP.split(prose.strip()), "".join(parts[3::4]).strip()
    if len(texts) > 2 or between or "```" in prose:
        raise EntryError(
            f"step {number}: it is a line, at most one paragraph of detail, then code blocks"
        )
    line, detail = (" ".join(one.split()) for one in (*texts, "")[:2])
    triples = zip(parts[::4], parts[1::4], parts[2::4], strict=True)
    blocks = (_block(number, *three) for three in triples)
    return Step(line, detail, tuple(block for block in blocks if block.fits(system)))


def _block(number: int, language: str, systems: str, code: str) -> Block:
    for system in systems.split():
        if system not in SYSTEMS:
            raise EntryError(f"step {number}: {system} is not one of {', '.join(SYSTEMS)}")
    return Block(language, tuple(systems.split()), textwrap.dedent(code).strip("\n"))


def commands(steps: Iterable[Step], system: str | None = None) -> tuple[str, ...]:
    """The commands of the steps for a system or for all: each line of their shell blocks.

    Comments, which tell the commands of such a block apart, are none.
    """
    blocks = (block for step in steps for block in step.blocks if block.language == "sh")
    code = (block.code for block in blocks if block.fits(system))
    lines = (line.strip() for one in code for line in one.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def this_system(platform: str = sys.platform) -> str:
    """The system that a program runs on, by the words of the blocks."""
    return {"win32": "windows", "darwin": "macos"}.get(platform, "linux")


def rules() -> dict[str, object]:
    """The tables by which the browser puts steps alike."""
    return {
        "usual": USUAL,
        "known": PROGRAMS,
        "elsewhere": [[re.compile(pattern), put] for pattern, put in _ELSEWHERE],
        "its_own": re.compile(_ITS_OWN),
    }
