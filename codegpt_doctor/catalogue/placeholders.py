"""Placeholders such as ``{{billing_page}}``: what a text says of the provider or the run at hand.

Those of pages stand only as the target of a link; all others may stand anywhere in the prose.
``{{command}}`` is the command with the options of the run, and so is ``{{again}}``, in a step that
does nothing else than test again: below its own output a run leaves such a step out.
"""

import re
from collections.abc import Mapping

from codegpt_doctor.catalogue.entry import DEFAULT_PROVIDER, EntryError, Facts, pages_of

Values = Mapping[str, str]

NAMES = (
    "provider",
    "support",
    "host",
    "base_url",
    "model",
    "organization",
    "key_variable",
    "command",
    "again",
)
PAGES = (
    "keys_page",
    "billing_page",
    "limits_page",
    "usage_page",
    "models_page",
    "status_page",
    "organization_page",
    "projects_page",
)
COMMAND = "codegpt-doctor check"

PHRASES = ("provider", "support", "organization")  # values that can be words, not only a name
_LINK = r"\[([^\]]+)\]\(\{\{(\w+)\}\}\)"
_NAME = r"\{\{(.*?)\}\}"
_START = r"""(?:[.!?]["”)*`]*\s+|\n\s*\n\s*|\n *(?:[-*]|\d+\.) +)["“(*[]*\Z"""
_LOOK_BACK = 40  # characters in which the end of the sentence before is to be found


def fill(text: str, values: Values) -> str:
    """The text with the value of each placeholder.

    A link to a page that the provider does not have becomes its text, with whom to ask.

    Raises:
        EntryError: a placeholder is unknown, or has no value.
    """

    def link(found: re.Match[str]) -> str:
        url = values.get(_known(found[2], PAGES))
        return f"[{found[1]}]({url})" if url else f"{found[1]} (ask whoever runs {{{{host}}}})"

    text = re.sub(_LINK, link, text)

    def name(found: re.Match[str]) -> str:
        value = " ".join(values[_known(found[1], NAMES)].split())
        starts = found[1] in PHRASES and _starts_sentence(text[: found.start()])
        return value[:1].upper() + value[1:] if starts else value

    try:
        return re.sub(_NAME, name, text)
    except KeyError as error:
        raise EntryError(f"there is no value for the placeholder {error}") from None


def filled(texts: Mapping[str, str], values: Values) -> dict[str, str]:
    """Every text of a mapping with the value of each placeholder."""
    return {name: fill(text, values) for name, text in texts.items()}


def _starts_sentence(before: str) -> bool:
    return not before or bool(re.search(_START, f"\n\n{before}"[-_LOOK_BACK:]))


def _known(name: str, names: tuple[str, ...]) -> str:
    if name in names:
        return name
    if name in PAGES:
        raise EntryError(f"the placeholder {name} is not the target of a link")
    raise EntryError(f"there is no placeholder {name}; known are {', '.join(names)}")


def validate(text: str) -> None:
    """See that a text has no other placeholders than those that are known, where they may stand.

    Raises:
        EntryError: it has.
    """
    fill(text, dict.fromkeys((*NAMES, *PAGES), ""))


def site_values(data: Facts) -> dict[str, str]:
    """The values where nothing has been run: those of a provider's data, which may be empty."""
    hosts = data.get("hosts")
    option = f" --provider {data['id']}" if _is_named(data) else ""
    return run_values(data, host=hosts[0] if hosts else "", command=COMMAND + option)


def _is_known(data: Facts) -> bool:
    return bool(data.get("hosts") or data.get("host_suffixes") or data.get("local"))


def _is_named(data: Facts) -> bool:
    """Whether a command has to say which provider it is about, and that is enough."""
    return _is_known(data) and data["id"] != DEFAULT_PROVIDER


def run_values(
    data: Facts,
    *,
    host: str,
    base_url: str | None = None,
    model: str | None = None,
    organization: str | None = None,
    command: str = COMMAND,
) -> dict[str, str]:
    """The values of a run.

    Args:
        data: of the provider; empty for a server that nobody knows.
        host: of the base URL.
        base_url: the address that was tested; the provider's own if not given.
        model: the model that was tested; the provider's first if not given.
        organization: its id or name.
        command: the command with the options of this run.
    """
    server = f"the server at {host}" if host else "the provider"
    name = data["name"] if _is_known(data) else None  # any other is not called by its kind
    support = f"whoever runs {host}" if host else "the provider"
    variable = f"{data['id'].upper()}_API_KEY" if "id" in data else "OPENAI_API_KEY"
    return {
        "provider": name or server,
        "support": f"{name}'s support" if name else support,
        "host": host or "the server",
        "base_url": base_url or data.get("base_url") or f"https://{host or 'HOST'}/v1",
        "model": model or next(iter(data.get("models", {}).get("default", ())), "MODEL"),
        "organization": organization or "your organization",
        "key_variable": next(iter(data.get("key_variables", ())), variable),
        "command": command,
        "again": command,
        **{name: url for page, url in pages_of(data).items() if (name := f"{page}_page") in PAGES},
    }
