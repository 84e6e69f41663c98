"""The calls of a run through the official openai client.  Importing it costs most of a second."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from codegpt_doctor.net import sdk_transport
from codegpt_doctor.net.client import MAX_BYTES
from codegpt_doctor.probes.inference import TOKENS
from codegpt_doctor.providers.address import asked_at
from codegpt_doctor.providers.keys import sendable
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Settings

if TYPE_CHECKING:
    import openai

LIST, COMPLETE = "models.list", "chat.completions.create"


@dataclass(frozen=True, slots=True)
class SdkAnswer:
    """What one call of the client gave: ``error`` is what it raised, or None."""

    call: str
    version: str
    error: Exception | None


def ask(settings: Settings, model: str | None, timeout: float) -> list[SdkAnswer]:
    """List the models, and ask a model for the smallest completion, once each, without retries.

    Without a model nothing is asked that costs money.  A client that cannot even be made, such as
    one that lacks the support of a proxy, is what its calls give.
    """
    import openai

    try:
        client = _client(settings, timeout)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is what a user sees
        return [SdkAnswer(LIST, openai.__version__, error)]
    models = load(settings.provider).models
    can_list = bool(models.list) and not models.is_array
    calls: dict[str, Callable[[], object]] = {LIST: client.models.list} if can_list else {}
    if model:
        calls[COMPLETE] = lambda: client.chat.completions.create(
            model=model,
            messages=[{"role": "user", "content": "hi"}],
            extra_body={load(settings.provider).inference.token_field: TOKENS},
        )
    with client:
        return [
            SdkAnswer(name, openai.__version__, _raised_by(call)) for name, call in calls.items()
        ]


def _client(settings: Settings, timeout: float) -> "openai.OpenAI":
    import openai

    return openai.OpenAI(
        api_key=sendable(settings.key) if settings.key else "",
        base_url=asked_at(settings),
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        max_retries=0,
        timeout=timeout,
        http_client=sdk_transport.transport(
            monotonic() + timeout,
            MAX_BYTES,
            trust_env=not (settings.direct or settings.proxy),
            proxy=settings.proxy.value if settings.proxy else None,
            ca_bundle=settings.ca_bundle.value if settings.ca_bundle else None,
        ),
    )


def _raised_by(call: Callable[[], object]) -> Exception | None:
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is what a user sees
        return error
    return None
