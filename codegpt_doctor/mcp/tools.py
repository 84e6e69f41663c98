"""What an assistant may ask for.  It names a provider and a model, never an address or a variable.

Keys, addresses and proxies are those of the person's own environment; no result holds a key.
"""

import os
from typing import Any

from codegpt_doctor import api, catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.doctor import list_models, run_check
from codegpt_doctor.mcp.pace import Pace
from codegpt_doctor.output.models_data import models_data
from codegpt_doctor.output.report_data import docs_url, explanation_data, report_data
from codegpt_doctor.providers.lifecycle import today
from codegpt_doctor.providers.provider import load
from codegpt_doctor.providers.selection import SelectionError, selected
from codegpt_doctor.redact import scrub_data
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.profile import ProfileError, find_profile, options_of
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings

MAX_TEXT = 200_000  # characters
MAX_NAME = 200  # characters of a model or a provider
MAX_WORDS = 20
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
        found = [
            {"id": one.id, "title": one.title, "http_status": one.statuses, "url": docs_url(one.id)}
            for one in catalogue.having(words.split()[:MAX_WORDS], DEFAULT_PROVIDER)
        ]
        return {"errors": found}

    def models(
        self, provider: str | None = None, words: str = "", profile: str | None = None
    ) -> Data:
        """List the models that the user's key may use: what ends when, and what replaces it.

        Args:
            provider: id of a provider, such as anthropic; if not given, the user's settings decide.
            words: parts of a name, such as "mini"; all models if empty.
            profile: name of one of the user's own profiles.
        """
        settings = self._settings(provider, None, profile)
        listing = list_models(settings, TIMEOUT)
        wanted = words.split()[:MAX_WORDS]
        found = models_data(load(settings.provider), listing.models or (), wanted, today())
        report = report_data(listing.report)
        told = {
            "target": report["target"],
            "models": found[:MAX_MODELS],
            "total": len(found),
            "diagnosis": None if listing.models is not None else report["diagnosis"],
        }
        scrubbed: Data = scrub_data(told)
        return scrubbed

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
    return chosen._replace(provider=provider or chosen.provider, models=models)
