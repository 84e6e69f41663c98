"""The smallest inference of a run: which model is asked, and with which limit."""

from math import inf

from codegpt_doctor import catalogue
from codegpt_doctor.engine.background import Task
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import Client
from codegpt_doctor.probes.inference import (
    NEWER,
    OLDER,
    Inference,
    invalid_request,
    smallest_inference,
)
from codegpt_doctor.providers.address import asked_at
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.dialects.azure import AzureDialect, deployment_in
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Settings

SOME_MODEL = "default"  # many servers with one model take any name
_NOT_FOR_CHAT = ("embed", "whisper", "tts", "dall-e", "image", "moderation", "audio", "realtime")


def _default_models(settings: Settings) -> list[str]:
    """The models that are tried, in this order, when none is chosen."""
    return list(catalogue.providers()[settings.provider]["models"]["default"])


def ask(settings: Settings, client: Client, model: str) -> Inference:
    """Ask a model, with the token limit by the name that the server is likely to know.

    Many servers that are not the provider's own pass over the newer name without a word, and answer
    at whatever length they like.
    """
    at_home = provider_of(settings.host) == settings.provider
    has_two = client.provider.inference.token_field == NEWER
    limit = OLDER if has_two and not at_home else None
    return Inference(model, smallest_inference(client, model, limit))


def infer(
    settings: Settings,
    client: Client,
    listed: Task[Exchange] | None,
    spend: bool,
    until: float = inf,
) -> Inference:
    """Ask the chosen model for its smallest answer, or else one that the target does list.

    The list is waited for ``until`` a time of ``time.monotonic``, and no longer: a server whose
    list hangs may answer all the same.
    """
    model = _first_model(settings, listed, until)
    if not spend:
        return Inference(model, [invalid_request(client, model)])
    asked = ask(settings, client, model)
    if settings.model is None and asked.attempts[-1].http_status in (400, 403, 404):
        other = _listed_model(settings, listed, until)
        if other and other != model:
            return ask(settings, client, other)
    return asked


def _first_model(settings: Settings, listed: Task[Exchange] | None, until: float = inf) -> str:
    """The model that was chosen, a usual one, or of a server that nobody knows one of its list."""
    if settings.model:
        return settings.model.value
    usual = _default_models(settings)
    deployed = deployment_in(asked_at(settings)) if _is_azures(settings) else ""
    if deployed:
        return deployed
    return usual[0] if usual else _listed_model(settings, listed, until) or SOME_MODEL


def _is_azures(settings: Settings) -> bool:
    return isinstance(dialect_at(load(settings.provider), asked_at(settings)), AzureDialect)


def _listed_model(settings: Settings, asked: Task[Exchange] | None, until: float) -> str | None:
    """A small model of the list, for a target that does not have the one that is tried first."""
    from codegpt_doctor.findings.lifecycle import lasting  # rarely needed, and slow to import
    from codegpt_doctor.findings.model_list import models_in

    every = models_in(asked.result()) if asked and asked.wait(until) else []
    found = lasting(load(settings.provider), every) or every
    listed = [model.id for model in found if model.chats is not False]
    preferred = [name for name in _default_models(settings) if name in listed]
    for_chat = [name for name in listed if not any(word in name for word in _NOT_FOR_CHAT)]
    return next(iter(preferred + for_chat), None)


def knock(settings: Settings, client: Client) -> Exchange:
    """Send a request that cannot be run, without a key: whatever is answered, an API is there."""
    return invalid_request(client, _first_model(settings, None))
