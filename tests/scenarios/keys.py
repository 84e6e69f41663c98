"""Who asks: keys, organizations and projects that are refused, or that never could have worked."""

from typing import Any

from scenarios.place import SECRET
from scenarios.scenario import NOTHING_RUN, Scenario, at, scenario
from scenarios.worlds import refusals
from scenarios.worlds.api import Api, Reply, Request, api

GROQ = "gsk_" + "Ab3Cd9Ef7Gh1" * 4 + "Jk5L"
ANTHROPIC = "sk-ant-api03-" + "Ab3Cd9Ef7Gh1" * 8
SIGN_IN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4eXoxMjMifQ.c2lnbmF0dXJlc2lnbmF0dXJl"


def refused(name: str, expected: str, answer: Reply, **more: Any) -> Scenario:
    """Every request is refused in the same way."""
    return scenario(name, expected, api(Api(everything=answer)), **more)


def refused_with(name: str, expected: str, header: str, answer: Reply, **more: Any) -> Scenario:
    """Only what carries a header is refused, so that it takes the header to find out."""

    def choose(request: Request) -> Reply:
        return answer if header in request.headers else Api()(request)

    return scenario(name, expected, api(choose), **more)


def holding(name: str, expected: str, key: str | None, **more: Any) -> Scenario:
    """The server knows no such key, and this is what OPENAI_API_KEY holds."""
    return refused(name, expected, refusals.INVALID_KEY, variables={"OPENAI_API_KEY": key}, **more)


def inferring(name: str, expected: str, answer: Reply, **more: Any) -> Scenario:
    """The list of models is given, but the model's answer is refused."""
    return scenario(name, expected, api(Api(chat=answer)), **more)


REFUSED = (
    refused("key_unknown", "invalid_api_key", refusals.INVALID_KEY),
    refused("key_revoked", "invalid_api_key", refusals.REVOKED),
    refused(
        "key_unknown_nothing_spent",
        "invalid_api_key",
        refusals.INVALID_KEY,
        arguments=("--no-spend",),
        untested=NOTHING_RUN,
    ),
    refused("refused_without_a_word", "invalid_authentication", refusals.NO_WORDS),
    refused("header_taken_away", "missing_api_key", refusals.NO_HEADER),
    refused("token_unreadable", "malformed_authorization", refusals.UNREADABLE_TOKEN),
    refused("sign_in_expired", "token_expired", refusals.EXPIRED_TOKEN),
    refused("key_of_another_provider_echoed", "wrong_provider_key", refusals.OTHERS_KEY),
    refused("no_member", "not_organization_member", refusals.NO_MEMBER),
    refused("address_not_on_the_list", "ip_not_authorized", refusals.OTHER_ADDRESS),
    refused("account_deactivated", "account_deactivated", refusals.DEACTIVATED),
    refused("access_terminated", "account_deactivated", refusals.TERMINATED),
    refused(
        "region_us",
        "incorrect_hostname",
        refusals.OTHER_REGION,
        says="https://us.api.openai.com/v1",
    ),
    refused("region_none", "incorrect_hostname", refusals.NOT_FOR_YOUR_REGION),
    refused("browser_only", "session_key_required", refusals.BROWSER_ONLY),
    refused("country", "unsupported_country", refusals.COUNTRY),
    refused("forbidden", "forbidden_unspecified", refusals.FORBIDDEN),
    refused("cloudflare_block", "cloudflare_blocked", refusals.CLOUDFLARE),
    refused("cloudflare_challenge", "cloudflare_blocked", refusals.CHALLENGE),
    inferring("may_not_infer", "insufficient_permissions", refusals.MAY_NOT_INFER),
    inferring(
        "may_not_infer_nothing_spent",
        "insufficient_permissions",
        refusals.MAY_NOT_INFER,
        arguments=("--no-spend",),
        untested=NOTHING_RUN,
    ),
    inferring("not_verified", "organization_not_verified", refusals.UNVERIFIED),
    inferring(
        "key_that_lists_but_may_not_infer",
        "invalid_api_key",
        refusals.INVALID_KEY,
        says="GET /models works with this key",
    ),
)

