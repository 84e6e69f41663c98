"""Steps that lead to a page, told for a server that has none: whoever runs it is asked instead."""

import re
from collections.abc import Collection

_LINE = re.compile(r"^(\d+\. )(\S.*(?:\n {3}\S.*)*)", re.MULTILINE)  # the first lines of a step
_PAGE = re.compile(r"\[([^\]]+)\]\(\{\{(\w+)\}\}\)")
_LISTED = "models_page"  # every server has a list of models, if not a page of it
_CONDITION = re.compile(r"(?:If|To|For|Otherwise)\b")


def ask_instead(fix: str, pages: Collection[str], host: str) -> str:
    """A Fix section whose steps lead to no page but those of ``pages``; the rest is as it is.

    Args:
        fix: the steps, with placeholders.
        pages: the names of the pages that the server has.
        host: of the server.
    """
    return _LINE.sub(lambda found: found[1] + _told(found[2], pages, host), fix)


def _told(line: str, pages: Collection[str], host: str) -> str:
    link = next((one for one in _PAGE.finditer(line) if one[2] not in pages), None)
    if link is None:
        return line
    if link[2] == _LISTED:
        return line.replace(link[0], link[1])
    before, after = (" ".join(part.split()) for part in (line[: link.start()], line[link.end() :]))
    if before.endswith(" from the"):
        return f"{before.removesuffix(' the')} whoever runs {host}{_joined(after)}"
    where = re.search(r",?(?: or)? (?:on|in) the$", before)
    thing = link[1].removesuffix(" page")
    rest = before[: where.start()] if where else f"{before.removesuffix(' the')} its {thing}"
    condition, comma, what = rest.rpartition(", ") if _CONDITION.match(rest) else ("", "", rest)
    ask = f"ask whoever runs {host} to {what[:1].lower()}{what[1:]}{_joined(after)}"
    return f"{condition}{comma}{ask}" if condition else f"{ask[:1].upper()}{ask[1:]}"


def _joined(after: str) -> str:
    """The end of a line, after what stood before it."""
    return after if after[:1] in (".", ",", ":", ";") else f" {after}"
