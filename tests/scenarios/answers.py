"""What is asked for, what it costs, and the provider's own faults."""

import time
from typing import Any

from scenarios.keys import inferring, refused
from scenarios.place import World
from scenarios.scenario import INCONCLUSIVE, NOTHING_RUN, QUICK, Scenario, at, scenario
from scenarios.worlds import errors
from scenarios.worlds.api import (
    MODELS,
    Api,
    Reply,
    Request,
    api,
    failing,
    models,
    reply,
    unknown_model,
    wrong_url,
)
from scenarios.worlds.network import internet, status_page

OTHER_HOST = "203.0.113.99"


def pointing(
    name: str, expected: str, url: str, world: World | None = None, **more: Any
) -> Scenario:
    """The server is fine, and this is what OPENAI_BASE_URL holds."""
    return scenario(name, expected, world or api(), variables={"OPENAI_BASE_URL": url}, **more)


def never(_: Request) -> Reply:
    """No answer in the time that anybody waits."""
    time.sleep(3600)
    return Reply()


def hung_up(_: Request) -> Reply:
    """No answer: the server hangs up."""
    raise ConnectionAbortedError


def leading(status: int, location: str) -> Api:
    """An API that sends everybody elsewhere."""
    return Api(everything=Reply(status, b"", {"location": location}))


MODEL = (
    scenario(
        "model_misspelled",
        "model_not_found",
        api(),
        arguments=("--model", "gpt-5.4-mni"),
        says="gpt-5.4-mini",
    ),
    scenario("model_of_nobody", "model_not_found", api(Api(models=models(), names=()))),
    inferring("model_not_in_project", "model_not_found", errors.NOT_IN_PROJECT),
    inferring(
        "model_switched_off",
        "model_deprecated",
        errors.DEPRECATED,
        arguments=("--model", "text-davinci-003"),
    ),
    scenario(
        "model_for_completions",
        "wrong_endpoint_for_model",
        api(Api(models=models(*MODELS, "gpt-3.5-turbo-instruct"), chat=errors.NO_CHAT_MODEL)),
        arguments=("--model", "gpt-3.5-turbo-instruct"),
    ),
    scenario("chat_missing", "endpoint_not_found", api(Api(chat=wrong_url))),
    inferring("complaint_of_no_known_kind", INCONCLUSIVE, errors.ODD),
)

ADDRESS = (
    pointing(
        "v1_twice",
        "endpoint_not_found",
        "https://api.openai.com/v1/v1",
        says="https://api.openai.com/v1",
    ),
    pointing(
        "v1_missing",
        "endpoint_not_found",
        "https://api.openai.com",
        says="https://api.openai.com/v1",
    ),
    pointing(
        "whole_endpoint",
        "endpoint_not_found",
        "https://api.openai.com/v1/chat/completions",
        says="https://api.openai.com/v1",
    ),
    pointing(
        "gateway_elsewhere",
        "endpoint_not_found",
        "https://gateway.example.net/v1",
        api(Api(prefix="/openai/v1"), "gateway.example.net"),
    ),
    pointing(
        "gateway_with_plain_404",
        "endpoint_not_found",
        "https://gateway.example.net",
        api(Api(everything=errors.NOT_FOUND), "gateway.example.net"),
    ),
    pointing("base_url_empty", "bad_base_url", ""),
    pointing(
        "base_url_with_space", "bad_base_url", "https://api.openai.com/v1 ", says="whitespace"
    ),
    pointing("base_url_in_quotes", "bad_base_url", '"https://api.openai.com/v1"', says="quotes"),
    pointing("base_url_without_scheme", "bad_base_url", "api.openai.com/v1"),
    pointing(
        "base_url_unencrypted",
        "bad_base_url",
        "http://api.openai.com/v1",
        api(port=80, shows=None),
        nothing_for="api",
    ),
    scenario(
        "base_url_with_an_endpoint_taken_for_a_model",
        "endpoint_not_found",
        api(Api(everything=unknown_model("models"))),
        arguments=at("https://api.openai.com/v1/models"),
        says="https://api.openai.com/v1",
    ),
    pointing("base_url_of_the_web_site", "bad_base_url", "https://platform.openai.com/v1"),
    pointing(
        "base_url_placeholder", "bad_base_url", "https://your-resource.openai.azure.com/openai/v1"
    ),
)

