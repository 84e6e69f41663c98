"""Code that differs between systems: a block each, which says for which systems it is."""

import re

from codegpt_doctor.catalogue.steps import SYSTEMS, this_system

_NAMES = dict(zip(SYSTEMS, ("Windows", "macOS", "Linux"), strict=True))
_BLOCK = re.compile(r"^( *)```(\w+)((?: \w+)+)\n((?:.*\n)*?)\1```\n*", re.MULTILINE)


def in_blocks(markdown: str) -> str:
    """Markdown with each block that is for some systems below a label that names them."""

    def labelled(block: re.Match[str]) -> str:
        names = ", ".join(_NAMES[system] for system in SYSTEMS if system in block[3].split())
        return f"{block[1]}{names}:\n\n{_plain(block)}"

    return _BLOCK.sub(labelled, markdown)


def own_blocks(markdown: str, system: str | None = None) -> str:
    """Markdown without the blocks that are for other systems than one, which is this if None."""
    own = system or this_system()
    return _BLOCK.sub(lambda block: _plain(block) if own in block[3].split() else "", markdown)


def _plain(block: re.Match[str]) -> str:
    """A block without its systems, with what follows it."""
    return block[0].replace(f"```{block[2]}{block[3]}\n", f"```{block[2]}\n", 1)
