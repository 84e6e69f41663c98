"""``--fail-on``: which root causes end the process with 1."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from codegpt_doctor.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from codegpt_doctor.output.contract import ReportData

Command = Callable[..., Any]
ANY, PERMANENT = "any", "permanent"


def fail_on_option(command: Command) -> Command:
    """Add the option to a command, which gets ``fail_on``."""
    return click.option(
        "--fail-on",
        type=click.Choice((PERMANENT, ANY)),
        default=ANY,
        show_default=True,
        help="permanent: exit with 0 where the same request can succeed later.",
    )(command)


def judged(data: "ReportData", fail_on: str) -> "ReportData":
    """The report with the exit code that the option makes of it."""
    found = data["diagnosis"]
    if fail_on == PERMANENT and found and found["retry"] != "no":
        return {**data, "exit_code": int(ExitCode.HEALTHY)}
    return data
