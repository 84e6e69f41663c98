"""What the commands about money and limits share: their options, and the settings of a run."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, TypeVar

import click

from codegpt_doctor import catalogue
from codegpt_doctor.asking import UnknownProjectError
from codegpt_doctor.cli.target import ask, settings_of, unknown
from codegpt_doctor.redact import Scrubber
from codegpt_doctor.settings import Settings, Value

Command = TypeVar("Command", bound=Callable[..., Any])


def connection_options(timeout: float) -> Callable[[Command], Command]:
    """The options that say what is asked and with which key; ``timeout`` is their default."""
    options = (
        click.option("--base-url", metavar="URL", help="Address of the API. [OPENAI_BASE_URL]"),
        click.option("--model", metavar="NAME", help="Model to ask; a small one if not given."),
        click.option("--organization", metavar="ID", help="Organization header. [OPENAI_ORG_ID]"),
        click.option("--key-env", metavar="NAME", help="Variable with the key. [OPENAI_API_KEY]"),
        click.option("--key-stdin", is_flag=True, help="Read the key from standard input."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=1),
            default=timeout,
            show_default=True,
            metavar="SECONDS",
            help="Limit for the whole run.",
        ),
        click.option(
            "--no-spend",
            is_flag=True,
            help="Make no request that costs money (else: one answer of at most 16 tokens).",
        ),
        click.option(
            "--allow-http", is_flag=True, help="Let the key go unencrypted to another machine."
        ),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option("--simulate", metavar="ID", help="Ask the simulator: healthy, or an error."),
    )

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def with_settings(chosen: dict[str, object], work: Callable[[Settings], int]) -> int:
    """Do the work with the settings of a command line, or with those of the simulator."""
    with ExitStack() as stack:
        settings = _settings(chosen, stack)
        try:
            return work(settings)
        except UnknownProjectError as error:
            raise click.UsageError(Scrubber(settings.secrets).text(str(error))) from None


def nobody() -> None:
    """Ask nobody for the ordinary key: with an admin key there is enough to tell without it."""


def _settings(chosen: dict[str, object], stack: ExitStack) -> Settings:
    simulate, model = chosen["simulate"], chosen["model"]
    if simulate is None:
        person = nobody if os.environ.get("OPENAI_ADMIN_KEY") else ask
        models = (model,) if model else ()
        return settings_of({**chosen, "model": models, "project": None}, person)
    from codegpt_doctor.simulator import simulation

    entry_id = None if simulate == "healthy" else catalogue.resolve(str(simulate))
    if simulate != "healthy" and entry_id is None:
        raise click.UsageError(unknown(str(simulate)))
    try:
        settings = stack.enter_context(simulation(entry_id))
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    return replace(settings, models=(Value(str(model), "--model"),)) if model else settings
