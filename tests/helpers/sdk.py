"""The official openai client, pointed at a server on this machine."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import openai

from codegpt_doctor import catalogue
from codegpt_doctor.settings.values import Settings
from codegpt_doctor.simulator import can_simulate, simulation

MODEL = "gpt-4o-mini"
SIMULATED = [
    entry
    for entry in catalogue.entries("openai")
    if can_simulate(entry) and entry.provider in (None, "openai")
]
TRUST = ssl.create_default_context()  # made once, since it takes longer than a call
MESSAGES = [{"role": "user", "content": "hi"}]


def transport() -> Any:
    """The HTTP library that the installed openai package is made with: httpx or its successor."""
    module = openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0]
    return import_module(module)


@contextmanager
def client_of(settings: Settings, timeout: float = 5.0) -> Iterator[openai.OpenAI]:
    """The official client with these settings; redirects would lead away from this machine."""
    assert settings.key
    with openai.OpenAI(
        api_key=settings.key.secret.reveal(),
        base_url=settings.base_url.value,
        max_retries=0,
        timeout=timeout,
        http_client=openai.DefaultHttpxClient(
            follow_redirects=False, trust_env=False, verify=TRUST
        ),
    ) as client:
        yield client


def call(client: openai.OpenAI, where: str) -> Any:
    """Call the endpoint that an error is given on: ``models``, or else a chat completion."""
    if where == "models":
        return client.models.list()
    return client.chat.completions.create(model=MODEL, messages=MESSAGES)  # type: ignore[arg-type]


def raised_for(entry: catalogue.Entry, timeout: float = 5.0) -> Exception | None:
    """What the official client raises against the simulator that fails with an entry."""
    with simulation(entry.id) as settings, client_of(settings, timeout) as client:
        try:
            call(client, str(entry.simulate.get("on")))
        except Exception as error:  # noqa: BLE001 - whatever it raises is what is asked for
            return error
    return None
