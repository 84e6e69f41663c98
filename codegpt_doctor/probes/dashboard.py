"""The old dashboard endpoints: OpenAI answers them only in a browser, some gateways still do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.settings.values import Key, Settings

SUBSCRIPTION = "/dashboard/billing/subscription"
USAGE = "/dashboard/billing/usage"
CREDIT = "/dashboard/billing/credit_grants"


def ask(
    dialer: Dialer, settings: Settings, key: Key, start: date, end: date
) -> Mapping[str, Exchange]:
    """The answer of each endpoint, below the base URL or else beside its ``/v1``."""
    client = Client(dialer, settings, key)
    parameters: dict[str, dict[str, str]] = {
        SUBSCRIPTION: {},
        USAGE: {"start_date": str(start), "end_date": str(end)},
        CREDIT: {},
    }
    answers = {path: client.get(path, sent) for path, sent in parameters.items()}
    url = settings.url.text
    if url.endswith("/v1") and all(one.http_status == 404 for one in answers.values()):
        root = replace(settings, base_url=settings.base_url._replace(value=url[:-3]))
        beside = Client(dialer, root, key)
        return {path: beside.get(path, sent) for path, sent in parameters.items()}
    return answers
