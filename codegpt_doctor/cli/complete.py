"""What a shell completes beside commands and options: ids of errors, providers, models."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from codegpt_doctor import catalogue

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

HEALTHY = "healthy"


def error_ids(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    """The ids that begin so, with their titles."""
    return [
        _item(name, help=catalogue.get(name, catalogue.DEFAULT_PROVIDER).title)
        for name in catalogue.ids()
        if name.startswith(incomplete)
    ]


def simulated(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    """What the simulator can play: all is well, or an error."""
    healthy = [_item(HEALTHY, help="All is well")]
    shown = healthy if HEALTHY.startswith(incomplete) else []
    return [*shown, *error_ids(context, parameter, incomplete)]


def providers(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    """The ids of providers that begin so, with their names."""
    return [
        _item(name, help=facts["name"])
        for name, facts in catalogue.providers().items()
        if name.startswith(incomplete)
    ]


def models(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    """The small models of the chosen provider, or of all where none is chosen."""
    known = catalogue.providers()
    chosen = str(context.params.get("provider"))
    asked = [known[chosen]] if chosen in known else known.values()
    return [_item(name) for name in _models(asked) if name.startswith(incomplete)]


def _models(asked: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield from dict.fromkeys(name for facts in asked for name in facts["models"]["default"])


def _item(value: str, help: str | None = None) -> "CompletionItem":  # noqa: A002 - as click has it
    from click.shell_completion import CompletionItem  # for a shell alone, that completes

    return CompletionItem(value, help=help)
