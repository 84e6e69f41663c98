"""A list of models, as the answers have it."""

from collections.abc import Mapping

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import json_of

MAX_ID = 1024  # characters of what a server calls a model, a request or a code


def model_ids(seen: Exchange) -> list[str]:
    """The ids in a list of models."""
    return [str(model["id"])[:MAX_ID] for model in models_in(seen) if "id" in model]


def models_in(seen: Exchange) -> list[Mapping[str, object]]:
    """The models of a list, with all that is told of them."""
    body = json_of(seen)
    if isinstance(body, dict):
        body = body.get("data") or body.get("models")
    return [model for model in body if isinstance(model, dict)] if isinstance(body, list) else []
