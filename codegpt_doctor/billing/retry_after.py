"""How long to wait: what the headers and the refusal of an answer say together."""

from collections.abc import Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.billing.report import KeyState, Wait
from codegpt_doctor.billing.tiers import consistent_with
from codegpt_doctor.findings.rate_limits import wait_said
from codegpt_doctor.findings.windows import Window, wait_of
from codegpt_doctor.findings.words import error_of
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.providers.provider import Tier


def wait_now(key: KeyState, answer: Exchange) -> Wait:
    """How long to wait before the next request with this key for this model."""
    if key.finding:
        return _after_refusal(catalogue.get(key.finding.id, answer.provider or None), key, answer)
    if not 200 <= answer.http_status < 300:
        return Wait(None, "no response reported a limit")
    empty = wait_of(key.windows)
    if empty:
        return Wait(empty[0], f"no {named(empty[1])} are left")
    if not key.windows:
        return Wait(0.0, "the model replied without rate-limit headers")
    return Wait(0.0, "there is room left in every window")


def _after_refusal(entry: catalogue.Entry, key: KeyState, answer: Exchange) -> Wait:
    if entry.retry == "no":
        return Wait(None, f"{entry.title}; waiting does not help")
    said = wait_said(answer.headers, error_of(answer).message)
    if said is not None:
        return Wait(said, f"{entry.title}; the refusal says so")
    empty = wait_of(key.windows)
    if empty:
        return Wait(empty[0], f"{entry.title}; no {named(empty[1])} are left")
    return Wait(None, f"{entry.title}; it does not say for how long, so wait longer each time")


def named(window: Window) -> str:
    """What a window counts, in words."""
    return window.kind.replace("-", " ") + (f" of this {window.per}" if window.per else "")


def tier_of(key: KeyState, tiers: Sequence[Tier]) -> str | None:
    """The one of a provider's tiers that the limits of the headers are consistent with, if any."""
    limits = {one.kind: one.limit for one in key.windows if one.per in (None, "minute")}
    return consistent_with(tiers, limits.get("requests"), limits.get("tokens"))
