"""A list of models, as the answers have it."""

from codegpt_doctor.findings.formats import dialect_of
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.providers.dialects.wire import Model

MAX_ID = 1024  # characters of what a server calls a model, a request or a code


def is_model_list(seen: Exchange) -> bool:
    """Whether an answer is a list of models, be it an empty one."""
    return dialect_of(seen).read_models(seen.body) is not None


def model_ids(seen: Exchange) -> list[str]:
    """The ids in a list of models."""
    return [model.id[:MAX_ID] for model in models_in(seen)]


def models_in(seen: Exchange) -> list[Model]:
    """The models of a list, with all that is told of them."""
    listed = [] if seen.truncated else dialect_of(seen).read_models(seen.body) or []
    return [model for model in listed if model.id]
