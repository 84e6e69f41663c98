"""``codegpt-doctor simulate``."""

import time

import click

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.cli import complete
from codegpt_doctor.cli.complete import HEALTHY
from codegpt_doctor.cli.output import echo, tell
from codegpt_doctor.cli.settings import provider_id
from codegpt_doctor.cli.suggest import unknown
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Settings
from codegpt_doctor.simulator import ADMIN_KEY, KEY, OTHER_KEY, simulation


@click.command()
@click.argument(
    "error", default=HEALTHY, metavar="[ERROR_ID|healthy]", shell_complete=complete.simulated
)
@click.option(
    "--provider",
    metavar="ID",
    shell_complete=complete.providers,
    help="Provider to simulate. Default: one that has the error.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port. Default: any free one."
)
def command(error: str, provider: str | None, port: int) -> int:
    """Serve a provider on this machine that is healthy, or that fails with an error."""
    whose = provider_id(provider)
    entry_id = None if error == HEALTHY else catalogue.resolve(error)
    if error != HEALTHY and entry_id is None:
        raise click.ClickException(unknown(error))
    try:
        with simulation(entry_id, whose, port=port) as settings:
            echo(settings.base_url.value)
            said = _how_to_use(entry_id or "a healthy provider", settings)
            tell(said, shown=(KEY, ADMIN_KEY, OTHER_KEY))  # they are no secrets
            while True:
                time.sleep(3600)
    except LookupError as problem:
        raise click.ClickException(str(problem.args[0])) from None
    except OSError as problem:
        raise click.ClickException(f"Port {port} cannot be used: {problem.strerror}") from None
    return ExitCode.HEALTHY


def _how_to_use(simulated: str, settings: Settings) -> str:
    url = settings.base_url.value
    if settings.provider != DEFAULT_PROVIDER:
        variable = next(iter(load(settings.provider).key_variables), "OPENAI_API_KEY")
        return (
            f"Simulating {simulated} of {load(settings.provider).name}; Ctrl-C ends it. "
            f"In another terminal:\n"
            f"  export {variable}={OTHER_KEY}\n"
            f"  codegpt-doctor check --provider {settings.provider} --base-url {url}"
        )
    return (
        f"Simulating {simulated}; Ctrl-C ends it. In another terminal:\n"
        f"  export OPENAI_BASE_URL={url} OPENAI_API_KEY={KEY}\n"
        f"  export OPENAI_ADMIN_KEY={ADMIN_KEY}"
    )
