"""A run as a test report in the XML of JUnit: a test case for each check."""

import re
from collections import Counter
from xml.etree import ElementTree

from codegpt_doctor.output.contract import CheckData, ReportData

NAME = "codegpt-doctor"
ELEMENTS = {"fail": "failure", "error": "error", "skip": "skipped"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(data: ReportData) -> str:
    """The report as JUnit's XML; what the root cause explains is skipped, not failed."""
    counted = Counter(check["status"] for check in data["checks"])
    numbers = {
        "name": NAME,
        "tests": str(len(data["checks"])),
        "failures": str(counted["fail"]),
        "errors": str(counted["error"]),
        "skipped": str(counted["skip"]),
        "time": _seconds(data["duration_ms"]),
    }
    root = ElementTree.Element("testsuites", {k: v for k, v in numbers.items() if k != "skipped"})
    started = data["started_at"].removesuffix("Z")
    suite = ElementTree.SubElement(root, "testsuite", {**numbers, "timestamp": started})
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _facts(data).items():
        ElementTree.SubElement(properties, "property", {"name": name, "value": _clean(value)})
    for check in data["checks"]:
        _add(suite, check, data)
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _facts(data: ReportData) -> dict[str, str]:
    """What was tested, as properties of the suite."""
    target, diagnosis = data["target"], data["diagnosis"]
    found = {
        "provider": target["provider"],
        "base_url": target["base_url"],
        "model": target["model"],
        "status": data["status"],
        "diagnosis": diagnosis["id"] if diagnosis else None,
    }
    return {name: value for name, value in found.items() if value}


def _add(suite: ElementTree.Element, check: CheckData, data: ReportData) -> None:
    named = {"classname": f"{NAME}.{check['stage']}", "name": check["id"]}
    took = check["measured_ms"] if check["measured_ms"] is not None else check["duration_ms"]
    case = ElementTree.SubElement(suite, "testcase", {**named, "time": _seconds(took)})
    said = _clean(check["skipped_because"] or check["summary"])
    element = ELEMENTS.get(check["status"])
    if element is None:
        ElementTree.SubElement(case, "system-out").text = said
        return
    finding, diagnosis = check["finding"], data["diagnosis"]
    attributes = {"message": said}
    if element != "skipped":
        attributes["type"] = finding["id"] if finding else check["status"]
    told = ElementTree.SubElement(case, element, attributes)
    if finding and diagnosis and diagnosis["id"] == finding["id"]:
        steps = diagnosis["remediation"]["steps"]
        parts = (diagnosis["title"], diagnosis["summary"], *steps, diagnosis["docs_url"])
        told.text = _clean("\n".join(parts))


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def _clean(text: str) -> str:
    """The text without the characters that XML does not have."""
    return _NO_XML.sub("\ufffd", text)
