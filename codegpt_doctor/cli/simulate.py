"""``codegpt-doctor simulate``."""

import time

import click

from codegpt_doctor import catalogue
from codegpt_doctor.cli.output import echo, tell
from codegpt_doctor.cli.suggest import unknown
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.settings.values import Settings
from codegpt_doctor.simulator import ADMIN_KEY, KEY, simulation


@click.command()
@click.argument("error", default="healthy", metavar="[ERROR_ID|healthy]")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port; any free one if not given."
)
def command(error: str, port: int) -> int:
    """Serve a provider on this machine that is healthy, or that fails with an error."""
    entry_id = None if error == "healthy" else catalogue.resolve(error)
    if error != "healthy" and entry_id is None:
        raise click.ClickException(unknown(error))
    try:
        with simulation(entry_id, port=port) as settings:
            echo(settings.base_url.value)
            said = _how_to_use(entry_id or "a healthy provider", settings)
            tell(said, shown=(KEY, ADMIN_KEY))  # they are no secrets
            while True:
                time.sleep(3600)
    except LookupError as problem:
        raise click.ClickException(str(problem.args[0])) from None
    except OSError as problem:
        raise click.ClickException(f"Port {port} cannot be used: {problem.strerror}") from None
    return ExitCode.HEALTHY


def _how_to_use(simulated: str, settings: Settings) -> str:
    url = settings.base_url.value
    return (
        f"Simulating {simulated}; Ctrl-C ends it. In another terminal:\n"
        f"  export OPENAI_BASE_URL={url} OPENAI_API_KEY={KEY}\n"
        f"  export OPENAI_ADMIN_KEY={ADMIN_KEY}"
    )
