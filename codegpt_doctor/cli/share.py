"""The options that make a report for others: ``--report FILE`` and ``--copy``."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import click

from codegpt_doctor.cli.new_file import check_new, make
from codegpt_doctor.cli.output import tell
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.model.machine import AboutMachine
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.redact import scrub, scrub_data

Command = Callable[..., Any]


def sharing_options(command: Command) -> Command:
    """Add the options to a command, which gets ``report`` and ``copy``."""
    report = click.option(
        "--report",
        metavar="FILE",
        help="Write a report for a bug tracker, as .md or .html, without secrets.",
    )
    copy = click.option("--copy", is_flag=True, help="Put that report on the clipboard.")
    return report(copy(command))


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where the report goes; a file that cannot be written is told before anything is run.

    Raises:
        click.ClickException: the file has no form that is known, exists, or cannot be made.
    """

    file: str | None = None
    copy: bool = False
    form: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.file is None:
            return
        form = os.path.splitext(self.file)[1].lower()
        if form not in (".md", ".html"):
            raise click.ClickException("--report takes a file that ends with .md or .html.")
        check_new(self.file, "--report")
        object.__setattr__(self, "form", form)

    def share(self, data: ReportData, machine: Machine) -> None:
        """Write and copy the report of a run, and say so on standard error."""
        if not self.file and not self.copy:
            return
        from codegpt_doctor.editor.summary import summary_of
        from codegpt_doctor.output.bug_report import as_html, as_markdown

        about: AboutMachine = scrub_data(summary_of(machine))
        if self.file:
            text = as_html(data, about) if self.form == ".html" else as_markdown(data, about)
            make(self.file, text)
            tell(f"The report is in {self.file}. Read it before you post it.")
        if self.copy:
            _copy(scrub(as_markdown(data, about)), machine)


def _copy(text: str, machine: Machine) -> None:
    from codegpt_doctor.cli.clipboard import copy

    program = copy(text, machine.platform, machine.environment)
    if program:
        tell(f"The report is on the clipboard ({program}). Read it before you post it.")
    else:
        tell("There is no clipboard here; --report FILE.md writes it to a file.")
