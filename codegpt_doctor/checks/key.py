"""The key itself: is there one, can it be sent, and is it of the right kind?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.checks.results import NO_KEY, removal_of
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.providers.address import faults_at
from codegpt_doctor.providers.keys import (
    MASKED,
    PLACEHOLDER,
    article,
    foreign_owner,
    is_admin,
    kind_of,
    name_of,
    needs_no_key,
    provider_of,
)
from codegpt_doctor.providers.provider import CUSTOM, Provider, has_ended, load
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.command import command_of
from codegpt_doctor.settings.values import Key, Settings, Value

# what people give a server of their own for a key, as LiteLLM's documentation does
_OF_ONES_OWN = re.compile(r"^(?:test|dummy|changeme|xxx+|sk-(?:x+|1234\S*))$", re.IGNORECASE)
_LINE = re.compile(r"^line\b")  # other words at the beginning are names
KEYRING = "the keyring"
_PASTED_ID = re.compile(r"^(?:org|user|req)-|^(?:proj|key|asst|req|resp|chatcmpl)_")
# where a key is, for a program that gets it from there
_REFERENCE = re.compile(r"^(?:[a-z]{2,20}://|~?/[\w.]|\.{1,2}/|[A-Za-z]:\\)")
MIN_TWICE = 40  # characters of two copies in a row
_STRAY = (
    (
        re.compile(r"^[\"'`]|[\"'`]$"),
        ("The key has quotes around it.", "Remove the quotes from the value."),
    ),
    (
        re.compile(r"[,;]$"),
        ("The key ends with a comma or a semicolon.", "Remove the last character of the value."),
    ),
    (
        re.compile(r"^bearer", re.IGNORECASE),
        ("The value begins with the word Bearer.", "Keep only the key itself."),
    ),
    (
        re.compile(r"^(?:export\s)?\s*[A-Z][A-Z0-9_]{0,60}_(?:KEY|TOKEN)\s*="),
        ("The value begins with the name of the variable.", "Keep only the key itself."),
    ),
    (
        re.compile(r"^(?:(?:proxy-)?authorization|(?:x-)?api-key)\s*:", re.IGNORECASE),
        ("The value begins with the name of a header.", "Keep only the key itself."),
    ),
    (
        re.compile(r"^\{\s*[\"']|[\"']\s*:\s*[\"']"),
        ("The value holds JSON around the key.", "Keep only the key itself."),
    ),
    (
        re.compile(r"\\[nrt]?$"),
        ("The key ends with a backslash, as before a line break.", "Copy the key again."),
    ),
    (re.compile(r"\s"), ("The key contains a space.", "Copy the key again, as one word.")),
)


def check_key(context: Context[object]) -> Outcome:
    """Checks the key's format without sending it."""
    key = context.settings.key
    if context.settings.no_key:
        return Outcome(Status.SKIP, "left out on purpose", skipped_because=NO_KEY)
    if key is None and needs_no_key(context.settings):
        local = load(context.settings.provider).local
        needed = "none is needed" if local else "requests are sent without one"
        return Outcome(Status.PASS, f"none is set, and {needed}")
    if key is None or not key.secret.reveal().strip():
        return _missing(context.settings)
    kind = kind_of(key)
    said = f"{mask(key.secret.reveal())}, {article(kind)} {kind}, from {key.source}"
    fault = _fault(key, context.settings)
    if fault:
        return Outcome(Status.FAIL, f"{said}: {fault.detail.rstrip('.')}", fault)
    doubt = _doubt(key, context.settings)
    if doubt:
        return Outcome(Status.WARN, f"{said}: {doubt.detail.rstrip('.')}", doubt)
    return Outcome(Status.PASS, said, observations={"kind": kind, "source": key.source})


def _missing(settings: Settings) -> Outcome:
    if has_ended(load(settings.provider)):
        return _ended(load(settings.provider))
    searched = settings.searched
    name = searched.places[0] if searched.places else "OPENAI_API_KEY"
    detail = f"Looked in {_listed(searched.places or (name,))}."
    if settings.key:
        detail = f"The key from {settings.key.source} is only whitespace."
    elif settings.environment.get(name) == "":
        hidden = f", and hides the key in {searched.others[0].source}" if searched.others else ""
        detail = f"{name} is set but empty{hidden}. {detail}"
    faults = [f"{_LINE.sub('Line', fault.words)}." for fault in searched.faults]
    detail = " ".join((detail, *faults))
    named = () if settings.key else _of_a_name(name, load(settings.provider).key_variables)
    hiding = (removal_of(name, settings.environment),) if searched.others else ()
    steps = (*hiding, *named, *(fault.step for fault in searched.faults), *_without(settings))
    if KEYRING in searched.places:
        detail += f" codegpt-doctor key set{_option(settings)} stores a key in the keyring."
    finding = Finding("missing_api_key", (Evidence("key", detail),), detail=detail, steps=steps)
    return Outcome(Status.FAIL, "no key was found", finding)


def _of_a_name(name: str, usual: Sequence[str]) -> Iterator[str]:
    """The step where a variable was named for the key that is not set."""
    if name not in usual:
        yield f"Set {name} to the key, or name another variable with --key-env."


def _without(settings: Settings) -> Iterator[str]:
    """How a server is tested that may need no key; of one's own, not all do."""
    if settings.provider == CUSTOM and settings.key is None and settings.url.is_private:
        named = replace(settings, provider_from="option")
        again = command_of(named, load(CUSTOM).key_variables)
        yield f"If that server needs no key, test it without one.\n    {again}"


