"""The old dashboard endpoints, which some gateways still serve: a balance in US dollars."""

from dataclasses import dataclass
from decimal import Decimal

from codegpt_doctor.billing.bodies import BodyError, amount_of, json_object


@dataclass(frozen=True, slots=True)
class Balance:
    """What an API says of the money of a key; None where it does not say it.

    ``granted`` is what could be spent in all, ``used`` what was spent of it.  ``source`` is who
    says so, in words.
    """

    granted: Decimal | None = None
    used: Decimal | None = None
    left: Decimal | None = None
    currency: str = "usd"
    source: str = "the gateway's dashboard"


def granted_of(text: str) -> Decimal | None:
    """The hard limit of GET /dashboard/billing/subscription.

    Raises:
        BodyError: it is no such body.
    """
    body = json_object(text)
    if "hard_limit_usd" not in body:
        raise BodyError("it has no hard_limit_usd")
    return amount_of(body["hard_limit_usd"])


def used_of(text: str) -> Decimal:
    """The sum of GET /dashboard/billing/usage, which is told in cents.

    Raises:
        BodyError: it is no such body.
    """
    body = json_object(text)
    if "total_usage" not in body:
        raise BodyError("it has no total_usage")
    return amount_of(body["total_usage"]) / 100


def credit_of(text: str) -> Balance:
    """GET /dashboard/billing/credit_grants.

    Raises:
        BodyError: it is no such body.
    """
    body = json_object(text)
    names = ("total_granted", "total_used", "total_available")
    if not any(name in body for name in names):
        raise BodyError("it has no total_available")
    granted, used, left = (amount_of(body[name]) if name in body else None for name in names)
    return Balance(granted, used, left)


def combined(credit: Balance | None, granted: Decimal | None, used: Decimal | None) -> Balance:
    """One balance of the three answers: the credit if it is told, else the limit less the usage."""
    if credit:
        return credit
    left = None if granted is None or used is None else granted - used
    return Balance(granted, used, left)
