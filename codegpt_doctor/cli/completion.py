"""``codegpt-doctor completion``."""

import click
from click.shell_completion import get_completion_class

from codegpt_doctor.cli.output import echo
from codegpt_doctor.model.exit_codes import ExitCode

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_CODEGPT_DOCTOR_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the script that lets a SHELL complete commands and options with the Tab key.

    In bash and zsh: eval "$(codegpt-doctor completion bash)", with the name of the shell; in fish:
    codegpt-doctor completion fish | source
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"{shell} is not supported.")
    echo(made(ctx.find_root().command, {}, "codegpt-doctor", VARIABLE).source())
    return ExitCode.HEALTHY
