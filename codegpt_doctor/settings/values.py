"""The settings of a run, each with its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from codegpt_doctor.redact import Secret, keys_in, learn, passwords_in, repr_without
from codegpt_doctor.settings.dotenv_file import FileFault
from codegpt_doctor.settings.read_url import read
from codegpt_doctor.settings.url import BaseUrl

SIMULATOR = "simulator"  # the source of a base URL that stands for the provider's own
CA_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")  # what the official client reads


class Value(NamedTuple):
    """A setting and its source, such as ``OPENAI_BASE_URL`` or ``--base-url``.

    ``file`` names the file of the folder that it stands in, and is empty where the user chose it:
    a folder can come from somebody else.  The value is not printed, since it may hold a password.
    """

    value: str
    source: str
    file: str = ""

    def __repr__(self) -> str:
        return repr_without(self, "value")


class Key(NamedTuple):
    """A key as it was found, the source, and the files of the folder that hold the same key."""

    secret: Secret
    source: str
    files: tuple[str, ...] = ()


class SearchedKey(NamedTuple):
    """How the key was looked for.

    Args:
        places: what was really looked in, in this order.
        others: further keys of the same name, which are not used: an empty variable hides them too.
        faults: why one that may have been meant was not found, or another one was.
    """

    places: tuple[str, ...] = ()
    others: tuple[Key, ...] = ()
    faults: tuple[FileFault, ...] = ()


class Selection(NamedTuple):
    """Which provider is tested, at which address and with the key of which variable.

    Args:
        provider: its id.
        provider_from: what decided that: ``option``, ``host``, ``key``, ``variable``, ``default``.
        base_url: the address; empty where only the user can tell it.
        base_url_from: the option or variable that named it, or ``default``.
        key_variable: the variable whose key is used, whether it is set or not; None where no key
            is needed and none is there.
        other_variables: further variables of the provider's key that are set, which are not used.
    """

    provider: str
    provider_from: str
    base_url: str
    base_url_from: str
    key_variable: str | None
    other_variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run needs to know.

    ``direct`` keeps proxies out (the simulator is on this machine).  ``allow_http`` lets the key go
    unencrypted to a host that is not this machine.  ``notes`` are warnings about the sources.
    ``no_key`` says that the way is tested without one, on purpose.  ``proxy`` is the one that an
    option names.  ``repeated`` are options of the run without which it could not be run again.
    ``profile`` is the name of the one that was chosen.
    """

    provider: str
    base_url: Value
    key: Key | None = None
    admin_key: Key | None = None
    models: tuple[Value, ...] = ()
    organization: Value | None = None
    project: Value | None = None
    ca_bundle: Value | None = None
    proxy: Value | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    direct: bool = False
    allow_http: bool = False
    notes: tuple[str, ...] = ()
    searched: SearchedKey = field(default_factory=SearchedKey)
    provider_from: str = "default"
    no_key: bool = False
    repeated: tuple[str, ...] = ()
    profile: str = ""

    def __post_init__(self) -> None:
        learn(self.secrets)  # from now on no output shows them

    @property
    def model(self) -> Value | None:
        """The first of the chosen models; None when none was chosen."""
        return self.models[0] if self.models else None

    @property
    def url(self) -> BaseUrl:
        """The base URL as it was read."""
        return read(self.base_url.value)

    @property
    def host(self) -> str:
        """The host of the base URL, in lower case, or an empty string when there is none."""
        return self.url.host

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret of the run: the keys, and the passwords in addresses."""
        every = (self.key, self.admin_key, *self.searched.others)
        keys = tuple(key.secret for key in every if key)
        proxies = [
            value for name, value in self.environment.items() if name.lower().endswith("_proxy")
        ]
        pasted = map(Secret, keys_in(self.base_url.value))  # a correction may hide where it begins
        return (*keys, *pasted, *self.url.secrets, *_passwords(self.base_url.value, *proxies))


class Options(NamedTuple):
    """What the caller chose; None where the environment decides.

    ``env_file`` is read in the place of ``.env``, and what stands in it goes before the
    environment.  ``repeated`` is as in ``Settings``.
    ``base_url_file`` is the file of the folder whose profile named the base URL.
    """

    base_url: str | None = None
    provider: str | None = None
    models: tuple[str, ...] = ()
    organization: str | None = None
    project: str | None = None
    key: str | None = None
    key_source: str = "the caller"
    key_env: str | None = None
    allow_http: bool = False
    no_key: bool = False
    env_file: str | None = None
    proxy: str | None = None
    ca_bundle: str | None = None
    direct: bool = False
    repeated: tuple[str, ...] = ()
    profile: str = ""
    base_url_source: str = "--base-url"
    base_url_file: str = ""

    def __repr__(self) -> str:
        return repr_without(self, "base_url", "key")


def _passwords(*addresses: str) -> Iterator[Secret]:
    for address in addresses:
        yield from passwords_in(address)
