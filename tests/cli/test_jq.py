"""What a maintainer and a pipeline ask of the JSON, each as one line of jq that one would guess."""

from functools import cache
from typing import Any

import jq
import pytest
from helpers.command import data_of, run

pytestmark = pytest.mark.slow

HEALTHY = ("check", "--simulate", "healthy")
NO_QUOTA = ("check", "--simulate", "insufficient_quota")
LIMITED = ("check", "--simulate", "rate_limit_requests")
PASTED = "Error code: 429 - {'error': {'code': 'insufficient_quota'}} req_0123456789abcdef"
Command = tuple[str, ...]
IS_NUMBER = "number"

# command, query, what it gives; a type where the value is another in each run
QUERIES: tuple[tuple[Command, str, Any], ...] = (
    (HEALTHY, ".status", "healthy"),
    (HEALTHY, ".diagnosis", None),
    (HEALTHY, ".exit_code", 0),
    (HEALTHY, '.checks[]|select(.id=="inference")|.measured_ms|type', IS_NUMBER),
    (HEALTHY, '.checks[]|select(.id=="inference")|.observations.latency_ms|type', IS_NUMBER),
    (HEALTHY, '.checks[]|select(.id=="limits")|.observations.requests.remaining_number', 499),
    (HEALTHY, '.checks[]|select(.id=="limits")|.observations.requests.reset_s', 0.12),
    (
        HEALTHY,
        '.checks[]|select(.id=="billing")|.observations.month_to_date_number.usd|type',
        IS_NUMBER,
    ),
    (HEALTHY, "[.untested[]]|length", 0),
    ((*HEALTHY, "--no-spend"), '.untested|contains(["inference", "credit"])', True),
    ((*HEALTHY, "--skip", "billing"), ".untested", ["billing"]),
    (HEALTHY, ".target.provider", "openai"),
    (NO_QUOTA, ".diagnosis.id", "insufficient_quota"),
    (NO_QUOTA, ".diagnosis.http_status", 429),
    (NO_QUOTA, ".diagnosis.code", "insufficient_quota"),
    (NO_QUOTA, '.diagnosis.request_id|startswith("req_")', True),
    (NO_QUOTA, ".diagnosis.family", "quota"),
    (NO_QUOTA, '.diagnosis|select(.retry=="no")|.provider', "openai"),
    (NO_QUOTA, '[.checks[]|select(.status=="fail").id]', ["inference"]),
    (NO_QUOTA, "[.checks[]|{(.id):.status}]|add|.auth", "pass"),
    (NO_QUOTA, '.diagnosis.remediation.steps[0]|test("credit")', True),
    (LIMITED, ".diagnosis.retry_after_s|type", IS_NUMBER),
    (LIMITED, ".diagnosis.retry", "later"),
    (("explain", PASTED), ".match|[.id,.http_status,.request_id]|length", 3),
    (("explain", PASTED), ".match.request_id", "req_0123456789abcdef"),
    (("explain", "nothing at all is known"), ".match.id // empty", ...),
    (("errors",), "[.errors[]|select(.http_status|index(402))]|length>0", True),
    (("errors",), '.errors[]|select(.id=="insufficient_quota")|.retry', "no"),
    (("providers",), '[.providers[].id]|index("anthropic")|type', IS_NUMBER),
    (("billing", "--simulate", "healthy"), ".month_to_date_number|type", IS_NUMBER),
    (("limits", "--simulate", "healthy"), ".key.rate_limits[0].left", 499),
    (("check", "--all"), "[.reports[].diagnosis.id]", []),
)


@cache
def printed(command: Command) -> Any:
    return data_of(run(*command, "--json"))


@pytest.mark.sampled(12)
@pytest.mark.parametrize(("command", "query", "answer"), QUERIES, ids=[one[1] for one in QUERIES])
def test_a_query_gives_what_one_would_guess(command: Command, query: str, answer: Any) -> None:
    found = jq.compile(query).input_value(printed(command)).all()
    assert found == ([] if answer is ... else [answer])


def test_the_annotation_of_a_pipeline_is_one_line_of_jq() -> None:
    query = 'select(.diagnosis)|"::error title=\\(.diagnosis.title)::\\(.diagnosis.docs_url)"'
    (line,) = jq.compile(query).input_value(printed(NO_QUOTA)).all()
    assert line.startswith("::error title=")
    assert line.endswith("/insufficient_quota/")
