"""Versions, compared; and the versions that CodeGPT is known to need.

Sources: the troubleshooting page of CodeGPT's documentation as of 2025-07-17, read on 2026-11-28
(VS Code 1.96, Node 20); the release notes of VS Code 1.90, of May 2024 (its Node); the makers'
answer to issue 460 of their tracker, of 2026 (the fixed extension).
"""

import re

NEEDED_EDITOR = "1.96.0"
NEEDED_NODE = 20
FIRST_WITH_NODE_20 = "1.90.0"
FIXED_EXTENSION = "3.24.64"  # ends the overlay that asked for a key again and again

_NUMBER = re.compile(r"(?<!\d)(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?!\d)", re.ASCII)


def numbers(version: str) -> tuple[int, int, int] | None:
    """The three numbers of a version or of a range such as ``^1.96.0``; None without any."""
    found = _NUMBER.search(version)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def is_older(version: str | None, least: str) -> bool:
    """Whether a version is below the least one; an unknown version is not."""
    mine, needed = numbers(version or ""), numbers(least)
    return mine is not None and needed is not None and mine < needed
