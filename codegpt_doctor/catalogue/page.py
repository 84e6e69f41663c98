"""The two parts of a page: TOML front matter between ``+++`` lines, and prose under headings."""

import re

from codegpt_doctor.catalogue.entry import EntryError

_FENCE = "+++\n"
_HEADING = re.compile(r"^## (.+?)(?: \{ #[\w-]+ \})?$", re.MULTILINE)


def split_page(text: str) -> tuple[str, str]:
    """Split a page into its front matter and its body.

    Raises:
        EntryError: the page does not start with front matter.
    """
    if text.startswith(_FENCE):
        front, closed, body = text[len(_FENCE) :].partition("\n" + _FENCE)
        if closed:
            return front, body.strip() + "\n"
    raise EntryError("the page does not start with front matter between +++ lines")


def sections(body: str) -> dict[str, str]:
    """The prose of a page by heading, in the order of the page."""
    parts = _HEADING.split(body)
    return {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}
