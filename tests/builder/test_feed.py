"""The feed of the changelog, and the list of facts that nobody has checked for long."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from docs._builder import age
from docs._builder.commands import ROOT
from docs._builder.feed import feed

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGES = """\
# Changelog

## Unreleased

- New & shiny.

## [1.2.0] - 2026-10-01

### Added

- One.

## [1.1.0] - 2026-09-01

- Two.
"""


def test_a_version_is_an_entry_with_its_date_and_its_place_on_the_page() -> None:
    root = ET.fromstring(feed(CHANGES, "2026-11-28"))
    entries = root.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Unreleased", "1.2.0", "1.1.0"]
    assert [(one.findtext(f"{ATOM}updated") or "")[:10] for one in entries] == [
        "2026-11-28",
        "2026-10-01",
        "2026-09-01",
    ]
    assert "New & shiny." in (entries[0].findtext(f"{ATOM}content") or "")


def test_our_changelog_has_an_entry() -> None:
    found = feed((ROOT / "CHANGELOG.md").read_text("utf-8"), "2026-11-28")
    assert ET.fromstring(found).findall(f"{ATOM}entry")


def test_facts_are_late_after_120_days_and_not_before() -> None:
    dates = dict(sorted((path, on) for on, path in age.checked()))
    facts = "codegpt_doctor/providers/groq/provider.toml: How a key is sent: groq 1.7.0 [sdk]"
    rows = "codegpt_doctor/providers/google/provider.toml: Days on which models end: litellm"
    assert facts in dates
    assert [path for path in dates if path.startswith(rows)]
    assert "codegpt_doctor/providers/groq/guide.md: Prices" in dates
    assert "docs/providers/openai.md: Days on which models end" in dates
    last = max(dates.values())
    on_time = min(dates.values()) + timedelta(days=age.MAX_DAYS)
    assert age.older(on_time) == []
    assert len(age.older(last + timedelta(days=age.MAX_DAYS + 1))) >= len(dates)
    assert age.older(date(2100, 1, 1))[0].startswith(str(min(dates.values())))
