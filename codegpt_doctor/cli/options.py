"""What the commands that ask an API share: their options, and what is special about money."""

import os
import re
from collections.abc import Callable, Iterator
from math import isnan
from typing import Any, TypeVar, cast

import click

from codegpt_doctor.cli import complete
from codegpt_doctor.cli.arguments import ConnectionArguments
from codegpt_doctor.cli.color import color_option
from codegpt_doctor.cli.settings import with_settings
from codegpt_doctor.settings.folder import working_folder
from codegpt_doctor.settings.profile import MAX_TIMEOUT, Profile, ProfileError, find_profile
from codegpt_doctor.settings.values import Settings

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Callable[..., Any]], Callable[..., Any]]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Seconds(click.FloatRange):
    """A duration; click says the name of the type to whoever gives something else."""

    name = "number of seconds"


def _number(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """A number of seconds; "nan" is none, and lies within every range."""
    if isnan(value):
        raise click.BadParameter("nan is not a number of seconds.")
    return value


def _variable(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """The name of a variable; what is given instead may be the key itself, and is not shown."""
    if value is not None and not _VARIABLE.fullmatch(value):
        raise click.BadParameter(
            "it takes the name of a variable, such as OPENAI_API_KEY, never the key itself."
        )
    return value


def _proxy(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """An address without a password, which the shell would remember and others could read."""
    front, at, _ = (value or "").rpartition("@")
    if at and ":" in front.rpartition("://")[2]:
        raise click.BadParameter(
            "a password is never given as an argument; put this address into HTTPS_PROXY."
        )
    return value


def timeout_option(default: float) -> Callable[[Command], Command]:
    """The option that limits how long a run may take, in seconds."""
    return click.option(
        "--timeout",
        type=Seconds(min=1, max=MAX_TIMEOUT),
        callback=_number,
        default=default,
        show_default=True,
        metavar="SECONDS",
        help="Limit for the whole run.",
    )


def _profile_option() -> Callable[[Command], Command]:
    """The option that chooses a profile, whose values count where an option is not given."""
    return click.option(
        "--profile",
        metavar="NAME",
        is_eager=True,
        callback=_profile,
        help="Settings of codegpt-doctor.toml, in your configuration or in this folder.",
    )


def _profile(context: click.Context, _option: click.Parameter, name: str | None) -> Profile | None:
    """Read a profile, and let its values be the defaults of the options."""
    if name is None:
        return None
    try:
        found = find_profile(name, os.environ, working_folder())
    except ProfileError as error:
        raise click.UsageError(str(error)) from None
    several = any(one.name == "model" and one.multiple for one in context.command.params)
    models = list(found.models) if several else next(iter(found.models), None)
    values = {
        "provider": found.provider,
        "base_url": found.base_url,
        "model": models,
        "organization": found.organization,
        "project": found.project,
        "key_env": found.key_env,
        "timeout": found.timeout,
    }
    context.default_map = {option: value for option, value in values.items() if value}
    return found


def connection_options(
    timeout: float, several: bool = False, only_lists: bool = False
) -> Callable[[Command], Command]:
    """The options that say what is asked and with which key.

    Args:
        timeout: the default limit, in seconds.
        several: whether more than one model may be named.
        only_lists: whether no model is asked, so that none is chosen and nothing is spent.
    """
    options: tuple[Option, ...] = (
        _profile_option(),
        *_target_options(),
        *([] if only_lists else _model_options(several)),
        *_key_options(),
        *_way_options(),
        timeout_option(timeout),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option(
            "--simulate",
            metavar="ID",
            shell_complete=complete.simulated,
            help="Run against the built-in simulator: healthy, or an error ID.",
        ),
    )

    def add(command: Command) -> Command:
        made: Callable[..., Any] = color_option(command)
        for option in reversed(options):
            made = option(made)
        return cast("Command", made)

    return add


def _target_options() -> Iterator[Option]:
    yield click.option(
        "--provider",
        metavar="ID",
        shell_complete=complete.providers,
        help="Provider to test, such as anthropic.",
    )
    yield click.option("--base-url", metavar="URL", help="Address of the API. [OPENAI_BASE_URL]")
    yield click.option("--organization", metavar="ID", help="Organization header. [OPENAI_ORG_ID]")


def _model_options(several: bool) -> Iterator[Option]:
    model = "Model to test; repeatable" if several else "Model to test"
    yield click.option(
        "--model",
        metavar="NAME",
        multiple=several,
        shell_complete=complete.models,
        help=f"{model}. Default: a small model.",
    )
    yield click.option(
        "--no-spend",
        is_flag=True,
        help="Make no request that costs money (else: one reply of at most 16 tokens).",
    )


def _key_options() -> Iterator[Option]:
    yield click.option(
        "--key-env",
        metavar="NAME",
        callback=_variable,
        help="Variable with the key. [OPENAI_API_KEY]",
    )
    yield click.option("--key-stdin", is_flag=True, help="Read the key from standard input.")
    yield click.option("--key-file", metavar="FILE", help="File with the key on its first line.")
    yield click.option(
        "--env-file", metavar="FILE", help="File to read instead of .env, before variables."
    )


def _way_options() -> Iterator[Option]:
    yield click.option(
        "--proxy", metavar="URL", callback=_proxy, help="Proxy to use. [HTTPS_PROXY]"
    )
    yield click.option("--direct", is_flag=True, help="Use no proxy, whatever is set.")
    yield click.option("--ca-bundle", metavar="FILE", help="Certificates to trust. [SSL_CERT_FILE]")
    yield click.option(
        "--allow-http", is_flag=True, help="Let the key go unencrypted to another machine."
    )


def about_money(chosen: ConnectionArguments, work: Callable[[Settings], int]) -> int:
    """Do the work of a command that an admin key is enough for, and that can choose a project.

    ``--project`` is no header there.
    """
    from codegpt_doctor.billing.shared import UnknownProjectError  # for two commands alone

    def tried(settings: Settings) -> int:
        try:
            return work(settings)
        except UnknownProjectError as error:
            raise click.ClickException(str(error)) from None

    may_ask = not os.environ.get("OPENAI_ADMIN_KEY")
    return with_settings({**chosen, "project": None}, tried, may_ask)
