"""What click gives to the commands: the values of their options, by the names of its parameters."""

from typing import NotRequired, TypedDict

from codegpt_doctor.settings.profile import Profile


class ConnectionArguments(TypedDict):
    """What ``connection_options`` give to a command, and what ``check`` has beside them."""

    profile: Profile | None
    provider: str | None
    base_url: str | None
    organization: str | None
    project: NotRequired[str | None]
    model: NotRequired[str | tuple[str, ...] | None]
    no_spend: NotRequired[bool]
    key_env: str | None
    key_stdin: bool
    key_file: str | None
    no_key: NotRequired[bool]
    env_file: str | None
    proxy: str | None
    direct: bool
    ca_bundle: str | None
    allow_http: bool
    timeout: float
    as_json: bool
    simulate: str | None


class FormatArguments(TypedDict):
    """What ``format_options`` and ``--json`` give to a command."""

    output_format: str | None
    short: bool
    quiet: bool
    as_json: bool


class SharingArguments(TypedDict):
    """What ``sharing_options`` give to a command."""

    report: str | None
    force: bool
    template: str | None
    copy: bool


class CheckArguments(ConnectionArguments, FormatArguments, SharingArguments):
    """What the options give to ``check``."""

    sdk: bool
    node: bool
    no_control: bool
    skip: tuple[str, ...]
    watch: bool
    watch_for: float | None
    otel: bool
    fail_on: str
    verbose: bool


class EditorArguments(FormatArguments, SharingArguments):
    """What the options give to ``editor``."""


class BillingArguments(ConnectionArguments):
    """What the options give to ``billing``."""

    days: int | None
    csv_file: str | None
    svg_file: str | None


def names_of(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """The values of an option, which may be one that can be given more than once."""
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()
