"""``codegpt-doctor limits``."""

import os
from typing import Unpack

import click

from codegpt_doctor.billing.limits import run_limits
from codegpt_doctor.billing.limits_text import limits_data, limits_text
from codegpt_doctor.cli.arguments import ConnectionArguments
from codegpt_doctor.cli.options import about_money, connection_options
from codegpt_doctor.cli.output import echo, echo_json
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT
from codegpt_doctor.output.style import style_of_stdout
from codegpt_doctor.settings.values import Settings


@click.command()
@click.option("--project", metavar="ID", help="Project, by ID or name. Default: the key's project.")
@connection_options(DEFAULT_TIMEOUT)
def command(**chosen: Unpack[ConnectionArguments]) -> int:
    """Show the rate limits of the key, what each 429 would mean, and how long to wait now.

    The limits come from the headers of one small response. With an admin key in OPENAI_ADMIN_KEY,
    the project's limits are listed by model.

    Exit codes: 0 the limits are known, 1 the reason why no model answers was found, 2 usage error,
    3 something could not be learned, 130 interrupted.
    """
    return about_money(chosen, lambda settings: _run(settings, chosen))


def _run(settings: Settings, chosen: ConnectionArguments) -> int:
    run = run_limits(
        settings,
        timeout=chosen["timeout"],
        project=chosen["project"] or None,
        spend=not chosen["no_spend"],
    )
    data = limits_data(run, settings.model.value if settings.model else None)
    if chosen["as_json"]:
        echo_json(data)
    else:
        echo(limits_text(data, style_of_stdout(os.environ)))
    return run.exit_code
