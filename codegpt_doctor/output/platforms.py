"""Code that differs between systems: a block each, which says for which systems it is."""

import re

from codegpt_doctor.catalogue.steps import this_system

BLOCK = re.compile(r"^( *)```(\w+)((?: \w+)+)\n((?:.*\n)*?)\1```\n*", re.MULTILINE)


def own_blocks(markdown: str, system: str | None = None) -> str:
    """Markdown without the blocks that are for other systems than one, which is this if None."""
    own = system or this_system()
    return BLOCK.sub(lambda block: unmarked(block) if own in block[3].split() else "", markdown)


def unmarked(block: re.Match[str]) -> str:
    """A block without its systems, with what follows it."""
    return block[0].replace(f"```{block[2]}{block[3]}\n", f"```{block[2]}\n", 1)
