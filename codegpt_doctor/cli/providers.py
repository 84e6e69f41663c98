"""``codegpt-doctor providers``."""

import os

import click

from codegpt_doctor.cli.color import color_option
from codegpt_doctor.cli.output import echo, echo_json
from codegpt_doctor.cli.settings import all_variables
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.output.report_data import TOOL
from codegpt_doctor.output.style import style_of_stdout
from codegpt_doctor.providers.owners import by_key_variable
from codegpt_doctor.providers.provider import Provider, all_providers

OWN_ADDRESS = "your own address"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@color_option
def command(as_json: bool) -> int:
    """List the providers: the ID for --provider, the address, and whose key is set."""
    found = by_key_variable(all_variables())
    if as_json:
        listed = [_data(one, found.get(one.id)) for one in all_providers()]
        echo_json({"schema_version": SCHEMA_VERSION, "tool": TOOL, "providers": listed})
        return ExitCode.HEALTHY
    style = style_of_stdout(os.environ)
    for one in all_providers():
        echo(f"{style.strong(one.name)} ({one.id})")
        echo(f"  {one.base_url or OWN_ADDRESS}{style.symbols.dot}{_key(one, found.get(one.id))}")
        if one.ended:
            echo(f"  {one.ended.what} ended on {one.ended.on}. {one.ended.replacement}".rstrip())
    return ExitCode.HEALTHY


def _key(one: Provider, variable: str | None) -> str:
    if variable:
        return f"{variable} is set"
    if not one.auth.required:
        return "needs no key"
    return f"{one.key_variables[0]} is not set" if one.key_variables else "no key is set"


def _data(one: Provider, variable: str | None) -> dict[str, object]:
    ended = one.ended
    return {
        "id": one.id,
        "name": one.name,
        "base_url": one.base_url or None,
        "local": one.local,
        "key_required": one.auth.required,
        "key_variables": list(one.key_variables),
        "key_set": variable,
        "ended": {"what": ended.what, "on": ended.on.isoformat(), "replacement": ended.replacement}
        if ended
        else None,
    }
