"""The changelog as an Atom feed.  Pure."""

import re
from collections.abc import Iterator
from html import escape

from codegpt_doctor.output.report_data import SITE

PATH = "changelog.xml"
_VERSION = re.compile(r"^## \[?([^\]\n]+?)\]?(?: - (\d{4}-\d\d-\d\d))?$", re.MULTILINE)


def feed(changelog: str, today: str) -> str:
    """The feed of a changelog, an entry a version.

    Args:
        changelog: in the form of Keep a Changelog.
        today: the date of what is not released yet, so that a build does not depend on its day.
    """
    _, *parts = _VERSION.split(changelog)
    entries = list(_entries(parts, today))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom">',
            "<title>codegpt-doctor: changelog</title>",
            f"<id>{SITE}/changelog/</id>",
            f'<link rel="self" href="{SITE}/{PATH}"/>',
            f'<link href="{SITE}/changelog/"/>',
            "<author><name>codegpt-doctor</name></author>",
            f"<updated>{today}T00:00:00Z</updated>",
            *entries,
            "</feed>\n",
        ]
    )


def _entries(parts: list[str], today: str) -> Iterator[str]:
    for version, date, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        anchor = re.sub(r"[^\w]+", "", version.lower())
        yield (
            f"<entry><title>{escape(version)}</title>"
            f"<id>{SITE}/changelog/#{anchor}</id>"
            f'<link href="{SITE}/changelog/#{anchor}"/>'
            f"<updated>{date or today}T00:00:00Z</updated>"
            f'<content type="text">{escape(text.strip())}</content></entry>'
        )
