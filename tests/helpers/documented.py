"""What each provider says of a failure, as its documentation, recordings and reports have it.

Written from those and not from the catalogue, so that each is a check of the other.  A row is the
kind, the ids that are right (``|`` between several), and the answer; ``on`` says to which requests.
"""

from helpers.standins import Fault

Row = tuple[str, str, Fault]
UUID = "9e6c2f4e-1111-4222-8333-9abcdef01234"


def _openai(message: str, kind: str | None = None, code: str | int | None = None) -> dict[str, object]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def _anthropic(kind: str, message: str, **details: str) -> dict[str, object]:
    error: dict[str, object] = {"type": kind, "message": message}
    if details:
        error["details"] = details
    return {"type": "error", "error": error, "request_id": "req_011CTestTestTestTestTest"}


def _google(code: int, status: str, message: str, *details: dict[str, object]) -> dict[str, object]:
    error: dict[str, object] = {"code": code, "message": message, "status": status}
    if details:
        error["details"] = list(details)
    return {"error": error}


def _reason(reason: str) -> dict[str, object]:
    return {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}


def _quota(quota_id: str, value: str = "20") -> dict[str, object]:
    one = {"quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
           "quotaId": quota_id, "quotaValue": value}
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [one]}


_PLAN = (
    "You exceeded your current quota, please check your plan and billing details. For more information "
    "on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. "
)
_RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "58s"}
_XAI_TEAM = (
    f"Your team {UUID} has either used all available credits or reached its monthly spending limit. To "
    "continue making API requests, please purchase more credits or raise your spending limit."
)
_SEC = {"content-type": "text/plain; charset=utf-8"}


def _aws(kind: str, status: int, message: str, name: str = "message") -> Fault:
    return Fault(status, {name: message}, headers={"x-amzn-ErrorType": f"{kind}:http://internal.amazon.com/"})


def _ark(code: str, message: str, kind: str) -> dict[str, object]:
    return {"error": {"code": code, "message": f"{message} Request ID: 02175", "param": "", "type": kind}}


