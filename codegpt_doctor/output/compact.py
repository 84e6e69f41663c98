"""The words of an answer as a person reads them: once, and without the id of the request."""

import re
from collections.abc import Sequence

from codegpt_doctor.output.contract import CheckData

_ASKED = re.compile(r"^(?:GET|POST) \S+: ")
_REQUEST_ID = re.compile(r", (?:req_\w+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])")


def for_reading(check: CheckData, before: Sequence[CheckData]) -> CheckData:
    """A check without what its evidence has: the id of the request, and a repeated quotation."""
    finding, summary = check["finding"], without_request_id(check["summary"])
    answer = _ASKED.sub("", summary)
    head, quoted, _ = answer.partition(': "')
    for other in before if quoted and finding else ():
        same = other["finding"] and finding and other["finding"]["id"] == finding["id"]
        if same and _ASKED.sub("", without_request_id(other["summary"])) == answer:
            summary = f"{head}, same response as {other['title']}"
    return {**check, "summary": summary}


def without_operation(text: str) -> str:
    """The words of an answer without what was asked."""
    return _ASKED.sub("", text)


def without_request_id(text: str) -> str:
    """The words of an answer without what differs from request to request."""
    return _REQUEST_ID.sub("", text)
