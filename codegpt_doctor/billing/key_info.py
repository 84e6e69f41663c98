"""What a provider tells an ordinary key of itself: a balance, a limit of the key, its state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from codegpt_doctor.billing.balance import Balance
from codegpt_doctor.billing.bodies import BodyError, amount_of, json_object
from codegpt_doctor.billing.gaps import gap_of
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import Finding
from codegpt_doctor.providers.provider import Provider

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeyNews:
    """What was told: the money, sentences about the key, and why nothing can be spent.

    ``is_blocked`` tells of a key that cannot be used, whatever money there is.
    """

    balance: Balance | None = None
    notes: tuple[str, ...] = ()
    finding: Finding | None = None
    is_blocked: bool = False


def news_of(provider: Provider, answer: Exchange) -> KeyNews:
    """What an answer tells; nothing where it is a refusal or has another form."""
    read = _SHAPES.get(provider.key_info.shape) if provider.key_info else None
    if read is None or answer.http_status != 200 or gap_of("", answer):
        return KeyNews()
    try:
        return read(json_object(answer.body), provider, answer)
    except BodyError:
        return KeyNews()


def _deepseek(body: Json, provider: Provider, answer: Exchange) -> KeyNews:
    """A balance for each currency, and whether it is enough for a request."""
    infos = body.get("balance_infos")
    if not isinstance(infos, list):
        raise BodyError("it has no balance_infos")
    found = [_of_currency(one, provider) for one in infos if isinstance(one, dict)]
    found.sort(key=lambda one: -(one.left or Decimal(0)))
    if not found:
        return KeyNews()
    notes = tuple(f"{_amount(one.left, one)} is left as well" for one in found[1:])
    empty = body.get("is_available") is False
    said = f"{_amount(found[0].left, found[0])} is left."
    finding = _cause("credit_balance_exhausted", said, answer) if empty else None
    return KeyNews(found[0], notes, finding)


def _of_currency(info: Json, provider: Provider) -> Balance:
    left = amount_of(info.get("total_balance"))
    currency = str(info.get("currency") or "usd").lower()[:3]
    return Balance(left=left, currency=currency, source=provider.name)


def _openrouter(body: Json, provider: Provider, answer: Exchange) -> KeyNews:
    """The limit of the key itself; the credit of the account no ordinary key is told."""
    data = body.get("data")
    if not isinstance(data, dict):
        raise BodyError("it has no data")
    granted, left, used = (
        None if data.get(name) is None else amount_of(data[name])
        for name in ("limit", "limit_remaining", "usage")
    )
    balance = Balance(granted, used, left, source=f"{provider.name} of this key's own limit")
    notes: tuple[str, ...] = ()
    if data.get("is_free_tier") is True:
        notes = ("the account has bought no credit yet: its limits are those of the free tier",)
    if granted is None:
        notes = ("the key has no limit of its own", *notes)
        balance = Balance(used=used, source=f"{provider.name} of this key")
    spent = granted is not None and left is not None and left <= 0
    said = f"The key's own limit of {_amount(granted, balance)} is used up."
    finding = _cause("gateway_budget_exceeded", said, answer) if spent else None
    return KeyNews(balance, notes, finding)


def _xai(body: Json, _provider: Provider, _answer: Exchange) -> KeyNews:
    """Whether the key or its team is blocked."""
    names = ("api_key_blocked", "api_key_disabled", "team_blocked")
    if not any(name in body for name in names):
        raise BodyError("it has no state")
    states = {
        "api_key_blocked": "the key is blocked",
        "api_key_disabled": "the key is disabled",
        "team_blocked": "the team that the key belongs to is blocked",
    }
    bad = tuple(words for name, words in states.items() if body.get(name) is True)
    fine = ("neither the key nor its team is blocked",)
    return KeyNews(notes=bad or fine, is_blocked=bool(bad))


_SHAPES: dict[str, Callable[[Json, Provider, Exchange], KeyNews]] = {
    "deepseek": _deepseek,
    "openrouter": _openrouter,
    "xai": _xai,
}


def _amount(amount: Decimal | None, of: Balance) -> str:
    return f"{amount or Decimal(0):.2f} {of.currency.upper()}"


def _cause(entry_id: str, said: str, answer: Exchange) -> Finding:
    evidence = (Evidence("billing", f"{answer.operation}: {said}"),)
    return Finding(entry_id, evidence, Confidence.CERTAIN, said)