ROWS: dict[str, list[Row]] = {
    "openai": [
        ("wrong key", "invalid_api_key", Fault(401, _openai("Incorrect API key provided: sk-proj-********wxyz. You can find your API key at https://platform.openai.com/account/api-keys.", "invalid_request_error", "invalid_api_key"), "all")),
        ("no key", "missing_api_key|invalid_authentication", Fault(401, _openai("You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).", "invalid_request_error"), "all")),
        ("no money", "insufficient_quota", Fault(429, _openai("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "insufficient_quota"))),
        ("requests", "rate_limit_requests", Fault(429, _openai("Rate limit reached for gpt-5 in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.", "requests", "rate_limit_exceeded"))),
        ("tokens", "rate_limit_tokens", Fault(429, _openai("Rate limit reached for gpt-5 in organization org-x on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.", "tokens", "rate_limit_exceeded"))),
        ("unknown model", "model_not_found", Fault(404, _openai("The model `gpt-typo` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"))),
        ("ended model", "model_deprecated", Fault(404, _openai("The model `text-davinci-003` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations", "invalid_request_error", "model_not_found"))),
        ("region", "unsupported_country", Fault(403, _openai("Country, region, or territory not supported", "request_forbidden", "unsupported_country_region_territory"), "all")),
        ("overloaded", "engine_overloaded", Fault(503, _openai("The engine is currently overloaded, please try again later", "server_error"))),
        ("internal", "server_error", Fault(500, _openai("The server had an error while processing your request. Sorry about that!", "server_error"))),
    ],
    "anthropic": [
        ("wrong key", "invalid_api_key", Fault(401, _anthropic("authentication_error", "invalid x-api-key"), "all")),
        ("wrong key at inference", "invalid_api_key", Fault(401, _anthropic("authentication_error", "invalid x-api-key"))),
        ("no key", "missing_api_key", Fault(401, _anthropic("authentication_error", "x-api-key header is required"), "all")),
        ("no money", "credit_balance_exhausted", Fault(400, _anthropic("invalid_request_error", "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."))),
        ("payment", "billing_not_active", Fault(402, _anthropic("billing_error", "There is an issue with your payment details."))),
        ("own limit", "organization_spend_limit_exceeded|organization_usage_limit_exceeded", Fault(400, _anthropic("invalid_request_error", "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."))),
        ("workspace limit", "project_spend_limit_exceeded", Fault(400, _anthropic("invalid_request_error", "You have reached your specified workspace API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."))),
        ("tier cap", "organization_usage_limit_exceeded", Fault(429, _anthropic("rate_limit_error", "Your organization has reached its monthly spend limit.", error_code="enforced_spend_limit_reached"))),
        ("contract cap", "organization_spend_limit_exceeded|organization_usage_limit_exceeded", Fault(429, _anthropic("rate_limit_error", "Spend limit reached.", error_code="contract_spend_limit_reached"))),
        ("ramp", "slow_down", Fault(429, _anthropic("rate_limit_error", "This request would exceed your organization's maximum usage increase rate for input tokens.", error_code="ramp_limit_exceeded"))),
        ("tokens", "rate_limit_tokens", Fault(429, _anthropic("rate_limit_error", f"This request would exceed your organization's rate limit of 30,000 input tokens per minute (org: {UUID}, model: claude-haiku-5-5)."), headers={"retry-after": "12"})),
        ("output tokens", "rate_limit_tokens", Fault(429, _anthropic("rate_limit_error", f"This request would exceed your organization's rate limit of 8,000 output tokens per minute (org: {UUID}, model: claude-haiku-5-5)."), headers={"retry-after": "12"})),
        ("requests", "rate_limit_requests", Fault(429, _anthropic("rate_limit_error", f"This request would exceed your organization's rate limit of 50 requests per minute (org: {UUID}, model: claude-haiku-5-5)."), headers={"retry-after": "12"})),
        ("unknown model", "model_not_found", Fault(404, _anthropic("not_found_error", "model: claude-typo"))),
        ("overloaded", "engine_overloaded", Fault(529, _anthropic("overloaded_error", "Overloaded"))),
        ("overloaded in a stream", "engine_overloaded", Fault(200, f'event: error\ndata: {{"type":"error","error":{{"type":"overloaded_error","message":"Overloaded"}}}}\n\n', headers={"content-type": "text/event-stream"})),
        ("internal", "server_error", Fault(500, _anthropic("api_error", "Internal server error"))),
        ("timed out", "gateway_timeout", Fault(504, _anthropic("timeout_error", "Request timed out"))),
        ("forbidden", "insufficient_permissions", Fault(403, _anthropic("permission_error", "Your API key does not have permission to use the specified resource."))),
        ("disabled", "account_deactivated", Fault(400, _anthropic("invalid_request_error", "This organization has been disabled."), "all")),
        ("on hold", "account_deactivated|billing_not_active", Fault(400, _anthropic("invalid_request_error", "Organization is on hold.", error_code="organization_on_hold"))),
        ("browser", "browser_access_denied", Fault(401, _anthropic("authentication_error", "CORS requests are not allowed for this Organization because of its settings."), "all")),
        ("too large", "upload_too_large", Fault(413, _anthropic("request_too_large", "Request exceeds the maximum size"))),
        ("conflict", "conflict", Fault(409, _anthropic("conflict_error", "Conflict"))),
        ("context", "context_length_exceeded", Fault(400, _anthropic("invalid_request_error", "prompt is too long: 208310 tokens > 200000 maximum"))),
    ],
    "google": [
        ("wrong key", "invalid_api_key", Fault(400, _google(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", _reason("API_KEY_INVALID")), "all")),
        ("wrong key in an array", "invalid_api_key", Fault(400, [_google(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", _reason("API_KEY_INVALID"))])),
        ("new key refused", "invalid_authentication|invalid_api_key", Fault(401, _google(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.", _reason("ACCESS_TOKEN_TYPE_UNSUPPORTED")), "all")),
        ("no key", "missing_api_key", Fault(403, _google(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."), "all")),
        ("leaked", "api_key_exposed|invalid_api_key|account_deactivated", Fault(403, _google(403, "PERMISSION_DENIED", "Your API key was reported as leaked. Please use another API key."), "all")),
        ("prepay", "credit_balance_exhausted", Fault(402, _google(402, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing."))),
        ("prepay, older", "credit_balance_exhausted", Fault(429, _google(429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing."))),
        ("free day", "free_tier_exhausted", Fault(429, _google(429, "RESOURCE_EXHAUSTED", _PLAN + "\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 20, model: gemini-2.5-flash\nPlease retry in 58.8s.", _quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"), _RETRY))),
        ("free minute", "rate_limit_requests|rate_limit_unspecified", Fault(429, _google(429, "RESOURCE_EXHAUSTED", _PLAN + "\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 5, model: gemini-2.5-flash\nPlease retry in 58.8s.", _quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "5"), _RETRY))),
        ("no free tier", "free_tier_exhausted", Fault(429, _google(429, "RESOURCE_EXHAUSTED", _PLAN + "\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 0, model: gemini-2.5-pro\nPlease retry in 58.8s.", _quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "0"), _RETRY))),
        ("limit", "rate_limit_unspecified", Fault(429, _google(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."))),
        ("unknown model", "model_not_found|model_deprecated", Fault(404, _google(404, "NOT_FOUND", "models/gemini-typo is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods."))),
        ("ended model", "model_not_found|model_deprecated", Fault(404, _google(404, "NOT_FOUND", "models/gemini-1.5-flash is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods."))),
        ("overloaded", "engine_overloaded", Fault(503, _google(503, "UNAVAILABLE", "The model is overloaded. Please try again later."))),
        ("internal", "server_error", Fault(500, _google(500, "INTERNAL", "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting"))),
        ("timed out", "gateway_timeout", Fault(504, _google(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."))),
        ("region", "unsupported_country", Fault(400, _google(400, "FAILED_PRECONDITION", "User location is not supported for the API use."))),
        ("blocked API", "insufficient_permissions", Fault(403, _google(403, "PERMISSION_DENIED", "Requests to this API generativelanguage.googleapis.com method google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent are blocked.", _reason("API_KEY_SERVICE_BLOCKED")))),
        ("two credentials", "invalid_authentication|malformed_authorization|invalid_request", Fault(400, [_google(400, "INVALID_ARGUMENT", "Multiple authentication credentials received. Please pass only one.")], "all")),
    ],
    "mistral": [
        ("wrong key", "invalid_api_key|invalid_authentication", Fault(401, {"detail": "Unauthorized"}, "all")),
        ("no money", "billing_not_active", Fault(402, {"detail": "Payment Required"})),
        ("tier", "rate_limit_unspecified|service_unavailable|engine_overloaded", Fault(429, {"object": "error", "message": "Service tier capacity exceeded for this model.", "type": "service_tier_capacity_exceeded", "param": None, "code": "3505"})),
        ("tier, older", "rate_limit_unspecified|service_unavailable|engine_overloaded", Fault(429, {"object": "error", "message": "Service tier capacity exceeded for this model.", "type": "invalid_request_error", "param": None, "code": None})),
        ("limit", "rate_limit_unspecified", Fault(429, {"object": "error", "message": "Rate limit exceeded", "type": "rate_limited", "param": None, "code": "1300"})),
        ("unknown model", "model_not_found", Fault(400, {"object": "error", "message": "Invalid model: mistral-typo", "type": "invalid_model", "param": None, "code": "1500"})),
        ("forbidden", "insufficient_permissions|model_not_enabled|forbidden_unspecified", Fault(403, {"detail": "Forbidden"})),
        ("parameter", "unsupported_parameter|invalid_request", Fault(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream"], "msg": "Extra inputs are not permitted"}]})),
        ("internal", "server_error", Fault(500, {"object": "error", "message": "Internal server error", "type": "internal_server_error", "code": "3000"})),
        ("unavailable", "service_unavailable|engine_overloaded", Fault(503, {"object": "error", "message": "Service unavailable.", "type": "internal_server_error", "code": "3000"})),
    ],
    "groq": [
        ("wrong key", "invalid_api_key", Fault(401, _openai("Invalid API Key", "invalid_request_error", "invalid_api_key"), "all")),
        ("day tokens", "rate_limit_daily", Fault(429, _openai("Rate limit reached for model `openai/gpt-oss-20b` in organization `org_01` service tier `on_demand` on tokens per day (TPD): Limit 200000, Used 199990, Requested 100. Please try again in 38m52.8s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing", "tokens", "rate_limit_exceeded"), headers={"retry-after": "2332"})),
        ("tokens", "rate_limit_tokens", Fault(429, _openai("Rate limit reached for model `openai/gpt-oss-20b` in organization `org_01` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Used 7990, Requested 100. Please try again in 2.8s.", "tokens", "rate_limit_exceeded"))),
        ("requests", "rate_limit_requests", Fault(429, _openai("Rate limit reached for model `openai/gpt-oss-20b` in organization `org_01` service tier `on_demand` on requests per minute (RPM): Limit 30, Used 30, Requested 1. Please try again in 2s.", "requests", "rate_limit_exceeded"))),
        ("too large", "request_too_large", Fault(413, _openai("Request too large for model `openai/gpt-oss-20b` in organization `org_01` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 9000, please reduce your message size and try again.", "tokens", "rate_limit_exceeded"))),
        ("unknown model", "model_not_found", Fault(404, _openai("The model `llama-typo` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"))),
        ("ended model", "model_deprecated", Fault(400, _openai("The model `llama3-70b-8192` has been decommissioned and is no longer supported. Please refer to https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.", "invalid_request_error", "model_decommissioned"))),
        ("flex", "flex_capacity_unavailable", Fault(498, _openai("Flex tier capacity exceeded", "internal_server_error", "capacity_exceeded"))),
        ("restricted", "account_deactivated", Fault(400, _openai("Organization has been restricted. Please reach out to support if you believe this was in error.", "invalid_request_error", "organization_restricted"), "all")),
        ("overloaded", "engine_overloaded|service_unavailable", Fault(503, _openai("openai/gpt-oss-20b is currently over capacity. Please try again and back off exponentially. Visit https://groqstatus.com to see if there is an active incident.", "internal_server_error"))),
        ("internal", "server_error", Fault(500, _openai("Internal Server Error", "internal_server_error"))),
    ],
    "deepseek": [
        ("wrong key", "invalid_api_key", Fault(401, _openai("Authentication Fails, Your api key: ****c3d4 is invalid", "authentication_error", "invalid_request_error"), "all")),
        ("wrong key, newer", "invalid_api_key", Fault(401, _openai(f"Authentication Fails, Your api key: ****c3d4 is invalid (request_id: {UUID})", "authentication_error", "invalid_request_error"), "all")),
        ("no money", "credit_balance_exhausted", Fault(402, _openai("Insufficient Balance", "unknown_error", "invalid_request_error"))),
        ("unknown model", "model_not_found|model_deprecated", Fault(400, _openai("The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed deepseek-typo.", "invalid_request_error", "invalid_request_error"))),
        ("ended model", "model_deprecated", Fault(400, _openai("The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed deepseek-chat.", "invalid_request_error", "invalid_request_error"))),
        ("unknown model, older", "model_not_found", Fault(400, _openai("Model Not Exist", "invalid_request_error", "invalid_request_error"))),
        ("limit", "rate_limit_requests|rate_limit_unspecified", Fault(429, _openai("Rate Limit Reached", "rate_limit_error"))),
        ("internal", "server_error", Fault(500, _openai("Internal server error", "server_error"))),
        ("overloaded", "engine_overloaded|service_unavailable", Fault(503, _openai("Server Overloaded", "server_error"))),
        ("parameters", "invalid_request|unsupported_parameter", Fault(422, _openai("Failed to deserialize the JSON body into the target type: messages: missing field `role`", "invalid_request_error"))),
    ],
    "xai": [
        ("wrong key", "invalid_api_key", Fault(400, {"code": "invalid-argument", "error": "Incorrect API key provided: xa***jU. You can obtain an API key from https://console.x.ai."}, "all")),
        ("wrong key, older", "invalid_api_key", Fault(400, {"code": "Client specified an invalid argument", "error": "Incorrect API key provided: xa***jU. You can obtain an API key from https://console.x.ai."}, "all")),
        ("no key", "missing_api_key", Fault(401, {"code": "unauthenticated:no-credentials", "error": "No credentials presented."}, "all")),
        ("no money", "credit_balance_exhausted", Fault(403, {"code": "permission-denied", "error": _XAI_TEAM})),
        ("no money as 429", "credit_balance_exhausted", Fault(429, {"code": "resource-exhausted", "error": _XAI_TEAM})),
        ("no money, older code", "credit_balance_exhausted", Fault(403, {"code": "The caller does not have permission to execute the specified operation", "error": _XAI_TEAM})),
        ("unknown model", "model_not_found", Fault(404, {"code": "not-found", "error": f"The model grok-typo does not exist or your team {UUID} does not have access to it. If you believe this is a mistake, please contact support."})),
        ("ended model", "model_deprecated", Fault(404, {"code": "not-found", "error": f"The model grok-3 does not exist or your team {UUID} does not have access to it. If you believe this is a mistake, please contact support."})),
        ("limit", "rate_limit_requests|rate_limit_unspecified", Fault(429, {"code": "resource-exhausted", "error": f"Too many requests for team {UUID} and model grok-4.20-non-reasoning."})),
        ("forbidden", "insufficient_permissions|forbidden_unspecified", Fault(403, {"code": "permission-denied", "error": "Access to the chat endpoint is denied. Please ensure you're using the correct credentials."})),
        ("parameters", "invalid_request", Fault(422, {"code": "invalid-argument", "error": "Failed to deserialize the JSON body into the target type"})),
        ("internal", "server_error", Fault(500, {"code": "internal", "error": "Internal error"})),
    ],
    "openrouter": [
        ("wrong key", "invalid_api_key|invalid_authentication", Fault(401, {"error": {"message": "User not found.", "code": 401}})),
        ("no form of a key", "missing_api_key|invalid_authentication|invalid_api_key", Fault(401, {"error": {"message": "Missing Authentication header", "code": 401}})),
        ("no money", "credit_balance_exhausted", Fault(402, {"error": {"code": 402, "message": "This request requires more credits, or fewer max_tokens. You requested up to 16 tokens, but can only afford 2. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account"}})),
        ("no credits", "credit_balance_exhausted", Fault(402, {"error": {"code": 402, "message": "Insufficient credits. Add more using https://openrouter.ai/settings/credits", "metadata": {"error_type": "payment_required"}}})),
        ("free day", "free_tier_exhausted", Fault(429, {"error": {"message": "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day", "code": 429, "metadata": {"headers": {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0"}}}})),
        ("free minute", "rate_limit_requests", Fault(429, {"error": {"message": "Rate limit exceeded: free-models-per-min. ", "code": 429}})),
        ("upstream limit", "upstream_error", Fault(429, {"error": {"message": "Provider returned error", "code": 429, "metadata": {"raw": "openai/gpt-oss-20b:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations", "provider_name": "Chutes"}}})),
        ("upstream", "upstream_error", Fault(502, {"error": {"message": "Provider returned error", "code": 502, "metadata": {"provider_name": "Chutes", "raw": "error"}}})),
        ("unknown model", "model_not_found", Fault(400, {"error": {"message": "gpt-typo is not a valid model ID", "code": 400}})),
        ("no endpoints", "model_not_found", Fault(404, {"error": {"message": "No endpoints found for openai/gpt-typo.", "code": 404}})),
        ("privacy", "data_policy_mismatch", Fault(404, {"error": {"message": "No endpoints found matching your data policy (Free model publication). Configure: https://openrouter.ai/settings/privacy", "code": 404}})),
        ("key limit", "gateway_budget_exceeded", Fault(403, {"error": {"message": "Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys", "code": 403}})),
        ("key limit, day", "gateway_budget_exceeded", Fault(403, {"error": {"message": "Key limit exceeded (daily limit). Manage it using https://openrouter.ai/settings/keys", "code": 403}})),
        ("guardrail", "content_policy_violation|insufficient_permissions|forbidden_unspecified", Fault(403, {"error": {"code": 403, "message": "Request blocked: prompt injection", "metadata": {"error_type": "permission_denied"}}})),
        ("overloaded", "engine_overloaded|service_unavailable|upstream_error", Fault(503, {"error": {"code": 503, "message": "There is no available model provider that meets your routing requirements", "metadata": {"error_type": "provider_overloaded"}}})),
        ("in a good status", "upstream_error", Fault(200, {"error": {"message": "Provider returned error", "code": 502, "metadata": {"provider_name": "Chutes"}}})),
        ("context", "context_length_exceeded", Fault(400, {"error": {"message": "This endpoint's maximum context length is 16384 tokens. However, you requested about 26265 tokens (26255 of text input, 10 in the output). Please reduce the length of either one, or use the \"middle-out\" transform to compress your prompt automatically.", "code": 400}})),
        ("own limit", "rate_limit_requests|rate_limit_unspecified", Fault(429, {"error": {"code": 429, "message": "Rate limit exceeded", "metadata": {"error_type": "rate_limit_exceeded"}}}, headers={"X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795824000000"})),
    ],
    "cohere": [
        ("wrong key", "invalid_api_key", Fault(401, {"id": UUID, "message": "invalid api token"}, "all")),
        ("no key", "missing_api_key", Fault(401, {"id": UUID, "message": "no api key supplied"}, "all")),
        ("expired", "api_key_expired", Fault(401, {"id": UUID, "message": "Your API key has expired. Please create a production key at dashboard.cohere.com or reach out to your contact at Cohere to continue."}, "all")),
        ("invalid token", "invalid_api_key|invalid_authentication", Fault(498, {"id": UUID, "message": "invalid token"}, "all")),
        ("no money", "billing_not_active", Fault(402, {"id": UUID, "message": "Please add or update your payment method at https://dashboard.cohere.com/billing?tab=payment to continue"})),
        ("own limit", "organization_spend_limit_exceeded", Fault(402, {"id": UUID, "message": "Maximum billing reached for this API key as set in your dashboard, please go to https://dashboard.cohere.com/billing?tab=spending-limit to increase your maximum amount to continue using this API key."})),
        ("trial minute", "rate_limit_requests", Fault(429, {"id": UUID, "message": "You are using a Trial key, which is limited to 40 API calls / minute. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'. Contact us on 'https://discord.gg/XW44jPfYJu' or email us at support@cohere.com with any questions"})),
        ("trial month", "free_tier_exhausted", Fault(429, {"id": UUID, "message": "You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'."})),
        ("trial tokens", "rate_limit_tokens", Fault(429, {"id": UUID, "message": "trial token rate limit exceeded, limit is 100000 tokens per minute"})),
        ("limit", "rate_limit_unspecified|rate_limit_requests", Fault(429, {"id": UUID, "message": "Please wait and try again later"})),
        ("unknown model", "model_not_found", Fault(404, {"id": UUID, "message": "model 'command-typo' not found, make sure the correct model ID was used and that you have access to the model."})),
        ("internal", "server_error", Fault(500, {"id": UUID, "message": "internal server error, this has been reported to our developers. id " + UUID})),
        ("unavailable", "service_unavailable|engine_overloaded", Fault(503, {"id": UUID, "message": "service unavailable"})),
        ("timed out", "gateway_timeout", Fault(504, {"id": UUID, "message": "gateway timeout"})),
    ],
    "perplexity": [
        ("wrong key, page", "invalid_authentication|invalid_api_key", Fault(401, "<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n<center><h1>401 Authorization Required</h1></center>\r\n<hr><center>openresty/1.27.4</center>\r\n</body>\r\n</html>\r\n", "all")),
        ("wrong key", "invalid_api_key", Fault(401, _openai("Invalid API key provided. Ensure your API key is correct and active.", "invalid_api_key", 401), "all")),
        ("unknown model", "model_not_found", Fault(400, _openai("Invalid model 'pplx-typo'. Permitted models can be found in the documentation at https://docs.perplexity.ai/guides/model-cards.", "invalid_model", 400))),
        ("ended model", "model_deprecated|model_not_found", Fault(400, _openai("Invalid model 'sonar-pro'. Permitted models can be found in the documentation at https://docs.perplexity.ai/guides/model-cards.", "invalid_model", 400))),
        ("limit", "rate_limit_requests|rate_limit_unspecified", Fault(429, _openai("Request rate limit exceeded, please try again later.", "request_rate_limit_exceeded", 429))),
        ("ended", "service_retired", Fault(403, _openai("Sonar is now the Agent API. Use /v1/responses instead of /chat/completions.", "chat_completions_not_available", 403))),
        ("internal", "server_error", Fault(500, _openai("Internal server error", "internal_server_error", 500))),
    ],
    "fireworks": [
        ("wrong key", "invalid_api_key|invalid_authentication", Fault(401, {"error": {"message": "The API key you provided is invalid.", "code": "UNAUTHORIZED", "object": "error", "type": "invalid_request_error"}}, "all")),
        ("wrong key as 403", "invalid_api_key", Fault(403, {"error": {"object": "error", "type": "invalid_request_error", "code": "UNAUTHORIZED", "message": "The API key you provided is invalid."}}, "all")),
        ("suspended", "billing_not_active|organization_spend_limit_exceeded", Fault(412, {"error": {"object": "error", "type": "invalid_request_error", "code": "PRECONDITION_FAILED", "message": "Account someone-1 is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices. Please go to https://fireworks.ai/account/billing for more information."}})),
        ("no plan", "billing_not_active|insufficient_quota|credit_balance_exhausted", Fault(402, {"error": {"message": "Payment Required", "type": "error"}})),
        ("unknown model", "model_not_found", Fault(404, {"error": {"object": "error", "type": "invalid_request_error", "code": "NOT_FOUND", "message": "Model not found, inaccessible, and/or not deployed"}})),
        ("limit", "rate_limit_unspecified|rate_limit_requests", Fault(429, {"error": {"message": "Rate limit exceeded", "type": "error", "code": "RATE_LIMIT_EXCEEDED"}}, headers={"x-ratelimit-over-limit": "yes"})),
        ("internal", "server_error", Fault(500, {"error": {"message": "Internal server error", "type": "error"}})),
        ("overloaded", "engine_overloaded|service_unavailable", Fault(503, {"error": {"message": "Service overloaded", "type": "error"}})),
    ],
    "together": [
        ("wrong key", "invalid_api_key", Fault(401, {"id": "o1", "error": {"message": "Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.", "type": "invalid_request_error", "param": None, "code": "invalid_api_key"}}, "inference")),
        ("wrong key at the list", "invalid_api_key|invalid_authentication", Fault(401, {"error": {"message": "Unauthorized"}}, "all")),
        ("no money", "credit_balance_exhausted", Fault(402, {"id": "o1", "error": {"message": "Credit limit exceeded. Please navigate to https://api.together.xyz/settings/billing to add credit or upgrade your plan", "type": "credit_limit", "param": None, "code": None}})),
        ("monthly limit", "organization_spend_limit_exceeded", Fault(402, {"id": "o1", "error": {"message": "The account associated with the API key has reached its maximum allowed monthly spending limit.", "type": None, "param": None, "code": None}})),
        ("context", "context_length_exceeded", Fault(403, {"id": "o1", "error": {"message": "Input token count + max_tokens parameter must be less than the context length of the model being queried.", "type": "invalid_request_error", "param": "max_tokens", "code": None}})),
        ("unknown model", "model_not_found", Fault(404, {"id": "o1", "error": {"message": "Unable to access model llama-typo. Please visit https://api.together.ai/models to view the list of supported models.", "type": "invalid_request_error", "param": "model", "code": "model_not_available"}})),
        ("limit", "rate_limit_unspecified|rate_limit_requests", Fault(429, {"id": "o1", "error": {"message": "You have reached the rate limit specific to this model. The maximum rate limit for this model is 60 queries per minute.", "type": "model_rate_limit", "param": None, "code": None}})),
        ("overloaded", "engine_overloaded", Fault(503, {"id": "o1", "error": {"message": "Engine Overloaded", "type": "server_error", "param": None, "code": None}})),
        ("overloaded, 529", "engine_overloaded", Fault(529, {"id": "o1", "error": {"message": "Server overloaded", "type": "server_error", "param": None, "code": None}})),
        ("internal", "server_error", Fault(500, {"id": "o1", "error": {"message": "Internal server error", "type": "server_error", "param": None, "code": None}})),
    ],
    "cerebras": [
        ("wrong key", "invalid_api_key", Fault(401, {"message": "Wrong API Key", "type": "invalid_request_error", "param": "api_key", "code": "wrong_api_key"}, "all")),
        ("no money", "billing_not_active|credit_balance_exhausted|insufficient_quota", Fault(402, {"message": "Payment required to access this resource.", "type": "payment_required_error", "param": "quota", "code": "payment_required"})),
        ("unknown model", "model_not_found", Fault(404, {"message": "Model llama-typo does not exist or you do not have access to it.", "type": "not_found_error", "param": "model", "code": "model_not_found"})),
        ("ended model", "model_not_found|model_deprecated", Fault(404, {"message": "Model llama3.1-8b does not exist or you do not have access to it.", "type": "not_found_error", "param": "model", "code": "model_not_found"})),
        ("tokens", "rate_limit_tokens", Fault(429, {"message": "Tokens per minute limit exceeded - too many tokens processed.", "type": "too_many_tokens_error", "param": "quota", "code": "token_quota_exceeded"})),
        ("day tokens", "rate_limit_daily", Fault(429, {"message": "Tokens per day limit exceeded - too many tokens processed.", "type": "too_many_tokens_error", "param": "quota", "code": "token_quota_exceeded"})),
        ("queue", "engine_overloaded", Fault(429, {"message": "We're experiencing high traffic right now! Please try again soon.", "type": "too_many_requests_error", "param": "queue", "code": "queue_exceeded"})),
        ("internal", "server_error", Fault(500, {"message": "Internal server error", "type": "server_error", "param": None, "code": "server_error"})),
        ("unavailable", "service_unavailable|engine_overloaded", Fault(503, {"message": "Service unavailable", "type": "server_error", "param": None, "code": None})),
    ],
    "nvidia": [
        ("wrong key", "invalid_authentication|invalid_api_key", Fault(401, {"status": 401, "title": "Unauthorized", "detail": "Authentication failed"})),
        ("wrong key as 403", "invalid_authentication|invalid_api_key|forbidden_unspecified", Fault(403, {"status": 403, "title": "Forbidden", "detail": "Authorization failed"})),
        ("not enabled", "model_not_enabled", Fault(404, {"status": 404, "title": "Not Found", "detail": f"Function '{UUID}': Not found for account 'abcDEF'"})),
        ("ended model", "model_deprecated", Fault(410, {"status": 410, "title": "Gone", "detail": "The model has reached its end of life and is no longer available."})),
        ("no credits", "free_tier_exhausted|credit_balance_exhausted", Fault(402, {"status": 402, "title": "Payment Required", "detail": "Account 'abc': Cloud credits expired - Please contact NVIDIA representatives"})),
        ("limit", "rate_limit_unspecified", Fault(429, {"status": 429, "title": "Too Many Requests"})),
        ("degraded", "service_unavailable|engine_overloaded", Fault(400, {"status": 400, "title": "Bad Request", "detail": f"Function id '{UUID}': DEGRADED function cannot be invoked"})),
        ("internal", "server_error", Fault(500, {"status": 500, "title": "Internal Server Error", "detail": "Inference error"})),
    ],
    "huggingface": [
        ("wrong key", "invalid_api_key|invalid_authentication", Fault(401, {"error": "Invalid credentials in Authorization header"})),
        ("permission", "insufficient_permissions", Fault(403, {"error": "This authentication method does not have sufficient permissions to call Inference Providers on behalf of user someone"})),
        ("free month", "free_tier_exhausted", Fault(402, {"error": "You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits."})),
        ("free month, newer", "free_tier_exhausted", Fault(402, {"error": "You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference Providers with a pay-as-you-go model. Alternatively, subscribe to PRO to get 20x more included usage."})),
        ("unknown model", "model_not_found", Fault(400, _openai("The requested model 'typo/typo' does not exist.", "invalid_request_error", "model_not_found"))),
        ("limit", "rate_limit_unspecified|rate_limit_requests", Fault(429, {"error": "Too Many Requests"})),
        ("internal", "server_error", Fault(500, {"error": "Internal Server Error"})),
        ("unavailable", "service_unavailable|engine_overloaded", Fault(503, {"error": "Service Unavailable"})),
    ],
    "azure": [
        ("wrong key", "invalid_api_key", Fault(401, {"error": {"code": "401", "message": "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}, "all")),
        ("deployment", "deployment_not_found", Fault(404, {"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}})),
        ("path", "endpoint_not_found", Fault(404, {"error": {"code": "404", "message": "Resource not found"}}, "all")),
        ("tokens", "rate_limit_tokens", Fault(429, {"error": {"code": "429", "message": "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 9 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit."}}, headers={"retry-after": "9", "retry-after-ms": "9000"})),
        ("requests", "rate_limit_requests", Fault(429, {"error": {"code": "429", "message": "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 9 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit."}}, headers={"retry-after": "9"})),
        ("peak", "engine_overloaded", Fault(429, _openai("The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load. For improved capacity reliability, consider switching to Provisioned Throughput."))),
        ("network", "ip_not_authorized", Fault(403, {"error": {"code": "403", "message": "Access denied due to Virtual Network/Firewall rules."}}, "all")),
        ("blocked", "account_deactivated", Fault(403, {"error": {"code": "403", "message": "Your resource has been temporarily blocked because we detected behavior that may violate our content policy."}})),
        ("filter", "content_policy_violation", Fault(400, {"error": {"message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.", "type": None, "param": "prompt", "code": "content_filter", "status": 400}})),
        ("role", "insufficient_permissions", Fault(401, {"error": {"code": "PermissionDenied", "message": f"The principal `{UUID}` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{{deployment-id}}/chat/completions` operation."}})),
        ("internal", "server_error", Fault(500, {"error": {"code": "InternalServerError", "message": "Internal server error"}})),
    ],
    "bedrock": [
        ("wrong key", "invalid_api_key", Fault(403, {"Message": "Authentication failed: Please make sure your API Key is valid."}, "all")),
        ("form of the key", "invalid_api_key|malformed_authorization", Fault(403, {"Message": "Invalid API Key format: Must start with pre-defined prefix"}, "all")),
        ("security token", "invalid_api_key|token_expired", _aws("UnrecognizedClientException", 403, "The security token included in the request is invalid.")),
        ("no access", "model_not_enabled", _aws("AccessDeniedException", 403, "You don't have access to the model with the specified model ID.")),
        ("role", "insufficient_permissions", _aws("AccessDeniedException", 403, "User: arn:aws:iam::123456789012:user/BedrockAPIKey-x is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0 because no identity-based policy allows the bedrock:InvokeModel action", "Message")),
        ("unknown model", "model_not_found", _aws("ValidationException", 400, "The provided model identifier is invalid.")),
        ("profile", "model_needs_inference_profile", _aws("ValidationException", 400, "Invocation of model ID amazon.nova-micro-v1:0 with on-demand throughput isn\u2019t supported. Retry your request with the ID or ARN of an inference profile that contains this model.")),
        ("tokens", "rate_limit_tokens", _aws("ThrottlingException", 429, "Too many tokens, please wait before trying again.")),
        ("requests", "rate_limit_requests", _aws("ThrottlingException", 429, "Too many requests, please wait before trying again.")),
        ("day", "rate_limit_daily", _aws("ThrottlingException", 429, "Too many tokens per day, please wait before trying again.")),
        ("not ready", "engine_overloaded|model_not_loaded", _aws("ModelNotReadyException", 429, "Model is not ready for inference.")),
        ("quota", "insufficient_quota|rate_limit_unspecified", _aws("ServiceQuotaExceededException", 400, "Your request exceeds the service quota for your account.")),
        ("unavailable", "engine_overloaded|service_unavailable", _aws("ServiceUnavailableException", 503, "Bedrock is unable to process your request.")),
        ("model error", "server_error", _aws("ModelErrorException", 424, "The request failed due to an error while processing the model.")),
        ("timed out", "gateway_timeout", _aws("ModelTimeoutException", 408, "Model has timed out in processing the request. Try your request again.")),
        ("internal", "server_error", _aws("InternalServerException", 500, "The system encountered an unexpected error during processing. Try your request again.")),
        ("ended model", "model_deprecated", _aws("ResourceNotFoundException", 404, "This model version has reached the end of its life. Please refer to the AWS documentation for more details.")),
    ],
    "byteplus": [
        ("wrong key", "invalid_api_key", Fault(401, _ark("AuthenticationError", "The API key or AK/SK in the request is missing or invalid.", "Unauthorized"), "all")),
        ("not open", "model_not_enabled", Fault(404, _ark("ModelNotOpen", "Your account 2100000000 has not activated the model seed-1-6. Please activate the model service in the Ark Console.", "Not Found"))),
        ("unknown model", "model_not_found", Fault(404, _ark("InvalidEndpointOrModel.NotFound", "The model or endpoint seed-typo does not exist or you do not have access to it.", "Not Found"))),
        ("closed endpoint", "model_not_found|model_not_enabled", Fault(400, _ark("InvalidEndpoint.ClosedEndpoint", "The endpoint is closed.", "BadRequest"))),
        ("overdue", "billing_not_active", Fault(403, _ark("AccountOverdueError", "The request failed because your account has an overdue balance.", "Forbidden"))),
        ("limit", "rate_limit_requests", Fault(429, _ark("RateLimitExceeded.EndpointRPMExceeded", "The requests per minute (RPM) limit of the associated endpoint for your account has been exceeded.", "TooManyRequests"))),
        ("tokens", "rate_limit_tokens", Fault(429, _ark("RateLimitExceeded.EndpointTPMExceeded", "The tokens per minute (TPM) limit of the associated endpoint for your account has been exceeded.", "TooManyRequests"))),
        ("overloaded", "engine_overloaded", Fault(429, _ark("ServerOverloaded", "The service is currently unable to handle additional requests due to server overload.", "TooManyRequests"))),
        ("parameter", "invalid_request", Fault(400, _ark("MissingParameter", "The request failed because it is missing one or multiple required parameters.", "BadRequest"))),
        ("forbidden", "insufficient_permissions|forbidden_unspecified", Fault(403, _ark("AccessDenied", "The request failed because you do not have access to the requested resource.", "Forbidden"))),
    ],
    "ollama": [
        ("unknown model", "model_not_pulled|model_not_found", Fault(404, {"error": "model 'a-model' not found"})),
        ("unknown model, older", "model_not_pulled", Fault(404, {"error": 'model "a-model" not found, try pulling it first'})),
        ("memory", "local_out_of_memory", Fault(500, {"error": "model requires more system memory (44.0 GiB) than is available (7.6 GiB)"})),
        ("terminated", "local_model_crashed", Fault(500, {"error": "llama runner process has terminated: exit status 2"})),
        ("terminated, newer", "local_model_crashed", Fault(500, {"error": "llama-server process has terminated: signal: killed"})),
        ("stopped", "local_model_crashed", Fault(500, {"error": "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details"})),
        ("cloud", "invalid_authentication|missing_api_key", Fault(401, {"error": "unauthorized", "signin_url": "https://ollama.com/connect?name=pc&key=AAAA"})),
    ],
    "lmstudio": [
        ("none loaded", "model_not_loaded", Fault(404, {"error": {"message": "No models loaded. Please load a model in the developer page or use the 'lms load' command.", "type": "invalid_request_error", "param": "model", "code": "model_not_found"}})),
        ("none loaded, string", "model_not_loaded", Fault(400, {"error": "No models loaded. Please load a model in the developer page or use the 'lms load' command."})),
        ("context", "context_length_exceeded", Fault(400, {"error": "Trying to keep the first 6244 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input"})),
        ("path", "endpoint_not_found", Fault(200, {"error": "Unexpected endpoint or method. (GET /models)"}, "all")),
        ("token", "missing_api_key|invalid_api_key", Fault(401, {"error": {"message": "An LM Studio API token is required to make requests to this server, but none was provided using the Authorization header using the Bearer scheme.", "type": "invalid_request", "code": "invalid_api_key"}}, "all")),
        ("memory", "local_out_of_memory", Fault(400, {"error": {"message": "Failed to load model \"qwen/qwen3-32b\". Error: Model loading was stopped due to insufficient system resources."}})),
    ],
    "docker": [
        ("unknown model", "model_not_pulled|model_not_found", Fault(404, "model not found\n", headers=_SEC)),
        ("engine", "local_model_crashed|service_unavailable", Fault(500, "unable to load runner: inference backend took too long to initialize\n", headers=_SEC)),
        ("engine quit", "local_model_crashed", Fault(500, "unable to load runner: inference backend quit unexpectedly\n", headers=_SEC)),
        ("not installed", "service_unavailable|local_model_crashed|endpoint_not_found", Fault(412, 'backend "vllm" is not installed; run: docker model install-runner --backend vllm\n', headers=_SEC)),
        ("unavailable", "service_unavailable", Fault(503, "service unavailable\n", headers=_SEC)),
    ],
    "litellm": [
        ("wrong key", "invalid_api_key|invalid_authentication", Fault(401, _openai("Authentication Error, Invalid proxy server token passed. Received API Key = sk-...T2l1, Key Hash (Token) =abc. Unable to find token in cache or `LiteLLM_VerificationTokenTable`", "token_not_found_in_db", "401"), "all")),
        ("unknown model", "model_not_found", Fault(400, _openai("/chat/completions: Invalid model name passed in model=typo. Call `/v1/models` to view available models for your key.", None, "400"))),
        ("budget", "gateway_budget_exceeded", Fault(400, _openai("Budget has been exceeded! Current cost: 0.01, Max budget: 0.005", "budget_exceeded", "400"))),
    ],
    "custom": [
        ("wrong key", "invalid_api_key|invalid_authentication", Fault(401, {"detail": "Unauthorized"}, "all")),
        ("unknown model", "model_not_found", Fault(404, _openai("The model `x` does not exist.", "NotFoundError", 404))),
        ("limit", "rate_limit_unspecified", Fault(429, "Too Many Requests")),
        ("internal", "server_error", Fault(500, {"detail": "Internal Server Error"})),
        ("one-api quota", "insufficient_quota|gateway_budget_exceeded", Fault(403, _openai("用户额度不足", "one_api_error", "insufficient_user_quota"))),
        ("one-api key", "invalid_api_key|invalid_authentication", Fault(401, _openai("无效的令牌", "one_api_error", ""), "all")),
    ],
    "github": [
        ("ended", "service_retired", Fault(410, {"error": {"code": "gone", "message": "GitHub Models has been retired."}}, "all")),
        ("ended, page", "service_retired", Fault(410, "Gone", "all")),
    ],
}
