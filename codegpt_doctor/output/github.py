"""A run as annotations of GitHub Actions: a line each, which the runner reads from the log."""

from collections.abc import Iterator

from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.report_text import sum_of
from codegpt_doctor.output.short import first_step, refusal

_ESCAPES = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTIES = ((":", "%3A"), (",", "%2C"))


def as_github(data: ReportData) -> str:
    """The root cause as an error, warnings as such; where there is neither, a notice."""
    return "\n".join(_lines(data))


def _lines(data: ReportData) -> Iterator[str]:
    diagnosis = data["diagnosis"]
    if diagnosis:
        level = "error" if data["exit_code"] else "warning"
        fix = f"Fix: {first_step(diagnosis)}"
        said = "\n".join((diagnosis["summary"], fix, diagnosis["docs_url"]))
        yield _annotation(level, f"{diagnosis['title']} ({refusal(diagnosis)})", said)
    for check in data["checks"]:
        if check["status"] == "warn":
            yield _annotation("warning", check["title"], check["summary"])
        elif check["status"] == "error" and not diagnosis:
            yield _annotation("error", check["title"], check["summary"])
    if not diagnosis:
        level = "notice" if data["status"] == "healthy" else "error"
        yield _annotation(level, "codegpt-doctor", sum_of(data)[1])


def _annotation(level: str, title: str, text: str) -> str:
    return f"::{level} title={_escaped(title, *_IN_PROPERTIES)}::{_escaped(text)}"


def _escaped(text: str, *more: tuple[str, str]) -> str:
    for character, code in (*_ESCAPES, *more):
        text = text.replace(character, code)
    return text
