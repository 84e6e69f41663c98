"""Set-ups that work, however unusual they are: no cause may be named, at most a warning."""

import gzip
import time
from typing import Any

from scenarios.answers import never
from scenarios.keys import GROQ
from scenarios.place import SECRET, World
from scenarios.scenario import HEALTHY, NOTHING_RUN, QUICK, Scenario, at, scenario
from scenarios.worlds import errors, refusals
from scenarios.worlds.admin import ADMIN_KEY, admin
from scenarios.worlds.api import (
    ADDRESS,
    ADDRESS_6,
    OPENAI,
    Answer,
    Api,
    Reply,
    Request,
    api,
    completion,
    models,
    reply,
    wrong_url,
)
from scenarios.worlds.certificates import trusted
from scenarios.worlds.clock import clock
from scenarios.worlds.home import in_home
from scenarios.worlds.names import resolver
from scenarios.worlds.network import named, status_page, without
from scenarios.worlds.proxies import (
    PASSWORD,
    USER,
    WITH_PASSWORD,
    inspecting,
    squid,
    through,
    tunnels,
)

LLAMA = Api(names=("llama3.2:3b",), models=models("llama3.2:3b"), needs_key=False)
HERE = "http://localhost:11434/v1"
HOUSE = "https://llm.corp.internal/v1"
GATEWAY = "https://gateway.example.net/v1"
LAB = (*at("http://10.20.30.40:8000/v1"), "--allow-http")
FAR, FAR_6 = "198.51.100.7", "2001:db8:f::7"
DEAD = "http://127.0.0.1:9"


def slowly(seconds: float) -> Answer:
    """A healthy API that thinks before each answer."""

    def answer(request: Request) -> Reply:
        time.sleep(seconds)
        return Api()(request)

    return answer


def squeezed(request: Request) -> Reply:
    """A healthy API that compresses, although nobody asked it to."""
    plain = Api()(request)
    packed = gzip.compress(plain.body)
    return Reply(plain.status, packed, {**plain.headers, "content-encoding": "gzip"})


def old_parameter(request: Request) -> Reply:
    """A model's answer, from a server that does not know the newer name of the token limit."""
    if "max_completion_tokens" in request.data:
        return errors.OLD_PARAMETER
    return completion()


class Flickering:
    """An API whose first answer on each path is an error; None for no answer at all."""

    def __init__(self, first: Reply | None) -> None:
        self.first = first
        self.asked: set[str] = set()

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        if request.path in self.asked:
            return Api()(request)
        self.asked.add(request.path)
        if self.first is None:
            raise ConnectionAbortedError
        return self.first


def healthy(name: str, *worlds: World, **more: Any) -> Scenario:
    """A scenario in which nothing may be found."""
    return scenario(name, HEALTHY, *worlds, **more)


def listing(name: str, answer: Reply | Answer, **more: Any) -> Scenario:
    """The model answers, but the list of models is not given."""
    return healthy(name, api(Api(models=answer)), **more)


ADDRESSES = (
    healthy("everything_as_usual", status_page("none"), api(), nothing_for="status"),
    healthy("ipv4_alone", api(), without(6)),
    healthy("ipv6_alone", api(None, OPENAI, ADDRESS_6), without(4)),
    healthy("both_families", api(None, OPENAI, ADDRESS, ADDRESS_6)),
    healthy("ipv6_without_route", named(OPENAI, FAR_6), api(), without(6), warns="ipv6_broken"),
    healthy("ipv6_dropped", named(OPENAI, FAR_6), api(), warns="ipv6_broken"),
    healthy(
        "ipv4_dropped",
        named(OPENAI, FAR),
        api(None, OPENAI, ADDRESS_6),
        says="IPv6 works, IPv4 does not",
    ),
    healthy("first_addresses_dead", named(OPENAI, FAR, "198.51.100.8"), api()),
    healthy(
        "localhost_on_ipv4_only",
        api(LLAMA, "localhost", "127.0.0.1", port=11434, shows=None),
        arguments=at(HERE),
        warns="ipv6_broken",
        says="127.0.0.1",
    ),
    healthy(
        "localhost_on_ipv6_only",
        api(LLAMA, "localhost", "::1", port=11434, shows=None),
        arguments=at(HERE),
    ),
    healthy("private_address", api(LLAMA, "10.20.30.40", port=8000, shows=None), arguments=LAB),
    healthy("private_name", api(None, "llm.corp.internal"), arguments=at(HOUSE)),
    healthy(
        "private_name_and_path",
        api(Api(prefix="/api/llm/v1"), "llm.corp.internal", port=8443),
        arguments=at("https://llm.corp.internal:8443/api/llm/v1/"),
    ),
    healthy("address_with_certificate", api(None, ADDRESS), arguments=at(f"https://{ADDRESS}/v1")),
    healthy(
        "ipv6_address_with_certificate",
        api(None, ADDRESS_6),
        arguments=at(f"https://[{ADDRESS_6}]/v1"),
    ),
    healthy(
        "regional_host",
        api(None, "eu.api.openai.com"),
        arguments=at("https://eu.api.openai.com/v1"),
    ),
    healthy(
        "resolver_that_answers",
        resolver({OPENAI: (ADDRESS, ADDRESS_6)}),
        api(None, OPENAI, ADDRESS, ADDRESS_6, in_hosts=False),
    ),
)

