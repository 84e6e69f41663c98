"""Steps that lead to a page, told for a server that has none: whoever runs it is asked instead."""

import re
from collections.abc import Collection

_FIRST_LINES = re.compile(r"^(\d+\. )(\S.*(?:\n {3}\S.*)*)", re.MULTILINE)  # of each step
_PAGE = re.compile(r"\[([^\]]+)\]\(\{\{(\w+)\}\}\)")
_PLACE = re.compile(r",?(?: or)? (?:on|in) the$")
_LISTED = "models_page"  # every server has a list of models, if not a page of it
_CONDITION = re.compile(r"(?:If|To|For|Otherwise)\b")


def ask_instead(fix: str, pages: Collection[str], host: str) -> str:
    """A Fix section whose steps lead to no page but those of ``pages``; the rest is as it is.

    "Add credit on the [billing page]" becomes "Ask whoever runs HOST to add credit".

    Args:
        fix: the steps, with placeholders.
        pages: the names of the pages that the server has.
        host: of the server.
    """
    return _FIRST_LINES.sub(lambda found: found[1] + _without_page(found[2], pages, host), fix)


def _without_page(line: str, pages: Collection[str], host: str) -> str:
    link = next((one for one in _PAGE.finditer(line) if one[2] not in pages), None)
    if link is None:
        return line
    if link[2] == _LISTED:
        return line.replace(link[0], link[1])
    before, after = (" ".join(part.split()) for part in (line[: link.start()], line[link.end() :]))
    after = after if after[:1] in (".", ",", ":", ";") else f" {after}"
    if before.endswith(" from the"):  # "Set it to a key from the [API keys page]"
        return f"{before.removesuffix(' the')} whoever runs {host}{after}"
    place = _PLACE.search(before)
    if place:  # "Raise the limit on the [limits page]"
        wanted = before[: place.start()]
    else:  # "Check the [status page]"
        wanted = f"{before.removesuffix(' the')} its {link[1].removesuffix(' page')}"
    condition, comma, what = "", "", wanted
    if _CONDITION.match(wanted):  # "If it lasts, check the [status page]"
        condition, comma, what = wanted.rpartition(", ")
    ask = f"ask whoever runs {host} to {what[:1].lower()}{what[1:]}{after}"
    return f"{condition}{comma}{ask}" if condition else f"{ask[:1].upper()}{ask[1:]}"
