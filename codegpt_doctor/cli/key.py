"""``codegpt-doctor key``."""

import click

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.cli import complete
from codegpt_doctor.cli.color import color_option
from codegpt_doctor.cli.key_input import typed
from codegpt_doctor.cli.output import echo
from codegpt_doctor.cli.settings import provider_id
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.providers.keys import can_be_sent, owner_of, sendable
from codegpt_doctor.providers.provider import load
from codegpt_doctor.redact import Secret, learn, mask
from codegpt_doctor.settings import keyring_store
from codegpt_doctor.settings.keyring_store import KeyringError
from codegpt_doctor.settings.values import Key

NOT_INSTALLED = (
    "The keyring is an extra, which is not installed. In a clone of codegpt-doctor: "
    'uv tool install ".[keyring]"'
)


@click.command()
@click.argument("action", type=click.Choice(["set", "delete"]))
@click.option(
    "--provider",
    metavar="ID",
    shell_complete=complete.providers,
    help=f"Provider whose key it is. [{DEFAULT_PROVIDER}]",
)
@color_option
def command(action: str, provider: str | None) -> int:
    """Store a key in the system's keyring, or delete it there.

    The key comes from a prompt or from standard input. Commands that need a key look in the
    keyring after the environment and .env.
    """
    chosen = provider_id(provider) or DEFAULT_PROVIDER
    if not keyring_store.is_installed():
        raise click.ClickException(NOT_INSTALLED)
    try:
        said = _set(chosen) if action == "set" else _delete(chosen)
    except KeyringError as error:
        raise click.ClickException(str(error)) from None
    echo(said)
    return ExitCode.HEALTHY


def _set(provider: str) -> str:
    key = Key(Secret(typed()), "keyring")
    learn([key.secret])
    if not can_be_sent(key):
        raise click.ClickException("That is not a key: a key is printable ASCII without spaces.")
    owner = owner_of(key)
    if owner not in (None, provider) and load(provider).hosts:
        raise click.ClickException(
            f"The key looks like one from {load(owner or '').name}. If it is, add --provider "
            f"{owner}."
        )
    keyring_store.store(provider, sendable(key))
    return f"The keyring now has {mask(sendable(key))} as the key for {load(provider).name}."


def _delete(provider: str) -> str:
    keyring_store.delete(provider)
    return f"The keyring no longer has a key for {load(provider).name}."
