"""What an assistant may ask for.  It names a provider and a model, never an address or a variable.

Keys, addresses and proxies are those of the person's own environment; no result holds a key.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from codegpt_doctor import api, catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.checks.plan import start_path
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.doctor import run_check
from codegpt_doctor.engine.background import Background
from codegpt_doctor.findings.model_list import model_ids
from codegpt_doctor.mcp.pace import Pace
from codegpt_doctor.model.report import Status
from codegpt_doctor.net.client import Client
from codegpt_doctor.output.report_data import docs_url, explanation_data, report_data
from codegpt_doctor.providers.provider import load
from codegpt_doctor.providers.selection import SelectionError, selected
from codegpt_doctor.redact import scrub_data
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.profile import ProfileError, find_profile, options_of
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings

MAX_TEXT = 200_000  # characters
MAX_NAME = 200  # characters of a model or a provider
MAX_MODELS = 500
TIMEOUT = 15.0  # seconds
MAX_RUNS, SPAN = 6, 60.0  # runs with requests, and in how many seconds

Data = dict[str, Any]


class RefusedError(Exception):
    """What was asked for is not done; the message says why, to the assistant."""


class Tools:
    """The tools of one server.

    Args:
        spend: whether a check may request one answer of at most 16 tokens.
        pace: limits how often requests are sent.
    """

    def __init__(self, spend: bool, pace: Pace | None = None) -> None:
        self._spend = spend
        self._pace = pace or Pace(MAX_RUNS, SPAN)

    def check(
        self, provider: str | None = None, model: str | None = None, profile: str | None = None
    ) -> Data:
        """Test the user's key and everything on the way to the API; name the one root cause.

        Args:
            provider: id of a provider, such as anthropic; if not given, the user's settings decide.
            model: name of the model to test; a small one if not given.
            profile: name of one of the user's own profiles.
        """
        settings = self._settings(provider, model, profile)
        return dict(report_data(run_check(settings, TIMEOUT, self._spend)))

    def explain(self, text: str) -> Data:
        """Explain an error from an LLM provider, offline: what it is, and what to do first.

        Args:
            text: the error as it was printed, an id such as insufficient_quota, or a status.
        """
        if len(text) > MAX_TEXT:
            raise RefusedError(f"Give the lines around the error, at most {MAX_TEXT} characters.")
        return dict(explanation_data(api.explain(text)))

    def errors(self, words: str = "") -> Data:
        """List the documented errors, offline: all, or those that have every one of the words.

        Args:
            words: such as "quota" or "429"; all errors if empty.
        """
        wanted = words.lower().split()[:20]
        found = [
            {"id": one.id, "title": one.title, "http_status": one.statuses, "url": docs_url(one.id)}
            for one in catalogue.entries(DEFAULT_PROVIDER)
            if all(word in _searched(one) for word in wanted)
        ]
        return {"errors": found}

    def models(self, provider: str | None = None, profile: str | None = None) -> Data:
        """List the models that the user's key can see, and which of them end.

        Args:
            provider: id of a provider, such as anthropic; if not given, the user's settings decide.
            profile: name of one of the user's own profiles.
        """
        settings = self._settings(provider, None, profile)
        background = Background.within(TIMEOUT)
        way = Way(settings, background)
        judged = judge_settings(way)
        if judged.status is Status.FAIL:
            raise RefusedError(f"{judged.summary}. The tool check names the cause.")
        listed: Data = scrub_data(_listed(way, background))
        return listed

    def _settings(self, provider: str | None, model: str | None, profile: str | None) -> Settings:
        if any(len(name or "") > MAX_NAME for name in (provider, model, profile)):
            raise RefusedError(f"A name has at most {MAX_NAME} characters.")
        try:
            options = _options(provider, model, profile)
            settings = resolve(options, dict(os.environ), working_folder(), selected)
        except (SelectionError, ProfileError) as error:
            raise RefusedError(str(error)) from None
        wait = self._pace.wait()
        if wait:
            raise RefusedError(
                f"There were {MAX_RUNS} runs within {SPAN:.0f} seconds. "
                f"Wait {wait:.0f} seconds, or use the last result."
            )
        return settings


def _options(provider: str | None, model: str | None, profile: str | None) -> Options:
    """What is tested; a profile of the working folder, which may be the assistant's, is none."""
    chosen = Options()
    if profile:
        chosen = options_of(find_profile(profile, os.environ, "", own_only=True))
    models = (model,) if model else chosen.models
    return replace(chosen, provider=provider or chosen.provider, models=models)


def _searched(entry: catalogue.Entry) -> str:
    parts = (entry.id, entry.title, entry.summary, *entry.words, *entry.codes)
    return " ".join((*parts, *map(str, entry.statuses))).lower()


def _listed(way: Way, background: Background) -> Data:
    """The list of models as the API gives it to the key, or the status of the refusal."""
    settings = way.settings
    plan = start_path(way, background)
    if plan.dialer is None:
        raise RefusedError("The API cannot be reached. The tool check names the cause.")
    client = Client(plan.dialer, settings, settings.key if way.decision().is_sent else None)
    asked = client.dialect.list_request(client.provider, client.base_url)
    if asked is None:
        raise RefusedError(f"{load(settings.provider).name} has no list of models.")
    answer = client.ask(asked)
    ids = model_ids(answer) if answer.http_status == 200 else []
    ending = [one for one in (_ending(settings.provider, name) for name in ids) if one]
    return {
        "provider": settings.provider,
        "http_status": answer.http_status,
        "models": ids[:MAX_MODELS],
        "total": len(ids),
        "ending": ending[:MAX_MODELS],
    }


def _ending(provider: str, model: str) -> Mapping[str, str] | None:
    """When a model ends, where that is known."""
    for one in load(provider).lifecycle:
        if one.is_about(model):
            return {"model": model, "ends": str(one.ends), "replacement": one.replacement}
    return None
