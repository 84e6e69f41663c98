"""``codegpt-doctor docs``."""

import os
import sys
import webbrowser
from pathlib import Path

import click

from codegpt_doctor import catalogue
from codegpt_doctor.cli import complete
from codegpt_doctor.cli.docs_location import address
from codegpt_doctor.cli.output import echo
from codegpt_doctor.cli.suggest import unknown
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.programs import plain_environment


@click.command()
@click.argument("error", required=False, metavar="[ID]", shell_complete=complete.error_ids)
@click.option(
    "--site",
    envvar="CODEGPT_DOCTOR_SITE",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder with the built site; else the installed one, or the web. [CODEGPT_DOCTOR_SITE]",
)
@click.option("--print", "only_print", is_flag=True, help="Print the address, open nothing.")
def command(error: str | None, site: Path | None, only_print: bool) -> int:
    """Open an error's page in the browser, or the home page.

    The address is printed too, for when there is no browser.
    """
    entry_id = catalogue.resolve(error) if error else None
    if error and entry_id is None:
        raise click.ClickException(unknown(error))
    found = address(entry_id, site)
    echo(found)
    if not only_print:
        _open(found)
    return ExitCode.HEALTHY


def _open(page: str) -> None:
    """Open the browser, which inherits this process's variables: those that may be inherited."""
    given = plain_environment(sys.platform, os.environ)
    os.environ.clear()
    os.environ.update(given)
    webbrowser.open(page)
