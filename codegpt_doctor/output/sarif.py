"""A run in SARIF 2.1.0, the exchange format of tools that analyze: a result for each finding."""

import json
from collections.abc import Iterator

from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.report_data import SITE

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
Object = dict[str, object]


def as_sarif(data: ReportData) -> str:
    """The report as SARIF: the root cause is an error, what only warns a warning."""
    results = [*_results(data)]
    rules = {str(result["ruleId"]): rule for result, rule in results}
    driver = {
        "name": data["tool"]["name"],
        "version": data["tool"]["version"],
        "informationUri": SITE,
        "rules": [*rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": data["status"] != "inconclusive",
                "exitCode": data["exit_code"],
                "startTimeUtc": data["started_at"],
            }
        ],
        "results": [{**one, "ruleIndex": [*rules].index(str(one["ruleId"]))} for one, _ in results],
    }
    whole = {"$schema": SCHEMA, "version": VERSION, "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _results(data: ReportData) -> Iterator[tuple[Object, Object]]:
    """Each finding with its rule."""
    diagnosis = data["diagnosis"]
    if diagnosis:
        steps = "\n".join(diagnosis["remediation"]["steps"])
        rule = _rule(diagnosis["id"], diagnosis["title"], diagnosis["docs_url"])
        rule["help"] = {"text": steps or diagnosis["docs_url"]}
        yield _result(data, diagnosis["id"], "error", diagnosis["summary"]), rule
    for check in data["checks"]:
        finding = check["finding"]
        if finding and check["status"] == "warn":
            rule = _rule(finding["id"], finding["title"], finding["docs_url"])
            yield _result(data, finding["id"], "warning", check["summary"]), rule


def _rule(entry_id: str, title: str, page: str) -> Object:
    return {"id": entry_id, "shortDescription": {"text": title}, "helpUri": page}


def _result(data: ReportData, entry_id: str, level: str, said: str) -> Object:
    """A finding; it lies at the address that was asked, and in no file but that of the key."""
    target = data["target"]
    _, inside, file = (target["key"]["source"] if target["key"] else "").partition(" in ")
    place = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(file) if inside else "."}},
        "logicalLocations": [{"fullyQualifiedName": target["base_url"], "kind": "resource"}],
    }
    return {"ruleId": entry_id, "level": level, "message": {"text": said}, "locations": [place]}


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.replace("\\", "/"))