GATEWAYS = (
    listing("no_list_of_models", wrong_url, warns="endpoint_not_found"),
    listing("page_for_the_list_of_models", errors.PORTAL, warns="unexpected_html"),
    listing("list_of_models_fails", errors.SERVER_ERROR),
    listing("list_of_models_hangs", never, timeout=QUICK),
    listing("list_of_models_is_bare", reply([{"id": "gpt-5.4-mini"}])),
    listing("list_of_models_is_limited", errors.REQUESTS_A_MINUTE),
    listing("list_of_models_is_empty", models()),
    healthy("no_authentication", api(LLAMA, "gateway.example.net"), arguments=at(GATEWAY)),
    healthy("models_of_its_own", api(LLAMA)),
    healthy(
        "model_not_listed",
        api(Api(models=models("gpt-4o"), names=("house-model",))),
        arguments=("--model", "house-model"),
    ),
    healthy(
        "first_choice_missing", api(Api(models=models("gpt-4.1-mini"), names=("gpt-4.1-mini",)))
    ),
    healthy("compressed", api(squeezed)),
    healthy("token_limit_by_its_old_name", api(Api(chat=old_parameter))),
    healthy("responses_only", api(Api(chat=errors.ONLY_RESPONSES))),
    healthy("token_limit_reached", api(Api(chat=errors.OUTPUT_LIMIT))),
)

KEYS = (
    listing("key_may_infer_but_not_list", refusals.MAY_NOT_LIST, warns="insufficient_permissions"),
    healthy("key_of_another_shape", api(), variables={"OPENAI_API_KEY": "house-key-31415926"}),
    healthy(
        "key_that_a_gateway_of_ones_own_was_given",
        api(LLAMA, "llm.corp.internal"),
        arguments=at(HOUSE),
        variables={"OPENAI_API_KEY": "sk-1234masterkey"},
        never_says="placeholder",
    ),
    healthy(
        "key_at_its_own_provider",
        api(Api(prefix="/openai/v1"), "api.groq.com"),
        arguments=at("https://api.groq.com/openai/v1"),
        variables={"OPENAI_API_KEY": GROQ},
    ),
    healthy(
        "key_in_a_file",
        api(),
        in_home(".env", f"OPENAI_API_KEY={SECRET}\n"),
        variables={"OPENAI_API_KEY": None},
    ),
    healthy(
        "key_in_a_file_too",
        api(),
        in_home(".env", "OPENAI_API_KEY=house-key-31415926\n"),
        says=".env differ",
    ),
    healthy("admin_key", api(Api(admin=admin)), variables={"OPENAI_ADMIN_KEY": ADMIN_KEY}),
    healthy(
        "admin_key_without_rights",
        api(Api(admin=refusals.MAY_NOT_SEE_COSTS)),
        variables={"OPENAI_ADMIN_KEY": ADMIN_KEY},
        warns="insufficient_permissions",
    ),
    healthy("organization_empty", api(), variables={"OPENAI_ORG_ID": ""}, says="empty"),
    healthy(
        "base_url_of_older_programs",
        api(),
        variables={"OPENAI_API_BASE": "https://old.example.net/v1"},
        says="OPENAI_API_BASE",
    ),
    healthy("nothing_spent", api(), arguments=("--no-spend",), untested=NOTHING_RUN),
    healthy("second_opinion", api(), arguments=("--sdk",)),
)

TIME = (
    healthy("slow", api(slowly(3.3)), warns="slow_response"),
    healthy(
        "slow_names",
        resolver({OPENAI: (ADDRESS,)}, delay=1.7),
        api(in_hosts=False),
        warns="slow_response",
        says="dns",
    ),
    healthy("clock_somewhat_wrong", api(), clock("-20m"), warns="clock_skew"),
    healthy(
        "failed_once", api(Flickering(errors.BAD_GATEWAY)), warns="bad_gateway", says="Intermittent"
    ),
    healthy("hung_up_once", api(Flickering(None)), warns="connection_reset", says="Intermittent"),
)

PROXIES = (
    healthy("proxy", api(), squid(), through()),
    healthy(
        "proxy_with_password",
        api(),
        squid(WITH_PASSWORD),
        through(f"http://{USER}:{PASSWORD}@127.0.0.1:3128"),
        never_says=PASSWORD,
    ),
    healthy("proxy_in_lower_case", api(), squid(), through(variable="https_proxy")),
    healthy("proxy_for_everything", api(), squid(), through(variable="ALL_PROXY")),
    healthy("proxy_without_scheme", api(), squid(), through("127.0.0.1:3128")),
    healthy(
        "proxy_for_http",
        api(LLAMA, "llm.corp.internal", port=80, shows=None),
        squid(),
        through(variable="HTTP_PROXY"),
        arguments=(*at("http://llm.corp.internal/v1"), "--allow-http"),
    ),
    healthy("proxy_that_inspects_and_is_known", inspecting(known=True), through()),
    healthy("proxy_that_alone_can_resolve", inspecting(known=True), through(), without(4, 6)),
    healthy(
        "proxy_encrypted",
        api(),
        tunnels(to=(ADDRESS, 443), shows=trusted),
        through("https://127.0.0.1:3128"),
    ),
    healthy("proxy_empty", api(), through("")),
    healthy("proxy_for_http_only", api(), through(DEAD, "HTTP_PROXY")),
    healthy(
        "no_proxy_for_the_host", api(), through(DEAD), through("localhost, .openai.com", "NO_PROXY")
    ),
    healthy("no_proxy_at_all", api(), through(DEAD), through("*", "NO_PROXY")),
    healthy(
        "no_proxy_for_a_network",
        api(LLAMA, "10.20.30.40", port=8000, shows=None),
        through(DEAD, "HTTP_PROXY"),
        through("10.0.0.0/8", "no_proxy"),
        arguments=LAB,
    ),
)

SCENARIOS = (*ADDRESSES, *GATEWAYS, *KEYS, *TIME, *PROXIES)
