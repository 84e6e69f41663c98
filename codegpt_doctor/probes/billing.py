"""What a check asks about money with an admin key, without the import of the official client.

Only GET: the same paths also change settings.
"""

from datetime import datetime

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client, Param
from codegpt_doctor.probes.pagination import cursor_of

PAGES = 6  # of 31 days each; more would be another period than a month


def costs(client: Client, month_start: datetime) -> list[Exchange]:
    """The costs since the start of the month, page by page; the last answer may be a refusal."""
    params: dict[str, Param] = {"start_time": int(month_start.timestamp()), "limit": 31}
    answers = []
    for _ in range(PAGES):
        answers.append(client.get("/organization/costs", params))
        next_page = cursor_of(answers[-1].body)
        if not next_page:
            break
        params = {**params, "page": next_page}
    return answers


def spend_limit(client: Client) -> Exchange:
    """The hard limit that the organization set for itself."""
    return client.get("/organization/spend_limit")
