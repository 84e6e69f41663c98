"""Two things at once: the endpoints of a server do not agree, or a fault comes and goes."""

from typing import Any

from scenarios.answers import hung_up, never
from scenarios.healthy import Flickering
from scenarios.place import SECRET
from scenarios.scenario import HEALTHY, NOTHING_RUN, QUICK, Scenario, at, scenario
from scenarios.worlds import errors, refusals
from scenarios.worlds.api import (
    ADDRESS,
    OPENAI,
    Answer,
    Api,
    Reply,
    Request,
    api,
    completion,
    failing,
    reply,
    wrong_url,
)
from scenarios.worlds.names import resolver
from scenarios.worlds.network import filtered, offline

FIRST_ALONE = (
    f"ip daddr {ADDRESS} tcp dport 443 tcp flags & (syn|ack) == syn "
    "numgen inc mod 1000 0 reject with tcp reset"
)
HOUSE = "llm.corp.internal"
FIELD_MISSING = {"detail": [{"loc": ["body", "model"], "msg": "field required"}]}
FIELD_UNKNOWN = {
    "detail": [{"loc": ["body", "max_completion_tokens"], "msg": "extra fields not permitted"}]
}


def both(name: str, expected: str, models: Reply | Answer, chat: Reply, **more: Any) -> Scenario:
    """The list of models is answered in one way, the model in another."""
    return scenario(name, expected, api(Api(models=models, chat=chat)), **more)


def knowing_only_max_tokens(refusal: Reply) -> Answer:
    """A model behind a gateway that does not know the newer name of the token limit."""
    return lambda request: completion() if "max_tokens" in request.data else refusal


def needing_credit(request: Request) -> Reply:
    """A model of an organization without credit, which a request without messages never reaches."""
    if "messages" in request.data:
        return errors.NO_QUOTA
    return failing(400, "you must provide a model parameter", "invalid_request_error")


ENDPOINTS = (
    both("no_list_and_no_quota", "insufficient_quota", wrong_url, errors.NO_QUOTA),
    both("no_list_and_key_unknown", "invalid_api_key", wrong_url, refusals.INVALID_KEY),
    both("no_list_and_too_many", "rate_limit_requests", wrong_url, errors.REQUESTS_A_MINUTE),
    scenario(
        "no_list_and_model_unknown",
        "model_not_found",
        api(Api(models=wrong_url, names=())),
        arguments=("--model", "house-model"),
    ),
    both("page_for_list_and_no_quota", "insufficient_quota", errors.PORTAL, errors.NO_QUOTA),
    both("empty_list_answer_and_no_quota", "insufficient_quota", Reply(), errors.NO_QUOTA),
    both("may_not_list_and_no_quota", "insufficient_quota", refusals.MAY_NOT_LIST, errors.NO_QUOTA),
    both(
        "may_not_list_nor_infer",
        "insufficient_permissions",
        refusals.MAY_NOT_LIST,
        refusals.MAY_NOT_INFER,
    ),
    both("list_fails_and_no_quota", "insufficient_quota", errors.BAD_GATEWAY, errors.NO_QUOTA),
    both(
        "list_limited_and_key_unknown",
        "invalid_api_key",
        errors.REQUESTS_A_MINUTE,
        refusals.INVALID_KEY,
    ),
    both("list_hangs_up_and_no_quota", "insufficient_quota", hung_up, errors.NO_QUOTA),
    both(
        "list_hangs_and_key_unknown",
        "invalid_api_key",
        never,
        refusals.INVALID_KEY,
        timeout=QUICK,
    ),
    scenario(
        "list_hangs_at_a_server_that_takes_any_name",
        HEALTHY,
        api(Api(models=never, needs_key=False, chat=completion()), HOUSE),
        arguments=at(f"https://{HOUSE}/v1"),
        timeout=QUICK,
        warns="request_timeout",
        never_says="the key works",
    ),
    scenario(
        "list_hangs_at_a_server_that_wants_a_name",
        "model_not_found",
        api(Api(models=never, names=()), HOUSE),
        arguments=at(f"https://{HOUSE}/v1"),
        timeout=QUICK,
        says=("No model was named", "--model NAME"),
    ),
    scenario(
        "no_list_at_a_server_that_wants_a_name",
        "model_not_found",
        api(Api(models=wrong_url, names=()), HOUSE),
        arguments=at(f"https://{HOUSE}/v1"),
        says=("No model was named", "--model NAME"),
    ),
    scenario("list_leads_elsewhere", HEALTHY, api(Api(models=Reply(307, b"", {"location": "/"})))),
    scenario("list_with_numbers", HEALTHY, api(Api(models=reply({"data": [{"id": 1}]})))),
)

GATEWAYS = (
    scenario(
        "credit_untested",
        HEALTHY,
        api(Api(chat=needing_credit)),
        arguments=("--no-spend",),
        untested=NOTHING_RUN,
    ),
    scenario(
        "gateway_refuses_invalid_request",
        HEALTHY,
        api(Api(chat=reply(FIELD_MISSING, 422))),
        arguments=("--no-spend",),
        untested=NOTHING_RUN,
    ),
    scenario(
        "gateway_knows_only_max_tokens",
        HEALTHY,
        api(Api(chat=knowing_only_max_tokens(reply(FIELD_UNKNOWN, 422)))),
    ),
    scenario(
        "gateway_fails_without_max_tokens",
        HEALTHY,
        api(Api(chat=knowing_only_max_tokens(failing(500, "unexpected keyword", "server_error")))),
        also_right="server_error",
    ),
)

BEFORE = (
    scenario(
        "key_missing_and_offline",
        "dns_failure",
        offline,
        variables={"OPENAI_API_KEY": None},
        also_right="network_unreachable",
    ),
    scenario(
        "key_with_line_break_and_offline",
        "malformed_authorization",
        offline,
        variables={"OPENAI_API_KEY": f"{SECRET}\n"},
        also_right="network_unreachable",
    ),
)

PASSING = (
    scenario(
        "first_connection_refused",
        HEALTHY,
        api(),
        filtered(FIRST_ALONE),
        warns="connection_refused",
        says="Intermittent",
    ),
    scenario(
        "model_failed_once",
        HEALTHY,
        api(Api(chat=Flickering(errors.SERVER_ERROR))),
        warns="server_error",
        says="Intermittent",
    ),
    scenario(
        "resolver_failed_once",
        HEALTHY,
        resolver({OPENAI: (ADDRESS,)}, fails_first=1),
        api(in_hosts=False),
        warns="dns_failure",
        says="Intermittent",
    ),
)

SCENARIOS = (*ENDPOINTS, *GATEWAYS, *BEFORE, *PASSING)
