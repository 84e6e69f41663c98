"""A proxy that stands where the API should."""

import pytest
from helpers.plans import exchange, settings_of

from codegpt_doctor.findings.answers import finding_of, list_problem
from codegpt_doctor.model.observation import Timings

OWN = "Put the API's address into the base URL: llm.example.net seems to be a proxy."


@pytest.mark.parametrize(
    ("status", "headers", "by_proxy", "own"),
    [
        (407, {}, None, True),
        (502, {"server": "mitmproxy 12.0"}, None, True),
        (407, {}, 3, False),
        (502, {"server": "mitmproxy 12.0"}, 3, False),
        (502, {"server": "nginx"}, None, False),
    ],
)
def test_at_the_base_url_is_named(
    status: int, headers: dict[str, str], by_proxy: int | None, own: bool
) -> None:
    seen = exchange(status, "", headers=headers)._replace(timings=Timings(proxy=by_proxy))
    problem = list_problem(seen)
    finding = finding_of(problem, seen, "http", settings_of()) if problem else None
    assert finding
    assert (finding.steps == (OWN,)) is own
