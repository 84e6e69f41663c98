"""Lists the dated facts that nobody has checked for long: `make age`.

Each fact has the day on which it was checked and its source beside it.  What is older than
``MAX_DAYS`` is listed, the oldest first; the exit code says nothing of it, so that no build and no
test depends on the calendar.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from codegpt_doctor import catalogue
from docs._builder import checked as origins
from docs._builder import folder
from docs._builder.facts import facts_in
from docs._builder.markdown import parted
from docs._builder.provider_pages import LABELS

ROOT = Path(__file__).parents[2]
MAX_DAYS = 120


def checked() -> Iterator[tuple[date, str]]:
    """When each fact was checked, and where it is."""
    for entry_id in catalogue.ids():
        for provider in (None, *catalogue.variants(entry_id)):
            entry = catalogue.get(entry_id, provider)
            paths = catalogue.sources(entry_id, provider)
            if entry.verified_on:
                yield date.fromisoformat(entry.verified_on), f"codegpt_doctor/{paths[-1]}"
    for provider, file in folder.provider_files(ROOT).items():
        for group, origin in origins.checked(file, origins.file_of(provider)):
            what = f"{origins.GROUPS[group]}: {origin.source}"
            yield origin.verified_on, f"{origins.file_of(provider)}: {what}"
    for name, text in _guides():
        for fact in facts_in(parted(text)[0]):
            yield date.fromisoformat(fact.verified_on), f"{name}: {fact.what}"
    yield date.fromisoformat(LABELS.verified_on), f"docs/_builder/provider_pages.py: {LABELS.what}"


def _guides() -> Iterator[tuple[str, str]]:
    """The path and the text of each written page of the site."""
    for name, path in folder.sources(ROOT / "docs"):
        if name.endswith(".md"):
            yield f"docs/{name}", path.read_text("utf-8")
    for provider, text in folder.guides(ROOT).items():
        yield f"codegpt_doctor/providers/{provider}/guide.md", text


def older(today: date) -> list[str]:
    """A line for each fact that is too old on a day, the oldest first."""
    late = sorted({(on, path) for on, path in checked() if (today - on).days > MAX_DAYS})
    return [f"{on}  {path}" for on, path in late]


def main() -> None:
    """Print the list of today."""
    late = older(datetime.now(UTC).date())
    print(  # noqa: T201 - it is a command
        *late or [f"Every fact was checked within {MAX_DAYS} days."], sep="\n"
    )


if __name__ == "__main__":
    main()
