"""Starts every probe of a run at once; what needs another one's result waits for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from codegpt_doctor import catalogue
from codegpt_doctor.checks.route import (
    admin_decision,
    decision,
    settings_for_sdk,
    start_resolving,
)
from codegpt_doctor.engine.background import Background
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.net import resolve
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer, Proxy
from codegpt_doctor.net.proxy import ChosenProxy, proxy_for
from codegpt_doctor.net.trust import trust_in
from codegpt_doctor.probes.inference import (
    Inference,
    another,
    invalid_request,
    smallest_inference,
)
from codegpt_doctor.settings.values import Settings

if TYPE_CHECKING:
    from codegpt_doctor.probes.sdk import SdkAnswer

_NOT_FOR_CHAT = ("embed", "whisper", "tts", "dall-e", "image", "moderation", "audio", "realtime")


def start_probes(context: Context, sdk: bool) -> None:
    """Begin everything that the checks will ask for."""
    _start_requests(context, start_path(context), sdk)


def start_path(context: Context) -> Dialer:
    """Begin to find the way to the target; what is given opens connections to it."""
    settings, background = context.settings, context.background
    bundle = settings.ca_bundle.value if settings.ca_bundle else None
    trust = trust_in(bundle)
    background.start("trust", trust.context)
    proxy = proxy_for(settings)
    if proxy:
        background.start("proxy", lambda: proxy)
    through, unreadable = _proxy_of(proxy)
    context.dialer = dialer = Dialer(
        settings.url.split,
        lambda: _addresses(background, unreadable),
        replace(trust, context=lambda: background.result("trust")),
        through,
        background.deadline,
    )
    if unreadable is None:
        host, port = (through.host, through.port) if through else (dialer.host, dialer.port)
        start_resolving(context, host, port)
        background.start("tcp", lambda: _connect(background, port, dialer.patience()))
    return dialer


def _proxy_of(chosen: ChosenProxy | None) -> tuple[Proxy | None, ValueError | None]:
    """The proxy to go through, or why its address cannot be read."""
    try:
        return (Proxy.from_url(chosen.url) if chosen else None), None
    except ValueError as error:
        return None, error


def _addresses(background: Background, unreadable: ValueError | None) -> Sequence[str]:
    if unreadable:
        raise ConnectionFailedError("proxy") from unreadable
    named: Observation = background.result("dns")
    if named.failure:
        raise OSError(named.failure)
    addresses: list[str] = named.facts["addresses"]
    return addresses


def _connect(background: Background, port: int, timeout: float) -> Observation:
    named: Observation = background.result("dns")
    return named if named.failure else resolve.connect(named.facts["addresses"], port, timeout)


def _start_requests(context: Context, dialer: Dialer, sdk: bool) -> None:
    settings, background = context.settings, context.background
    key = settings.key if decision(context).is_sent else None
    client = Client(dialer, settings, key)
    background.start("models", lambda: client.get("/models"))
    if key:
        background.start("inference", lambda: infer(context, client))
        for value in settings.models[1:] if context.spend else ():
            background.start(another(value.value), partial(_ask, client, value.value))
    if settings.admin_key and admin_decision(context).is_sent:
        from codegpt_doctor.probes import billing

        admin = Client(dialer, settings, settings.admin_key, identity=False)
        month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        background.start("costs", lambda: billing.costs(admin, month))
        background.start("spend_limit", lambda: billing.spend_limit(admin))
    if sdk and key and background.started("dns"):  # else the proxy has no address for anybody
        background.start("sdk", lambda: _ask_sdk(context))


def default_models(settings: Settings) -> list[str]:
    """The models that are tried, in this order, when none is chosen."""
    return list(catalogue.providers()[settings.provider]["default_models"])


def _ask(client: Client, model: str) -> Inference:
    return Inference(model, smallest_inference(client, model))


def infer(context: Context, client: Client) -> Inference:
    """Ask the chosen model for its smallest answer, or else one that the target does list."""
    settings = context.settings
    model = settings.model.value if settings.model else default_models(settings)[0]
    if not context.spend:
        return Inference(model, [invalid_request(client)])
    attempts = smallest_inference(client, model)
    if settings.model is None and attempts[-1].http_status in (400, 403, 404):
        other = _listed_model(context)
        if other and other != model:
            return Inference(other, smallest_inference(client, other))
    return Inference(model, attempts)


def _listed_model(context: Context) -> str | None:
    """A small model of the list, for a target that does not have the one that is tried first."""
    from codegpt_doctor.findings.model_list import model_ids  # rarely needed, and slow to import

    listed = model_ids(context.background.result("models"))
    preferred = [name for name in default_models(context.settings) if name in listed]
    for_chat = [name for name in listed if not any(word in name for word in _NOT_FOR_CHAT)]
    return next(iter(preferred + for_chat), None)


def _ask_sdk(context: Context) -> "list[SdkAnswer]":
    from codegpt_doctor.probes import sdk

    inference: Inference = context.background.result("inference")
    left = max(0.1, context.background.deadline - monotonic())
    return sdk.ask(settings_for_sdk(context), inference.model if context.spend else None, left)
