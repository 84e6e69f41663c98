"""``codegpt-doctor models``."""

import os
from typing import Unpack

import click

from codegpt_doctor.cli.arguments import ConnectionArguments
from codegpt_doctor.cli.options import connection_options
from codegpt_doctor.cli.output import echo, echo_json, tell
from codegpt_doctor.cli.settings import with_settings
from codegpt_doctor.doctor import Listing, asks_for_list, list_models
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.output.check_text import header
from codegpt_doctor.output.models_data import ModelData, models_data, models_text
from codegpt_doctor.output.report_data import TOOL, report_data, target_data
from codegpt_doctor.output.report_text import report_text
from codegpt_doctor.output.style import Style, style_of_stdout
from codegpt_doctor.providers.lifecycle import today
from codegpt_doctor.providers.provider import Provider, load
from codegpt_doctor.redact import scrub_data
from codegpt_doctor.settings.values import Settings

NO_LIST = ExitCode.INCONCLUSIVE


@click.command()
@click.argument("words", nargs=-1)
@click.option("--ending", is_flag=True, help="Only the models that have an announced end.")
@connection_options(DEFAULT_TIMEOUT, only_lists=True)
def command(words: tuple[str, ...], ending: bool, **chosen: Unpack[ConnectionArguments]) -> int:
    """List the models that the key may use: what ends when, and what replaces it.

    WORDS are parts of a name, such as mini. With them, models that are known to have ended and are
    no longer in the list are shown too. No model is run, so this costs nothing.

    Exit codes: 0 the list is known, 1 the reason why it is not was found, 2 usage error, 3 the
    provider has no list, or it could not be read, 130 interrupted.
    """
    return with_settings(chosen, lambda settings: _run(settings, chosen, words, ending))


def _run(
    settings: Settings, chosen: ConnectionArguments, words: tuple[str, ...], ending: bool
) -> int:
    listing = list_models(settings, chosen["timeout"])
    provider = load(settings.provider)
    found = models_data(provider, listing.models or (), words, today())
    models: list[ModelData] = [one for one in found if one["ends"] or not ending]
    code = ExitCode.HEALTHY if listing.models is not None else listing.report.exit_code or NO_LIST
    if chosen["as_json"]:
        _print_json(listing, models, code)
        return code
    style = style_of_stdout(os.environ)
    if listing.models is None and listing.report.exit_code:
        echo(report_text(report_data(listing.report), style))
        return code
    echo(_text(listing, models, style))
    if listing.models is None and not asks_for_list(settings):
        tell(_without_list(provider))
    elif models and not provider.models.can_be_asked:
        tell("These can be deployed; a request uses the name of one of your deployments.")
    elif not models:
        tell("No model has all of these words in its name." if words else "The list is empty.")
    return code


def _text(listing: Listing, models: list[ModelData], style: Style) -> str:
    title = header(scrub_data(target_data(listing.report.target)), style)
    listed = sum(one["listed"] for one in models)
    every = len(listing.models or ())
    count = f"{listed} of {every} models" if listed < every else f"{every} models"
    rows = [title, "", models_text(scrub_data(models), style), "", count]
    return "\n".join(rows if models else rows[:1])


def _without_list(provider: Provider) -> str:
    page = f" Its models are on {provider.pages.models}" if provider.pages.models else ""
    return f"{provider.name} does not list models for an API key.{page}"


def _print_json(listing: Listing, models: list[ModelData], code: int) -> None:
    report = report_data(listing.report)
    told = listing.models is not None
    echo_json(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": TOOL,
            "target": report["target"],
            "models": scrub_data(models),
            "diagnosis": None if told else report["diagnosis"],
            "exit_code": int(code),
        }
    )
