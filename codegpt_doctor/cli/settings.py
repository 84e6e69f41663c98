"""What is tested and with which key: the options of a command line as settings."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace

import click
from click.core import ParameterSource

from codegpt_doctor import catalogue
from codegpt_doctor.cli.arguments import ConnectionArguments, names_of
from codegpt_doctor.cli.complete import HEALTHY
from codegpt_doctor.cli.conflicts import flag, refuse_conflicts
from codegpt_doctor.cli.key_input import asked, by_name, from_file, from_stdin
from codegpt_doctor.cli.output import scrub_logs
from codegpt_doctor.cli.suggest import unknown
from codegpt_doctor.providers.selection import SelectionError, named, selected
from codegpt_doctor.settings.dotenv_file import read_dotenv
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.profile import Profile
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings, Value

# options that say how a run goes; a fix that says to run it again names them
REPEATED = ("key_file", "env_file", "proxy", "ca_bundle")
SWITCHES = ("direct", "sdk", "node")


def with_settings(
    chosen: ConnectionArguments, work: Callable[[Settings], int], may_ask: bool = True
) -> int:
    """Do the work with the settings of a command line, or with those of the simulator.

    ``may_ask`` is false where nobody is asked for the key, even where there is a person.
    """
    scrub_logs()
    _refuse_odd_bytes(chosen)
    refuse_conflicts(chosen)
    with ExitStack() as stack:
        simulate = chosen["simulate"]
        if simulate is None:
            return work(_settings(chosen, may_ask))
        settings = _simulated(simulate, provider_id(chosen["provider"]), stack)
        models = tuple(Value(name, "--model") for name in names_of(chosen.get("model")))
        return work(replace(settings, models=models) if models else settings)


def all_variables() -> dict[str, str]:
    """Every variable that is set, with those of a ``.env`` file of this folder."""
    return {**read_dotenv(working_folder()).values, **os.environ}


def provider_id(option: str | None) -> str | None:
    """The provider that an option names, None where it is not given."""
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


def _settings(chosen: ConnectionArguments, may_ask: bool) -> Settings:
    """The settings of a command line; what it leaves open is found elsewhere, or asked for."""
    options = _with_profile(_options(chosen), chosen["profile"])
    if options.no_key:
        may_ask = False
    elif chosen["key_stdin"]:
        key = from_stdin(resolved(by_name(options)))
        options = options._replace(key=key, key_source="--key-stdin")
    elif chosen["key_file"]:
        key = from_file(chosen["key_file"])
        options = options._replace(key=key, key_source="--key-file")
    found = resolved(options, lambda: asked(resolved(by_name(options))) if may_ask else None)
    _refuse_address_of_folder(found)
    return found


def _options(chosen: ConnectionArguments) -> Options:
    """The options that say what is asked and on which way."""
    return Options(
        base_url=chosen["base_url"],
        provider=chosen["provider"],
        models=names_of(chosen.get("model")),
        organization=chosen["organization"],
        project=chosen.get("project"),
        key_env=chosen["key_env"],
        allow_http=chosen["allow_http"],
        no_key=chosen.get("no_key", False),
        env_file=_env_file(chosen["env_file"]),
        proxy=chosen["proxy"],
        ca_bundle=chosen["ca_bundle"],
        direct=chosen["direct"],
        repeated=tuple(_repeated(chosen)),
    )


def _with_profile(options: Options, profile: Profile | None) -> Options:
    """The options with the profile that was chosen, and whether it names the base URL."""
    if profile is None:
        return options
    options = options._replace(profile=profile.name)
    where = click.get_current_context().get_parameter_source("base_url")
    if where is not ParameterSource.DEFAULT_MAP:
        return options
    return options._replace(base_url_source=f"profile {profile.name}", base_url_file=profile.file)


def _repeated(chosen: Mapping[str, object]) -> Iterator[str]:
    """The options of this run that a command which tests the same again needs as well."""
    for name in REPEATED:
        if chosen[name] is not None:
            yield from (flag(name), str(chosen[name]))
    for name in SWITCHES:
        if chosen.get(name):
            yield flag(name)
    for check in _texts(chosen.get("skip")):
        yield from ("--skip", check)


def _env_file(path: str | None) -> str | None:
    """A file that is there; what is wrong within it is told as of a ``.env``."""
    if path is not None and not os.path.lexists(path):
        raise click.ClickException(f"--env-file {path}: there is no such file.")
    return path


def _refuse_address_of_folder(settings: Settings) -> None:
    """Say why no key goes to an address that a file of the folder names, before all is tested.

    Raises:
        click.UsageError: the profile is one of a folder, and the key is from elsewhere.
    """
    file, key = settings.base_url.file, settings.key
    if file and settings.profile and key and file not in key.files:
        raise click.UsageError(
            f"{file} in this folder names the address of the profile {settings.profile}, so the "
            f"key from {key.source} is not sent there. Give the address with --base-url, or move "
            "the profile to your own configuration."
        )


def resolved(options: Options, ask: Callable[[], str | None] = lambda: None) -> Settings:
    """What options and the environment come to."""
    try:
        return resolve(options, dict(os.environ), working_folder(), selected, ask)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None


def _refuse_odd_bytes(chosen: Mapping[str, object]) -> None:
    """Complain of an option with bytes that are no text, which no request could carry.

    Raises:
        click.ClickException: there is one.
    """
    for name, value in chosen.items():
        for text in _texts(value):
            if any("\ud800" <= character <= "\udfff" for character in text):
                option = name.replace("_", "-")
                raise click.ClickException(f"--{option} has bytes that are not valid UTF-8: {text}")


def _texts(value: object) -> Iterator[str]:
    """The text that an option has, or each where it can be given more than once."""
    values = value if isinstance(value, tuple) else (value,)
    yield from (one for one in values if isinstance(one, str))
