"""``--color``, of every command that prints for people."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _color(_context: click.Context, _option: click.Parameter, value: str) -> None:
    """Have every style of this run made so, whatever the variables say."""
    if value != "auto":
        os.environ.pop("NO_COLOR", None)
        os.environ["FORCE_COLOR"] = "1" if value == "always" else "0"


def color_option(command: Command) -> Command:
    """Add ``--color`` to a command, which gets nothing of it."""
    return click.option(
        "--color",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        expose_value=False,
        callback=_color,
        is_eager=True,
        metavar="WHEN",
        help="Use color: auto (on a terminal), always or never.",
    )(command)
