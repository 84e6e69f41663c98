"""``codegpt-doctor check``."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Unpack

import click

from codegpt_doctor.cli import NOT_IN_ONE_FILE
from codegpt_doctor.cli.arguments import CheckArguments
from codegpt_doctor.cli.fail_on import fail_on_option, judged
from codegpt_doctor.cli.formats import chosen_format, format_options, print_as
from codegpt_doctor.cli.options import connection_options
from codegpt_doctor.cli.output import echo, tell
from codegpt_doctor.cli.progress import Waiting
from codegpt_doctor.cli.settings import with_settings
from codegpt_doctor.cli.share import Sharing, sharing_options
from codegpt_doctor.cli.watch import Watch, period
from codegpt_doctor.doctor import SKIPPABLE, run_check
from codegpt_doctor.editor.machine import Machine, this_machine
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT
from codegpt_doctor.model.report import CheckResult, KeyFacts, Report, Stage, Target
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.values import SIMULATOR, Settings

if TYPE_CHECKING:
    from codegpt_doctor.output.contract import ReportData
    from codegpt_doctor.probes.node import Runtime


@click.command()
@connection_options(DEFAULT_TIMEOUT, several=True)
@click.option("--project", metavar="ID", help="Project header. [OPENAI_PROJECT_ID]")
@click.option(
    "--all", "every", is_flag=True, help="Test each provider with a key, and each local server."
)
@click.option("--sdk", is_flag=True, help="Use the official openai client too, and compare.")
@click.option("--node", is_flag=True, help="Use the editor's own Node.js too, and compare.")
@click.option(
    "--no-control", is_flag=True, help="Contact only the target host, even after a failure."
)
@click.option("--no-key", is_flag=True, help="Test only the connection, without a key.")
@click.option(
    "--skip",
    type=click.Choice(list(SKIPPABLE)),
    multiple=True,
    metavar="CHECK",
    help=f"Leave out a check; repeatable: {', '.join(SKIPPABLE)}.",
)
@click.option("--watch", is_flag=True, help="Repeat until healthy; new credit takes minutes.")
@click.option(
    "--for",
    "watch_for",
    metavar="TIME",
    callback=period,
    help="With --watch: give up after a time, such as 10m.",
)
@click.option("--otel", is_flag=True, help="Send a trace over OTLP to your collector.")
@fail_on_option
@click.option("--verbose", "-v", is_flag=True, help="Show what each check observed.")
@format_options
@sharing_options
def command(every: bool, **chosen: Unpack[CheckArguments]) -> int:
    """Test a key and the whole path to the API; name the one root cause, and the fix.

    The key comes from its provider's variable, such as OPENAI_API_KEY, from a key option, a .env
    file in this folder, the keyring, or a prompt. It is sent only to its own provider and is never
    shown. An editor with CodeGPT is examined last, as with the command editor.

    Exit codes: 0 healthy, 1 a root cause was found, 2 usage error, 3 inconclusive, 130 interrupted.
    """
    if every:
        from codegpt_doctor.cli.check_all import check_all

        return check_all(chosen)
    sharing = Sharing.of(chosen)
    return with_settings(chosen, lambda settings: _run(settings, chosen, sharing))


def _run(settings: Settings, chosen: CheckArguments, sharing: Sharing) -> int:
    if chosen["sdk"] and find_spec("openai") is None:
        raise click.ClickException(NOT_IN_ONE_FILE.format("openai"))
    if chosen["otel"] and not _traces().is_installed():
        raise click.ClickException(_needs_otel())
    machine = this_machine(dict(os.environ), working_folder())
    runtime = _runtime(machine, settings) if chosen["node"] else None
    watching = Watch(chosen["watch_for"]) if chosen["watch"] else None
    form = "report" if sharing.is_printed else chosen_format(chosen)
    while True:
        report, data = _once(settings, chosen, machine, watching, form, runtime)
        if watching is None or report.status == "healthy" or watching.is_over:
            if form not in ("text", "report"):
                print_as(form, report, data, machine, sharing.template)
            sharing.share(report, data, machine)
            return data["exit_code"]
        watching.wait()


def _once(
    settings: Settings,
    chosen: CheckArguments,
    machine: Machine,
    watching: Watch | None,
    form: str,
    runtime: "Runtime | None",
) -> "tuple[Report, ReportData]":
    again = watching is not None and watching.last is not None
    verbose = chosen["verbose"]
    live = verbose and form == "text" and not again
    with Waiting(_titles, os.environ.get("TERM") == "dumb") as waiting:
        report = run_check(
            settings,
            timeout=chosen["timeout"],
            spend=not chosen["no_spend"],
            sdk=chosen["sdk"],
            control=not chosen["no_control"],
            on_result=_live(settings) if live else waiting.seen,
            machine=None if settings.base_url.source == SIMULATOR else machine,
            skip=chosen["skip"],
            runtime=runtime,
            meanwhile=_import_output,
        )
    if chosen["otel"] and not _traces().send(report):
        tell(f"The trace was not sent: no collector at {_traces().WHERE} took it.")
    from codegpt_doctor.output.report_data import report_data

    data = judged(report_data(report), chosen["fail_on"])
    news = watching is None or watching.is_news(report)
    if form == "text" and news:
        _print(data, verbose)
    return report, data


def _import_output() -> None:
    """Import what puts a report into words, so that it is there once the answers are."""
    import codegpt_doctor.output.report_text  # noqa: F401


def _print(data: "ReportData", verbose: bool) -> None:
    from codegpt_doctor.output.report_text import report_text, verbose_text
    from codegpt_doctor.output.style import style_of_stdout

    style = style_of_stdout(os.environ)
    echo(verbose_text(data, style) if verbose else report_text(data, style))


def _runtime(machine: Machine, settings: Settings) -> "Runtime":
    from codegpt_doctor.editor.runtime import find_runtime

    return find_runtime(machine, settings.url.text)


def _traces() -> ModuleType:
    from codegpt_doctor.exporter import traces  # hardly any run is traced

    return traces


def _titles() -> list[tuple[str, str]]:
    """The checks in their order; what they need is imported while the probes are under way."""
    from codegpt_doctor.doctor import path_checks

    return [*((check.id, check.title) for check in path_checks()), ("editor", "the editor")]


def _needs_otel() -> str:
    from codegpt_doctor.output.report_data import SITE

    return (
        "--otel needs the extra otel: install codegpt-doctor[otel] in place of codegpt-doctor, "
        f"as {SITE}/install/ shows."
    )


def _live(settings: Settings) -> Callable[[CheckResult], None]:
    from codegpt_doctor.cli.live import Live
    from codegpt_doctor.output.check_text import header
    from codegpt_doctor.output.report_data import target_data
    from codegpt_doctor.output.style import style_of_stdout
    from codegpt_doctor.redact import scrub_data

    key, style = settings.key, style_of_stdout(os.environ)
    target = Target(
        settings.provider,
        settings.url.written,
        model=settings.model.value if settings.model else None,
        key=KeyFacts(key.secret.hint, "", key.source) if key else None,
    )
    return Live(header(scrub_data(target_data(target)), style), style, Stage.SETTINGS).show
