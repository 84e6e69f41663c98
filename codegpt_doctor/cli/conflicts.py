"""Options that cannot work together: what is given is used, or it is said that it is not."""

from collections.abc import Mapping, Sequence

import click
from click.core import ParameterSource

KEYS = ("key_env", "key_stdin", "key_file")
WAY = ("proxy", "direct", "ca_bundle")
OUTPUTS = ("as_json", "output_format", "short", "quiet")
# the first of a row with each of the others; why follows where it is not plain
CONFLICTS: tuple[tuple[str, Sequence[str], str], ...] = (
    (
        "simulate",
        ("base_url", "organization", "project", "env_file", "allow_http", "no_key", *KEYS, *WAY),
        "the simulator has its own address and key",
    ),
    ("no_key", (*KEYS, "sdk", "node"), ""),
    ("key_env", ("key_stdin", "key_file"), ""),
    ("key_stdin", ("key_file",), ""),
    ("proxy", ("direct",), ""),
    ("as_json", OUTPUTS[1:], ""),
    ("output_format", OUTPUTS[2:], ""),
    ("short", OUTPUTS[3:], ""),
    ("verbose", OUTPUTS[2:], ""),
)
# what only says more of another option
NEEDS = (("watch_for", "watch"), ("force", "report"), ("template", "report_or_copy"))
NAMES = {
    "as_json": "--json",
    "output_format": "--format",
    "watch_for": "--for",
    "every": "--all",
    "report_or_copy": "--report or --copy",
}


def flag(name: str) -> str:
    """The option behind the name of a parameter."""
    return NAMES.get(name) or f"--{name.replace('_', '-')}"


def _is_of_profile(name: str) -> bool:
    """Whether an option has its value from a profile, which every option goes before."""
    context = click.get_current_context(silent=True)
    return context is not None and (
        context.get_parameter_source(name) is ParameterSource.DEFAULT_MAP
    )


def refuse_conflicts(chosen: Mapping[str, object]) -> None:
    """Complain of options that exclude each other, or that say more of one that is not there.

    Raises:
        click.UsageError: there are such options.
    """
    chosen = {name: value for name, value in chosen.items() if not _is_of_profile(name)}
    for first, others, why in CONFLICTS:
        for other in others:
            if chosen.get(first) and chosen.get(other):
                because = f": {why}" if why else ""
                raise click.UsageError(
                    f"{flag(first)} and {flag(other)} cannot be used together{because}."
                )
    for other in OUTPUTS if chosen.get("report") == "-" else ():
        if chosen.get(other):
            raise click.UsageError(
                f"--report - and {flag(other)} cannot be used together: only one of them fits on "
                "standard output."
            )
    is_markdown = chosen.get("output_format") == "markdown"
    reported = chosen.get("report") or chosen.get("copy") or is_markdown
    given = {**chosen, "report_or_copy": reported}
    for one, needed in NEEDS:
        if given.get(one) and not given.get(needed):
            raise click.UsageError(f"{flag(one)} works only with {flag(needed)}.")
