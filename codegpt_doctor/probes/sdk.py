"""The calls of a run through the official openai client.  Importing it costs most of a second."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from codegpt_doctor.net import sdk_transport
from codegpt_doctor.net.client import MAX_BYTES
from codegpt_doctor.probes.inference import TOKENS
from codegpt_doctor.providers.keys import sendable
from codegpt_doctor.settings.values import Settings


@dataclass(frozen=True, slots=True)
class SdkAnswer:
    """What one call of the client gave: ``error`` is what it raised, or None."""

    call: str
    version: str
    error: Exception | None


def ask(settings: Settings, model: str | None, timeout: float) -> list[SdkAnswer]:
    """List the models, and ask a model for the smallest completion, once each, without retries.

    Without a model nothing is asked that costs money.
    """
    import openai

    client = openai.OpenAI(
        api_key=sendable(settings.key) if settings.key else "",
        base_url=settings.url.text,
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        max_retries=0,
        timeout=timeout,
        http_client=sdk_transport.transport(
            monotonic() + timeout, MAX_BYTES, trust_env=not settings.direct
        ),
    )
    calls: dict[str, Callable[[], object]] = {"models.list": client.models.list}
    if model:
        calls["chat.completions.create"] = lambda: client.chat.completions.create(
            model=model,
            messages=[{"role": "user", "content": "hi"}],
            max_completion_tokens=TOKENS,
        )
    answers = []
    for name, call in calls.items():
        error: Exception | None = None
        try:
            call()
        except Exception as raised:  # noqa: BLE001 - whatever the SDK raises is what a user sees
            error = raised
        answers.append(SdkAnswer(name, openai.__version__, error))
    client.close()
    return answers
