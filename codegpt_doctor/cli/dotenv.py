"""``codegpt-doctor dotenv``."""

import os
from collections.abc import Iterator, Mapping

import click

from codegpt_doctor.cli.options import timeout_option
from codegpt_doctor.cli.output import echo, scrub_logs, tell
from codegpt_doctor.doctor import run_check
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.report import Report, Stage
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.report_text import report_text
from codegpt_doctor.output.style import style_of_stdout
from codegpt_doctor.providers.owners import by_key_variable
from codegpt_doctor.providers.provider import all_providers
from codegpt_doctor.providers.selection import SelectionError, selected
from codegpt_doctor.settings.dotenv_file import NAME, read_dotenv
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings

UNREACHED = (Stage.DNS, Stage.TCP, Stage.PROXY, Stage.TLS, Stage.HTTP)  # says nothing of a key
OTHERS = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID")


@click.command()
@timeout_option(DEFAULT_TIMEOUT)
def command(timeout: float) -> int:
    """Test each key in this folder's .env file, regardless of the environment.

    It makes no request that costs money. A missing .env, a .env without keys and a provider that
    cannot be reached are reported, but are no failure, so a commit without a network goes through.

    Exit codes: 0 no key was refused, 1 a key does not work, 2 usage error.
    """
    scrub_logs()
    dotenv = read_dotenv(working_folder())
    for fault in dotenv.faults:
        tell(f"{fault.words}. {fault.step}")
    reports = [run_check(one, timeout, spend=False) for one in _settings(dotenv.values)]
    if not reports:
        tell(f"{NAME} has no key of a provider; nothing was tested.")
    for report in reports:
        echo(report_text(report_data(report), style_of_stdout(os.environ)))
    return ExitCode.PROBLEM if any(map(_is_bad, reports)) else ExitCode.HEALTHY


def _settings(values: Mapping[str, str]) -> Iterator[Settings]:
    """What is to be tested: the provider of each key that the file holds."""
    found = list(by_key_variable(values))
    for one in found:
        options = Options(provider=one if len(found) > 1 else None)
        try:
            yield resolve(options, _without(os.environ, values), working_folder(), selected)
        except SelectionError as error:
            raise click.ClickException(str(error)) from None


def _without(environment: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The environment without what could stand in for the file: keys, and where they go."""
    names = {*values, *OTHERS}
    for one in all_providers():
        names.update(one.key_variables, one.admin_key_variables, one.base_url_variables)
    return {name: value for name, value in environment.items() if name not in names}


def _is_bad(report: Report) -> bool:
    return report.diagnosis is not None and report.diagnosis.stage not in UNREACHED
