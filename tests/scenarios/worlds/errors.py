"""What the provider says when a request fails that may be made, word for word as it was seen.

Written from official documents and from outputs that people posted, not from the catalogue, so that
the two can disagree.
"""

from scenarios.worlds.api import Reply, failing, page, reply

IRE = "invalid_request_error"

# 404 and 400: what is asked for
DEPRECATED = failing(
    404,
    "The model `text-davinci-003` has been deprecated, learn more here: "
    "https://platform.openai.com/docs/deprecations",
    IRE,
    "model_not_found",
)
NOT_IN_PROJECT = failing(
    403, "Project `proj_Ab3` does not have access to model `gpt-4o-mini`", IRE, "model_not_found"
)
NO_CHAT_MODEL = failing(
    404,
    "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you "
    "mean to use v1/completions?",
    IRE,
)
ONLY_RESPONSES = failing(
    404,
    "This model is only supported in v1/responses and not in v1/chat/completions.",
    IRE,
)
OLD_PARAMETER = failing(400, "Unrecognized request argument supplied: max_completion_tokens", IRE)
ODD = failing(400, "The moon is in the wrong house.", "moon_error", "wrong_house")
NOT_FOUND = Reply(404, b"404 page not found\n", {"content-type": "text/plain"})
OUTPUT_LIMIT = failing(
    400,
    "Could not finish the message because max_tokens or model output limit was reached. Please try "
    "again with higher max_tokens.",
    IRE,
)

# 429: money and limits
_LIMIT = "Rate limit reached for gpt-4o-mini in organization org-Hq3 on"
_LIMITS = "Visit https://platform.openai.com/account/rate-limits to learn more."
NO_CREDIT = failing(
    429,
    "You have no credits remaining. Add credits to continue using the API at "
    "https://platform.openai.com/settings/organization/billing/.",
    "insufficient_quota",
    "credit_balance_exhausted",
)
NO_QUOTA = failing(
    429,
    "You exceeded your current quota, please check your plan and billing details. For more "
    "information on this error, read the docs: "
    "https://platform.openai.com/docs/guides/error-codes/api-errors.",
    "insufficient_quota",
    "insufficient_quota",
)
NO_QUOTA_2023 = failing(
    429,
    "You exceeded your current quota, please check your plan and billing details.",
    "insufficient_quota",
)
NO_QUOTA_200 = Reply(200, NO_QUOTA.body, NO_QUOTA.headers)
ORGANIZATION_SPEND = failing(
    429, "Spend limit reached.", "insufficient_quota", "organization_spend_limit_exceeded"
)
PROJECT_SPEND = failing(
    429, "Spend limit reached.", "insufficient_quota", "project_spend_limit_exceeded"
)
ORGANIZATION_USAGE = failing(
    429, "Usage limit reached.", "insufficient_quota", "organization_usage_limit_exceeded"
)
HARD_LIMIT = failing(400, "Billing hard limit has been reached", IRE, "billing_hard_limit_reached")
NOT_ACTIVE = failing(
    429,
    "Your account is not active, please check your billing details on our website.",
    "billing_not_active",
)
REQUESTS_A_MINUTE = failing(
    429,
    f"{_LIMIT} requests per min (RPM): Limit 3, Used 3, Requested 1. "
    f"Please try again in 20s. {_LIMITS}",
    "requests",
    "rate_limit_exceeded",
    retry_after="20",
)
TOKENS_A_MINUTE = failing(
    429,
    f"{_LIMIT} tokens per min (TPM): Limit 30000, Used 29999, Requested 12. "
    f"Please try again in 22ms. {_LIMITS}",
    "tokens",
    "rate_limit_exceeded",
)
REQUESTS_A_DAY = failing(
    429,
    f"{_LIMIT} requests per day (RPD): Limit 200, Used 200, Requested 1. "
    f"Please try again in 7m12s. {_LIMITS}",
    "requests",
    "rate_limit_exceeded",
)
TOO_MANY = Reply(429, b"", {})
TOO_LARGE = failing(
    429,
    "Request too large for gpt-4o-mini in organization org-Hq3 on tokens per min (TPM): Limit 10, "
    "Requested 24. The input or output tokens must be reduced in order to run successfully. "
    f"{_LIMITS}",
    "tokens",
    "rate_limit_exceeded",
)
SLOW_DOWN = failing(429, "Please slow down.", "rate_limit_error", "slow_down", retry_after="5")
OVERLOADED = failing(
    503,
    "Our servers are currently overloaded. Please try again later.",
    "service_unavailable_error",
    "server_is_overloaded",
    retry_after="3",
)
OVERLOADED_2023 = failing(
    429,
    "That model is currently overloaded with other requests. You can retry your request, or "
    "contact us through our help center at help.openai.com if the error persists.",
    "server_error",
)
BATCH_QUEUE = failing(
    429,
    "Enqueued token limit reached for gpt-4o-mini in organization org-Hq3. Limit: 90000 enqueued "
    "tokens. Please try again once some in_progress batches have been completed.",
    "batch_error",
    "token_limit_exceeded",
)
PLAN_LIMIT = reply(
    {
        "error": {
            "type": "usage_limit_reached",
            "message": "The usage limit has been reached",
            "plan_type": "plus",
            "resets_in_seconds": 8124,
        }
    },
    429,
)

# 5xx: the provider's side
SERVER_ERROR = failing(
    500,
    "The server had an error while processing your request. Sorry about that!",
    "server_error",
)
BAD_GATEWAY = reply(
    {"error": {"code": 502, "message": "Bad gateway.", "param": None, "type": "cf_bad_gateway"}},
    502,
)
WEB_SERVER_DOWN = page(
    "<!DOCTYPE html><html><head><title>api.openai.com | 521: Web server is down</title></head>"
    "<body><h1>Web server is down <span>Error code 521</span></h1></body></html>",
    521,
)
UNAVAILABLE = reply(
    {
        "error": {
            "code": 503,
            "message": "Service Unavailable.",
            "param": None,
            "type": "cf_service_unavailable",
        }
    },
    503,
)
UPSTREAM = Reply(
    503,
    b"upstream connect error or disconnect/reset before headers. reset reason: overflow",
    {"content-type": "text/plain"},
)
TIMED_OUT = page(
    "<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out"
    "</h1></center></body></html>",
    504,
)

# 200 and 3xx from somebody else
PORTAL = page(
    "<!DOCTYPE html><html><head><title>Hotel Wi-Fi: sign in</title></head><body><form>Room number"
    "</form></body></html>"
)
PORTAL_511 = page("<html><body>Sign in to the network</body></html>", 511)
FILTER = page("<html><body><h1>Access denied</h1><p>Blocked by policy</p></body></html>", 403)
STREAM = Reply(
    200,
    b'data: {"object": "chat.completion.chunk", "choices": [{"delta": {"content": "Hi"}}]}\n\n'
    b"data: [DONE]\n\n",
    {"content-type": "text/event-stream"},
)
STREAMED_ERROR = Reply(
    200,
    b'data: {"error": {"message": "The server had an error", "type": "server_error"}}\n\n'
    b"data: [DONE]\n\n",
    {"content-type": "text/event-stream"},
)
LIMIT_200 = reply({"error": {"message": "Rate limit exceeded", "code": 429}})
BARE_MODEL = reply({"error": "model 'gpt-4o-mini' not found"}, 404)
MODEL_NONE = failing(404, "The model `None` does not exist.", "NotFoundError")
OWN_FAULT = failing(
    500, "The server had an error. Incorrect API key provided? See the docs.", "server_error"
)
