"""Files that a command is told to make: new ones only, whole or not at all."""

import os

import click

from codegpt_doctor.cli.output import OutputError
from codegpt_doctor.files import write_new
from codegpt_doctor.redact import scrub


def check_new(path: str, option: str) -> None:
    """Complain before anything is run of a file that is there already, or cannot be made.

    Raises:
        click.ClickException: it is there, be it a link that leads nowhere, or its folder is not.
    """
    if os.path.lexists(path):
        raise click.ClickException(f"{path} exists; give {option} the name of a new file.")
    folder = os.path.dirname(path) or os.curdir
    if not os.access(folder, os.W_OK):
        raise click.ClickException(f"{path}: {folder} is no folder in which a file can be made.")


def make(path: str, text: str) -> None:
    """Write the file, in UTF-8 and with the line ends of the text.

    Raises:
        OutputError: it cannot be written; nothing of it is left.
    """
    try:
        write_new(path, scrub(text).encode())
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from None
