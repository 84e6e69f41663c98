"""Long text, a page at a time where there is a terminal and a program that pages."""

import os
import sys
from collections.abc import Mapping

from codegpt_doctor.cli.output import clean, echo
from codegpt_doctor.programs import folders, found_in, page, plain_environment

PROGRAM = "less"
OPTIONS = ("-R", "-F", "-X")  # keep color; end at once where all fits; leave the text on the screen


def program(environment: Mapping[str, str]) -> str | None:
    """The path of the system's own pager; None where it has none."""
    return found_in(folders(sys.platform, environment), PROGRAM, sys.platform)


def show(text: str) -> None:
    """Show a text, through the system's own pager where standard output is a terminal."""
    path = program(os.environ)
    if not path or not (sys.stdout.isatty() and sys.stdin.isatty()):
        echo(text)
        return
    # nothing that a folder or a variable says decides what runs, and no command starts from within
    given = {
        **plain_environment(sys.platform, os.environ),
        "LESSSECURE": "1",
        "LESSCHARSET": "utf-8",
        "LESSHISTFILE": "-",  # it writes no file
    }
    data = f"{clean(text)}\n".encode()
    page((path, *OPTIONS), data, given)
