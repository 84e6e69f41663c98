"""Standard output for people and pipes: a reader that goes away is no error."""

import os
import sys

import click


def echo(text: str) -> None:
    """Print to standard output; once the reader is gone, go on without printing."""
    try:
        click.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
