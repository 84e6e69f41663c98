"""The records of money: what was charged, what limits it, and what is not known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class Enforcement(StrEnum):
    """What happens when the amount of a limit is reached.

    The first two are the API's words for a hard limit; an alert only sends a message.
    """

    ENFORCING = "enforcing"
    INACTIVE = "inactive"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one project was charged for one line item on one day, which is a day of UTC.

    ``currency`` is an ISO 4217 code in lower case.  What the costs were not grouped by is None.
    """

    day: date
    amount: Decimal
    currency: str = "usd"
    project_id: str | None = None
    line_item: str | None = None
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A monthly amount that the organization or one project may spend, or is alerted at.

    ``project_id`` is None for the organization.  ``enforcement`` is the API's word, which may be
    another than those of ``Enforcement``.
    """

    amount: Decimal
    currency: str
    enforcement: str
    project_id: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the organization; ``status`` is active or archived."""

    id: str
    name: str | None
    status: str = "active"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one model was asked on one day; ``cached`` is the part of the input that was cached."""

    day: date
    model: str | None
    requests: int
    input_tokens: int
    cached: int
    output_tokens: int
    project_id: str | None = None


@dataclass(frozen=True, slots=True)
class ModelLimit:
    """The rate limits of one model in a project, by the API's names without ``max_``."""

    model: str
    limits: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Permissions:
    """Which models a project may use: only those listed, or all but those listed."""

    mode: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be learned: the endpoint that was to be asked, and why it told nothing.

    ``entry_id`` is the documented error, where the answer is one.  An ``expected`` gap is no fault:
    nobody with these keys at this address would be told more.
    """

    endpoint: str
    reason: str
    entry_id: str | None = None
    expected: bool = False


def exact(amount: Decimal) -> str:
    """An amount as a decimal string: nothing rounded away, and at least two decimals."""
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    if isinstance(exponent, int) and exponent > -2:
        plain = plain.quantize(CENT)
    return f"{plain:f}" if plain else "0.00"


def both_ways(name: str, amount: Decimal | None) -> dict[str, str | float | None]:
    """An amount under a name as an exact string, and beside it as the nearest JSON number."""
    if amount is None:
        return {name: None, f"{name}_number": None}
    return {name: exact(amount), f"{name}_number": float(amount)}
