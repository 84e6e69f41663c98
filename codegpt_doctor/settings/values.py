"""The settings of a run, each with its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from codegpt_doctor.redact import Secret, learn, passwords_in

CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_DIR")


@dataclass(frozen=True, slots=True)
class Value:
    """A setting and its source, such as ``OPENAI_BASE_URL`` or ``--base-url``."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it was found, and the source."""

    secret: Secret
    source: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run needs to know.

    ``direct`` keeps proxies out (the simulator is on this machine).  ``allow_http`` lets the key go
    unencrypted to a host that is not this machine.  ``notes`` are warnings about the sources.
    """

    provider: str
    base_url: Value
    key: Key | None = None
    admin_key: Key | None = None
    models: tuple[Value, ...] = ()
    organization: Value | None = None
    project: Value | None = None
    ca_bundle: Value | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    direct: bool = False
    allow_http: bool = False
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        learn(self.secrets)  # from now on no output shows them

    @property
    def model(self) -> Value | None:
        """The first of the chosen models; None when none was chosen."""
        return self.models[0] if self.models else None

    @property
    def host(self) -> str:
        """The host of the base URL, in lower case, or an empty string when there is none."""
        try:
            return urlsplit(self.base_url.value).hostname or ""
        except ValueError:
            return ""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret of the run: the keys, and the passwords in addresses."""
        keys = tuple(key.secret for key in (self.key, self.admin_key) if key)
        proxies = [
            value for name, value in self.environment.items() if name.lower().endswith("_proxy")
        ]
        return keys + tuple(_passwords(self.base_url.value, *proxies))


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller chose; None where the environment decides."""

    base_url: str | None = None
    models: tuple[str, ...] = ()
    organization: str | None = None
    project: str | None = None
    key: str | None = None
    key_source: str = "the caller"
    key_env: str | None = None
    allow_http: bool = False


def _passwords(*addresses: str) -> Iterator[Secret]:
    for address in addresses:
        yield from passwords_in(address)