HEADERS = (
    refused_with(
        "organization_of_another_account",
        "organization_mismatch",
        "openai-organization",
        refusals.OTHER_ORGANIZATION,
        variables={"OPENAI_ORG_ID": "org-left-over"},
        says="OPENAI_ORG_ID",
    ),
    refused_with(
        "organization_by_name",
        "invalid_organization",
        "openai-organization",
        refusals.NO_ORGANIZATION,
        arguments=("--organization", "Personal"),
    ),
    refused_with(
        "project_of_another_account",
        "project_mismatch",
        "openai-project",
        refusals.OTHER_PROJECT,
        variables={"OPENAI_PROJECT_ID": "proj_left_over"},
        says="OPENAI_PROJECT_ID",
    ),
)

CANNOT_BE = (
    scenario(
        "organization_masked",
        "bad_setting",
        api(),
        variables={"OPENAI_ORG_ID": "org-\u2026wxyz"},
        says="OPENAI_ORG_ID",
        nothing_for="api",
    ),
    scenario(
        "project_with_line_break",
        "bad_setting",
        api(),
        variables={"OPENAI_PROJECT_ID": "proj_Ab3Cd9\n"},
        says="OPENAI_PROJECT_ID",
        nothing_for="api",
    ),
    scenario(
        "base_url_with_invisible_end",
        "bad_base_url",
        api(),
        arguments=at("https://api.openai.com/v1\u200b"),
        says="--base-url https://api.openai.com/v1",
        nothing_for="api",
    ),
    scenario(
        "base_url_with_a_query",
        "endpoint_not_found",
        api(),
        arguments=at("https://api.openai.com/v1?api-version=1"),
        says="--base-url https://api.openai.com/v1",
        nothing_for="api",
    ),
    scenario(
        "key_of_groq_for_a_gateway",
        "wrong_provider_key",
        api(None, "gateway.example.net"),
        arguments=at("https://gateway.example.net/v1"),
        variables={"OPENAI_API_KEY": GROQ},
        says="Groq",
    ),
)

LOOKS = (
    holding("key_missing", "missing_api_key", None),
    holding("key_empty", "missing_api_key", "", says="empty"),
    holding("key_blank", "missing_api_key", " ", says="whitespace"),
    holding("key_with_line_break", "malformed_authorization", f"{SECRET}\n", says="line break"),
    holding("key_with_space_behind", "malformed_authorization", f"{SECRET} ", says="whitespace"),
    holding(
        "key_with_invisible_character", "malformed_authorization", f"{SECRET}\u200b", says="U+200B"
    ),
    holding("key_in_curly_quotes", "malformed_authorization", f"\u201c{SECRET}\u201d"),
    holding("key_in_quotes", "malformed_authorization", f'"{SECRET}"', says="quotes"),
    holding("key_with_bearer", "malformed_authorization", f"Bearer {SECRET}", says="Bearer"),
    holding("key_of_an_admin", "admin_key_on_inference", SECRET.replace("proj", "admin")),
    holding("key_of_groq", "wrong_provider_key", GROQ, says="Groq"),
    holding("key_of_anthropic", "wrong_provider_key", ANTHROPIC, says="Anthropic"),
    holding("key_is_a_sign_in", "invalid_api_key", SIGN_IN, also_right="invalid_authentication"),
    holding(
        "key_is_an_organization", "invalid_api_key", "org-Ab3Cd9Ef7Gh1", says="an ID, not a key"
    ),
    holding("key_is_a_placeholder", "invalid_api_key", "your-api-key-here", says="placeholder"),
    holding("key_as_displayed", "invalid_api_key", "sk-proj-abc***********xyz", says="shortened"),
    scenario(
        "key_of_openai_elsewhere",
        "wrong_provider_key",
        api(Api(everything=refusals.OTHER_INVALID_KEY), "api.groq.com"),
        arguments=("--base-url", "https://api.groq.com/openai/v1"),
        says="not sent to api.groq.com",
    ),
    scenario(
        "key_unknown_to_its_own_provider",
        "invalid_api_key",
        api(Api(everything=refusals.OTHER_INVALID_KEY), "api.groq.com"),
        arguments=("--base-url", "https://api.groq.com/openai/v1"),
        variables={"OPENAI_API_KEY": GROQ},
    ),
)

SCENARIOS = (*REFUSED, *HEADERS, *CANNOT_BE, *LOOKS)
