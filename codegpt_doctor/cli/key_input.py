"""The key as a person or a file gives it; nothing of it is shown, and no argument holds it."""

import re
import sys
from collections.abc import Iterator

import click

from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.cli.output import tell
from codegpt_doctor.engine.background import Background
from codegpt_doctor.files import decoded
from codegpt_doctor.model.report import Status
from codegpt_doctor.providers.provider import CUSTOM, load
from codegpt_doctor.settings.values import Options, Settings

NOT_SHOWN = "API key (not shown)"
MAX_LINE = 10_000  # characters
MAX_FILE = 64 * 1024  # bytes
RESOLVING = 5.0  # seconds that the name of a local server may take before a key is asked for
_SETTING = re.compile(r"[ \t]{0,40}(?:export[ \t]{1,8})?[A-Za-z_]\w{0,80}[ \t]{0,8}=", re.ASCII)


def from_file(path: str) -> str:
    """The key in the first line of a file, which may be a pipe of the shell.

    Raises:
        click.ClickException: the file cannot be read, or what it holds is no key.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_FILE)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have that name"
        raise click.ClickException(f"--key-file {path} cannot be read: {why}.") from None
    lines = decoded(data).splitlines()
    if not lines or not lines[0].strip():
        raise click.ClickException(f"--key-file {path} has no key on its first line.")
    if _SETTING.match(lines[0]):
        raise click.ClickException(
            f"--key-file {path} has settings in it, not a key alone; --env-file reads such a file."
        )
    return lines[0]


def from_stdin(settings: Settings) -> str:
    """The key from standard input: a line of it, or what a person types."""
    if sys.stdin.isatty():
        return prompt(settings)
    return sys.stdin.readline(MAX_LINE).rstrip("\r\n")


def typed() -> str:
    """A key to be kept: a line of standard input, or what a person types unseen."""
    if sys.stdin.isatty():
        return _unseen()
    return sys.stdin.readline(MAX_LINE).rstrip("\r\n")


def asked(settings: Settings) -> str | None:
    """The key as a person types it, or None where there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return prompt(settings, default="")


def by_name(options: Options) -> Options:
    """The options with which an address can be judged before the key is known."""
    return options._replace(key=None, key_env="OPENAI_API_KEY")  # so that no keyring is opened


def prompt(settings: Settings, default: str | None = None) -> str:
    """Ask for the key without showing it, unless the address is one where no key can be sent."""
    judged = judge_settings(Way(settings, Background.within(RESOLVING)))
    if judged.status is Status.FAIL:
        raise click.ClickException(judged.summary)
    for line in _how_to_give_it(settings, may_be_none=default is not None):
        tell(line)
    return _unseen(default)


def _unseen(default: str | None = None) -> str:
    said = click.prompt(NOT_SHOWN, hide_input=True, default=default, show_default=False, err=True)
    return str(said)


def _how_to_give_it(settings: Settings, may_be_none: bool) -> Iterator[str]:
    """Which key is asked for, where it is found, and how it is pasted."""
    provider = load(settings.provider)
    whose = settings.host if provider.id == CUSTOM else provider.name
    yield f"Paste an API key for {whose}; it is sent to {settings.host} only, and is not stored."
    if provider.pages.keys:
        yield f"Keys are on the API keys page: {provider.pages.keys}"
    with_keys = {"win32": "a right-click", "darwin": "Command+V"}.get(sys.platform, "Ctrl+Shift+V")
    rest = ", or press only Enter to go on without a key" if may_be_none else ""
    yield f"Paste it with {with_keys}, then press Enter{rest}. Nothing appears as you paste."
