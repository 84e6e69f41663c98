"""The results of a run, printed as they come."""

from codegpt_doctor.cli.output import echo
from codegpt_doctor.model.report import CheckResult, Stage
from codegpt_doctor.output.check_text import check_line
from codegpt_doctor.output.compact import for_reading
from codegpt_doctor.output.contract import CheckData
from codegpt_doctor.output.report_data import check_data, shortened
from codegpt_doctor.output.style import Style
from codegpt_doctor.redact import scrub_data


class Live:
    """Prints each line as soon as its check has its result, those about the editor apart.

    ``stage`` is the one that the run begins with.
    """

    def __init__(self, title: str, style: Style, stage: Stage) -> None:
        self._style = style
        self._stage = stage
        self._shown: list[CheckData] = []
        echo(f"{title}\n")

    def show(self, result: CheckResult) -> None:
        """Print one result."""
        if result.stage is Stage.EDITOR and self._stage is not Stage.EDITOR:
            echo("\n" + self._style.strong("CodeGPT in the editor") + "\n")
        self._stage = result.stage
        data = shortened(scrub_data(check_data(result)))
        echo(check_line(for_reading(data, self._shown), self._style))
        self._shown.append(data)
