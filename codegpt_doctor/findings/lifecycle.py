"""What is known of the end of a model: said before all else where it is asked for and not there."""

from codegpt_doctor.model.report import Finding
from codegpt_doctor.providers.dialects.wire import Model
from codegpt_doctor.providers.lifecycle import ending_words, today
from codegpt_doctor.providers.provider import Lifecycle, Provider
from codegpt_doctor.settings.command import quoted

ABOUT_A_MODEL = ("model_not_found", "model_deprecated", "model_not_enabled", "invalid_request")


def end_of(provider: Provider, model: Model) -> Lifecycle | None:
    """The announced end of a model of a list: what the list itself tells, or what is known."""
    known = provider.end_of(model.id)
    if model.ends is None:
        return known
    replacement = known.replacement if known else ""
    return Lifecycle(model.ends, "the list of models", model.id, replacement=replacement)


def lasting(provider: Provider, models: list[Model]) -> list[Model]:
    """The models that have no announced end."""
    return [one for one in models if end_of(provider, one) is None]


def with_end(finding: Finding, provider: Provider, model: str | None) -> Finding:
    """The finding about a model, which begins with its end where that is over."""
    known = provider.end_of(model) if model else None
    if model is None or known is None or known.ends > today() or finding.id not in ABOUT_A_MODEL:
        return finding
    lead = ending_words(model, known)
    return finding._replace(lead=lead, steps=(*instead_of(known), *finding.steps))


def instead_of(known: Lifecycle) -> tuple[str, ...]:
    """The step to the model that replaces one, where that is a name which can be given."""
    name = known.replacement
    if not name or " " in name:
        return ()
    return (f"Use --model {quoted(name)}, and choose the same model in the editor.",)
