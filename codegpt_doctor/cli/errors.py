"""``codegpt-doctor errors``."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER, FAMILIES, Entry
from codegpt_doctor.cli.color import color_option
from codegpt_doctor.cli.output import echo, echo_json, tell
from codegpt_doctor.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from codegpt_doctor.output.style import Style


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option(
    "--family",
    type=click.Choice(list(FAMILIES)),
    metavar="NAME",
    help=f"Only the errors of one family: {', '.join(FAMILIES)}.",
)
@click.option("--status", type=int, help="Only the errors with this HTTP status.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@color_option
def command(words: tuple[str, ...], family: str | None, status: int | None, as_json: bool) -> int:
    """List the documented errors: all, or those that have every WORD, such as quota."""
    chosen = [
        entry
        for entry in catalogue.having(words, DEFAULT_PROVIDER)
        if (family is None or entry.family == family)
        and (status is None or status in entry.statuses)
    ]
    if as_json:
        _print_json(chosen)
    else:
        _print_text(chosen)
    return ExitCode.HEALTHY if chosen else ExitCode.PROBLEM


def _print_json(chosen: list[Entry]) -> None:
    from codegpt_doctor.model.explanation import SCHEMA_VERSION
    from codegpt_doctor.output.report_data import TOOL, docs_url

    errors = [
        {
            "id": entry.id,
            "title": entry.title,
            "family": entry.family,
            "http_status": entry.statuses,
            "codes": entry.codes,
            "retry": entry.retry,
            "who": entry.who,
            "docs_url": docs_url(entry.id),
        }
        for entry in chosen
    ]
    echo_json({"schema_version": SCHEMA_VERSION, "tool": TOOL, "errors": errors})


def _print_text(chosen: list[Entry]) -> None:
    from codegpt_doctor.output.style import style_of_stdout

    if not chosen:
        tell("No documented error matches.")
        return
    style = style_of_stdout(os.environ)
    width = max(len(entry.id) for entry in chosen)
    lines = {entry.id: _line(entry, width) for entry in chosen}
    narrow = sys.stdout.isatty() and max(map(len, lines.values())) > style.width
    for family, title in FAMILIES.items():
        members = [entry for entry in chosen if entry.family == family]
        if members:
            echo(f"{style.strong(title)} ({family})")
        for entry in members:
            echo("\n".join(_stacked(entry, style)) if narrow else lines[entry.id])


def _line(entry: Entry, width: int) -> str:
    statuses = " ".join(map(str, entry.statuses)) or "-"
    return f"  {entry.id:<{width}}  {statuses:<11}  {entry.title}"


def _stacked(entry: Entry, style: "Style") -> Iterator[str]:
    """An entry where its line would not fit: the title goes below."""
    from codegpt_doctor.output.lines import wrap_line

    statuses = " ".join(map(str, entry.statuses))
    named = f"{entry.id} ({statuses})" if statuses else entry.id
    first, *rest = wrap_line(named, style.width - 4, whole=True)
    yield f"  {first}"
    yield from (f"    {line}" for line in rest)
    yield from (f"      {line}" for line in wrap_line(entry.title, style.width - 6))
