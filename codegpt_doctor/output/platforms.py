"""Remedies that differ between systems, each line below the label of its system.

A terminal shows them in one block, with those for the system at hand first; where code is copied
with a button, each system has a block of its own.
"""

import re
import sys
import textwrap
from collections.abc import Iterable

_LABEL = re.compile(
    r"^ *((?:Windows|PowerShell|macOS|Linux|Debian|Fedora|VS Code)\b[^:]{0,20}):(?: +|$)"
)
_BLOCK = re.compile(r"^( *)```text\n((?:.*\n)*?)\1```$", re.MULTILINE)
_NAMES = {"win32": ("Windows", "PowerShell"), "darwin": ("macOS",)}
_OTHER = ("Linux", "Debian", "Fedora")


def own_system_first(step: str, platform: str = sys.platform) -> str:
    """A step with the labelled lines of one system moved before those of the others."""
    lines = step.split("\n")
    start = next((at for at, line in enumerate(lines) if _is_labelled(line)), None)
    if start is None:
        return step
    end = start
    while end < len(lines) and lines[end].startswith("    "):
        end += 1
    names = _NAMES.get(platform, _OTHER)
    groups = _groups(lines[start:end])
    groups.sort(key=lambda group: not any(name in group[0].partition(":")[0] for name in names))
    return "\n".join([*lines[:start], *(line for group in groups for line in group), *lines[end:]])


def in_blocks(markdown: str) -> str:
    """Markdown in which each system has a code block of its own, below its label."""
    return _BLOCK.sub(_apart, markdown)


def _apart(block: re.Match[str]) -> str:
    indent, lines = block[1], textwrap.dedent(block[2]).splitlines()
    if not lines or not _LABEL.match(lines[0]):
        return block[0]
    return "\n\n".join(_one_block(group, indent) for group in _groups(lines))


def _one_block(group: Iterable[str], indent: str) -> str:
    first, *rest = group
    label = _LABEL.match(first)
    assert label  # noqa: S101 - a group begins with its label
    code = [first[label.end() :], *(line.strip() for line in rest)]
    return textwrap.indent("\n".join((f"{label[1]}:\n", "```text", *code, "```")), indent)


def _is_labelled(line: str) -> bool:
    return line.startswith("    ") and bool(_LABEL.match(line))


def _groups(lines: Iterable[str]) -> list[list[str]]:
    """The lines by their labels; a line without one belongs to the label above it."""
    groups: list[list[str]] = []
    for line in lines:
        if _LABEL.match(line):
            groups.append([])
        groups[-1].append(line)
    return groups
