"""What the admin endpoints answer: an organization that has spent a little every day for years.

Its costs follow from the day alone, so that two readings of one day agree and a test can add them
up in its own way.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

from codegpt_doctor import catalogue

Query = Mapping[str, Sequence[str]]
Answer = tuple[int, dict[str, object]]

PROJECTS = {
    "proj_simulated": "Default project",
    "proj_editor": "Editor",
    "proj_search": "Product search",
    "proj_support": "Support bot",
    "proj_evals": "Nightly evaluation",
    "proj_docs": "Documentation",
    "proj_intern": "Internship",
    "proj_voice": "Voice trial",
    "proj_mail": "Mail drafts",
    "proj_labels": "Labels",
    "proj_retired": "Retired prototype",
}
ARCHIVED = {"proj_retired"}
LIMITS = {"proj_simulated": 4000, "proj_evals": 2500}  # US cents a month
ORGANIZATION_LIMIT = 10000
ALERT = 8000
LINE_ITEMS = {
    "gpt-4o-mini-2024-07-18, input": 9,
    "gpt-4o-mini-2024-07-18, output": 14,
    "gpt-4o-2024-08-06, input": 21,
    "gpt-4o-2024-08-06, output": 34,
    "text-embedding-3-small": 2,
}
RATE_LIMITS = {
    "gpt-5.4-mini": (500, 200_000),
    "gpt-6-luna": (500, 500_000),
    "gpt-4o": (500, 30_000),
    "gpt-4o-mini": (500, 200_000),
    "gpt-4.1-mini": (500, 200_000),
    "gpt-5-mini": (500, 500_000),
    "text-embedding-3-small": (3_000, 1_000_000),
}
ADMIN = "Bearer sk-admin-"
MILLION = 1_000_000


def charges(day: date) -> Iterator[tuple[str, str, str, int]]:
    """What a day cost: project, line item, key and millionths of a US dollar.

    The last project was given up; weekends are quiet; today has seen a third of its hours.
    """
    today = datetime.now(UTC).date()
    for number, project in enumerate(PROJECTS):
        if project in ARCHIVED and day.toordinal() % 7:
            continue
        for item, price in LINE_ITEMS.items():
            noise = crc32(f"{day} {project} {item}".encode()) % 1000
            weight = price * (900 + noise) // (1 + number)
            quiet = 5 if day.weekday() >= 5 else 1
            yield (
                project,
                item,
                f"key_{project[5:]}",
                weight * 8 // quiet // (3 - 2 * (day < today)),
            )


def answer(path: str, query: Query, authorization: str) -> Answer:
    """The status and the body for a GET of an admin endpoint or of the old dashboard."""
    if path.startswith("/dashboard/"):
        return 403, _example("session_key_required", path)
    if not authorization.startswith(ADMIN):
        usage = path.startswith(("/organization/costs", "/organization/usage/"))
        return 403, {"error": _missing(f"api.{'usage' if usage else 'management'}.read")}
    parts = path.split("/")[2:]
    if parts in (["costs"], ["usage", "completions"]):
        return _buckets(parts[0] == "costs", query)
    if parts == ["spend_limit"]:
        return 200, _limit("organization", ORGANIZATION_LIMIT)
    if parts == ["spend_alerts"]:
        return 200, _list([_alert("organization")], query)
    if parts == ["projects"]:
        every = "true" in query.get("include_archived", ())
        return 200, _list(
            [_project(one) for one in PROJECTS if every or one not in ARCHIVED], query
        )
    if len(parts) >= 3 and parts[0] == "projects":
        return _of_project(parts[1], parts[2:], query)
    return 404, _error(f"Invalid URL (GET /v1{path})")


def _of_project(project: str, parts: list[str], query: Query) -> Answer:
    if project not in PROJECTS:
        return 404, {"code": 404, "message": f"The project {project} was not found"}
    if parts == ["spend_limit"]:
        if project not in LIMITS:
            return 404, _error("No spend limit is set.")
        return 200, _limit("project", LIMITS[project])
    if parts == ["spend_alerts"]:
        return 200, _list([], query)
    if parts == ["rate_limits"]:
        return 200, _list([_rate_limit(model) for model in RATE_LIMITS], query)
    if parts == ["model_permissions"]:
        denied = {"mode": "deny_list", "model_ids": ["gpt-4.5-preview"]}
        return 200, {"object": "project.model_permissions", **denied}
    if parts[0] == "api_keys" and len(parts) == 2:
        hint = {"redacted_value": "sk-proj-...ted0", "name": f"{PROJECTS[project]} key"}
        return 200, {"object": "organization.project.api_key", "id": parts[1], **hint}
    return 404, _error("Invalid URL")


def _buckets(costs: bool, query: Query) -> Answer:
    """Whole days from the start to now, a page of them."""
    most, default = (180, 7) if costs else (31, 7)
    try:
        (start,) = query["start_time"]
        first = datetime.fromtimestamp(int(query.get("page", [f"page_{start}"])[0][5:]), UTC).date()
        size = int(query.get("limit", [str(default)])[0])
        end = int(query.get("end_time", [str(int(datetime.now(UTC).timestamp()))])[0])
    except (KeyError, ValueError, OverflowError, OSError):
        return 400, _error("start_time is missing, or is no time.")
    if not 1 <= size <= most:
        return 400, _error(f"Invalid limit: {size} is not between 1 and {most}.")
    last = datetime.fromtimestamp(end - 1, UTC).date()
    whole = [first + timedelta(days=number) for number in range(max(0, (last - first).days + 1))]
    groups = _all(query, "group_by")
    wanted = _all(query, "project_ids")
    make = _costs if costs else _usage
    data = [_bucket(day, make(day, groups, wanted)) for day in whole[:size]]
    more = len(whole) > size
    cursor = f"page_{_time(whole[size])}" if more else None
    return 200, {"object": "page", "data": data, "has_more": more, "next_page": cursor}


def _bucket(day: date, results: list[dict[str, object]]) -> dict[str, object]:
    start = _time(day)
    return {"object": "bucket", "start_time": start, "end_time": start + 86400, "results": results}


def _costs(day: date, groups: set[str], wanted: set[str]) -> list[dict[str, object]]:
    sums: dict[tuple[str | None, ...], int] = defaultdict(int)
    names = ("project_id", "line_item", "api_key_id")
    for *owner, millionths in charges(day):
        if not wanted or owner[0] in wanted:
            group = (
                str(one) if name in groups else None for name, one in zip(names, owner, strict=True)
            )
            sums[tuple(group)] += millionths
    return [
        {
            "object": "organization.costs.result",
            "amount": {"value": millionths / MILLION, "currency": "usd"},
            **dict(zip(names, group, strict=True)),
        }
        for group, millionths in sums.items()
    ]


def _usage(day: date, groups: set[str], wanted: set[str]) -> list[dict[str, object]]:
    spent = sum(cost for project, _, _, cost in charges(day) if not wanted or project in wanted)
    return [
        {
            "object": "organization.usage.completions.result",
            "input_tokens": spent // 2,
            "input_cached_tokens": spent // 5,
            "output_tokens": spent // 10,
            "num_model_requests": spent // 1000,
            "project_id": None,
            "model": "gpt-4o-mini-2024-07-18" if "model" in groups else None,
        }
    ]


def _all(query: Query, name: str) -> set[str]:
    """The values of a list, in either of the two ways in which clients write one."""
    return {*query.get(name, ()), *query.get(f"{name}[]", ())}


def _time(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _list(items: list[dict[str, object]], query: Query) -> dict[str, object]:
    ids = [item.get("id") for item in items]
    after = query.get("after", [""])[0]
    start = ids.index(after) + 1 if after in ids else 0
    size = int(query.get("limit", ["20"])[0])
    page = items[start : start + size]
    return {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else None,
        "last_id": page[-1]["id"] if page else None,
        "has_more": len(items) > start + size,
    }


def _project(project: str) -> dict[str, object]:
    return {
        "id": project,
        "object": "organization.project",
        "name": PROJECTS[project],
        "created_at": 1711471533,
        "archived_at": 1751000000 if project in ARCHIVED else None,
        "status": "archived" if project in ARCHIVED else "active",
    }


def _limit(owner: str, cents: int) -> dict[str, object]:
    return {
        "object": f"{owner}.spend_limit",
        "threshold_amount": cents,
        "currency": "USD",
        "interval": "month",
        "enforcement": {"status": "enforcing"},
    }


def _alert(owner: str) -> dict[str, object]:
    return {
        "id": "alert_simulated",
        "object": f"{owner}.spend_alert",
        "threshold_amount": ALERT,
        "currency": "USD",
        "interval": "month",
        "notification_channel": {"type": "email", "recipients": ["finance@example.com"]},
    }


def _rate_limit(model: str) -> dict[str, object]:
    requests, tokens = RATE_LIMITS[model]
    return {
        "object": "project.rate_limit",
        "id": f"rl-{model}",
        "model": model,
        "max_requests_per_1_minute": requests,
        "max_tokens_per_1_minute": tokens,
    }


def _missing(scope: str) -> str:
    return f"You have insufficient permissions for this operation. Missing scopes: {scope}."


def _error(message: str) -> dict[str, object]:
    return {
        "error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    }


def _example(entry_id: str, path: str) -> dict[str, object]:
    import json

    written = str(catalogue.get(entry_id, catalogue.DEFAULT_PROVIDER).example["body"])
    body: dict[str, object] = json.loads(
        written.replace("/v1/dashboard/billing/credit_grants", f"/v1{path}")
    )
    return body
