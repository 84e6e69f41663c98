"""The way to the API: names, routes, ports, and connections that break."""

from scenarios.answers import never
from scenarios.scenario import QUICK, at, scenario
from scenarios.worlds import raw
from scenarios.worlds.api import ADDRESS, OPENAI, Api, api
from scenarios.worlds.names import REFUSED, SERVFAIL, resolver, silent_resolver
from scenarios.worlds.network import (
    NEUTRAL,
    NEUTRAL_ADDRESS,
    filtered,
    here,
    internet,
    named,
    offline,
    routed,
    tarpit,
    without,
)

FAR, FAR_6 = "198.51.100.7", "2001:db8:f::7"  # where the cable leads to, and nobody answers
TO_PORT = f"ip daddr {ADDRESS} tcp dport 443"
REACHED = f"{NEUTRAL} can be reached"
HANDSHAKE = raw.raw(raw.reset, encrypted=False)

NAMES = (
    scenario("no_resolver", "dns_failure", says=f"{NEUTRAL} does not resolve either"),
    scenario("name_unknown", "dns_failure", resolver(), says="the name does not exist"),
    scenario(
        "name_blocked",
        "dns_failure",
        resolver({NEUTRAL: (NEUTRAL_ADDRESS,)}),
        internet,
        says="Other names resolve",
    ),
    scenario("name_without_addresses", "dns_failure", resolver({OPENAI: ()})),
    scenario("resolver_fails", "dns_failure", resolver(otherwise=SERVFAIL), says="resolver"),
    scenario("resolver_refuses", "dns_failure", resolver(otherwise=REFUSED)),
    scenario("resolver_silent", "dns_failure", silent_resolver, timeout=QUICK, says="resolver"),
    scenario(
        "name_leads_home", "connection_refused", internet, named(OPENAI, "127.0.0.1"), says="hosts"
    ),
    scenario(
        "name_leads_nowhere",
        "connection_refused",
        internet,
        named(OPENAI, "0.0.0.0"),
        says="filter",
    ),
)

ROUTES = (
    scenario("offline", "dns_failure", offline, says="no route"),
    scenario(
        "name_unknown_without_route",
        "dns_failure",
        resolver(),
        without(4, 6),
        says="the name does not exist",
    ),
    scenario("reset_without_route", "connection_reset", HANDSHAKE, without(4, 6)),
    scenario(
        "silent_without_default_route",
        "request_timeout",
        named(OPENAI, FAR),
        routed(f"{FAR} via 192.0.2.1"),
        without(4, 6),
        timeout=QUICK,
    ),
    scenario("no_route", "network_unreachable", named(OPENAI, FAR), without(4, 6), says="no route"),
    scenario(
        "no_route_for_ipv6", "network_unreachable", internet, named(OPENAI, FAR_6), without(6)
    ),
    scenario(
        "route_unreachable",
        "network_unreachable",
        internet,
        named(OPENAI, FAR),
        routed(f"unreachable {FAR}"),
    ),
    scenario(
        "route_blackhole",
        "network_unreachable",
        internet,
        named(OPENAI, FAR),
        routed(f"blackhole {FAR}"),
    ),
    scenario(
        "route_prohibited",
        "network_unreachable",
        internet,
        named(OPENAI, FAR),
        routed(f"prohibit {FAR}"),
    ),
    scenario(
        "host_unreachable",
        "network_unreachable",
        internet,
        api(),
        filtered(f"{TO_PORT} reject with icmp host-unreachable"),
    ),
)

PORTS = (
    scenario(
        "nobody_listens",
        "connection_refused",
        internet,
        named(OPENAI, ADDRESS),
        here(ADDRESS),
        says=REACHED,
    ),
    scenario(
        "connection_rejected",
        "connection_refused",
        internet,
        api(),
        filtered(f"{TO_PORT} reject with tcp reset"),
    ),
    scenario(
        "packets_dropped",
        "request_timeout",
        internet,
        api(),
        filtered(f"{TO_PORT} drop"),
        timeout=QUICK,
        says=REACHED,
    ),
    scenario(
        "packets_dropped_here",
        "request_timeout",
        internet,
        api(),
        filtered(f"{TO_PORT} drop", "output"),
        timeout=QUICK,
    ),
    scenario(
        "ipv6_alone_and_dropped", "request_timeout", internet, named(OPENAI, FAR_6), timeout=QUICK
    ),
    scenario(
        "everything_dropped",
        "request_timeout",
        named(OPENAI, FAR),
        named(NEUTRAL, FAR),
        timeout=QUICK,
        says=f"{NEUTRAL} cannot be reached either",
    ),
    scenario(
        "everything_dropped_by_default", "request_timeout", named(OPENAI, FAR), named(NEUTRAL, FAR)
    ),
    scenario(
        "address_of_ipv4_where_there_is_ipv6_alone",
        "network_unreachable",
        without(4),
        arguments=at(f"https://{FAR}/v1"),
        says="This computer has IPv6 and no IPv4",
    ),
    scenario(
        "server_at_the_other_address_of_this_computer",
        "connection_refused",
        api(None, "localhost", "::1", port=8000, shows=None),
        arguments=at("http://127.0.0.1:8000/v1"),
        says="--base-url http://[::1]:8000/v1",
    ),
    scenario(
        "ipv4_refused_and_ipv6_without_route",
        "connection_refused",
        internet,
        named(OPENAI, ADDRESS, FAR_6),
        here(ADDRESS),
        without(6),
        also_right="network_unreachable",
    ),
)

BREAKS = (
    scenario(
        "connection_swallowed",
        "request_timeout",
        internet,
        tarpit(ADDRESS, 443, OPENAI),
        timeout=QUICK,
        says=REACHED,
    ),
    scenario(
        "large_packets_lost",
        "request_timeout",
        internet,
        api(),
        filtered(f"{TO_PORT} meta length > 300 drop"),
        timeout=QUICK,
    ),
    scenario(
        "request_unanswered", "request_timeout", internet, api(Api(everything=never)), timeout=QUICK
    ),
    scenario("answer_reset", "connection_reset", internet, raw.raw(raw.reset)),
    scenario("answer_hung_up", "connection_reset", internet, raw.raw(raw.hang_up)),
    scenario("handshake_reset", "connection_reset", internet, HANDSHAKE, says=REACHED),
    scenario(
        "answer_cut",
        "malformed_response",
        raw.raw(raw.saying(raw.CUT)),
        also_right="connection_reset",
    ),
    scenario(
        "chunk_cut",
        "malformed_response",
        raw.raw(raw.saying(raw.CUT_CHUNK)),
        also_right="connection_reset",
    ),
)

SCENARIOS = (*NAMES, *ROUTES, *PORTS, *BREAKS)
