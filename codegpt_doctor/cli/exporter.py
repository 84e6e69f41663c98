"""``codegpt-doctor exporter``."""

import click

from codegpt_doctor.cli.output import scrub_logs, tell
from codegpt_doctor.cli.serving import collect_garbage
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.output.report_data import SITE

MISSING = (
    "This needs the extra exporter: install codegpt-doctor[exporter] in place of codegpt-doctor, "
    f"as {SITE}/install/ shows."
)
PORT = 9877


@click.command()
@click.option(
    "--config", required=True, metavar="FILE", help="Targets and modules, in TOML without secrets."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port."
)
def command(config: str, host: str, port: int) -> int:
    """Serve Prometheus: /probe?target=NAME&module=NAME tests a target of the configuration.

    Each target is tested no more often than the configured interval, however often it is scraped;
    in between, the last result is given. /metrics is about the exporter itself, and /-/healthy
    shows whether it is running. The extra exporter has to be installed.
    """
    from codegpt_doctor.exporter.config import read_config
    from codegpt_doctor.exporter.server import Exporter, is_installed
    from codegpt_doctor.settings.profile import ProfileError

    if not is_installed():
        raise click.ClickException(MISSING)
    scrub_logs()
    collect_garbage()
    try:
        read = read_config(config)
        server = Exporter(read, (host, port))
    except ProfileError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{host} port {port}: {error.strerror or error}.") from None
    with server:
        tell(f"{len(read.targets)} targets at http://{host}:{server.server_port}/probe?target=NAME")
        server.serve_forever()
    return ExitCode.HEALTHY
