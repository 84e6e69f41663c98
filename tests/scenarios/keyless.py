"""Without a key, and with two: no broken way is hidden, and the key that works is named."""

from typing import Any

from scenarios.place import SECRET, World
from scenarios.scenario import HEALTHY, Scenario, at, scenario
from scenarios.worlds import certificates, refusals
from scenarios.worlds.api import Api, Reply, Request, api
from scenarios.worlds.home import in_home
from scenarios.worlds.network import offline
from scenarios.worlds.proxies import CLOSED, inspecting, squid, through

NO_KEY = {"OPENAI_API_KEY": None}
EVERYTHING = ("key", "model", "inference", "credit")
OLD = "sk-proj-" + "Ol7dKey4Aa9Zq" * 4


def without(name: str, expected: str, *worlds: World, **more: Any) -> Scenario:
    """A run to which nobody gave a key."""
    return scenario(name, expected, *worlds, variables=NO_KEY, **more)


def on_purpose(name: str, expected: str, *worlds: World, **more: Any) -> Scenario:
    """A run that is told to do without one, though there is one."""
    return scenario(name, expected, *worlds, arguments=("--no-key",), untested=EVERYTHING, **more)


def knowing_one_key(request: Request) -> Reply:
    """A server that knows the key of the place, and no other."""
    known = request.headers.get("authorization") == f"Bearer {SECRET}"
    return Api()(request) if known else refusals.INVALID_KEY


NETWORK = (
    without("no_key_and_proxy_refuses", "proxy_unreachable", api(), squid(CLOSED), through()),
    without("no_key_and_inspection", "tls_untrusted_certificate", inspecting(), through()),
    without("no_key_and_no_names", "dns_failure"),
    without("no_key_and_expired", "tls_certificate_expired", api(shows=certificates.expired)),
    without("no_key_and_all_well", "missing_api_key", api()),
    without(
        "no_key_and_address_wrong",
        "bad_base_url",
        arguments=at("https:/api.openai.com/v1"),
        also_right="missing_api_key",
    ),
)

ON_PURPOSE = (
    on_purpose("way_alone", HEALTHY, api(), never_says=SECRET),
    on_purpose("way_alone_is_offline", "dns_failure", offline),
    on_purpose("way_alone_is_inspected", "tls_untrusted_certificate", inspecting(), through()),
)

TWO_KEYS = (
    scenario(
        "old_key_before_a_good_one",
        "invalid_api_key",
        api(knowing_one_key),
        in_home(".env", f"OPENAI_API_KEY={SECRET}\n"),
        variables={"OPENAI_API_KEY": OLD},
        says="The one from OPENAI_API_KEY in .env",
    ),
    scenario(
        "two_keys_and_none_is_known",
        "invalid_api_key",
        api(Api(everything=refusals.INVALID_KEY)),
        in_home(".env", f"OPENAI_API_KEY={OLD}\n"),
        says="which is refused too",
    ),
)

SCENARIOS = (*NETWORK, *ON_PURPOSE, *TWO_KEYS)
