"""What a run tested, and what a fix may say of it."""

from functools import partial

from codegpt_doctor.checks.infer import SOME_MODEL
from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import attempts_of, tried_model
from codegpt_doctor.engine.runner import unless_broken
from codegpt_doctor.model.report import Commands, KeyFacts, Target
from codegpt_doctor.providers.keys import kind_of
from codegpt_doctor.providers.provider import CUSTOM, load
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.command import command_of
from codegpt_doctor.settings.values import SIMULATOR, Settings


def target_of(context: PathContext) -> Target:
    """What was tested, and what a fix may say of it."""
    settings = context.settings
    key = settings.key
    kind = unless_broken(lambda: kind_of(key), "key") if key else ""
    chosen = settings.model.value if settings.model else None
    return Target(
        provider=settings.provider,
        provider_from=settings.provider_from,
        base_url=settings.url.written,
        model=unless_broken(partial(_model, context), chosen),
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        key=KeyFacts(mask(key.secret.reveal()), kind, key.source) if key else None,
        proxy=unless_broken(lambda: context.plan.proxy.shown if context.plan.proxy else None, None),
        commands=_commands(settings),
        console=console_of(settings),
    )


def _model(context: PathContext) -> str | None:
    """The model that was asked; a name that stands for any was none where nothing answered."""
    model = tried_model(context)
    if model != SOME_MODEL or context.settings.model:
        return model
    return model if any(one.http_status for one in attempts_of(context.plan.inference)) else None


def console_of(settings: Settings) -> str:
    """Whose words and pages a fix may name: those of whoever runs the server that was asked.

    At a host that is nobody's, that is the provider whom the user has named, and only then.
    """
    provider = load(settings.provider)
    named = settings.base_url.source == SIMULATOR or settings.provider_from == "option"
    here = provider.local and settings.url.is_private
    known = named or here or provider.serves(settings.host)
    return settings.provider if known else CUSTOM


def _commands(settings: Settings) -> Commands:
    """How the same is tested again, and from where its key is."""
    usual = load(settings.provider).key_variables
    source = settings.key.source if settings.key else next(iter(settings.searched.places), "")
    return Commands(
        command_of(settings, usual),
        command_of(settings, usual, models=False),
        source if source in settings.environment else "",
    )