MONEY = (
    inferring("no_credit", "credit_balance_exhausted", errors.NO_CREDIT),
    inferring(
        "no_credit_with_second_opinion",
        "credit_balance_exhausted",
        errors.NO_CREDIT,
        arguments=("--sdk",),
    ),
    inferring("no_quota", "insufficient_quota", errors.NO_QUOTA),
    inferring("no_quota_in_older_words", "insufficient_quota", errors.NO_QUOTA_2023),
    inferring("no_quota_with_status_200", "insufficient_quota", errors.NO_QUOTA_200),
    refused("no_quota_even_for_the_list", "insufficient_quota", errors.NO_QUOTA),
    inferring(
        "limit_of_the_organization", "organization_spend_limit_exceeded", errors.ORGANIZATION_SPEND
    ),
    inferring("limit_of_the_project", "project_spend_limit_exceeded", errors.PROJECT_SPEND),
    inferring("limit_of_the_tier", "organization_usage_limit_exceeded", errors.ORGANIZATION_USAGE),
    inferring("hard_limit", "billing_hard_limit_reached", errors.HARD_LIMIT),
    inferring("account_not_active", "billing_not_active", errors.NOT_ACTIVE),
    inferring("requests_a_minute", "rate_limit_requests", errors.REQUESTS_A_MINUTE),
    inferring("tokens_a_minute", "rate_limit_tokens", errors.TOKENS_A_MINUTE),
    inferring("requests_a_day", "rate_limit_daily", errors.REQUESTS_A_DAY),
    inferring("too_many_without_a_word", "rate_limit_unspecified", errors.TOO_MANY),
    inferring("one_request_too_large", "request_too_large", errors.TOO_LARGE),
    inferring("slow_down", "slow_down", errors.SLOW_DOWN),
    inferring("overloaded", "engine_overloaded", errors.OVERLOADED),
    inferring("overloaded_in_older_words", "engine_overloaded", errors.OVERLOADED_2023),
    inferring("batch_queue", "batch_queue_limit", errors.BATCH_QUEUE),
    inferring("plan_of_chatgpt", "chatgpt_plan_limit", errors.PLAN_LIMIT),
)

SERVER = (
    inferring("server_error", "server_error", errors.SERVER_ERROR),
    refused("server_error_without_a_word", "server_error", Reply(500)),
    refused("bad_gateway", "bad_gateway", errors.BAD_GATEWAY),
    refused("web_server_down", "bad_gateway", errors.WEB_SERVER_DOWN),
    refused("unavailable", "service_unavailable", errors.UNAVAILABLE),
    refused("upstream_unavailable", "service_unavailable", errors.UPSTREAM),
    inferring("gateway_timeout", "gateway_timeout", errors.TIMED_OUT),
    scenario(
        "server_error_with_incident",
        "server_error",
        internet,
        status_page("major", "Elevated error rates"),
        api(Api(chat=errors.SERVER_ERROR)),
        says="Elevated error rates",
    ),
    scenario(
        "server_error_without_incident",
        "server_error",
        internet,
        status_page("none"),
        api(Api(everything=errors.SERVER_ERROR)),
    ),
    scenario(
        "server_error_without_control",
        "server_error",
        status_page("major", "Elevated error rates"),
        api(Api(chat=errors.SERVER_ERROR)),
        arguments=("--no-control",),
        nothing_for="status",
    ),
    scenario("model_says_nothing", "request_timeout", api(Api(chat=never)), timeout=QUICK),
    scenario("model_hangs_up", "connection_reset", api(Api(chat=hung_up))),
    refused("request_timed_out", "request_timeout", Reply(408)),
)

SOMEBODY_ELSE = (
    refused("portal_page", "unexpected_html", errors.PORTAL),
    refused("portal_with_status_511", "unexpected_html", errors.PORTAL_511),
    refused(
        "page_of_a_filter", "unexpected_html", errors.FILTER, also_right="forbidden_unspecified"
    ),
    inferring("portal_page_for_the_model", "unexpected_html", errors.PORTAL),
    scenario(
        "portal_redirect",
        "unexpected_redirect",
        api(leading(302, "https://login.hotel.example/")),
        api(None, "login.hotel.example", OTHER_HOST, called="other"),
        says="login.hotel.example",
        nothing_for="other",
    ),
    scenario(
        "web_site",
        "unexpected_html",
        api(Api(everything=errors.PORTAL), "gateway.example.net"),
        arguments=at("https://gateway.example.net/"),
    ),
    refused("empty_answer", "malformed_response", Reply()),
    refused("answer_of_another_shape", "malformed_response", Reply(200, b'{"status": "ok"}')),
    refused("broken_json", "malformed_response", Reply(200, b'{"object": "list", "data": [{"id"')),
    inferring("stream_instead_of_an_answer", "healthy", errors.STREAM),
    inferring("refusal_in_a_stream", "server_error", errors.STREAMED_ERROR),
    inferring("limit_within_a_good_answer", "rate_limit_unspecified", errors.LIMIT_200),
    inferring("model_unknown_to_a_local_server", "model_not_found", errors.BARE_MODEL),
    inferring(
        "model_none_nothing_spent",
        "healthy",
        errors.MODEL_NONE,
        arguments=("--no-spend",),
        untested=NOTHING_RUN,
    ),
    refused("own_fault_about_keys", "server_error", errors.OWN_FAULT),
)

GATEWAYS = (
    refused(
        "gateway_key_expired",
        "api_key_expired",
        failing(
            400,
            "Authentication Error - Expired Key. Key Expiry time 2026-11-01",
            "expired_key",
            "400",
        ),
    ),
    scenario(
        "gateway_budget_spent",
        "gateway_budget_exceeded",
        api(
            Api(
                chat=failing(
                    429,
                    "Budget has been exceeded! Current cost: 10.02, Max budget: 10.0",
                    "budget_exceeded",
                    "429",
                )
            )
        ),
    ),
    scenario(
        "gateway_without_credentials",
        "gateway_has_no_credentials",
        api(Api(chat=failing(404, "No active credentials for provider: openai", None))),
    ),
    scenario(
        "gateway_passes_a_failure_on",
        "upstream_error",
        api(Api(chat=reply({"error": {"message": "Provider returned error", "code": 502}}, 502))),
    ),
)

SCENARIOS = (*GATEWAYS, *MODEL, *ADDRESS, *MONEY, *SERVER, *SOMEBODY_ELSE)
