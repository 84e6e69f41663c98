"""The options that make a report for others: ``--report FILE`` and ``--copy``."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from codegpt_doctor.cli.arguments import SharingArguments
from codegpt_doctor.cli.formats import ENDINGS, made
from codegpt_doctor.cli.new_file import check_new, make
from codegpt_doctor.cli.output import echo_file, tell
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.model.report import Report
from codegpt_doctor.redact import scrub

if TYPE_CHECKING:
    from codegpt_doctor.output.contract import ReportData

Command = Callable[..., Any]
STDOUT = "-"
SUMMARY = "GITHUB_STEP_SUMMARY"  # names a file that is there, and that steps add to
TEMPLATES = ("generic", "codegpt", "vscode")


def sharing_options(command: Command) -> Command:
    """Add the options to a command."""
    endings = ", ".join(ENDINGS)
    options = (
        click.option(
            "--report",
            metavar="FILE",
            help=f"Write a report without secrets; - prints it as Markdown. Endings: {endings}.",
        ),
        click.option("--force", is_flag=True, help="Let --report replace an existing file."),
        click.option(
            "--template",
            type=click.Choice(TEMPLATES),
            metavar="NAME",
            help=f"Tracker that the report is for: {', '.join(TEMPLATES)}.",
        ),
        click.option("--copy", is_flag=True, help="Put the report on the clipboard."),
    )
    for option in reversed(options):
        command = option(command)
    return command


class Sharing(NamedTuple):
    """Where the report goes, and in which form a file has it."""

    file: str | None = None
    copy: bool = False
    force: bool = False
    template: str = "generic"
    form: str = "markdown"

    @classmethod
    def of(cls, chosen: SharingArguments) -> "Sharing":
        """What the options of a command say; a file that cannot be written is told at once.

        Raises:
            click.ClickException: the file has no ending that is known, exists, or cannot be made.
        """
        template = chosen["template"] or "generic"
        sharing = cls(chosen["report"], chosen["copy"], chosen["force"], template)
        if sharing.file is None or sharing.is_printed or sharing._is_added:
            return sharing
        form = ENDINGS.get(os.path.splitext(sharing.file)[1].lower())
        if form is None:
            endings = f"{', '.join([*ENDINGS][:-1])} or {[*ENDINGS][-1]}"
            raise click.ClickException(f"--report takes a file that ends with {endings}.")
        check_new(sharing.file, "--report", sharing.force)
        return sharing._replace(form=form)

    @property
    def is_printed(self) -> bool:
        """Whether the report goes to standard output, in the place of everything else."""
        return self.file == STDOUT

    @property
    def _is_added(self) -> bool:
        """Whether it goes to the end of the file that a runner of GitHub shows."""
        return bool(self.file) and self.file == os.environ.get(SUMMARY)

    def share(self, report: Report, data: "ReportData", machine: Machine) -> None:
        """Write and copy the report of a run, and say so on standard error."""
        if not self.file and not self.copy:
            return
        if self.file == STDOUT:
            echo_file(made("markdown", report, data, machine, self.template))
        elif self.file:
            text = made(self.form, report, data, machine, self.template)
            make(self.file, text, add=self._is_added, force=self.force)
            tell(f"The report is in {self.file}. Read it before you post it.")
        if self.copy:
            _copy(scrub(made("markdown", report, data, machine, self.template)), machine)


def _copy(text: str, machine: Machine) -> None:
    from codegpt_doctor.cli.clipboard import copy

    program = copy(text, machine.platform, machine.environment)
    if program:
        tell(f"The report is on the clipboard ({program}). Read it before you post it.")
    else:
        tell("There is no clipboard here; --report FILE.md writes it to a file.")
