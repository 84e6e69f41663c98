"""What each provider says of a failure, as its documentation, recordings and reports have it.

Written from those and not from the catalogue, so that each is a check of the other.  A row of
``providers/documented.jsonl`` is the kind of failure, the ids that are right, and the answer;
``on`` says to which requests.
"""

import json
from pathlib import Path
from typing import NamedTuple

from helpers.standins import Fault

_FILE = Path(__file__).parents[1] / "providers" / "documented.jsonl"


class Row(NamedTuple):
    """A failure that a provider documents."""

    provider: str
    kind: str
    expected: list[str]
    fault: Fault


def _row(line: str) -> Row:
    told = json.loads(line)
    fault = Fault(told["status"], told["body"], told["on"], told.get("headers", {}))
    return Row(told["provider"], told["kind"], told["expected"], fault)


ROWS = [_row(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
PROVIDERS = list(dict.fromkeys(row.provider for row in ROWS))