def _option(settings: Settings) -> str:
    usual = settings.provider == DEFAULT_PROVIDER
    return "" if usual else f" --provider {settings.provider}"


def _ended(provider: Provider) -> Outcome:
    """The outcome for a service that is no more, which no key brings back."""
    ended = provider.ended
    detail = f"{ended.what} ended on {ended.on.isoformat()}." if ended else ""
    finding = Finding("service_retired", (Evidence("key", detail),), detail=detail)
    return Outcome(Status.FAIL, detail.rstrip("."), finding)


def _listed(places: Sequence[str]) -> str:
    """Names in a row, the last one after "and"."""
    return f"{', '.join(places[:-1])} and {places[-1]}" if len(places) > 1 else places[0]


def _fault(key: Key, settings: Settings) -> Finding | None:
    """What keeps the key from being sent, or from working wherever it is sent."""
    stray = _stray(key.secret.reveal())
    if stray:
        return _finding("malformed_authorization", *stray)
    if is_admin(key):
        return _finding(
            "admin_key_on_inference",
            "An admin key manages the organization and cannot run models.",
            "Use a project key here, and put the admin key into OPENAI_ADMIN_KEY.",
        )
    readable = not any(fault.kind.is_certain for fault in faults_at(settings))
    owner = foreign_owner(key, settings) if readable else None
    return _of_another(owner, settings) if owner else None


def _of_another(owner: str, settings: Settings) -> Finding:
    """The finding for the key of one provider before the host of another, or of nobody."""
    host, name = settings.host, name_of(owner)
    at = provider_of(host)
    whose = f"a key from {name_of(at)}" if at else f"the key that {host} gave you"
    detail = f"The key looks like one from {name}, so it was not sent to {host}."
    steps = [
        f"Test the key at {name}, which issued it: --provider {owner}\n    "
        f"{_at_home(owner, settings)}",
        f"In your program, use {whose}, or set the base URL to the API of {name}.",
    ]
    if at is None:
        named = replace(settings, base_url=settings.base_url._replace(source="--base-url"))
        steps.append(
            f"If {host} forwards requests to {name} and accepts its keys, add --provider {owner}\n"
            f"    {_command(owner, named)}"
        )
    finding = _finding("wrong_provider_key", detail)
    return finding._replace(steps=tuple(steps))


def _at_home(owner: str, settings: Settings) -> str:
    """The command that tests the key at its own provider, whatever address a variable names."""
    provider = load(owner)
    led_away = settings.base_url.source in provider.base_url_variables
    usual = Value(provider.base_url, "--base-url" if led_away else "default")
    return _command(owner, replace(settings, base_url=usual, allow_http=False))


def _command(owner: str, settings: Settings) -> str:
    """The command of a run whose provider is another; what is the first one's stays behind."""
    chosen = replace(
        settings, provider=owner, provider_from="option", organization=None, project=None
    )
    usual = (*load(owner).key_variables, *load(DEFAULT_PROVIDER).key_variables)
    return command_of(chosen, usual, models=False)


def _doubt(key: Key, settings: Settings) -> Finding | None:
    """What looks like no key at all; only the API can say that it is none."""
    value = key.secret.reveal()
    if MASKED.search(value):
        detail = "The value looks like the shortened form of a key."
        step = "Create a new key, and copy it from the dialog that shows it once."
        return _finding("invalid_api_key", detail, step)
    chosen = _OF_ONES_OWN.match(value) and provider_of(settings.host) is None
    if PLACEHOLDER.search(value) and not chosen:
        step = f"Put the real key into {key.source}."
        return _finding("invalid_api_key", "The value looks like a placeholder.", step)
    if value[: len(value) // 2] * 2 == value and len(value) >= MIN_TWICE:
        step = "Keep only one of the two copies."
        return _finding("invalid_api_key", "The value is the same text twice in a row.", step)
    if _REFERENCE.search(value):
        step = f"Put the key itself into {key.source}, or name a file with --key-file."
        return _finding("invalid_api_key", "The value looks like a path or a reference.", step)
    if "#" in value:
        step = f"Put a space before the # in {key.source}, or remove all from the # on."
        return _finding("invalid_api_key", "The value contains a #, as before a comment.", step)
    if _PASTED_ID.search(value):
        return _finding("invalid_api_key", "The value looks like an ID, not a key.")
    return None


def _finding(entry_id: str, detail: str, step: str = "") -> Finding:
    return Finding(
        entry_id, (Evidence("key", detail),), detail=detail, steps=(step,) if step else ()
    )


def _stray(value: str) -> tuple[str, str] | None:
    """What in the value is no part of a key: the fault in words, and the change to make."""
    if MASKED.search(value):
        masked = "The value is the shortened form of a key, not the whole key."
        return (masked, "Copy the whole key again.") if not value.isascii() else None
    clean = value.strip()
    if not clean:
        return None
    if re.search(r"[\r\n]", value):
        return "The key contains a line break.", "Remove the line break from the value."
    if clean != value:
        where = "begins" if value[0].isspace() else "ends"
        return f"The key {where} with whitespace.", "Remove the whitespace from the value."
    if not clean.isascii():
        odd = next(character for character in clean if not character.isascii())
        name = f"U+{ord(odd):04X}"
        return f"The key contains {name}, which is not an ASCII character.", "Copy the key again."
    found = (told for odd, told in _STRAY if odd.search(clean))
    return next(found, None)
