"""The format of an answer: that of the provider that was asked."""

from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.providers.dialects import Dialect, dialect_at
from codegpt_doctor.providers.provider import CUSTOM, load


def dialect_of(seen: Exchange) -> Dialect:
    """The format in which a request was made, so that its answer can be read."""
    return dialect_at(load(seen.provider or CUSTOM), seen.base_url)


def speaker_of(seen: Exchange) -> str | None:
    """The provider whose words an answer is in; None of a server that may hand on anybody's."""
    return None if seen.provider in ("", CUSTOM) else seen.provider
