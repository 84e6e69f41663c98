"""The bodies of the admin endpoints as records.  Numbers stay decimals, as they were written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from codegpt_doctor.model.money import (
    Cost,
    Enforcement,
    Limit,
    ModelLimit,
    Permissions,
    Project,
    Usage,
)
from codegpt_doctor.probes.pagination import cursor_in
from codegpt_doctor.redact import cut

Record = TypeVar("Record")
MAX = Decimal(10) ** 12  # no organization is charged more; beyond it the body is nonsense
MIN = Decimal(10) ** -15
MAX_EXPONENT = 400  # beyond what any program has numbers for


class BodyError(ValueError):
    """A body is not what its endpoint is documented to answer."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """One page of a list: its records, the days of its buckets, and the cursor of the next page."""

    records: tuple[Record, ...]
    days: tuple[date, ...]
    cursor: str | None


def cost_page(text: str) -> Page[Cost]:
    """A page of GET /organization/costs, whatever it is grouped by.

    Raises:
        BodyError: it is none.
    """
    body = json_object(text)
    buckets = [(_day(bucket), bucket) for bucket in _items(body, "data")]
    costs = tuple(
        Cost(
            day,
            amount_of(_amount(result).get("value")),
            _currency(_amount(result)),
            _text(result.get("project_id")),
            _text(result.get("line_item")),
            _text(result.get("api_key_id")),
        )
        for day, bucket in buckets
        for result in _items(bucket, "results")
    )
    return Page(costs, tuple(day for day, _ in buckets), cursor_in(body, "next_page"))


def usage_page(text: str) -> Page[Usage]:
    """A page of GET /organization/usage/completions.

    Raises:
        BodyError: it is none.
    """
    body = json_object(text)
    buckets = [(_day(bucket), bucket) for bucket in _items(body, "data")]
    usage = tuple(
        Usage(
            day,
            _text(result.get("model")),
            _count(result, "num_model_requests"),
            _count(result, "input_tokens"),
            _count(result, "input_cached_tokens"),
            _count(result, "output_tokens"),
            _text(result.get("project_id")),
        )
        for day, bucket in buckets
        for result in _items(bucket, "results")
    )
    return Page(usage, tuple(day for day, _ in buckets), cursor_in(body, "next_page"))


def project_page(text: str) -> Page[Project]:
    """A page of GET /organization/projects.

    Raises:
        BodyError: it is none.
    """
    body = json_object(text)
    projects = tuple(
        Project(
            str(item.get("id") or ""), _text(item.get("name")), str(item.get("status") or "active")
        )
        for item in _items(body, "data")
    )
    return Page(projects, (), cursor_in(body, "last_id"))


def alert_page(text: str, project_id: str | None = None) -> Page[Limit]:
    """A page of spend alerts, of the organization or of one project.

    Raises:
        BodyError: it is none.
    """
    body = json_object(text)
    alerts = tuple(
        Limit(_cents(item), _currency(item), Enforcement.ALERT, project_id)
        for item in _items(body, "data")
    )
    return Page(alerts, (), cursor_in(body, "last_id"))


def spend_limit(text: str, project_id: str | None = None) -> Limit | None:
    """A hard limit, of the organization or of one project; None when the amount says that none is.

    Raises:
        BodyError: it is no spend limit.
    """
    body = json_object(text)
    if body.get("threshold_amount") is None:
        raise BodyError("it has no threshold_amount")
    amount = _cents(body)
    enforcement = body.get("enforcement")
    status = enforcement.get("status") if isinstance(enforcement, dict) else None
    word = str(status or Enforcement.ENFORCING)
    return Limit(amount, _currency(body), word, project_id) if amount > 0 else None


def rate_limit_page(text: str) -> Page[ModelLimit]:
    """A page of the rate limits of a project.

    Raises:
        BodyError: it is none.
    """
    body = json_object(text)
    models = tuple(
        ModelLimit(
            str(item.get("model") or item.get("id") or ""),
            tuple(
                (name.replace("max_", ""), value)
                for name, value in item.items()
                if "max_" in name and isinstance(value, int) and not isinstance(value, bool)
            ),
        )
        for item in _items(body, "data")
    )
    return Page(models, (), cursor_in(body, "last_id"))


def permissions(text: str) -> Permissions:
    """The models that a project may use.

    Raises:
        BodyError: it is no such list.
    """
    body = json_object(text)
    models = body.get("model_ids")
    if not isinstance(models, list):
        raise BodyError("it has no model_ids")
    return Permissions(str(body.get("mode") or ""), tuple(str(model) for model in models))


def key_name(text: str) -> str | None:
    """What a key is called: its name and the hint that the API itself shows; None if it is none."""
    try:
        body = json_object(text)
    except BodyError:
        return None
    parts = [_text(body.get("name")), _text(body.get("redacted_value"))]
    return ", ".join(part for part in parts if part) or None


def amount_of(value: object) -> Decimal:
    """A number of a body as a decimal; nothing counts as zero.

    Raises:
        BodyError: it is no finite number of a sensible size.
    """
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal | None):
        raise BodyError(f"{cut(str(value), 40)!r} is not an amount")
    try:
        amount = Decimal(0 if value is None else value)
    except (InvalidOperation, ValueError):
        raise BodyError(f"{cut(str(value), 40)!r} is not an amount") from None
    if not amount.is_finite() or abs(amount) > MAX:
        raise BodyError("an amount is not a sensible number")
    return amount if abs(amount) >= MIN else Decimal(0)


def json_object(text: str) -> dict[str, object]:
    """A body that is a JSON object, its fractions as decimals.

    Raises:
        BodyError: it is none.
    """
    try:
        body = json.loads(text, parse_float=_fraction, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BodyError("it is not JSON") from None
    if not isinstance(body, dict):
        raise BodyError("it is not a JSON object")
    return body


def _fraction(word: str) -> Decimal:
    """A number with a point or an exponent; one of a million digits would take for ever later."""
    try:
        number = Decimal(word)
    except InvalidOperation:
        raise BodyError("a number is not a sensible one") from None
    if number and abs(number.adjusted()) > MAX_EXPONENT:
        raise BodyError("a number is not a sensible one")
    return number


def _no_number(word: str) -> None:
    raise BodyError(f"{word} is not a number")


def _items(body: dict[str, object], name: str) -> Iterator[dict[str, object]]:
    found = body.get(name)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise BodyError(f"it has no list of {name}")
    yield from found


def _day(bucket: dict[str, object]) -> date:
    start = bucket.get("start_time")
    if isinstance(start, bool) or not isinstance(start, int | Decimal):
        raise BodyError("a bucket has no start_time")
    try:
        return datetime.fromtimestamp(int(start), UTC).date()
    except (OverflowError, ValueError, OSError):
        raise BodyError("the start_time of a bucket is not a time") from None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(result: dict[str, object], name: str) -> int:
    return int(amount_of(result.get(name)))


def _amount(result: dict[str, object]) -> dict[str, object]:
    amount = result.get("amount") or {}
    if not isinstance(amount, dict):
        raise BodyError("an amount is not a sensible number")
    return amount


def _cents(item: dict[str, object]) -> Decimal:
    return amount_of(item.get("threshold_amount")) / 100


def _currency(item: dict[str, object]) -> str:
    return str(item.get("currency") or "usd").lower()
