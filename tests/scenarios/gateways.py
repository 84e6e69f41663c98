"""What stands before an API or in its place: gateways, proxies that refuse, other services."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scenarios.place import Place, World
from scenarios.scenario import QUICK, Scenario, at, scenario
from scenarios.worlds.api import Api, Reply, api, failing, page, reply
from scenarios.worlds.network import here, named
from scenarios.worlds.proxies import through, tunnels
from scenarios.worlds.sockets import listening

GATEWAY = "llm.corp.internal"
HOUSE = at(f"https://{GATEWAY}/v1")
NEVER = ("platform.openai.com", "billing page")  # of a provider whose server it is not
AT_HOUSE: dict[str, Any] = {"arguments": HOUSE, "never_says": NEVER}


def behind(name: str, expected: str, answer: Any, **more: Any) -> Scenario:
    """A gateway that gives its list of models, and answers so for the model."""
    world = api(Api(chat=answer), GATEWAY)
    return scenario(name, expected, world, **{**AT_HOUSE, **more})


def refused(name: str, expected: str, answer: Reply, **more: Any) -> Scenario:
    """A gateway that answers everything in the same way."""
    world = api(Api(everything=answer), GATEWAY)
    return scenario(name, expected, world, arguments=HOUSE, never_says=NEVER, **more)


def titled(status: int, title: str) -> Reply:
    """A page of nginx."""
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return page(html, status)


NO_UPSTREAM_KEY = failing(
    500,
    "litellm.InternalServerError: Missing credentials. Please pass one of `api_key`, or set the "
    "`OPENAI_API_KEY` environment variable.",
    None,
    "500",
)
NO_GOOD_KEY = failing(
    401,
    "litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key "
    "provided: sk-pr***9xyz. You can find your API key at the API keys page.",
    "invalid_request_error",
    "invalid_api_key",
)
NO_GOOD_KEY_AT_ANTHROPIC = failing(
    401,
    'litellm.AuthenticationError: AnthropicException - {"type":"error","error":{"type":'
    '"authentication_error","message":"invalid x-api-key"}}. Received Model Group=claude',
    None,
    "401",
)
SQUID = page(
    "<!DOCTYPE html><html><head><title>ERROR: The requested URL could not be retrieved</title>"
    "<style>body { margin: 0 }</style></head><body><p>Invalid URL</p></body></html>",
    400,
    {"server": "squid/5.7", "x-squid-error": "ERR_INVALID_URL 0"},
)
BASIC = {"www-authenticate": 'Basic realm="Team"'}


PAGES = (
    behind("gateway_takes_no_body", "upload_too_large", titled(413, "Request Entity Too Large")),
    refused(
        "gateway_with_password",
        "invalid_authentication",
        page("<html><title>401 Authorization Required</title></html>", 401, BASIC),
        says='Basic realm="Team"',
    ),
    refused(
        "gateway_with_password_without_a_word",
        "invalid_authentication",
        Reply(401, b"", BASIC),
        says="whoever runs llm.corp.internal",
    ),
    refused("gateway_forbids", "forbidden_unspecified", titled(403, "403 Forbidden")),
    refused("gateway_forbids_by_law", "forbidden_unspecified", titled(451, "Unavailable")),
    refused(
        "gateway_wants_a_device_certificate",
        "client_certificate_required",
        titled(496, "SSL Certificate Required"),
    ),
    refused("gateway_without_that_path", "endpoint_not_found", titled(404, "404 Not Found")),
    refused(
        "gateway_takes_no_such_headers",
        "unexpected_html",
        titled(431, "Request Header Fields Too Large"),
        says="The status 431 means: Request Header Fields Too Large.",
    ),
    refused("gateway_of_a_rare_status", "server_error", titled(508, "Loop Detected"), says="508"),
    refused("squid_in_place_of_an_api", "unexpected_html", SQUID, says="a proxy (squid)"),
)

UPSTREAM = (
    behind("gateway_lacks_a_key", "gateway_has_no_credentials", NO_UPSTREAM_KEY),
    *(
        behind(f"gateway_key_is_refused_by_{name}", "gateway_has_no_credentials", answer)
        for name, answer in (
            ("openai", NO_GOOD_KEY),
            ("anthropic", NO_GOOD_KEY_AT_ANTHROPIC),
        )
    ),
    behind(
        "gateway_gave_up",
        "gateway_timeout",
        failing(408, "litellm.Timeout: APITimeoutError - Request timed out.", "timeout", "408"),
    ),
    behind(
        "gateway_and_its_provider_disagree",
        "upstream_error",
        failing(
            404,
            "litellm.NotFoundError: OpenAIException - Error code: 404 - {'detail': 'Not Found'}. "
            "Received Model Group=gpt-4o-mini",
            None,
            "404",
        ),
    ),
    behind(
        "gateway_budget",
        "gateway_budget_exceeded",
        failing(429, "Budget has been exceeded! Current cost: 10.02", "budget_exceeded", "429"),
    ),
    behind(
        "gateway_limits_without_a_word",
        "rate_limit_unspecified",
        reply({"error": "Rate limit exceeded: 5 per 1 minute"}, 429),
        says=("Wait a minute", f"Ask whoever runs {GATEWAY} which limits are set"),
    ),
    refused(
        "gateway_says_that_the_key_expired",
        "api_key_expired",
        failing(400, "Authentication Error - Expired Key.", "expired_key", "400"),
    ),
    refused(
        "gateway_looks_for_the_key_elsewhere",
        "missing_api_key",
        reply({"message": "No API key found in request"}, 401),
        says=("A key was sent in the header Authorization", f"Ask whoever runs {GATEWAY} which"),
    ),
    refused(
        "gateway_without_database",
        "invalid_api_key",
        failing(400, "No connected db.", "no_db_connection", "400"),
    ),
)


# a good status proves nothing: what stands in the body is another API's, or a refusal
DISGUISED = (
    behind(
        "answer_of_another_api",
        "malformed_response",
        reply({"type": "message", "content": [{"text": "Hi"}], "usage": {"output_tokens": 2}}),
        says=("it returned something else", '"type": "message"'),
    ),
    behind(
        "answer_that_is_a_refusal",
        "invalid_authentication",
        reply({"code": 401, "msg": "token expired or incorrect", "success": False}),
        also_right=("invalid_api_key", "api_key_expired", "token_expired"),
        says="The response has the status 200, but its body says 401.",
    ),
    behind(
        "answer_in_an_encoding_nobody_asked_for",
        "malformed_response",
        Reply(200, b"\x1b\xff\x01\xf8%\x00" * 9, {"content-encoding": "br"}),
        says=f"Ask whoever runs {GATEWAY} to send br only to clients that accept it",
        never_says="send the request once more",
    ),
    behind(
        "answer_that_was_given_up_without_a_word",
        "request_timeout",
        Reply(408, b""),
        says="The server itself, or a gateway in front of it, ended the request",
        never_says="within 0 s",
    ),
)


def answering(status: str, *headers: str, body: bytes = b"") -> bytes:
    """What a proxy says to a request for a tunnel."""
    lines = (f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body


def tunnel(name: str, expected: str, answer: bytes, *worlds: World, **more: Any) -> Scenario:
    """A proxy that opens no tunnel."""
    return scenario(name, expected, api(), tunnels(answer), *(worlds or (through(),)), **more)


ZSCALER = b"<html><head><title>Blocked by Zscaler</title></head><body>Category: AI</body></html>"
SCHEMES = ("Proxy-Authenticate: Negotiate", "Proxy-Authenticate: NTLM")

TUNNELS = (
    tunnel(
        "proxy_takes_windows_sign_in",
        "proxy_authentication_required",
        answering("407 Who", *SCHEMES),
        says="Negotiate, NTLM",
    ),
    tunnel(
        "proxy_refuses_the_password",
        "proxy_authentication_required",
        answering("407 Who", 'Proxy-Authenticate: Basic realm="x"'),
        through("http://mara:guess-9981@127.0.0.1:3128"),
        says="It refused the user name and password",
        never_says="guess-9981",
    ),
    tunnel(
        "proxy_refuses_the_password_with_401",
        "proxy_authentication_required",
        answering("401 Unauthorized"),
        through("http://mara:guess-9981@127.0.0.1:3128"),
        says="Correct the user name and password in HTTPS_PROXY.",
        never_says="guess-9981",
    ),
    tunnel(
        "web_server_in_place_of_a_proxy",
        "proxy_unreachable",
        answering("400 Bad Request"),
        says="Compare host and port in HTTPS_PROXY with those of the proxy.",
        never_says="Ask IT to let the proxy",
    ),
    tunnel(
        "proxy_says_why",
        "proxy_unreachable",
        answering("403 Forbidden", "Content-Type: text/html", body=ZSCALER),
        says="Blocked by Zscaler",
    ),
    *(
        tunnel(f"proxy_answers_{status}", "proxy_cannot_connect", answering(f"{status} No"))
        for status in (500, 502, 503, 504)
    ),
    tunnel("proxy_is_for_socks", "proxy_unreachable", b"\x05\xff", says="socks5h://"),
    tunnel("proxy_is_no_proxy", "proxy_unreachable", b"\xff\x00\x13", says="not an HTTP proxy"),
)


def speaking(data: bytes, port: int) -> World:
    """A service on this computer that says the same to everybody."""

    @contextmanager
    def world(_: Place) -> Iterator[None]:
        def serve(connection: Any) -> None:
            connection.recv(65536)
            connection.sendall(data)
            connection.close()

        with listening("127.0.0.1", port, serve):
            yield

    return world


IN_PLACE = (
    scenario(
        "socks_in_place_of_an_api",
        "malformed_response",
        speaking(b"\x05\xff", 1080),
        arguments=at("http://127.0.0.1:1080/v1"),
        says="speaks SOCKS",
    ),
    scenario(
        "http_2_alone",
        "malformed_response",
        speaking(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80", 1080),
        arguments=at("http://127.0.0.1:1080/v1"),
        says="speaks only HTTP/2",
        never_says="no API listens there",
    ),
    scenario(
        "portal_that_is_closed_to_programs",
        "request_timeout",
        named("api.openai.com", "10.20.30.40"),
        timeout=QUICK,
        says="sign in to the network",
    ),
    scenario(
        "server_of_the_own_network_is_down",
        "connection_refused",
        named("llm.corp.example", "10.20.30.40"),
        here("10.20.30.40"),
        arguments=at("https://llm.corp.example/v1"),
        says="Start the local server or gateway",
        never_says="sign in to the network",
    ),
    scenario(
        "page_of_this_computer",
        "unexpected_html",
        api(Api(everything=titled(200, "Printer")), "127.0.0.1", "127.0.0.1", port=631, shows=None),
        arguments=at("http://127.0.0.1:631/v1"),
        says="Check that http://127.0.0.1:631/v1 is the API's address: it returned a web page",
        never_says=("IT department", "accept the terms"),
    ),
    refused(
        "redirect_for_a_slash",
        "unexpected_redirect",
        Reply(301, b"", {"location": "/v1/models/"}),
        says=f"Ask whoever runs {GATEWAY} to respond at /models directly",
    ),
    refused(
        "redirect_to_another_host",
        "unexpected_redirect",
        Reply(308, b"", {"location": "https://llm.example.org/v2/models"}),
        says=f"Ask whoever runs {GATEWAY} whether the API has moved to https://llm.example.org/v2",
    ),
    scenario(
        "server_of_the_own_network",
        "bad_base_url",
        api(Api(needs_key=False), "10.20.30.40", port=8000, shows=None),
        arguments=at("http://10.20.30.40:8000/v1"),
        says="--allow-http",
        nothing_for="api",
    ),
    scenario(
        "local_address_without_scheme",
        "bad_base_url",
        arguments=at("127.0.0.1:9002/v1"),
        says="--base-url http://127.0.0.1:9002/v1",
    ),
)

SCENARIOS = (*PAGES, *UPSTREAM, *DISGUISED, *TUNNELS, *IN_PLACE)
