"""Where the pages of the site are: in a folder on this machine, or on the web."""

import sys
from pathlib import Path

from codegpt_doctor.output.report_data import SITE, docs_url

INSTALLED = Path("share", "doc", "codegpt-doctor", "html")


def address(entry_id: str | None, folder: Path | None = None) -> str:
    """The address of the page of an error, or of the first page.

    Args:
        entry_id: the error, or None.
        folder: where the site was built; by default the one that was installed with the package.

    Returns:
        A ``file:`` address when the folder has the page, else the one on the web.
    """
    place = folder or Path(sys.prefix) / INSTALLED
    name = f"errors/{entry_id}" if entry_id else ""
    for path in (place / f"{name or 'index'}.html", place / name / "index.html"):
        if path.is_file():
            return path.resolve().as_uri()
    return docs_url(entry_id) if entry_id else f"{SITE}/"
