"""``codegpt-doctor leaks``."""

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from codegpt_doctor.cli.output import echo, echo_json, tell
from codegpt_doctor.files import decoded, open_plain
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.output.report_data import TOOL
from codegpt_doctor.providers.leaks import Leak, leaks_in
from codegpt_doctor.providers.provider import load

MAX_BYTES = 16 * 1024**2  # of one file; the rest is not read, and that is said


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(files: tuple[str, ...], as_json: bool) -> int:
    """Find providers' API keys in files that others can read; - is standard input.

    A key is shown masked. Exit codes: 0 none was found, 1 one was found, 2 usage error, 3 a file
    could not be read.
    """
    found: list[tuple[str, Leak]] = []
    unread = False
    for name in files:
        try:
            found += ((name, leak) for leak in leaks_in(_text(name)))
        except OSError as error:
            tell(f"{name} cannot be read: {error.strerror or error}.")
            unread = True
    if as_json:
        listed = [{"file": name, **asdict(leak)} for name, leak in found]
        echo_json({"schema_version": SCHEMA_VERSION, "tool": TOOL, "leaks": listed})
    else:
        for line in _lines(found):
            echo(line)
    if found:
        return ExitCode.PROBLEM
    return ExitCode.INCONCLUSIVE if unread else ExitCode.HEALTHY


def _text(name: str) -> str:
    with sys.stdin.buffer if name == "-" else open_plain(name) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        tell(f"Only the first {MAX_BYTES // 1024**2} MiB of {name} were read.")
    return decoded(data[:MAX_BYTES])


def _lines(found: list[tuple[str, Leak]]) -> Iterator[str]:
    for name, leak in found:
        yield f"{name}:{leak.line}: {leak.kind} {leak.hint}"
    if not found:
        return
    yield ""
    yield (
        "Whoever reads the file can use the key. Delete it where it was created, "
        "and create another:"
    )
    pages = {load(leak.provider).pages.keys for _, leak in found if leak.provider}
    yield from (f"  {page}" for page in sorted(filter(None, pages)))
    yield "Keep the new one in a variable, or in a file listed in .gitignore."
