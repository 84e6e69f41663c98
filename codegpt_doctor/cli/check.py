"""``codegpt-doctor check``."""

import json
import os
from dataclasses import replace

import click

from codegpt_doctor import catalogue
from codegpt_doctor.cli.output import echo
from codegpt_doctor.cli.sharing import Sharing, sharing_options
from codegpt_doctor.cli.target import names, settings_of, unknown
from codegpt_doctor.cli.watch import Watch
from codegpt_doctor.doctor import DEFAULT_TIMEOUT, examine
from codegpt_doctor.editor.machine import Machine, this_machine
from codegpt_doctor.model import CheckResult, Report, Stage
from codegpt_doctor.redact import Scrubber
from codegpt_doctor.render.data import check_data, report_data, shortened
from codegpt_doctor.render.style import Style, style_of_stdout
from codegpt_doctor.render.text import check_line, header, report_text
from codegpt_doctor.settings import Settings, Value


@click.command()
@click.option("--base-url", metavar="URL", help="Address of the API. [OPENAI_BASE_URL]")
@click.option(
    "--model",
    metavar="NAME",
    multiple=True,
    help="Model to test, more than once for several; a small one if not given.",
)
@click.option("--organization", metavar="ID", help="Organization header. [OPENAI_ORG_ID]")
@click.option("--project", metavar="ID", help="Project header. [OPENAI_PROJECT_ID]")
@click.option("--key-env", metavar="NAME", help="Variable with the key. [OPENAI_API_KEY]")
@click.option("--key-stdin", is_flag=True, help="Read the key from standard input.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=DEFAULT_TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Limit for the whole run.",
)
@click.option(
    "--no-spend",
    is_flag=True,
    help="Make no request that costs money (else: one answer of at most 16 tokens).",
)
@click.option("--sdk", is_flag=True, help="Ask the official openai client too, and compare.")
@click.option(
    "--no-control", is_flag=True, help="Ask no other host, not even when the target fails."
)
@click.option("--allow-http", is_flag=True, help="Let the key go unencrypted to another machine.")
@click.option("--watch", is_flag=True, help="Repeat until healthy; new credit takes minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--verbose", "-v", is_flag=True, help="Show what each check observed.")
@click.option(
    "--simulate", metavar="ID", help="Test the simulator, failing in the way of an error."
)
@sharing_options
def command(simulate: str | None, report: str | None, copy: bool, **chosen: object) -> int:
    """Test a key and everything on the way to the API; name the one root cause, and the fix.

    The key is taken from OPENAI_API_KEY, from --key-env, --key-stdin, a .env file in this folder,
    the keyring, or asked for; it is sent to its own provider only and never shown. Where an editor
    with CodeGPT is installed, that is examined last, as the command editor does.

    \b
    Exit codes: 0 healthy, 1 a root cause was found, 2 usage error, 3 inconclusive, 130 interrupted.
    """
    sharing = Sharing(report, copy)
    if simulate is None:
        return _run(settings_of(chosen), chosen, sharing)
    from codegpt_doctor.simulator import simulation

    entry_id = None if simulate == "healthy" else catalogue.resolve(simulate)
    if simulate != "healthy" and entry_id is None:
        raise click.UsageError(unknown(simulate))
    try:
        with simulation(entry_id) as settings:
            models = tuple(Value(name, "--model") for name in names(chosen["model"]))
            return _run(replace(settings, models=models), chosen, sharing)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None


def _run(settings: Settings, chosen: dict[str, object], sharing: Sharing) -> int:
    scrubber = Scrubber(settings.secrets)
    machine = this_machine(dict(os.environ), os.getcwd())
    watching = Watch() if chosen["watch"] else None
    while True:
        report = _once(settings, chosen, scrubber, machine, watching)
        if watching is None or report.status == "healthy":
            sharing.share(report_data(report, scrubber), machine, scrubber)
            return report.exit_code
        watching.wait()


def _once(
    settings: Settings,
    chosen: dict[str, object],
    scrubber: Scrubber,
    machine: Machine,
    watching: Watch | None,
) -> Report:
    style = style_of_stdout(os.environ)
    again = watching is not None and watching.last is not None
    live = _nothing if chosen["as_json"] or again else _Live(settings, scrubber, style).show
    report = examine(
        settings,
        timeout=float(str(chosen["timeout"])),
        spend=not chosen["no_spend"],
        sdk=bool(chosen["sdk"]),
        control=not chosen["no_control"],
        on_result=live,
        machine=None if settings.direct else machine,
    )
    data = report_data(report, scrubber)
    news = watching is None or watching.is_news(report)
    if chosen["as_json"]:
        if watching is None or report.status == "healthy":
            echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif news:
        echo(report_text(data, style, bool(chosen["verbose"])))
    return report


def _nothing(result: CheckResult) -> None:
    """Show nothing: the JSON comes as a whole."""


class _Live:
    """Prints each line as soon as its check has its result, those about the editor apart."""

    def __init__(self, settings: Settings, scrubber: Scrubber, style: Style) -> None:
        self._scrubber = scrubber
        self._style = style
        self._stage = Stage.SETTINGS
        target = {
            "provider": settings.provider,
            "base_url": settings.base_url.value.strip(),
            "model": settings.model.value if settings.model else None,
        }
        echo(header(scrubber.data(target), style) + "\n")

    def show(self, result: CheckResult) -> None:
        """Print one result."""
        if result.stage is Stage.EDITOR is not self._stage:
            echo("\n" + self._style.strong("CodeGPT in the editor") + "\n")
        self._stage = result.stage
        data = shortened(self._scrubber.data(check_data(result)))
        echo(check_line(data, self._style))
