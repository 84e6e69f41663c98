"""Which provider a run tests, at which address and with the key of which variable.

What was chosen by an option goes before the base URL, this before the variables with keys, and
these before the default.  Nothing is read here but the providers' data: the caller gives all that
is set, with that of a ``.env`` file.
"""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.providers.owners import by_host, by_key, by_key_variable, by_port, by_website
from codegpt_doctor.providers.provider import CUSTOM, Provider, load
from codegpt_doctor.settings.url import DEFAULT_PORTS, is_loopback
from codegpt_doctor.settings.values import Options, Selection

# what a server listens at on every address of this machine, or none is named: where it is asked
HERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - asked, not bound
REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")


class SelectionError(ValueError):
    """It cannot be told what to test; the message says what to choose."""


class UnknownProviderError(SelectionError):
    """There is no such provider."""


class SeveralKeysError(SelectionError):
    """Keys of several providers are set, and nothing says which of them to test.

    ``variables`` are theirs, by the id of the provider.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = dict(variables)
        named = ", ".join(f"{name} ({load(one).name})" for one, name in variables.items())
        super().__init__(
            f"Keys of several providers are set: {named}. "
            "Choose one with --provider, or test them all with --all."
        )


def selected(options: Options, environment: Mapping[str, str]) -> Selection:
    """What the options of a caller and all variables decide.

    Raises:
        SelectionError: nothing decides, or there is no such provider.
    """
    return select(options.provider, options.base_url, environment, options.key, options.key_env)


def select(
    option: str | None,
    base_url: str | None,
    environment: Mapping[str, str],
    key: str | None = None,
    key_variable: str | None = None,
) -> Selection:
    """Decide what to test.

    Args:
        option: the provider that was chosen with ``--provider``.
        base_url: the address that was chosen with ``--base-url``.
        environment: all variables that are set, with those of a ``.env`` file.
        key: the key, where it was chosen otherwise than by the variables of the providers.
        key_variable: the variable that was chosen with ``--key-env``.

    Raises:
        UnknownProviderError: the option is none.
        SeveralKeysError: keys of several providers are set, and nothing decides.
    """
    chosen, named_by = _decide(option, base_url, environment, key, key_variable)
    address, address_from = _address(chosen, base_url, environment)
    by_address = address_from != "default"
    variable = key_variable or _key_variable(chosen, environment, by_address)
    others = () if key_variable else _others(chosen, variable, environment)
    return Selection(chosen.id, named_by, address, address_from, variable, others)


def _others(
    provider: Provider, used: str | None, environment: Mapping[str, str]
) -> tuple[str, ...]:
    """The variables of a provider's key that are set beside the one that is used."""
    names = (name for name in provider.key_variables if environment.get(name, "").strip())
    return tuple(name for name in names if name != used)


def _decide(
    option: str | None,
    base_url: str | None,
    environment: Mapping[str, str],
    key: str | None,
    key_variable: str | None,
) -> tuple[Provider, str]:
    if option is not None:
        return named(option), "option"
    address = (
        base_url if base_url is not None else _first(environment, _default().base_url_variables)
    )
    if address:
        return _by_address(address), "host"
    return _by_key(environment, key, key_variable)


def _default() -> Provider:
    return load(DEFAULT_PROVIDER)


def named(option: str) -> Provider:
    """The provider that was chosen by its id.

    Raises:
        UnknownProviderError: there is none.
    """
    try:
        return load(option.strip().lower())
    except KeyError:
        raise UnknownProviderError(
            f"There is no provider {option!r}; `codegpt-doctor providers` lists them."
        ) from None


def _by_address(address: str) -> Provider:
    """Whose an address is; one of a web site is that of the provider whose site it is."""
    host, port = host_and_port(address)
    local = by_port(port) if port and is_loopback(host) else None
    return by_host(host) or by_website(host) or local or load(CUSTOM)


def _by_key(
    environment: Mapping[str, str], key: str | None, key_variable: str | None
) -> tuple[Provider, str]:
    if key_variable or key:
        value = key or environment.get(key_variable or "", "")
        owner = _reader_of(key_variable)
        if owner:
            return owner, "variable"
        shaped = by_key(value.strip())
        return (shaped, "key") if shaped else (_default(), "default")
    found = by_key_variable(environment)
    if DEFAULT_PROVIDER in found:
        return _default(), "variable"
    if len(found) > 1:
        raise SeveralKeysError(found)
    return (load(next(iter(found))), "variable") if found else (_default(), "default")


def _reader_of(variable: str | None) -> Provider | None:
    """The provider whose SDK reads its key from a variable."""
    found = by_key_variable({variable: "set"}) if variable else {}
    return load(next(iter(found))) if found else None


def _address(
    provider: Provider, base_url: str | None, environment: Mapping[str, str]
) -> tuple[str, str]:
    if base_url is not None:
        return base_url, "--base-url"
    for name in provider.base_url_variables:
        if environment.get(name):
            own = environment[name]
            return (completed(provider, own) if provider.local else own), name
    for name in _default().base_url_variables:
        address = environment.get(name)
        if address and _by_address(address) is provider:
            return address, name
    return _in_region(provider.base_url, environment), "default"


def completed(provider: Provider, address: str) -> str:
    """The variable of a server of this machine as its own clients complete it.

    Such a variable tells the server where to listen as well: without a scheme the port is the usual
    one, and an address that stands for every one of this machine is asked at its own.
    """
    text = address.strip().strip("\"'")
    scheme, colon, rest = text.partition("://")
    if not colon:
        scheme, rest = "http", text
    authority, slash, path = rest.partition("/")
    host, port = _divided(authority)
    usual = provider.ports[0] if provider.ports else DEFAULT_PORTS["http"]
    other = DEFAULT_PORTS.get(scheme.lower(), usual) if colon else usual
    return f"{scheme}://{HERE.get(host, host)}:{port or other}{slash}{path}".rstrip("/")


def _divided(authority: str) -> tuple[str, str]:
    """Host and port of an authority; of a bare IPv6 address the brackets may be missing."""
    if authority.count(":") > 1 and not authority.startswith("["):
        return f"[{authority}]", ""
    host, colon, port = authority.rpartition(":")
    if not colon or port.endswith("]"):
        return authority, ""
    return host, port if port.isdecimal() else ""


def _in_region(base_url: str, environment: Mapping[str, str]) -> str:
    region = _first(environment, REGION_VARIABLES)
    return base_url.replace("{region}", region) if region else base_url


def _key_variable(
    provider: Provider, environment: Mapping[str, str], by_address: bool
) -> str | None:
    """The variable with the key: the provider's own, or the one that serves any address.

    Where only the provider was named, the latter has to hold what is surely one of its keys; a
    server of this machine gets none that is somebody else's.
    """
    for name in provider.key_variables:
        if environment.get(name, "").strip():
            return name
    for name in _default().key_variables:
        value = environment.get(name, "").strip()
        owner = by_key(value)
        if value and (owner is provider or (by_address and not (provider.local and owner))):
            return name
    return None if provider.local else next(iter(provider.key_variables), None)


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")


def host_and_port(address: str) -> tuple[str, int | None]:
    """The host and the port of an address as people write it; empty and None where unreadable."""
    text = address.strip()
    try:
        parts: SplitResult = urlsplit(text if "://" in text else f"//{text}")
        return (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", None
