"""Standard output for people and pipes: a reader that goes away is no error."""

import os
import sys

import click


def echo(text: str) -> None:
    """Print to standard output; once the reader is gone, go on without printing.

    Whether the text may have colour was decided when it was made, so click takes none away.
    """
    try:
        click.echo(text, color=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
