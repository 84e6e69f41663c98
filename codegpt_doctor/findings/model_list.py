"""A list of models, as the answers have it."""

from typing import Any

from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.net.client import json_of

MAX_ID = 1024  # characters of what a server calls a model, a request or a code


def model_ids(seen: HttpObservation) -> list[str]:
    """The ids in a list of models."""
    return [str(model["id"])[:MAX_ID] for model in _models(seen) if "id" in model]


def _models(seen: HttpObservation) -> list[dict[str, Any]]:
    body = json_of(seen)
    if isinstance(body, dict):
        body = body.get("data") or body.get("models")
    return [model for model in body if isinstance(model, dict)] if isinstance(body, list) else []
