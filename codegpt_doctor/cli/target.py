"""What is tested and with which key: the options of a command line as settings."""

import os
import sys
from collections.abc import Callable

import click

from codegpt_doctor import catalogue
from codegpt_doctor.settings import Options, Settings, resolve


def unknown(name: str) -> str:
    """Say that no error has a name, and which are near."""
    near = catalogue.near(name)
    return f"No error is called {name}." + (f" Did you mean {' or '.join(near)}?" if near else "")


def ask() -> str | None:
    """Ask for the key where there is a person; the answer is not shown."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return str(
        click.prompt(
            "API key (not shown)", hide_input=True, default="", show_default=False, err=True
        )
    )


def settings_of(chosen: dict[str, object], ask: Callable[[], str | None] = ask) -> Settings:
    """The settings of a command line; what it leaves open is found elsewhere, or asked for."""
    options = Options(
        base_url=_text(chosen["base_url"]),
        models=names(chosen["model"]),
        organization=_text(chosen["organization"]),
        project=_text(chosen["project"]),
        key=_from_stdin() if chosen["key_stdin"] else None,
        key_source="--key-stdin",
        key_env=_text(chosen["key_env"]),
        allow_http=bool(chosen["allow_http"]),
    )
    default = catalogue.providers()["openai"]["base_url"]
    return resolve(options, dict(os.environ), os.getcwd(), default, ask)


def names(value: object) -> tuple[str, ...]:
    """The values of an option that may be given more than once."""
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _from_stdin() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("API key", hide_input=True, err=True))
    return sys.stdin.readline(10_000).rstrip("\r\n")
