"""A run in a few lines for a chat: how it is, what to do first, where to read on."""

from codegpt_doctor import catalogue
from codegpt_doctor.output.contract import DiagnosisData, ReportData
from codegpt_doctor.output.report_text import sum_of
from codegpt_doctor.output.style import UNICODE


def as_short(data: ReportData) -> str:
    """The report in at most three lines, without color."""
    status, said = sum_of(data)
    target, diagnosis = data["target"], data["diagnosis"]
    name = catalogue.providers().get(target["provider"], {}).get("name", target["provider"])
    whose = " · ".join(part for part in (name, target["base_url"], target["model"]) if part)
    if diagnosis is None:
        return f"{UNICODE.marks[status]} {whose}: {said}"
    told = f"{diagnosis['title']} ({refusal(diagnosis)})"
    first = first_step(diagnosis)
    fix = (f"Fix: {first}",) if first else ()
    return "\n".join((f"{UNICODE.marks[status]} {whose}: {told}", *fix, diagnosis["docs_url"]))


def refusal(diagnosis: DiagnosisData) -> str:
    """The status, where there was one, and the id."""
    return " ".join(map(str, filter(None, (diagnosis["http_status"], diagnosis["id"]))))


def first_step(diagnosis: DiagnosisData) -> str:
    """The line of the first step; empty where there is none."""
    return next((step.partition("\n")[0] for step in diagnosis["remediation"]["steps"]), "")
