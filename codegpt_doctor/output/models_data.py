"""The models that a key may use, as data and as text: what ends when, and what replaces it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from codegpt_doctor.output.lines import wrap_line
from codegpt_doctor.output.style import Style
from codegpt_doctor.providers.dialects.wire import Model
from codegpt_doctor.providers.provider import Lifecycle, Provider


class ModelData(TypedDict):
    """A model of the list, or one that is known to have ended and is not in it."""

    id: str
    listed: bool
    chat: bool | None
    ends: str | None
    ended: bool
    replacement: str | None


def models_data(
    provider: Provider, listed: Sequence[Model], words: Iterable[str], today: date
) -> list[ModelData]:
    """The models of a list that have all of some words in their names, then those that ended.

    Of the latter only those are told that are asked for by a word; a ``*`` at the end of one stands
    for any ending.
    """
    wanted = [word.lower() for word in words]
    found = [_listed(provider, one, today) for one in listed]
    gone = [_gone(one, today) for one in provider.lifecycle] if wanted else []
    names = {one["id"] for one in found}
    every = [*found, *(one for one in gone if one["id"] not in names)]
    return [one for one in every if all(word in one["id"].lower() for word in wanted)]


def _listed(provider: Provider, model: Model, today: date) -> ModelData:
    known = provider.end_of(model.id)
    ends = model.ends or (known.ends if known else None)
    return {
        "id": model.id,
        "listed": True,
        "chat": model.chats,
        "ends": ends.isoformat() if ends else None,
        "ended": ends is not None and ends <= today,
        "replacement": (known.replacement or None) if known else None,
    }


def _gone(known: Lifecycle, today: date) -> ModelData:
    return {
        "id": known.model or f"{known.prefix}*",
        "listed": False,
        "chat": None,
        "ends": known.ends.isoformat(),
        "ended": known.ends <= today,
        "replacement": known.replacement or None,
    }


def models_text(models: Sequence[ModelData], style: Style) -> str:
    """A line for each model; what ends, and what replaces it, beside its name or below."""
    width = min(max((len(one["id"]) for one in models), default=0), style.width // 2)
    return "\n".join(line for one in models for line in _lines(one, width, style))


def _lines(one: ModelData, width: int, style: Style) -> list[str]:
    said = _said(one)
    name = f"  {one['id']:<{width}}"
    if not said:
        return [name.rstrip()]
    if len(name) + len(said) + 2 <= style.width:
        return [f"{name}  {said}"]
    return [name.rstrip(), *(f"      {line}" for line in wrap_line(said, style.width - 6))]


def _said(one: ModelData) -> str:
    parts = [] if one["chat"] is not False else ["not for a chat"]
    if one["ends"]:
        parts.append(f"{'ended' if one['ended'] else 'ends'} on {one['ends']}")
    if one["replacement"]:
        parts.append(f"use {one['replacement']}")
    return "; ".join(parts)
