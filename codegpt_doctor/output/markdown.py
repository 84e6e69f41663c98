"""The little Markdown of the entries as plain text, wrapped for a terminal."""

import re
import textwrap
from collections.abc import Iterator

_LINK = re.compile(r"\[([^\]]{1,200})\]\(([^)\s]{1,500})\)")
_ITEM = re.compile(r"^( *)([-*]|\d+\.) +")


def plain(markdown: str) -> str:
    """A piece of Markdown without its marks; a link is its title, then its address."""
    text = _LINK.sub(r"\1 (\2)", markdown)
    return re.sub(r"\*\*?([^*\n]+)\*\*?", r"\1", text).replace("`", "")


def wrap(markdown: str, width: int) -> str:
    """Paragraphs, lists and code blocks, each line at most ``width`` wide where words allow it."""
    return "\n".join(_lines(markdown, width))


def _lines(markdown: str, width: int) -> Iterator[str]:
    block: list[str] = []
    in_code = False
    for line in (*markdown.splitlines(), ""):
        if line.lstrip().startswith("```"):
            yield from _flow(block, width)
            if in_code:
                yield ""
            block, in_code = [], not in_code
        elif in_code:
            yield f"    {line.rstrip()}" if line.strip() else ""
        elif not line.strip():
            yield from _flow(block, width)
            if block:
                yield ""
            block = []
        elif _ITEM.match(line):
            yield from _flow(block, width)
            block = [line]
        else:
            block.append(line)


def _flow(block: list[str], width: int) -> Iterator[str]:
    if not block:
        return
    text = plain(" ".join(line.strip() for line in block))
    item = _ITEM.match(block[0])
    indent = item[1] if item else " " * (len(block[0]) - len(block[0].lstrip()))
    hang = " " * len(item[0]) if item else indent
    yield from textwrap.wrap(
        text,
        max(20, width),
        initial_indent=indent,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
