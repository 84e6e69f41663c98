"""The lists of errors as Markdown: all by family, and those of one HTTP status.  Pure."""

from collections.abc import Collection, Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import FAMILIES, Entry
from codegpt_doctor.catalogue.everyday import QUESTIONS, REASONS, by_frequency
from docs._builder.error_pages import SENTENCE, said_statuses
from docs._builder.markdown import front_matter, table


def error_index(entries: Collection[Entry]) -> str:
    """The index of the error pages: one table a family, in the order of the entries."""
    summary = f"All {len(entries)} documented errors, by what they are about and by HTTP status."
    parts = [
        front_matter("Errors", summary, hide=["navigation"]),
        "# Errors { .error-list }",
        _INTRODUCTION,
    ]
    families: dict[str, list[Entry]] = {}
    for entry in entries:
        families.setdefault(entry.family, []).append(entry)
    for family, members in families.items():
        rows = [
            (f"[{entry.title}]({entry.id}.md)<br>`{entry.id}`", said_statuses(entry))
            for entry in members
        ]
        parts += [
            f"## {FAMILIES[family]} {{ #{family} }}",
            table(("Error", "HTTP status"), rows),
        ]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """\
Do you have an error in front of you? [Paste it](../explain.md) and read what it means; nothing is
sent.
The command does the same in a terminal. It reads a line, a traceback or a whole log:

```sh
codegpt-doctor explain "the error, as it was printed"
```"""


def status_pages(entries: Collection[Entry]) -> dict[str, str]:
    """A page for each HTTP status, by the status: what decides which error it is."""
    statuses = sorted({status for entry in entries for status in _all_statuses(entry.id)})
    siblings = [(str(status), _named(status)) for status in statuses]
    return {str(status): _status_page(status, entries, siblings) for status in statuses}


def _all_statuses(entry_id: str) -> set[int]:
    """The statuses with which any provider reports an error."""
    views = (None, catalogue.DEFAULT_PROVIDER, *catalogue.variants(entry_id))
    return {status for view in views for status in catalogue.get(entry_id, view).statuses}


def _named(status: int) -> str:
    reason = next((said.title() for said, number in REASONS.items() if number == status), "")
    return f"{status} {reason}".strip()


def _status_page(
    status: int, entries: Collection[Entry], siblings: Sequence[tuple[str, str]]
) -> str:
    having = {one.id: one for one in entries if status in _all_statuses(one.id)}
    named = _named(status)
    title = f"Error {named}: which one is it?"
    question = QUESTIONS.get(status)
    usual = [one for one in having.values() if status in one.statuses]
    first = by_frequency([one.id for one in usual])
    order = [*first, *by_frequency([one for one in having if one not in first])]
    rows = [(f"[{having[one].title}]({one}.md)<br>`{one}`", _summary(having[one])) for one in order]
    parts = [
        front_matter(
            title,
            _status_description(named, len(rows)),
            hide=["navigation"],
            kind="HTTP status",
            siblings=siblings,
        ),
        "[Errors](index.md) / HTTP status",
        f"# {title}",
        "The number alone is not enough to tell. "
        + (question.text if question else "The text of the response decides."),
        "[Paste the whole message](../explain.md), or compare:",
        table(("Error", "What it means"), rows),
        f"The same list in a terminal: `codegpt-doctor errors --status {status}`.",
    ]
    return "\n\n".join(parts) + "\n"


def _status_description(named: str, count: int) -> str:
    errors = f"the {count} errors that it can be" if count > 1 else "the error that it is"
    return f"HTTP {named} from an AI provider: {errors}, most frequent first, and how to tell."


def _summary(entry: Entry) -> str:
    return SENTENCE.split(entry.summary)[0]
