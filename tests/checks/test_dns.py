"""Does the name resolve: on measurements made by hand."""

import pytest
from helpers.plans import context_of, found, settings_of

from codegpt_doctor.checks.dns import BY_PROXY, check_dns
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.engine.background import Task
from codegpt_doctor.model.observation import Failure, Resolution
from codegpt_doctor.model.report import Outcome, Stage

HOST = "llm.example.net"
NO_NAME = Failure(Stage.DNS, "EAI_NONAME", "[Errno -2] Name or service not known")
TRY_AGAIN = Failure(Stage.DNS, "EAI_AGAIN", "[Errno -3] Temporary failure in name resolution")
SAYS_NONE = "The resolver reports that the name does not exist."
IS_SILENT = "The resolver failed or did not respond, so the name may still exist."


def asked(seen: Resolution, url: str = f"https://{HOST}/v1") -> Outcome:
    return check_dns(context_of(Plan(dns=Task.done(seen)), settings_of(url)))


def test_the_addresses_are_told() -> None:
    outcome = asked(Resolution(f"resolve {HOST}", 7, addresses=("192.0.2.7", "2001:db8::7")))
    assert outcome.summary == f"{HOST} is 192.0.2.7 and 1 more (7 ms)"
    assert outcome.observations == {"addresses": ["192.0.2.7", "2001:db8::7"]}


def test_an_address_needs_no_name() -> None:
    seen = Resolution("resolve 192.0.2.7", addresses=("192.0.2.7",))
    assert asked(seen, "https://192.0.2.7/v1").summary == "192.0.2.7 is an address"


@pytest.mark.parametrize(
    ("failure", "entry_id", "said"),
    [
        (NO_NAME, "dns_failure", SAYS_NONE),
        (Failure(Stage.DNS, "EAI_NODATA", "no address"), "dns_failure", SAYS_NONE),
        (TRY_AGAIN, "dns_failure", IS_SILENT),
        # the words of another system, in another language
        (Failure(Stage.DNS, "EAI_NONAME", "Der angegebene Host ist unbekannt"), None, SAYS_NONE),
        (Failure(Stage.DNS, "UnicodeError", "label too long"), "bad_base_url", ""),
    ],
)
def test_what_the_resolver_said_decides(failure: Failure, entry_id: str | None, said: str) -> None:
    outcome = asked(Resolution(f"resolve {HOST}", failure=failure))
    assert (outcome.status, found(outcome)) == ("fail", entry_id or "dns_failure")
    assert outcome.finding
    assert outcome.finding.detail == said
    assert outcome.finding.stage is Stage.DNS


def test_a_resolver_that_is_silent_to_the_end_has_failed() -> None:
    outcome = check_dns(context_of(Plan(dns=Task(0.0))))
    assert (outcome.status, found(outcome)) == ("fail", "dns_failure")
    assert outcome.finding
    assert outcome.finding.detail == IS_SILENT


def test_a_name_that_was_found_at_the_second_attempt_is_a_warning() -> None:
    first = Resolution(f"resolve {HOST}", failure=TRY_AGAIN)
    outcome = asked(Resolution(f"resolve {HOST}", addresses=("192.0.2.7",), first_attempt=first))
    assert (outcome.status, found(outcome)) == ("warn", "dns_failure")
    assert "Temporary failure" in outcome.summary
    assert outcome.observations == {"addresses": ["192.0.2.7"]}


def test_it_is_left_to_the_proxy_where_that_looks_names_up() -> None:
    outcome = check_dns(context_of())
    assert (outcome.status, outcome.skipped_because) == ("skip", BY_PROXY)
