"""The endpoints of an organization, which only an admin key may ask."""

from scenarios.worlds.api import Reply, Request, failing, reply, wrong_url

ADMIN_KEY = "sk-admin-" + "Kd5Rw2Gh8Jt4Lp1Z" * 4
COSTS = {
    "object": "page",
    "data": [
        {
            "object": "bucket",
            "start_time": 1763856000,
            "end_time": 1763942400,
            "results": [
                {
                    "object": "organization.costs.result",
                    "amount": {"value": 0.06, "currency": "usd"},
                    "line_item": None,
                    "project_id": None,
                }
            ],
        }
    ],
    "has_more": False,
    "next_page": None,
}
LIMIT = {
    "object": "organization.spend_limit",
    "threshold_amount": 10000,
    "currency": "USD",
    "interval": "month",
    "enforcement": {"status": "enforcing"},
}


def admin(request: Request) -> Reply:
    """Costs and spend limit, for the admin key alone."""
    if request.headers.get("authorization") != f"Bearer {ADMIN_KEY}":
        return failing(
            401, "Incorrect API key provided", "invalid_request_error", "invalid_api_key"
        )
    if request.path.startswith("/v1/organization/costs"):
        return reply(COSTS)
    if request.path.startswith("/v1/organization/spend_limit"):
        return reply(LIMIT)
    return wrong_url(request)
