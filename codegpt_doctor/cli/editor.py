"""``codegpt-doctor editor``."""

import os
import sys
from typing import Unpack

import click

from codegpt_doctor.cli.arguments import EditorArguments
from codegpt_doctor.cli.color import color_option
from codegpt_doctor.cli.conflicts import refuse_conflicts
from codegpt_doctor.cli.formats import chosen_format, format_options, print_as
from codegpt_doctor.cli.live import Live
from codegpt_doctor.cli.options import timeout_option
from codegpt_doctor.cli.output import echo, fitting, scrub_logs
from codegpt_doctor.cli.progress import Waiting
from codegpt_doctor.cli.share import Sharing, sharing_options
from codegpt_doctor.editor.check_installation import NO_EDITOR
from codegpt_doctor.editor.environment import EditorEnvironment
from codegpt_doctor.editor.machine import this_machine
from codegpt_doctor.editor.run import EDITOR_CHECKS, find_environment, run_editor_checks
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT
from codegpt_doctor.model.report import Stage
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.report_text import report_text, verbose_text
from codegpt_doctor.output.style import Style, style_of_stdout
from codegpt_doctor.providers.selection import selected
from codegpt_doctor.redact import scrub
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings


@click.command()
@timeout_option(DEFAULT_TIMEOUT)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--verbose", "-v", is_flag=True, help="Show what each check observed.")
@format_options
@sharing_options
@color_option
def command(timeout: float, verbose: bool, **chosen: Unpack[EditorArguments]) -> int:
    """Examine CodeGPT in this machine's editors: versions, its local service, its hosts.

    Reads files and probes ports; changes, stops and downloads nothing, and does not open the
    editor's store of secrets.

    Exit codes: 0 healthy, 1 a root cause was found, 2 usage error, 3 inconclusive, 130 interrupted.
    """
    scrub_logs()
    refuse_conflicts({**chosen, "verbose": verbose})
    sharing = Sharing.of(chosen)
    form = "report" if sharing.is_printed else chosen_format(chosen)
    settings = _settings()
    style = style_of_stdout(os.environ)
    machine = this_machine(settings.environment, working_folder())
    place = find_environment(machine)
    title = _title(place, style)
    if verbose and place.editors and form == "text":
        result = run_editor_checks(place, settings, timeout, Live(title, style, Stage.EDITOR).show)
    else:
        with Waiting(_titles, os.environ.get("TERM") == "dumb") as waiting:
            result = run_editor_checks(place, settings, timeout, waiting.seen)
    data = report_data(result)
    if form not in ("text", "report"):
        print_as(form, result, data, machine, sharing.template)
    elif place.editors and form == "text":
        echo(verbose_text(data, style) if verbose else report_text(data, style, title))
    elif form == "text":
        said = f"{NO_EDITOR[0].upper()}{NO_EDITOR[1:]}, so there is nothing to examine."
        echo(fitting(said, sys.stdout))
    sharing.share(result, data, machine)
    return result.exit_code


def _settings() -> Settings:
    """The settings for the path, and the key for the scrubber alone: it is sent nowhere."""
    options = Options(key_env="OPENAI_API_KEY")  # by its name, so that no keyring is opened
    return resolve(options, dict(os.environ), working_folder(), selected)


def _titles() -> list[tuple[str, str]]:
    """The checks in their order."""
    return [(check.id, check.title) for check in EDITOR_CHECKS]


def _title(place: EditorEnvironment, style: Style) -> str:
    """What is examined."""
    named = [editor.place.title for editor in place.with_codegpt or place.editors]
    said = scrub(f"CodeGPT{style.symbols.dot}{', '.join(named)}")
    return style.strong(said)
