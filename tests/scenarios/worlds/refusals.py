"""What the provider says to whom it does not let in, word for word as servers were seen to say it.

Written from official documents and from outputs that people posted, not from the catalogue, so that
the two can disagree.
"""

from scenarios.worlds.api import Reply, failing, page, reply

IRE = "invalid_request_error"
KEYS = "https://platform.openai.com/account/api-keys"

INVALID_KEY = failing(
    401,
    "Incorrect API key provided: sk-proj-********************Jc. You can find your API key at "
    f"{KEYS}.",
    IRE,
    "invalid_api_key",
)
REVOKED = failing(401, "", IRE, "invalid_api_key")
NO_WORDS = Reply(401, b"", {"content-type": "text/plain"})
NO_HEADER = failing(
    401,
    "You didn't provide an API key. You need to provide your API key in an Authorization header "
    "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank "
    "username) if you're accessing the API from your browser and are prompted for a username and "
    f"password. You can obtain an API key from {KEYS}.",
    IRE,
)
UNREADABLE_TOKEN = failing(
    401,
    "Could not parse your authentication token. Please try signing in again.",
    IRE,
    "invalid_jwt",
)
EXPIRED_TOKEN = reply(
    {
        "detail": {
            "message": "Your authentication token has expired. Please try signing in again.",
            "type": IRE,
            "code": "token_expired",
        }
    },
    401,
)
OTHERS_KEY = failing(
    401,
    "Incorrect API key provided: gsk_abcd************************wxyz. You can find your API key "
    f"at {KEYS}.",
    IRE,
    "invalid_api_key",
)
OTHER_INVALID_KEY = failing(401, "Invalid API Key", IRE, "invalid_api_key")
NO_MEMBER = failing(
    401,
    "You must be a member of an organization to use the API. Please contact us through our help "
    "center at help.openai.com.",
    IRE,
    "no_organization",
)
OTHER_ORGANIZATION = failing(
    401,
    "OpenAI-Organization header should match organization for API key",
    IRE,
    "mismatched_organization",
)
NO_ORGANIZATION = failing(401, "No such organization: Personal.", IRE, "invalid_organization")
OTHER_PROJECT = failing(
    401, "OpenAI-Project header should match project for API key", IRE, "mismatched_project"
)
_SCOPES = (
    "You have insufficient permissions for this operation. Missing scopes: {}. Check that you have "
    "the correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), "
    "and if you're using a restricted API key, that it has the necessary scopes."
)
MAY_NOT_INFER = failing(401, _SCOPES.format("model.request"), IRE, "missing_scope")
MAY_NOT_LIST = reply(
    {
        "error": "You have insufficient permissions for this operation. Missing scopes: "
        "api.model.read."
    },
    403,
)
MAY_NOT_SEE_COSTS = failing(403, _SCOPES.format("api.usage.read"), IRE, "missing_scope")
OTHER_ADDRESS = failing(
    401,
    "Your IP is not authorized to make this request.",
    "ip_not_authorized",
    "ip_not_authorized",
)
DEACTIVATED = failing(
    401,
    "The OpenAI account associated with this API key has been deactivated. If you are the "
    "developer for this OpenAI app, please check your email for more information. If you are "
    "seeing this error while using another app or site, please reach out to them for more help.",
    IRE,
    "account_deactivated",
)
TERMINATED = failing(
    429,
    "Your access was terminated due to violation of our policies, please check your email for more "
    "information. If you believe this is in error and would like to appeal, please contact "
    "support@openai.com.",
    "access_terminated",
)
OTHER_REGION = failing(
    401,
    "Attempted to access resource with incorrect regional hostname. Please make your request to "
    "us.api.openai.com",
    IRE,
    "incorrect_hostname",
)
NOT_FOR_YOUR_REGION = failing(
    401,
    "This endpoint is only accessible by projects with geography restrictions enabled.",
    IRE,
    "incorrect_hostname",
)
BROWSER_ONLY = failing(
    403,
    "Your request to GET /v1/models must be made with a session key (that is, it can only be made "
    "from the browser). You made it with the following key type: secret.",
    "server_error",
)
COUNTRY = failing(
    403,
    "Country, region, or territory not supported",
    "request_forbidden",
    "unsupported_country_region_territory",
)
UNVERIFIED = failing(
    403,
    "Your organization must be verified to use the model `gpt-5.4`. Please go to: "
    "https://platform.openai.com/settings/organization/general and click on Verify Organization. "
    "If you just verified, it can take up to 15 minutes for access to propagate.",
    IRE,
    "model_not_available",
)
FORBIDDEN = Reply(403, b"Forbidden", {"content-type": "text/plain"})
CLOUDFLARE = page(
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>"
    "<h1>Sorry, you have been blocked</h1><h2>You are unable to access api.openai.com</h2>"
    "<p>Cloudflare Ray ID: <strong>8f2d1c</strong></p></body></html>",
    403,
    {"cf-ray": "8f2d1c-FRA"},
)
CHALLENGE = page(
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
    403,
    {"cf-mitigated": "challenge"},
)
