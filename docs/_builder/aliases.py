"""Addresses that people guess: an API's code, an id with hyphens; each leads to its error's page.

A static site knows no redirects, so each is a page that sends the browser on.
"""

from collections.abc import Iterator
from html import escape

from codegpt_doctor import catalogue
from codegpt_doctor.output.report_data import SITE

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body><p><a href="{target}">{title}</a></p></body>
</html>
"""


def aliases() -> dict[str, str]:
    """The id that each other address below ``errors/`` stands for; ids themselves are none."""
    known = set(catalogue.ids())
    names = {name: found for name in _names() if (found := catalogue.resolve(name))}
    names |= {old: entry.id for entry in catalogue.entries() for old in entry.renamed_from}
    names |= {entry_id: entry_id for entry_id in known}
    hyphens = {name.replace("_", "-"): found for name, found in names.items()}
    return {name: found for name, found in {**hyphens, **names}.items() if name not in known}


def _names() -> Iterator[str]:
    """The codes and types that any provider sends, as far as they can stand in an address."""
    for row in catalogue.table():
        for key in ("code", "type"):
            name = str(row.get(key, ""))
            if name and name.isascii() and name.replace("_", "").replace("-", "").isalnum():
                yield name


def pages() -> dict[str, str]:
    """The page of each alias, by its path in the built site."""
    return {
        f"errors/{name}/index.html": _PAGE.format(
            title=escape(catalogue.get(found, catalogue.DEFAULT_PROVIDER).title),
            url=f"{SITE}/errors/{found}/",
            target=f"../{found}/",
        )
        for name, found in aliases().items()
        if not name.isdigit()  # a status has a page of its own
    }
