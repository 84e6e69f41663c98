"""Files that a command is told to make: whole or not at all, and new ones if not told otherwise."""

import os

import click

from codegpt_doctor.cli.output import OutputError
from codegpt_doctor.files import add_to, is_plain, replace_file, write_new
from codegpt_doctor.redact import scrub


def check_new(path: str, option: str, force: bool | None = None) -> None:
    """Complain before anything is run of a file that is there already, or cannot be made.

    With ``force`` a plain file may be there, which is then replaced; None where nobody can ask for
    that.

    Raises:
        click.ClickException: it is there, be it a link that leads nowhere, or its folder is not.
    """
    if force and os.path.lexists(path) and not is_plain(path):
        raise click.ClickException(
            f"{path} is not an ordinary file, and --force replaces only those."
        )
    if not force and os.path.lexists(path):
        more = "" if force is None else ", or add --force"
        raise click.ClickException(f"{path} exists; give {option} the name of a new file{more}.")
    folder = os.path.dirname(path) or os.curdir
    if not os.access(folder, os.W_OK):
        raise click.ClickException(f"{path}: {folder} is no folder in which a file can be made.")


def make(path: str, text: str, add: bool = False, force: bool = False) -> None:
    """Write the file, in UTF-8 and with the line ends of the text.

    ``add`` puts the text at the end of a file that is there; ``force`` replaces one.

    Raises:
        OutputError: it cannot be written; nothing of it is left.
    """
    try:
        write = add_to if add else replace_file if force else write_new
        write(path, scrub(text).encode())
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from None
