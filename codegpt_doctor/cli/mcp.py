"""``codegpt-doctor mcp``."""

import click

from codegpt_doctor.cli.output import scrub_logs
from codegpt_doctor.cli.serving import collect_garbage
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.output.report_data import SITE

MISSING = (
    "This needs the extra mcp: install codegpt-doctor[mcp] in place of codegpt-doctor, "
    f"as {SITE}/install/ shows."
)


@click.command()
@click.option("--spend", is_flag=True, help="Let a check request one reply of at most 16 tokens.")
def command(spend: bool) -> int:
    """Serve assistants over standard input and output (Model Context Protocol).

    The tools are check, explain, errors and models. An assistant can name a provider, a model and a
    profile of yours, but no address, variable or key; no result holds a key, and requests are
    limited to six runs a minute. The extra mcp has to be installed.
    """
    from codegpt_doctor.mcp.server import is_installed, serve
    from codegpt_doctor.mcp.tools import Tools

    if not is_installed():
        raise click.ClickException(MISSING)
    scrub_logs()
    collect_garbage()
    serve(Tools(spend))
    return ExitCode.HEALTHY
