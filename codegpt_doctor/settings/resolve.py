"""What is tested and with what: each value with the source that it came from."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from codegpt_doctor.redact import Secret
from codegpt_doctor.settings import keyring_store
from codegpt_doctor.settings.dotenv_file import NAME, Dotenv, near_misses, read_dotenv
from codegpt_doctor.settings.values import (
    CA_VARIABLES,
    Key,
    Options,
    SearchedKey,
    Selection,
    Settings,
    Value,
)

BASE_URL = "OPENAI_BASE_URL"  # the variable that names the address of any provider
Select = Callable[[Options, Mapping[str, str]], Selection]


def resolve(
    options: Options,
    environment: Mapping[str, str],
    folder: str,
    select: Select,
    ask: Callable[[], str | None] = lambda: None,
) -> Settings:
    """Find every setting.

    Args:
        options: what the caller chose.
        environment: the process's variables.
        folder: where a ``.env`` file may be.
        select: decides from the options and all variables which provider is tested.
        ask: asks a person for the key, as the last resort; None when there is nobody to ask.
    """
    dotenv = read_dotenv(folder, options.env_file or NAME)
    sources = _Sources(environment, dotenv, options.env_file)
    every = sources.every()
    chosen = select(options, every)
    key, searched = _key(options, sources, folder, chosen, ask)
    admin_key = sources.as_key(sources.pick(None, "", "OPENAI_ADMIN_KEY"))
    for_all, for_key = partial(_for, sources, (key, admin_key)), partial(_for, sources, (key,))
    variable = chosen.base_url_from if chosen.base_url_from in every else BASE_URL
    is_empty = every.get(BASE_URL) == ""  # which is no choice, and no address either
    is_named = options.base_url is not None or chosen.base_url_from != "default" or is_empty
    named = for_all(options.base_url, options.base_url_source, variable) if is_named else None
    if named and options.base_url_file:
        named = named._replace(file=options.base_url_file)
    if named and options.base_url is None and chosen.base_url_from == variable:
        named = named._replace(value=chosen.base_url)  # as the clients of the provider complete it
    if is_named and named is None:  # of a file whose author may not have the key sent anywhere
        del every[variable]
        asked, chosen = chosen.key_variable, select(options, every)
        if chosen.key_variable != asked:
            key, searched = _key(options, sources, folder, chosen, ask)
    return Settings(
        provider=chosen.provider,
        provider_from=chosen.provider_from,
        base_url=named or Value(chosen.base_url, "default"),
        key=key,
        admin_key=admin_key,
        models=tuple(Value(name, "--model") for name in dict.fromkeys(options.models)),
        organization=for_key(options.organization, "--organization", "OPENAI_ORG_ID"),
        project=for_key(options.project, "--project", "OPENAI_PROJECT_ID"),
        ca_bundle=_ca_bundle(options.ca_bundle, environment),
        proxy=Value(options.proxy, "--proxy") if options.proxy is not None else None,
        environment=environment,
        direct=options.direct,
        allow_http=options.allow_http,
        no_key=options.no_key,
        repeated=options.repeated,
        profile=options.profile,
        notes=(
            *sources.notes,
            *(fault.words for fault in dotenv.faults),
            *_other_notes(environment),
        ),
        searched=searched,
    )


class _Sources:
    """Looks a setting up in the order option, environment, .env, and notes where they disagree.

    A file that an option names goes before the environment; but who wrote it is not known either.
    """

    def __init__(self, environment: Mapping[str, str], dotenv: Dotenv, chosen: str | None) -> None:
        self.environment = environment
        self.dotenv = dotenv
        self.file = chosen or NAME
        self._is_chosen = chosen is not None
        self.notes: list[str] = []

    def every(self) -> dict[str, str]:
        """All variables, each with the value that counts."""
        if self._is_chosen:
            return {**self.environment, **self.dotenv.values}
        return {**self.dotenv.values, **self.environment}

    def found(self, option: str | None, flag: str, *variables: str) -> list[Value]:
        """Every place where a setting is, the one that is used first."""
        found = [Value(option, flag)] if option is not None else []
        for name in variables:
            places = []
            if name in self.environment:
                places.append(Value(self.environment[name], name))
            if name in self.dotenv.values:
                source = f"{name} in {self.file}"
                places.append(Value(self.dotenv.values[name], source, self.file))
            found += reversed(places) if self._is_chosen else places
        return found

    def pick(self, option: str | None, flag: str, *variables: str) -> Value | None:
        found = self.found(option, flag, *variables)
        for other in found[1:]:
            if other.value != found[0].value:
                self.notes.append(
                    f"{found[0].source} and {other.source} differ; {found[0].source} is used"
                )
        return found[0] if found else None

    def as_key(self, value: Value | None) -> Key | None:
        """A value as a key, with the files that hold it too; nothing where it is empty."""
        if value is None or not value.value:
            return None
        files = (self.file,) if value.value in self.dotenv.values.values() else ()
        return Key(Secret(value.value), value.source, files)


def _for(
    sources: _Sources, keys: Sequence[Key | None], option: str | None, flag: str, variable: str
) -> Value | None:
    """A setting that goes with keys; one of a ``.env`` only when these are in that file as well.

    Else whoever wrote the file, such as the author of a repository that was just cloned, could have
    a key from elsewhere sent to a host of their own.
    """
    found = sources.pick(option, flag, variable)
    if found is None or not found.file:
        return found
    strange = [key for key in keys if key and found.file not in key.files]
    if not strange:
        return found
    sources.notes.append(
        f"{found.source} is not used, because the key from {strange[0].source} is not in that "
        f"file; {flag} can set it"
    )
    return None


def _key(
    options: Options,
    sources: _Sources,
    folder: str,
    chosen: Selection,
    ask: Callable[[], str | None],
) -> tuple[Key | None, SearchedKey]:
    """The key that is used, and where else one is or could have been."""
    if options.no_key:
        return None, SearchedKey()
    used = options.key_env or chosen.key_variable
    names = [name for name in (used, *chosen.other_variables) if name]
    found = sources.found(options.key, options.key_source, *names)
    key = sources.as_key(sources.pick(options.key, options.key_source, *names))
    places = [*names, *([sources.file] if sources.dotenv.exists else [])]
    if key is None and names and not options.key_env:
        if keyring_store.is_installed():
            places.append("the keyring")
            key = sources.as_key(Value(keyring_store.stored_key(chosen.provider) or "", "keyring"))
        if key is None:
            key = sources.as_key(Value(ask() or "", "prompt"))
    others = (sources.as_key(value) for value in found)
    # who gives a key means that one alone; no other goes to the same address
    may_differ = options.key is None
    different = [
        other
        for other in others
        if may_differ and other and (key is None or other.secret != key.secret)
    ]
    looks = key is None and not options.key_env and not options.env_file
    misses = near_misses(folder, sources.dotenv, sources.environment, *names[:1]) if looks else ()
    faults = (*sources.dotenv.faults, *misses)
    if key is not None:
        faults = tuple(one for one in faults if one.alters and sources.file in key.files)
    return key, SearchedKey(tuple(places), tuple(different), faults)


def _ca_bundle(option: str | None, environment: Mapping[str, str]) -> Value | None:
    """The option or the first variable that is set; all requests of a run have the same trust."""
    if option is not None:
        return Value(option, "--ca-bundle")
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
