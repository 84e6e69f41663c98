"""What is tested and with which key: the options of a command line as settings."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace

import click
from click.core import ParameterSource

from codegpt_doctor import catalogue
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.cli.output import scrub_logs
from codegpt_doctor.cli.suggest import unknown
from codegpt_doctor.engine.background import Background
from codegpt_doctor.model.report import Status
from codegpt_doctor.providers.selection import SelectionError, named, selected
from codegpt_doctor.settings.dotenv_file import read_dotenv
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.profile import Profile
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings, Value

HEALTHY = "healthy"
RESOLVING = 5.0  # seconds that the name of a local server may take before a key is asked for


def with_settings(
    chosen: dict[str, object], work: Callable[[Settings], int], may_ask: bool = True
) -> int:
    """Do the work with the settings of a command line, or with those of the simulator.

    ``may_ask`` is false where nobody is asked for the key, even where there is a person.
    """
    scrub_logs()
    _refuse_odd_bytes(chosen)
    with ExitStack() as stack:
        simulate = chosen["simulate"]
        if simulate is None:
            return work(_settings(chosen, may_ask))
        settings = _simulated(str(simulate), provider_id(chosen), stack)
        models = tuple(Value(name, "--model") for name in _names(chosen["model"]))
        return work(replace(settings, models=models) if models else settings)


def all_variables() -> dict[str, str]:
    """Every variable that is set, with those of a ``.env`` file of this folder."""
    return {**read_dotenv(working_folder()).values, **os.environ}


def provider_id(chosen: dict[str, object]) -> str | None:
    """The provider that an option names, None where it is not given."""
    option = _text(chosen["provider"])
    try:
        return None if option is None else named(option).id
    except SelectionError as error:
        raise click.UsageError(str(error)) from None


def _simulated(name: str, provider: str | None, stack: ExitStack) -> Settings:
    from codegpt_doctor.simulator import simulation

    entry_id = None if name == HEALTHY else catalogue.resolve(name)
    if name != HEALTHY and entry_id is None:
        raise click.ClickException(unknown(name))
    try:
        settings = stack.enter_context(simulation(entry_id, provider))
    except LookupError as error:
        raise click.ClickException(str(error.args[0])) from None
    return replace(settings, provider_from="option") if provider else settings


def _settings(chosen: dict[str, object], may_ask: bool) -> Settings:
    """The settings of a command line; what it leaves open is found elsewhere, or asked for."""
    options = Options(
        base_url=_text(chosen["base_url"]),
        provider=_text(chosen["provider"]),
        models=_names(chosen["model"]),
        organization=_text(chosen["organization"]),
        project=_text(chosen["project"]),
        key_source="--key-stdin",
        key_env=_text(chosen["key_env"]),
        allow_http=bool(chosen["allow_http"]),
        no_key=bool(chosen.get("no_key")),
        **_of_profile(chosen["profile"]),
    )
    if options.no_key:
        may_ask = False
    elif chosen["key_stdin"]:
        options = replace(options, key=_from_stdin(options))
    found = resolved(options, lambda: _asked(options) if may_ask else None)
    _refuse_address_of_folder(found)
    return found


def _refuse_address_of_folder(settings: Settings) -> None:
    """Say why no key goes to an address that a file of the folder names, before all is tested.

    Raises:
        click.UsageError: the profile is one of a folder, and the key is from elsewhere.
    """
    file, key = settings.base_url.file, settings.key
    if file and settings.profile and key and file not in key.files:
        raise click.UsageError(
            f"{file} of this folder names the address of the profile {settings.profile}, so the "
            f"key from {key.source} is not sent there. Give the address with --base-url, or move "
            "the profile to your own configuration."
        )


def _of_profile(profile: object) -> dict[str, str]:
    """The profile that was chosen, and whether it names the base URL."""
    if not isinstance(profile, Profile):
        return {}
    found = {"profile": profile.name}
    where = click.get_current_context().get_parameter_source("base_url")
    if where is ParameterSource.DEFAULT_MAP:
        found |= {"base_url_source": f"profile {profile.name}", "base_url_file": profile.file}
    return found


def resolved(options: Options, ask: Callable[[], str | None] = lambda: None) -> Settings:
    """What options and the environment come to."""
    try:
        return resolve(options, dict(os.environ), working_folder(), selected, ask)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None


def _from_stdin(options: Options) -> str:
    if sys.stdin.isatty():
        return _prompt(options)
    return sys.stdin.readline(10_000).rstrip("\r\n")


def _asked(options: Options) -> str | None:
    """The key as a person types it, or None where there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return _prompt(options, default="")


def _prompt(options: Options, default: str | None = None) -> str:
    """Ask for the key without showing it, unless the address is one where no key can be sent."""
    by_name = replace(options, key=None, key_env="OPENAI_API_KEY")  # so that no keyring is opened
    judged = judge_settings(Way(resolved(by_name), Background.within(RESOLVING)))
    if judged.status is Status.FAIL:
        raise click.ClickException(judged.summary)
    said = "API key (not shown)"
    return str(click.prompt(said, hide_input=True, default=default, show_default=False, err=True))


def _refuse_odd_bytes(chosen: Mapping[str, object]) -> None:
    """Complain of an option with bytes that are no text, which no request could carry.

    Raises:
        click.ClickException: there is one.
    """
    for name, value in chosen.items():
        for text in _names(value):
            if any("\ud800" <= character <= "\udfff" for character in text):
                option = name.replace("_", "-")
                raise click.ClickException(
                    f"--{option} has bytes that are no text in UTF-8: {text}"
                )


def _names(value: object) -> tuple[str, ...]:
    """The values of an option, which may be one that can be given more than once."""
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return (str(value),) if value else ()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
