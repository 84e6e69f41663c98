"""Drawings in the pages: an SVG file becomes part of the page, so that it follows its colors."""

import re
from collections.abc import Callable

_PLACE = re.compile(r"^!\[([^\]]*)\]\(([^)\s]+\.svg)\)$", re.MULTILINE)
_TITLE = re.compile(r"<title id=[^>]*>([^<]+)</title>")


class PictureError(ValueError):
    """A drawing without a title or a description; the message names it."""


def inlined(markdown: str, read: Callable[[str], str]) -> str:
    """The text with each SVG image that stands alone on a line as a figure with its title.

    Args:
        markdown: the text of a page.
        read: gives the text of a file by its address relative to the page.

    Raises:
        PictureError: a drawing does not say what it shows.
    """
    return _PLACE.sub(lambda place: _figure(place[1], place[2], read(place[2])), markdown)


def _figure(alternative: str, path: str, svg: str) -> str:
    title = _TITLE.search(svg)
    if not title or "<desc id=" not in svg or not alternative:
        raise PictureError(f"{path} has no title, no description or no alternative text")
    drawing = "\n".join(line.strip() for line in svg.splitlines() if line.strip())
    return f'<figure class="drawing">\n{drawing}\n<figcaption>{alternative}</figcaption>\n</figure>'
