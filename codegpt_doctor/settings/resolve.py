"""What is tested and with what: each value with the source that it came from."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from codegpt_doctor.files import read_start
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import CA_VARIABLES, Key, Options, Settings, Value

MAX_DOTENV = 1024**2  # bytes; a file of settings has a few lines
IN_DOTENV = " in .env"
KEYRING_SERVICE = "codegpt-doctor"


def resolve(
    options: Options,
    environment: Mapping[str, str],
    folder: str,
    default_base_url: str,
    ask: Callable[[], str | None] = lambda: None,
) -> Settings:
    """Find every setting.

    Args:
        options: what the caller chose.
        environment: the process's variables.
        folder: where a ``.env`` file may be.
        default_base_url: the provider's own.
        ask: asks a person for the key, as the last resort; None when there is nobody to ask.
    """
    dotenv = _dotenv(os.path.join(folder, ".env"))
    sources = _Sources(environment, dotenv)
    key = _key(options, sources, ask)
    admin_key = _as_key(sources.pick(None, "", "OPENAI_ADMIN_KEY"))
    for_all, for_key = partial(_for, sources, (key, admin_key)), partial(_for, sources, (key,))
    return Settings(
        provider="openai",
        base_url=for_all(options.base_url, "--base-url", "OPENAI_BASE_URL")
        or Value(default_base_url, "default"),
        key=key,
        admin_key=admin_key,
        models=tuple(Value(name, "--model") for name in dict.fromkeys(options.models)),
        organization=for_key(options.organization, "--organization", "OPENAI_ORG_ID"),
        project=for_key(options.project, "--project", "OPENAI_PROJECT_ID"),
        ca_bundle=_ca_bundle(environment),
        environment=environment,
        allow_http=options.allow_http,
        notes=tuple(sources.notes) + _other_notes(environment),
    )


class _Sources:
    """Looks a setting up in the order option, environment, .env, and notes where they disagree."""

    def __init__(self, environment: Mapping[str, str], dotenv: Mapping[str, str]) -> None:
        self.environment = environment
        self.dotenv = dotenv
        self.notes: list[str] = []

    def pick(self, option: str | None, flag: str, *variables: str) -> Value | None:
        found = [Value(option, flag)] if option is not None else []
        for name in variables:
            found += [Value(self.environment[name], name)] if name in self.environment else []
            found += [Value(self.dotenv[name], name + IN_DOTENV)] if name in self.dotenv else []
        for other in found[1:]:
            if other.value != found[0].value:
                self.notes.append(
                    f"{found[0].source} and {other.source} differ; {found[0].source} is used"
                )
        return found[0] if found else None


def _for(
    sources: _Sources, keys: Sequence[Key | None], option: str | None, flag: str, variable: str
) -> Value | None:
    """A setting that goes with keys; one of a ``.env`` only when these are in that file as well.

    Else whoever wrote the file, such as the author of a repository that was just cloned, could have
    a key from elsewhere sent to a host of their own.
    """
    found = sources.pick(option, flag, variable)
    if found is None or not found.source.endswith(IN_DOTENV):
        return found
    strange = [key for key in keys if key and key.secret.reveal() not in sources.dotenv.values()]
    if not strange:
        return found
    sources.notes.append(
        f"{found.source} is not used, because the key from {strange[0].source} is not in that "
        f"file; {flag} can set it"
    )
    return None


def _key(options: Options, sources: _Sources, ask: Callable[[], str | None]) -> Key | None:
    name = options.key_env or "OPENAI_API_KEY"
    value = sources.pick(options.key, options.key_source, name)
    if value and value.value:
        return _as_key(value)
    if options.key_env:
        return None
    stored = _from_keyring()
    if stored:
        return Key(Secret(stored), "keyring")
    asked = ask()
    return Key(Secret(asked), "prompt") if asked else None


def _as_key(value: Value | None) -> Key | None:
    return Key(Secret(value.value), value.source) if value and value.value else None


def _dotenv(path: str) -> Mapping[str, str]:
    data = read_start(path, MAX_DOTENV)
    if data is None:
        return {}
    from io import StringIO

    from dotenv import dotenv_values

    try:
        values = dotenv_values(stream=StringIO(data.decode("utf-8-sig")), interpolate=False)
    except UnicodeDecodeError:
        return {}
    return {name: value for name, value in values.items() if value is not None}


def _from_keyring() -> str | None:
    try:
        import keyring
    except ImportError:
        return None
    try:
        stored: str | None = keyring.get_password(KEYRING_SERVICE, "openai")
    except keyring.errors.KeyringError:
        return None
    return stored


def _ca_bundle(environment: Mapping[str, str]) -> Value | None:
    """The first variable that is set; in one run all requests have the same trust."""
    for name in CA_VARIABLES:
        if environment.get(name):
            return Value(environment[name], name)
    return None


def _other_notes(environment: Mapping[str, str]) -> tuple[str, ...]:
    notes = []
    for old, new in (
        ("OPENAI_API_BASE", "OPENAI_BASE_URL"),
        ("OPENAI_ORGANIZATION", "OPENAI_ORG_ID"),
    ):
        if environment.get(old) and environment.get(old) != environment.get(new):
            notes.append(f"{old} is set, but current clients read {new} instead")
    if "authorization:" in environment.get("OPENAI_CUSTOM_HEADERS", "").lower():
        notes.append(
            "OPENAI_CUSTOM_HEADERS has an Authorization line, which replaces the key in programs "
            "that use the official SDK"
        )
    return tuple(notes)
