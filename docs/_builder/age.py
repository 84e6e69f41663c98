"""Lists the dated facts that nobody has checked for long: `make age`.

Each fact has the day on which it was checked and its source beside it.  What is older than
``MAX_DAYS`` is listed, the oldest first; the exit code says nothing of it, so that no build and no
test depends on the calendar.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from codegpt_doctor import catalogue
from codegpt_doctor.providers.provider import all_providers
from docs._builder import folder
from docs._builder.facts import facts_in
from docs._builder.markdown import parted

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
    for one in all_providers():
        yield one.verified_on, f"codegpt_doctor/providers/{one.id}/provider.toml"
    for name, path in folder.sources(ROOT / "docs"):
        meta = parted(path.read_text("utf-8"))[0] if name.endswith(".md") else {}
        for fact in facts_in(meta):
            yield date.fromisoformat(fact.verified_on), f"docs/{name}: {fact.what}"


def older(today: date) -> list[str]:
    """A line for each file whose facts are too old on a day, the oldest first."""
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
