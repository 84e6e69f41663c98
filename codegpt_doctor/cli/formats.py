"""In which format a run is printed: the names of the formats, and who makes them."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from codegpt_doctor.cli.arguments import FormatArguments
from codegpt_doctor.cli.output import echo, echo_file, echo_json, fitting
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.model.machine import AboutMachine
from codegpt_doctor.model.report import Report
from codegpt_doctor.redact import scrub_data

if TYPE_CHECKING:
    from codegpt_doctor.output.contract import ReportData

Command = Callable[..., Any]
# by the ending of a file, where one is written
ENDINGS = {
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".xml": "junit",
    ".sarif": "sarif",
    ".prom": "prometheus",
}
FORMATS = ("text", "json", "markdown", "html", "github", "junit", "sarif", "prometheus")


def format_options(command: Command) -> Command:
    """Add what decides how a run is printed; ``--json`` is apart, as more commands have it."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        metavar="NAME",
        help=f"How to print the result: {', '.join(FORMATS)}.",
    )(
        click.option("--short", is_flag=True, help="Print a few lines, for a chat.")(
            click.option("-q", "--quiet", is_flag=True, help="Print one line, and only a problem.")(
                command
            )
        )
    )


def chosen_format(chosen: FormatArguments) -> str:
    """The format that the options come to."""
    if chosen["as_json"]:
        return "json"
    if chosen["short"]:
        return "short"
    if chosen["quiet"]:
        return "quiet"
    return chosen["output_format"] or "text"


def print_as(
    name: str, report: Report, data: "ReportData", machine: Machine, template: str = "generic"
) -> None:
    """Print a report in a format that is not the text for a person."""
    if name == "json":
        echo_json(data)
    elif name == "quiet":
        if data["status"] != "healthy":
            from codegpt_doctor.output.report_text import sum_of

            echo(fitting(sum_of(data)[1], sys.stdout))
    elif name == "short":
        from codegpt_doctor.output.short import as_short

        echo(as_short(data))
    else:
        echo_file(made(name, report, data, machine, template))


def made(name: str, report: Report, data: "ReportData", machine: Machine, template: str) -> str:
    """A report as a file has it."""
    if name == "json":
        import json

        return json.dumps(scrub_data(data), ensure_ascii=False, indent=2) + "\n"
    if name in ("markdown", "html"):
        return _for_people(name, data, machine, template)
    if name == "github":
        from codegpt_doctor.output.github import as_github

        return as_github(data)
    if name == "junit":
        from codegpt_doctor.output.junit import as_junit

        return as_junit(data)
    if name == "sarif":
        from codegpt_doctor.output.sarif import as_sarif

        return as_sarif(data)
    return _numbers(report)


def _numbers(report: Report) -> str:
    """The same numbers as those of the exporter."""
    from datetime import UTC, datetime

    from codegpt_doctor.exporter.metrics import HELP, PREFIX, samples
    from codegpt_doctor.output.prometheus import as_prometheus

    return as_prometheus(samples(report, datetime.now(UTC)), HELP, PREFIX)


def _for_people(name: str, data: "ReportData", machine: Machine, template: str) -> str:
    """The report for a tracker, which tells of the machine as well."""
    from codegpt_doctor.editor.summary import summary_of
    from codegpt_doctor.output.bug_report import as_html, as_markdown

    about: AboutMachine = scrub_data(summary_of(machine))
    return as_html(data, about) if name == "html" else as_markdown(data, about, template)
