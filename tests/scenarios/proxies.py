"""Proxies that are down, refuse, want a password, or look into what passes."""

from scenarios.scenario import HEALTHY, QUICK, at, scenario
from scenarios.worlds import certificates, errors, refusals
from scenarios.worlds.api import ADDRESS, OPENAI, Api, api
from scenarios.worlds.network import here, named
from scenarios.worlds.proxies import (
    CLOSED,
    INSPECTOR,
    USER,
    WITH_PASSWORD,
    inspecting,
    squid,
    through,
    tunnels,
)

UNREACHABLE = "proxy_unreachable"
CANNOT = "proxy_cannot_connect"
PASSWORD = "proxy_authentication_required"
GUESS = "guess-9981"
NO_WAY = b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n"
NTLM = b"HTTP/1.1 407 Who are you\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n"
HOUSE = at("http://llm.corp.internal/v1")

LOCAL = "127.0.0.1"
LOCAL_SERVER = at(f"http://{LOCAL}:11434/v1")

SCENARIOS = (
    scenario(
        "proxy_for_this_computer",
        "loopback_through_proxy",
        api(None, LOCAL, LOCAL, port=11434, shows=None),
        squid(),
        through(variable="HTTP_PROXY"),
        arguments=LOCAL_SERVER,
        variables={"OPENAI_ADMIN_KEY": "sk-admin-" + "Mn4bVc8xZl2k" * 4},
        says="NO_PROXY=localhost,127.0.0.1,::1",
        nothing_for="api",
    ),
    scenario(
        "proxy_not_for_this_computer",
        HEALTHY,
        api(Api(needs_key=False), LOCAL, LOCAL, port=11434, shows=None),
        through(variable="HTTP_PROXY"),
        through("localhost,127.0.0.1,::1", "NO_PROXY"),
        arguments=LOCAL_SERVER,
    ),
    *(
        scenario(
            f"proxy_for_this_computer_called_{called}",
            "loopback_through_proxy",
            api(None, host, LOCAL, port=11434, shows=None, in_hosts=in_hosts),
            squid(),
            through(variable="HTTP_PROXY"),
            arguments=at(f"http://{host}:11434/v1"),
            says=f"NO_PROXY=localhost,127.0.0.1,::1,{host}",
            nothing_for="api",
        )
        for called, host, in_hosts in (
            ("by_a_name", "models.corp.example", True),
            ("in_short", "127.1", False),
        )
    ),
    scenario(
        "name_of_this_computer_that_leads_away",
        "bad_base_url",
        api(None, "evil.localhost", port=80, shows=None),
        arguments=at("http://evil.localhost/v1"),
        nothing_for="api",
    ),
    scenario("proxy_down", UNREACHABLE, api(), through(), says="HTTPS_PROXY"),
    scenario(
        "proxy_down_and_not_excluded",
        UNREACHABLE,
        api(),
        through(),
        through("*.openai.com", "NO_PROXY"),
        says="Set NO_PROXY=api.openai.com if api.openai.com needs no proxy.",
    ),
    scenario(
        "proxy_excluded_in_full",
        HEALTHY,
        api(),
        through(),
        through("api.openai.com", "NO_PROXY"),
    ),
    scenario("proxy_unknown", UNREACHABLE, api(), through("http://proxy.office.example:8080")),
    scenario(
        "proxy_dropped", UNREACHABLE, api(), through("http://198.51.100.9:3128"), timeout=QUICK
    ),
    scenario("proxy_wants_password", PASSWORD, api(), squid(WITH_PASSWORD), through()),
    scenario(
        "proxy_wants_password_for_http",
        PASSWORD,
        api(None, "llm.corp.internal", port=80, shows=None),
        squid(WITH_PASSWORD),
        through(variable="HTTP_PROXY"),
        arguments=(*HOUSE, "--allow-http"),
    ),
    scenario(
        "proxy_wrong_password",
        PASSWORD,
        api(),
        squid(WITH_PASSWORD),
        through(f"http://{USER}:{GUESS}@127.0.0.1:3128"),
        never_says=GUESS,
    ),
    scenario("proxy_wants_ntlm", PASSWORD, api(), tunnels(NTLM), through()),
    scenario(
        "proxy_refuses", UNREACHABLE, api(), squid(CLOSED), through(), says="ask whoever runs it"
    ),
    scenario("proxy_cannot_resolve", CANNOT, squid(), through(), says="could not reach"),
    scenario(
        "proxy_cannot_connect",
        CANNOT,
        named(OPENAI, ADDRESS),
        here(ADDRESS),
        squid(),
        through(),
    ),
    scenario("proxy_is_silent", UNREACHABLE, api(), tunnels(b""), through(), timeout=QUICK),
    scenario("proxy_is_a_web_server", UNREACHABLE, api(), tunnels(NO_WAY), through()),
    scenario("proxy_speaks_no_http", UNREACHABLE, api(), tunnels(b"\r\n"), through()),
    scenario(
        "proxy_is_not_encrypted",
        UNREACHABLE,
        api(),
        squid(),
        through("https://127.0.0.1:3128"),
        says="write http://",
    ),
    scenario(
        "proxy_untrusted",
        UNREACHABLE,
        api(),
        tunnels(shows=certificates.unknown_authority),
        through("https://127.0.0.1:3128"),
        also_right="tls_untrusted_certificate",
    ),
    scenario(
        "proxy_socks",
        UNREACHABLE,
        api(),
        through("socks5://127.0.0.1:1080", "ALL_PROXY"),
        says="socks5://127.0.0.1:1080 from ALL_PROXY",
    ),
    scenario(
        "proxy_beside_a_variable_for_socks",
        HEALTHY,
        api(),
        squid(),
        through(),
        through("socks5://127.0.0.1:1080", "ALL_PROXY"),
        warns=UNREACHABLE,
        says="ALL_PROXY",
    ),
    scenario(
        "proxy_beside_a_variable_for_socks_asked_by_sdk",
        UNREACHABLE,
        api(),
        squid(),
        through(),
        through("socks5://127.0.0.1:1080", "ALL_PROXY"),
        arguments=("--sdk",),
        says="socksio",
    ),
    scenario(
        "proxy_with_port_in_words",
        UNREACHABLE,
        api(),
        through("http://proxy:port"),
        says="http://host:port",
    ),
    scenario(
        "proxy_with_space_around",
        UNREACHABLE,
        api(),
        through(" http://127.0.0.1:3128"),
        says="whitespace",
    ),
    scenario("proxy_without_host", UNREACHABLE, api(), through("http://"), says="no host"),
    scenario(
        "proxy_not_encrypted_asked_by_sdk",
        UNREACHABLE,
        api(),
        through("http://proxy:port"),
        arguments=("--sdk",),
    ),
    scenario(
        "proxy_inspects", "tls_untrusted_certificate", inspecting(), through(), says=INSPECTOR
    ),
    scenario(
        "proxy_before_expired_certificate",
        "tls_certificate_expired",
        api(shows=certificates.expired),
        squid(),
        through(),
    ),
    scenario(
        "proxy_before_no_credit",
        "credit_balance_exhausted",
        api(Api(chat=errors.NO_CREDIT)),
        squid(),
        through(),
    ),
    scenario(
        "proxy_inspects_and_region",
        "incorrect_hostname",
        inspecting(Api(everything=refusals.OTHER_REGION), known=True),
        through(),
    ),
)
