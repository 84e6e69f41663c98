"""Remedies that differ between systems: those for the one at hand come first."""

import re
import sys

_LABEL = re.compile(r"^    (Windows|macOS|Linux|Debian|Fedora)\b[^:]{0,20}:")
_NAMES = {"win32": ("Windows",), "darwin": ("macOS",)}
_OTHER = ("Linux", "Debian", "Fedora")


def own_system_first(step: str, platform: str = sys.platform) -> str:
    """A step with the labelled lines of one system moved before those of the others."""
    lines = step.split("\n")
    start = next((at for at, line in enumerate(lines) if _LABEL.match(line)), None)
    if start is None:
        return step
    end = start
    while end < len(lines) and lines[end].startswith("    "):
        end += 1
    groups: list[list[str]] = []
    for line in lines[start:end]:
        if _LABEL.match(line):
            groups.append([])
        groups[-1].append(line)
    names = _NAMES.get(platform, _OTHER)
    groups.sort(key=lambda group: not any(name in group[0].partition(":")[0] for name in names))
    return "\n".join([*lines[:start], *(line for group in groups for line in group), *lines[end:]])
