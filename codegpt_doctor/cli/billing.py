"""``codegpt-doctor billing``."""

import os
from typing import Unpack

import click

from codegpt_doctor.billing.data import billing_data, rows
from codegpt_doctor.billing.run import DEFAULT_TIMEOUT, MAX_DAYS, run_billing
from codegpt_doctor.billing.text import billing_text, csv_text
from codegpt_doctor.cli.arguments import BillingArguments
from codegpt_doctor.cli.new_file import check_new, make
from codegpt_doctor.cli.options import about_money, connection_options
from codegpt_doctor.cli.output import echo, echo_file, echo_json, tell
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.output.style import style_of_stdout
from codegpt_doctor.settings.values import Settings

STDOUT = "-"


@click.command()
@click.option(
    "--days",
    type=click.IntRange(1, MAX_DAYS),
    metavar="N",
    help="Show the last N days. Default: this month.",
)
@click.option("--project", metavar="ID", help="Only the costs of one project, by ID or name.")
@click.option(
    "--csv",
    "csv_file",
    metavar="[FILE]",
    is_flag=False,
    flag_value=STDOUT,
    help="Write the costs as CSV, to a new file or to standard output.",
)
@click.option(
    "--svg",
    "svg_file",
    metavar="[FILE]",
    is_flag=False,
    flag_value=STDOUT,
    help="Write the chart as SVG, light and dark, to a new file or to standard output.",
)
@connection_options(DEFAULT_TIMEOUT)
def command(**chosen: Unpack[BillingArguments]) -> int:
    """Show what the key may still spend, and why it may not.

    With an admin key in OPENAI_ADMIN_KEY: the costs by day, project and line item, the spend limits
    and which one comes first. With an ordinary key: whether a model replies, and if not, why.
    Each key is sent only to the endpoints that it is made for.

    Exit codes: 0 nothing keeps the key from spending, and what these keys can learn is known; 1 the
    reason why it may not spend was found; 2 usage error; 3 something could not be learned; 130
    interrupted.
    """
    wanted = [chosen["as_json"], chosen["csv_file"] == STDOUT, chosen["svg_file"] == STDOUT]
    if sum(map(bool, wanted)) > 1:
        raise click.UsageError("--json, --csv and --svg: only one of them fits on standard output.")
    for file, option in ((chosen["csv_file"], "--csv"), (chosen["svg_file"], "--svg")):
        if file not in (None, STDOUT):
            check_new(file, option)
    return about_money(chosen, lambda settings: _run(settings, chosen))


def _run(settings: Settings, chosen: BillingArguments) -> int:
    run = run_billing(
        settings,
        timeout=chosen["timeout"],
        days=chosen["days"],
        project=chosen["project"] or None,
        spend=not chosen["no_spend"],
    )
    data = billing_data(run)
    code = run.exit_code
    csv_file, svg_file = chosen["csv_file"], chosen["svg_file"]
    if (csv_file or svg_file) and data["total"] is None:
        tell("No costs are known, so nothing was written.")
        code = code or ExitCode.INCONCLUSIVE
    else:
        if csv_file:
            _write(csv_file, csv_text(rows(run)))
        if svg_file:
            _write(svg_file, _svg(data))
    if chosen["as_json"]:
        echo_json(data)
    elif STDOUT not in (csv_file, svg_file):
        echo(billing_text(data, style_of_stdout(os.environ)))
    return code


def _svg(data: dict[str, object]) -> str:
    from codegpt_doctor.billing.chart import chart_svg

    return chart_svg(data)


def _write(path: str, text: str) -> None:
    if path == STDOUT:
        echo_file(text)
        return
    make(path, text)
    tell(f"{path} was written.")
