"""The pages as data for search engines: https://schema.org, in JSON-LD.

Only what they still show: the way to a page.  Questions and steps are shown for none of the kind.
"""

from collections.abc import Sequence
from typing import Any

Data = dict[str, Any]


def breadcrumbs(ways: Sequence[tuple[str, str]]) -> Data:
    """The way to a page: titles with their addresses, the page itself last."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(ways, 1)
        ],
    }
